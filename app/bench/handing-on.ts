/**
 * How long a station's event loop stands still while files of a visit of eight hours are made: in its own thread, and in the
 * one of `record-worker`. Whatever stands still, alarms are that late.
 */
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { EXPORT_FORMATS } from '../../core/review/export-formats.ts';
import { epochMs } from '../../core/time.ts';
import { type ChairsideDb, openDatabase } from '../../db/open.ts';
import type { Clock } from '../../station/clock.ts';
import type { FileWanted, RecordMaker } from '../../station/making/job.ts';
import { recordMakerHere, recordMakerInWorker } from '../record-makers.ts';
import { RECORD_WORKER_SOURCE } from '../record-worker-place.ts';
import { LONG_VISIT, LONG_VISIT_SPAN, writeLongVisit } from './long-visit.ts';

/** How often the delay is looked at (ms); what the timer itself adds is within this. */
const RESOLUTION_MS = 1;
/** Rest before and after each job, so that no job pays for the one before it (ms). */
const REST_MS = 100;

const WANTED: Readonly<Record<string, FileWanted>> = {
  ...Object.fromEntries(EXPORT_FORMATS.map((format) => [format, { kind: 'file', format }])),
  transaction: { kind: 'fhir-transaction', mrnSystem: null, withPdf: true },
};

/** Longest stall and duration of each file (ms). */
export const benchHandingOn = async ({
  clock,
  folder,
  runs,
}: {
  readonly clock: Clock;
  readonly folder: string;
  /** How often each file is made. */
  readonly runs: number;
}): Promise<object> => {
  const readClockWall = () => epochMs(LONG_VISIT_SPAN.to);
  const db = openDatabase(join(folder, 'handing-on.db'), { kind: 'simulated', readClockWall });
  const silent = () => undefined;
  const makers = {
    ownThread: recordMakerHere('bench'),
    worker: recordMakerInWorker('bench', RECORD_WORKER_SOURCE, {
      clock,
      log: { info: silent, warn: silent, error: silent },
    }),
  };
  try {
    writeLongVisit(db);
    const results: Record<string, object> = {};
    for (const [name, maker] of Object.entries(makers)) {
      const files: Record<string, object> = {};
      for (const [format, wanted] of Object.entries(WANTED)) {
        files[format] = await timed(clock, maker, db, wanted, runs);
      }
      results[name] = files;
    }
    return {
      hours: 8,
      idleStallMs: spread(await repeated(runs, () => stallDuring(() => wait(1000)))),
      ...results,
    };
  } finally {
    for (const maker of Object.values(makers)) await maker.stop();
    db.close();
  }
};

const timed = async (
  clock: Clock,
  maker: RecordMaker,
  db: ChairsideDb,
  wanted: FileWanted,
  runs: number,
): Promise<object> => {
  const took: number[] = [];
  let bytes = 0;
  const make = async (): Promise<void> => {
    const from = clock.now().mono;
    const { files } = await maker.make(db, {
      sessionId: LONG_VISIT,
      writtenAt: epochMs(LONG_VISIT_SPAN.to),
      withNames: true,
      options: { flowsheetMs: 60_000, timeZone: 'Europe/Berlin' },
      files: [wanted],
    });
    took.push(Math.round(clock.now().mono - from));
    bytes = files.reduce((sum, file) => sum + file.bytes.length, 0);
  };
  const stalls = await repeated(runs, () => stallDuring(make));
  return { stallMs: spread(stalls), tookMs: spread(took), kiB: Math.round(bytes / 1024) };
};

const repeated = async (runs: number, act: () => Promise<number>): Promise<readonly number[]> => {
  const results: number[] = [];
  for (let run = 0; run < runs; run += 1) results.push(await act());
  return results;
};

/** The first has cold code. Of the others the least is what the work itself takes: the rest is what else this computer does. */
const spread = (values: readonly number[]): object => {
  const [first, ...others] = values;
  const sorted = others.toSorted((a, b) => a - b);
  return { first, least: sorted[0], median: sorted[Math.floor(sorted.length / 2)], most: sorted.at(-1) };
};

/** The longest time for which the event loop did not come round (ms). */
const stallDuring = async (work: () => Promise<unknown>): Promise<number> => {
  await wait(REST_MS);
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  await wait(REST_MS);
  delay.reset();
  await work();
  await wait(REST_MS);
  delay.disable();
  return Math.round(delay.max / 1e5) / 10;
};
