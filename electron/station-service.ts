/**
 * The station in its own process, under the main process: starts on the first message, says every second
 * that it lives and how things stand, attaches windows by their ports, and stops when told to.
 */
import type { RunningStation, RunOptions } from '../app/compose.ts';
import { soundingBesides, unheardOf } from '../core/alarm/unheard.ts';
import type { StationView } from '../core/api/views.ts';
import type { Clock } from '../station/clock.ts';
import type { Log } from '../station/ports.ts';
import { ALIVE_EVERY_MS } from './ipc.ts';
import { messagePortChannel, type StationPort } from './port-channel.ts';
import {
  type FromStation,
  parseToStation,
  type StationOptions,
  type StationStatus,
} from './station-messages.ts';

/** A message from the main process, with the ports that came beside it. */
export interface ParentMessage {
  readonly data: unknown;
  readonly ports: readonly StationPort[];
}

/** The part of `process.parentPort` that is used here. */
export interface Parent {
  on(event: 'message', listener: (event: ParentMessage) => void): unknown;
  postMessage(message: unknown): void;
}

export interface StationServiceDeps {
  readonly parent: Parent;
  readonly run: (options: Omit<RunOptions, 'recordWorker'>) => Promise<RunningStation>;
  readonly clock: Clock;
  readonly log: Log;
  readonly version: string;
  /** Ends this process. */
  readonly exit: (code: number) => void;
}

/** How long the process stays after it said why it cannot start, so that the words get out (ms). */
const FAREWELL_MS = 1000;

/** Waits for the main process's word and serves it until the end of the process. */
export const serveStation = (deps: StationServiceDeps): void => {
  const { parent, clock, log } = deps;
  const say = (message: FromStation): void => parent.postMessage(message);
  let running: RunningStation | null = null;
  let isStarted = false;
  let stopSayingStatus = (): void => {};

  const fail = (error: unknown): void => {
    const message = firstLine(error instanceof Error ? error.message : String(error));
    log.error('the station could not start', { message });
    say({ type: 'fatal', message });
    clock.after(FAREWELL_MS, () => deps.exit(1));
  };

  const start = async (options: StationOptions): Promise<void> => {
    running = await deps.run({ ...options, provision: true, version: deps.version, clock, log });
    const { station } = running;
    const sayStatus = (): void =>
      say({ type: 'status', ...statusOf(station.view(), station.isUnderTreatment()) });
    sayStatus();
    say({ type: 'ready' });
    stopSayingStatus = clock.every(ALIVE_EVERY_MS, sayStatus);
  };

  const stop = async (): Promise<void> => {
    // A stopped station has no state to tell: its databases are closed.
    stopSayingStatus();
    await running?.stop();
    deps.exit(0);
  };

  clock.every(ALIVE_EVERY_MS, () => say({ type: 'alive' }));
  parent.on('message', ({ data, ports }) => {
    const message = parseToStation(data);
    if (message === null) {
      log.error('a message of the main process was not understood');
      return;
    }
    switch (message.type) {
      case 'start':
        if (isStarted) return;
        isStarted = true;
        start(message).catch(fail);
        return;
      case 'window':
        for (const port of ports) {
          // Without a station the window must see its line close, not hang.
          if (running === null) port.close();
          else running.station.attach(messagePortChannel(port));
        }
        return;
      case 'stop':
        stop().catch((error: unknown) => {
          log.error('the station did not stop cleanly', { error: String(error) });
          deps.exit(1);
        });
        return;
      default:
        message satisfies never;
    }
  });
};

/** What the main process must know to guard the close and to be the last one that can make a sound. */
export const statusOf = (view: StationView, underTreatment: boolean): StationStatus => ({
  sounding: soundingBesides(view.chairs),
  unheard: unheardOf(view.chairs),
  underTreatment,
  sessionOpen: view.chairs.some((chair) => chair.session !== null),
});

const firstLine = (text: string): string => text.split('\n', 1)[0] ?? '';
