/**
 * As much of the desktop as runs without Electron: the built page under the desktop's own content policy, the
 * built preload script, and the real station behind real MessagePorts, in a real Chromium. What Electron would
 * do in between (its IPC, its scheme, its isolation) is played here by a few lines.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { runStation } from '../../app/compose.ts';
import { RECORD_WORKER_SOURCE } from '../../app/record-worker-place.ts';
import { serveAppFiles } from '../../electron/app-protocol.ts';
import type { StationPort } from '../../electron/port-channel.ts';
import { type ParentMessage, serveStation } from '../../electron/station-service.ts';
import { systemClock } from '../../station/clock.ts';
import { type FakePort, portPair, world } from '../electron/fake-electron.ts';
import { goToChair, HR, hasNumber, notMonitoring, until } from './acts.ts';
import { createStage } from './stage.ts';

vi.mock('electron', async () => (await import('../electron/fake-electron.ts')).electronModule);

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** Stands for `app://chairside`: Chromium knows no scheme of ours. */
const ORIGIN = 'https://chairside';

const stage = createStage();
let context: BrowserContext;
let page: Page;
let tellStation: (data: unknown, ports?: readonly FakePort[]) => void;
let currentPort: FakePort | null = null;
const faults: string[] = [];

const startStation = async (): Promise<void> => {
  let hear: (event: ParentMessage) => void = () => undefined;
  const ready = new Promise<void>((resolve, reject) => {
    serveStation({
      parent: {
        on: (_name, listener) => {
          hear = listener;
        },
        postMessage: (message) => {
          const { type } = message as { readonly type: string };
          if (type === 'ready') resolve();
          if (type === 'fatal') reject(new Error(JSON.stringify(message)));
        },
      },
      run: (options) => runStation({ ...options, recordWorker: RECORD_WORKER_SOURCE }),
      clock: systemClock(),
      log: { info: () => undefined, warn: () => undefined, error: (message) => faults.push(message) },
      version: '0.0.0-test',
      exit: () => undefined,
    });
  });
  // The fake has the part of a port that the channel uses.
  tellStation = (data, ports = []) => hear({ data, ports: ports as unknown as readonly StationPort[] });
  tellStation({ type: 'start', dataDir: stage.folder(), configFile: null, demo: true });
  await ready;
};

/** In the page: Electron's side of the preload script. Plain text, because it runs before everything else. */
const bridge = (preload: string): string => `(() => {
  const heard = new Map();
  let port = null;
  window.fromStation = (text) => { if (text === null) port.close(); else port.postMessage(JSON.parse(text)); };
  const ipcRenderer = {
    on: (channel, act) => heard.set(channel, act),
    send: (channel) => {
      if (channel !== 'chairside-request-port') return;
      const pair = new MessageChannel();
      port = pair.port1;
      port.onmessage = (event) => window.toStation(JSON.stringify(event.data));
      window.portRequested().then(() => heard.get('chairside-port')({ ports: [pair.port2] }));
    },
  };
  const contextBridge = {
    exposeInMainWorld: (name, api) => Object.defineProperty(window, name, { value: Object.freeze(api) }),
  };
  ((require) => { ${preload} })((name) => {
    if (name !== 'electron') throw new Error('a sandboxed preload cannot load ' + name);
    return { ipcRenderer, contextBridge };
  });
})();`;

/** The window asked for a port: one end to the station, the other into the page. */
const portRequested = (): void => {
  const [stationEnd, windowEnd] = portPair();
  windowEnd.on('message', ({ data }: { readonly data: unknown }) => {
    page
      .evaluate((text) => Reflect.get(globalThis, 'fromStation')(text), JSON.stringify(data))
      // The page went away in the middle of a message.
      .catch((error: unknown) => {
        if (!page.isClosed()) faults.push(String(error));
      });
  });
  windowEnd.start();
  currentPort = windowEnd;
  tellStation({ type: 'window' }, [stationEnd]);
};

beforeAll(async () => {
  serveAppFiles(join(ROOT, 'out', 'renderer'));
  const answer = world.handlers.get('app');
  if (answer === undefined) throw new Error('nothing serves the app');
  await startStation();
  const browser = await stage.browser();
  context = await browser.newContext();
  page = await context.newPage();
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
  page.on('pageerror', (error) => faults.push(String(error)));
  await page.route(`${ORIGIN}/**`, async (route) => {
    const url = new URL(route.request().url());
    const response = await answer(new Request(`app://chairside${url.pathname}${url.search}`));
    await route.fulfill({
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: Buffer.from(await response.arrayBuffer()),
    });
  });
  await page.exposeFunction('toStation', (text: string) => currentPort?.postMessage(JSON.parse(text)));
  await page.exposeFunction('portRequested', portRequested);
  const preload = readFileSync(join(ROOT, 'out', 'electron', 'preload.cjs'), 'utf8');
  await page.addInitScript({ content: bridge(preload.replaceAll('`app:`', '`https:`')) });
  await page.goto(`${ORIGIN}/`);
});
afterAll(async () => {
  tellStation({ type: 'stop' });
  await context.close();
  await stage.end();
});

it('the page takes the desktop’s carrier and shows the station’s live values', async () => {
  await until(() => page.evaluate(() => Reflect.get(globalThis, 'chairsideHost').kind)).toBe('desktop');
  await goToChair(page, 'demo-chair');
  await until(() => hasNumber(page, HR)).toBe(true);
  await until(() => notMonitoring(page).count()).toBe(0);
  await until(() => page.getByTestId('simulated-banner').isVisible()).toBe(true);
});

it('a port that dies is NOT MONITORING, and a new one brings the values back', async () => {
  currentPort?.close();
  await page.evaluate(() => Reflect.get(globalThis, 'fromStation')(null));
  await notMonitoring(page).waitFor({ timeout: 5000 });
  await page.evaluate(() => Reflect.get(globalThis, 'chairsideHost').requestPort());
  await notMonitoring(page).waitFor({ state: 'detached', timeout: 10_000 });
  await until(() => hasNumber(page, HR)).toBe(true);
});

it('every screen keeps to the desktop’s content policy', async () => {
  const screens = { room: '#/', monitors: '#/monitors', sessions: '#/sessions', about: '#/about' };
  for (const [screen, route] of Object.entries(screens)) {
    await page.evaluate((hash) => {
      location.hash = hash;
    }, route);
    // There once its part of the program, a file of its own, has been fetched.
    await page.locator(`[data-screen="${screen}"] main > :not(.empty)`).first().waitFor();
  }
  expect(faults).toEqual([]);
});
