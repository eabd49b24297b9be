/**
 * Keeps the station's process alive: starts it, listens for its heartbeat, and starts it again when it ends or
 * falls silent. Never gives up while it once ran: a patient may be connected.
 */
import { MessageChannelMain, type UtilityProcess, utilityProcess, type WebContents } from 'electron';
import type { Clock } from '../station/clock.ts';
import type { Log } from '../station/ports.ts';
import { IPC, SILENT_AFTER_MS } from './ipc.ts';
import { watchSilence } from './silence.ts';
import {
  parseFromStation,
  type StationOptions,
  type StationState,
  type StationStatus,
  type ToStation,
} from './station-messages.ts';

/** Pauses before start n + 1 after n failures in a row (ms); the last one repeats. */
export const BACK_OFF_MS = [500, 1000, 2000, 5000] as const;
/** A start may bring a large database up to date, which blocks: this much silence is allowed until `ready` (ms). */
export const START_SILENCE_MS = 15_000;
/** After running for this long the next failure counts as the first one again (ms). */
const STEADY_AFTER_MS = 30_000;
/** What a process gets to end by itself before it is killed outright (ms). */
export const STOP_WITHIN_MS = 5000;
const KILL_WITHIN_MS = 2000;

export interface StationProcessDeps {
  /** The built `station-host.js`. */
  readonly modulePath: string;
  readonly options: StationOptions;
  readonly clock: Clock;
  readonly log: Log;
  readonly onState: (state: StationState) => void;
  readonly onStatus: (status: StationStatus) => void;
  /** Ends a process that does not listen to a polite signal. */
  readonly killHard: (processId: number) => void;
}

export interface StationProcess {
  state(): StationState;
  /** Gives the window a port to the station: now, or as soon as there is one. Again after every restart. */
  connectWindow(contents: WebContents): void;
  /** Resolves when the process has ended, at the latest after some seconds. */
  stop(): Promise<void>;
}

/** Starts the process (after the app is ready) and watches it until `stop`. */
export const startStationProcess = (deps: StationProcessDeps): StationProcess => {
  const { clock, log } = deps;
  const windows = new Set<WebContents>();
  let state: StationState = { kind: 'starting' };
  let child: UtilityProcess | null = null;
  let restarts = 0;
  let failures = 0;
  let readyAt: number | null = null;
  let cancelRestart: () => void = () => undefined;
  let onEnded: () => void = () => undefined;

  const become = (next: StationState): void => {
    state = next;
    deps.onState(next);
  };

  const handPort = (contents: WebContents): void => {
    if (child === null || contents.isDestroyed()) return;
    const { port1, port2 } = new MessageChannelMain();
    child.postMessage({ type: 'window' } satisfies ToStation, [port1]);
    contents.postMessage(IPC.port, null, [port2]);
  };

  const ready = (): void => {
    readyAt = clock.now().mono;
    become({ kind: 'running', restarts });
    for (const contents of windows) handPort(contents);
  };

  /** The process is no use any more: say so, see it end, start another. */
  const fail = (message: string): void => {
    const failed = child;
    child = null;
    if (readyAt !== null && clock.now().mono - readyAt >= STEADY_AFTER_MS) failures = 0;
    readyAt = null;
    if (failed !== null) end(failed);
    log.error('the station’s process failed', { message, restarts });
    const pauseMs = BACK_OFF_MS[Math.min(failures, BACK_OFF_MS.length - 1)] ?? 0;
    failures += 1;
    cancelRestart();
    cancelRestart = clock.after(pauseMs, () => {
      restarts += 1;
      start();
    });
    become({ kind: 'down', restarts, message });
  };

  const end = (process: UtilityProcess): void => {
    const processId = process.pid;
    process.kill();
    clock.after(KILL_WITHIN_MS, () => {
      // `pid` is undefined once it has ended (Electron, utilityProcess).
      if (processId !== undefined && process.pid === processId) deps.killHard(processId);
    });
  };

  const receive = (from: UtilityProcess, data: unknown): void => {
    if (from !== child) return; // the last words of one that was given up
    watch.heard();
    const message = parseFromStation(data);
    if (message === null) {
      log.error('a message of the station’s process was not understood');
      return;
    }
    switch (message.type) {
      case 'alive':
        return;
      case 'ready':
        if (state.kind !== 'stopped') ready();
        return;
      case 'status':
        deps.onStatus(message);
        return;
      case 'fatal':
        refuse(message.message);
        return;
      default:
        message satisfies never;
    }
  };

  const refuse = (message: string): void => {
    if (state.kind === 'stopped') return;
    // Once it has run, people rely on it: what is wrong now (a folder still locked, a full disk) may pass.
    if (state.kind !== 'starting') {
      fail(message);
      return;
    }
    const refused = child;
    child = null;
    if (refused !== null) end(refused);
    watch.stop();
    become({ kind: 'refused', message });
  };

  const start = (): void => {
    const process = utilityProcess.fork(deps.modulePath, [], {
      serviceName: 'Chairside station',
      stdio: 'inherit',
    });
    child = process;
    watch.heard();
    process.on('message', (data: unknown) => receive(process, data));
    process.once('exit', (code) => {
      if (process !== child) return;
      child = null;
      if (state.kind === 'stopped') onEnded();
      else fail(`The station’s process ended (exit code ${code}).`);
    });
    // Queued until the process listens; not on a command line, which others on this computer could read.
    process.postMessage({ type: 'start', ...deps.options } satisfies ToStation);
  };

  const watch = watchSilence(clock, () => {
    if (child === null || state.kind === 'stopped') return;
    const allowedMs = readyAt === null ? START_SILENCE_MS : SILENT_AFTER_MS;
    if (watch.silentForMs() >= allowedMs) fail('The station’s process does not answer.');
  });

  become(state);
  start();

  return {
    state: () => state,
    connectWindow: (contents) => {
      if (!windows.has(contents)) {
        windows.add(contents);
        contents.once('destroyed', () => windows.delete(contents));
      }
      if (readyAt !== null) handPort(contents);
    },
    stop: async () => {
      if (state.kind === 'stopped') return;
      watch.stop();
      cancelRestart();
      become({ kind: 'stopped' });
      const last = child;
      if (last === null) return;
      await new Promise<void>((resolve) => {
        const cancel = clock.after(STOP_WITHIN_MS, () => {
          log.error('the station’s process did not stop in time');
          end(last);
          resolve();
        });
        onEnded = () => {
          cancel();
          resolve();
        };
        last.postMessage({ type: 'stop' } satisfies ToStation);
      });
    },
  };
};
