/** Starts what a test file needs and stops all of it at the end, the newest first. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { WebSocket } from 'ws';
import { findChromium } from '../../app/chromium.ts';
import { connect, type StationClient } from '../../core/api/client.ts';
import type { StationView } from '../../core/api/views.ts';
import { webSocketChannel } from '../../server/websocket-channel.ts';
import { watchForEvidence } from './evidence.ts';
import {
  freshFolder,
  removeFolder,
  type Serving,
  type Simulating,
  type StartOptions,
  serve,
  simulate,
} from './support.ts';

/** A window on a station, with everything that went wrong in its page so far. */
export interface Win {
  readonly page: Page;
  readonly faults: string[];
}

/** A window's size (CSS pixels). */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A configured monitor as the configuration file has it; the rest has defaults. */
export interface MonitorEntry {
  readonly id: string;
  readonly name?: string;
  readonly family: string;
  readonly address: Readonly<Record<string, string | number>>;
  readonly options?: Readonly<Record<string, number | boolean | string>>;
}

export interface Stage {
  folder(): string;
  /** Writes a configuration with one chair, `chair-1`, whose monitors are simulated; its path. */
  config(monitors: readonly MonitorEntry[]): string;
  serve(args: readonly string[], options?: StartOptions): Promise<Serving>;
  simulate(args: readonly string[]): Promise<Simulating>;
  /** A window of its own (with its own cookies). */
  open(url: string, size?: Size): Promise<Win>;
  /** A further line to the station's API, past the user interface. */
  client(station: Serving): Promise<StationClient>;
  browser(): Promise<Browser>;
  end(): Promise<void>;
}

const WINDOW: Size = { width: 1366, height: 768 };

/** An empty stage; call `end` in `afterAll`. */
export const createStage = (): Stage => {
  const undo: (() => unknown)[] = [];
  let launched: Promise<Browser> | null = null;

  const browser = (): Promise<Browser> => {
    launched ??= launchBrowser().then((started) => {
      undo.push(() => started.close());
      return started;
    });
    return launched;
  };
  const folder = (): string => {
    const made = freshFolder();
    undo.push(() => removeFolder(made));
    return made;
  };
  return {
    folder,
    browser,
    config: (monitors) => {
      const file = join(folder(), 'config.json');
      const filled = monitors.map((entry) => ({ name: `Monitor ${entry.id}`, simulated: true, ...entry }));
      const chair = { id: 'chair-1', name: 'Chair 1', monitors: filled };
      writeFileSync(file, JSON.stringify({ chairs: [chair] }));
      return file;
    },
    serve: async (args, options) => {
      const station = await serve(args, options);
      undo.push(station.kill);
      return station;
    },
    simulate: async (args) => {
      const simulator = await simulate(args);
      undo.push(simulator.kill);
      return simulator;
    },
    open: async (url, size = WINDOW) => openWindow(await browser(), url, size),
    client: async (station) => {
      const client = await apiClient(station);
      undo.push(client.close);
      return client;
    },
    end: async () => {
      for (const step of undo.reverse().splice(0)) await step();
    },
  };
};

/** Fails, rather than skips, when there is no browser: the promise is a real browser. */
const launchBrowser = async (): Promise<Browser> => {
  const found = await findChromium();
  if (found === null) {
    throw new Error('No Chromium: install Debian’s chromium, or set CHROMIUM_PATH to a Chromium or Chrome.');
  }
  return chromium.launch({ executablePath: found.executablePath, args: [...found.args] });
};

const openWindow = async (browser: Browser, url: string, size: Size): Promise<Win> => {
  const context = await browser.newContext({ viewport: { ...size } });
  const page = await context.newPage();
  watchForEvidence(page);
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
  await page.goto(url);
  return { page, faults };
};

const apiClient = (station: Serving): Promise<StationClient> =>
  new Promise((resolve, reject) => {
    const url = new URL(station.url);
    const socket = new WebSocket(`ws://${url.host}/api?token=${station.token}`);
    // Before it opens: the first push must not be missed.
    const client = connect(webSocketChannel(socket));
    socket.once('open', () => resolve(client));
    socket.once('error', reject);
  });

/** The chair of `Stage.config`, or the demonstration's, as the station sees it now. */
export const chairNow = async (client: StationClient): Promise<StationView['chairs'][number]> => {
  const [chair] = (await client.call('station.snapshot', {})).chairs;
  if (chair === undefined) throw new Error('the station has no chair');
  return chair;
};
