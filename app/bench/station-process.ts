/** A benchmark's room in a process of its own, and how it is started. */
import { spawn } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { BenchRoom, RoomOptions } from './bench-room.ts';

const MAIN = fileURLToPath(new URL('./station-main.ts', import.meta.url));

export type StationProcessOptions = Omit<RoomOptions, 'clock'>;

/** What the process says when it is ready. */
export interface StationReady extends Pick<BenchRoom, 'chairs' | 'url' | 'api'> {
  /** Wall time at which its monotonic clock stood at 0 (ms, with fractions). */
  readonly timeOriginMs: number;
}

export interface StationProcess extends StationReady {
  /** Its monotonic clock minus that of this process (ms). */
  readonly aheadMs: number;
  stop(): Promise<void>;
}

/** Resolves when it is ready; rejects when it ended before. */
export const startStationProcess = async (options: StationProcessOptions): Promise<StationProcess> => {
  const child = spawn(process.execPath, [MAIN, JSON.stringify(options)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
  });
  const line = await new Promise<string>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the station ended with code ${code}`)));
    createInterface({ input: child.stdout }).once('line', resolve);
  });
  const ready: StationReady = JSON.parse(line);
  return {
    ...ready,
    // Both origins are of the same computer's wall clock.
    aheadMs: performance.timeOrigin - ready.timeOriginMs,
    stop: async () => {
      child.stdin.end();
      await ended;
    },
  };
};
