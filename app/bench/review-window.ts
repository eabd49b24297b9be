/**
 * The review of a visit of eight hours in a window of a real Chromium, on a real station with the record on disk: how
 * long from the press to the chart on the screen, and what of it the station takes.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { StationClient } from '../../core/api/client.ts';
import { connect } from '../../core/api/client.ts';
import { openDatabase } from '../../db/open.ts';
import { DEVICE_PROFILES } from '../../devices/index.ts';
import { startWebHost } from '../../server/web-host.ts';
import type { Clock } from '../../station/clock.ts';
import { parseConfig } from '../../station/config.ts';
import { startStation } from '../../station/station.ts';
import { findChromium } from '../chromium.ts';
import { recordMakerHere } from '../record-makers.ts';
import { LONG_VISIT, LONG_VISIT_SPAN, writeLongVisit } from './long-visit.ts';
import { percentiles } from './percentiles.ts';
import { openWebSocket } from './websocket-line.ts';

const RENDERER_CONFIG = fileURLToPath(new URL('../../renderer/vite.config.ts', import.meta.url));

/** What is asked of the product (ms). */
const BUDGET = { openMs: 150, firstPaintMs: 300 } as const;
/** As many steps as the window asks for. */
const BUCKETS = 320;

/** In the page: goes there and resolves when the lanes are committed, and when they are painted. */
const OPEN = (hash: string): string => `new Promise((resolve) => {
  const from = performance.now();
  const observer = new MutationObserver(() => {
    if (document.querySelector('.review-board .recharts-area-area') === null) return;
    observer.disconnect();
    const committedMs = performance.now() - from;
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => resolve({ committedMs, paintedMs: performance.now() - from });
      channel.port2.postMessage(null);
    });
  });
  observer.observe(document.body, { childList: true, subtree: true });
  location.hash = ${JSON.stringify(hash)};
})`;

interface Opened {
  readonly committedMs: number;
  readonly paintedMs: number;
}

export interface ReviewWindowOptions {
  readonly clock: Clock;
  readonly rounds: number;
  /** Windows that never showed a review: its program is fetched as well. */
  readonly coldRounds: number;
  readonly say: (line: string) => void;
}

/** Runs the benchmark; the figures as JSON, all times in ms. */
export const benchReviewWindow = async (options: ReviewWindowOptions): Promise<object> => {
  const { clock, say } = options;
  const found = await findChromium();
  if (found === null) throw new Error('no Chromium found: install one, or name it in CHROMIUM_PATH');
  const folder = await mkdtemp(join(tmpdir(), 'chairside-bench-'));
  try {
    say('building the user interface');
    const rendererDir = join(folder, 'renderer');
    const { build } = await import('vite');
    await build({
      configFile: RENDERER_CONFIG,
      logLevel: 'error',
      build: { outDir: rendererDir, emptyOutDir: true },
    });
    say('writing a visit of eight hours');
    const readClockWall = () => clock.now().wall;
    const live = openDatabase(join(folder, 'live.db'), { kind: 'live', readClockWall });
    const synthetic = openDatabase(join(folder, 'simulated.db'), { kind: 'simulated', readClockWall });
    writeLongVisit(synthetic);
    const station = startStation(parseConfig('{"chairs":[]}', 'bench'), {
      version: 'bench',
      demo: false,
      clock,
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
      databases: { live, synthetic },
      profiles: DEVICE_PROFILES,
      recordMaker: recordMakerHere('bench'),
      openLine: () => Promise.reject(new Error('this station has no monitors')),
      freeDiskBytes: async () => Number.POSITIVE_INFINITY,
      listPorts: async () => [],
      saveConfig: async () => undefined,
      newId: () => 'bench',
    });
    const host = await startWebHost({
      port: 0,
      dataDir: folder,
      rendererDir,
      now: () => Date.now(),
      onWindow: station.attach,
    });
    const client = connect(await openWebSocket(`ws://127.0.0.1:${host.port}/api?token=${host.token}`));
    const browser = await chromium.launch({ executablePath: found.executablePath, args: found.args });
    try {
      const stationMs = await timeStation(client, clock, options.rounds);
      const window = await timeWindow(browser, host.url, options);
      return {
        bench: 'review-screen',
        browser: browser.version(),
        budget: BUDGET,
        visit: { hours: 8, monitors: 2, valuesPerSecond: 4 },
        station: stationMs,
        ...window,
      };
    } finally {
      await browser.close();
      client.close();
      await host.close();
      await station.stop();
      live.close();
      synthetic.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

/** What the window asks for, one after the other. */
const timeStation = async (client: StationClient, clock: Clock, rounds: number): Promise<object> => {
  const times = { events: [] as number[], trend: [] as number[] };
  for (let round = 0; round < rounds + 1; round += 1) {
    const asked = clock.now().mono;
    await client.call('history.events', { sessionId: LONG_VISIT });
    const gotEvents = clock.now().mono;
    await client.call('history.trend', { sessionId: LONG_VISIT, ...LONG_VISIT_SPAN, buckets: BUCKETS });
    const gotTrend = clock.now().mono;
    // The first one also reads the file into memory.
    if (round === 0) continue;
    times.events.push(gotEvents - asked);
    times.trend.push(gotTrend - gotEvents);
  }
  return {
    eventsMs: percentiles(times.events),
    trendMs: percentiles(times.trend),
    openMs: percentiles(times.events.map((ms, index) => ms + (times.trend[index] ?? 0))),
  };
};

const timeWindow = async (
  browser: Browser,
  url: string,
  { rounds, coldRounds, say }: ReviewWindowOptions,
): Promise<object> => {
  const cold: Opened[] = [];
  const fromList: Opened[] = [];
  const warm: Opened[] = [];
  let page: Page | null = null;
  // One way in for all windows: the link lets them in once.
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 } });
  const newPage = async (): Promise<Page> => {
    // A window behind another is painted once a second.
    await page?.close();
    page = await context.newPage();
    await page.goto(url);
    await page.getByTestId('secondary-label').waitFor();
    return page;
  };
  for (let round = 0; round < coldRounds; round += 1) {
    const opened = await (await newPage()).evaluate<Opened>(OPEN(`#/sessions/${LONG_VISIT}`));
    cold.push(opened);
    say(`a new window: ${Math.round(opened.paintedMs)} ms`);
  }
  for (let round = 0; round < coldRounds; round += 1) {
    const list = await newPage();
    await list.evaluate("location.hash = '#/sessions'");
    await list.getByTestId(`session-${LONG_VISIT}`).waitFor();
    const opened = await list.evaluate<Opened>(OPEN(`#/sessions/${LONG_VISIT}`));
    fromList.push(opened);
    say(`a new window, from the list: ${Math.round(opened.paintedMs)} ms`);
  }
  const again = await newPage();
  // The first one is what is above.
  for (let round = 0; round < rounds + 1; round += 1) {
    const opened = await again.evaluate<Opened>(OPEN(`#/sessions/${LONG_VISIT}`));
    if (round > 0) warm.push(opened);
    await again.evaluate("location.hash = '#/about'");
    await again.locator('.review-board').waitFor({ state: 'detached' });
  }
  const of = (opened: readonly Opened[]) => ({
    committedMs: percentiles(opened.map(({ committedMs }) => committedMs)),
    paintedMs: percentiles(opened.map(({ paintedMs }) => paintedMs)),
  });
  return { newWindow: of(cold), newWindowFromList: of(fromList), again: of(warm) };
};
