/**
 * Makes files of records in a thread of its own (`node:worker_threads`), so that acquisition and alarms never wait for an
 * export. One job at a time, a bounded queue behind it. A thread that ends, hangs or is called off in the middle of a job
 * costs that job only: the next one gets a new thread.
 */
import { Worker } from 'node:worker_threads';
import type { Clock } from '../clock.ts';
import type { Log } from '../ports.ts';
import { type Made, MakingError, type MakingJob, type RecordMaker } from './job.ts';
import { type Answer, madeOf, type Order } from './messages.ts';

export interface WorkerMakerDeps {
  /** The thread's program: calls `serveOrders`. */
  readonly program: URL;
  /** What the program is given (`workerData`). */
  readonly data: unknown;
  readonly timeZone: string;
  readonly clock: Pick<Clock, 'after'>;
  readonly log: Log;
  /** How long one job may take (ms); left out: `LONGEST_JOB_MS`. */
  readonly longestJobMs?: number;
  /** How many jobs may wait; left out: `MOST_WAITING`. */
  readonly mostWaiting?: number;
}

/** An 8 h session takes seconds; whatever takes this long will not end (ms; our choice). */
const LONGEST_JOB_MS = 120_000;
/** Every destination (20 at most, one job each) and a dozen windows at the same moment (our choice). */
const MOST_WAITING = 32;
/** A thread without work gives its memory back after this time (ms; our choice). */
const IDLE_MS = 60_000;
/** A record that needs more memory than this (MiB) ends its thread, not the station. */
const MOST_MEMORY_MIB = 1024;

interface Job {
  readonly order: Order;
  readonly resolve: (made: Made) => void;
  readonly reject: (error: unknown) => void;
  /** Takes back what ends the job early. */
  readonly settled: () => void;
}

const STOPPED = 'Stopped before the record was made ready.';

export const makerInWorker = (deps: WorkerMakerDeps): RecordMaker => {
  const { clock, log, longestJobMs = LONGEST_JOB_MS, mostWaiting = MOST_WAITING } = deps;
  const waiting: Job[] = [];
  let current: Job | null = null;
  let worker: Worker | null = null;
  /** Threads that were told to end and have not yet. */
  const ending = new Set<Promise<unknown>>();
  let isStopped = false;
  let cancelTimer = (): void => undefined;

  const endWorker = (): void => {
    const last = worker;
    worker = null;
    if (last === null) return;
    const ended = last.terminate().finally(() => ending.delete(ended));
    ending.add(ended);
  };

  const settle = (job: Job, how: () => void): void => {
    job.settled();
    how();
  };

  /** Ends the job under way; its thread with it unless it has just answered. */
  const finish = (how: (job: Job) => void, keepsWorker: boolean): void => {
    const job = current;
    cancelTimer();
    current = null;
    if (!keepsWorker) endWorker();
    if (job !== null) settle(job, () => how(job));
    next();
  };

  const hear = (answer: Answer): void =>
    finish((job) => {
      try {
        job.resolve(madeOf(answer));
      } catch (error) {
        job.reject(error);
      }
    }, true);

  const crashed = (why: string): void => {
    log.error('the thread that makes files ended', { why });
    finish(
      ({ reject }) =>
        reject(new MakingError('crashed', `The record could not be made ready: its thread ended (${why}).`)),
      false,
    );
  };

  const start = (): Worker => {
    const made = new Worker(deps.program, {
      workerData: deps.data,
      name: 'record-worker',
      resourceLimits: { maxOldGenerationSizeMb: MOST_MEMORY_MIB },
    });
    made.on('message', (answer: Answer) => {
      if (made === worker) hear(answer);
    });
    // The words of an error may hold a patient's: its name says enough.
    made.on('error', (error: Error & { readonly code?: unknown }) => {
      if (made === worker) crashed(typeof error.code === 'string' ? error.code : error.name);
    });
    made.on('exit', (code) => {
      if (made === worker) crashed(`exit code ${code}`);
    });
    return made;
  };

  const next = (): void => {
    if (current !== null || isStopped) return;
    const job = waiting.shift();
    if (job === undefined) {
      cancelTimer = clock.after(IDLE_MS, endWorker);
      return;
    }
    cancelTimer();
    current = job;
    cancelTimer = clock.after(longestJobMs, () => {
      log.error('a record was not made ready in time', { withinMs: longestJobMs });
      finish(
        ({ reject }) =>
          reject(
            new MakingError(
              'timed-out',
              `The record was not ready within ${longestJobMs / 1000} s: given up.`,
            ),
          ),
        false,
      );
    });
    worker ??= start();
    worker.postMessage(job.order);
  };

  /** Takes a job back, whether it waits or is under way. */
  const callOff = (job: Job): void => {
    const stopped = (): void => job.reject(new MakingError('stopped', STOPPED));
    if (job === current) {
      finish(stopped, false);
      return;
    }
    const index = waiting.indexOf(job);
    if (index < 0) return;
    waiting.splice(index, 1);
    settle(job, stopped);
  };

  const make = (order: Order, signal: AbortSignal | undefined): Promise<Made> =>
    new Promise((resolve, reject) => {
      if (isStopped || signal?.aborted === true) {
        reject(new MakingError('stopped', STOPPED));
        return;
      }
      if (waiting.length >= mostWaiting) {
        reject(new MakingError('busy', 'Too many records are being made ready: try again in a minute.'));
        return;
      }
      const onAbort = (): void => callOff(job);
      const settled = (): void => signal?.removeEventListener('abort', onAbort);
      const job: Job = { order, resolve, reject, settled };
      signal?.addEventListener('abort', onAbort);
      waiting.push(job);
      next();
    });

  return {
    timeZone: deps.timeZone,
    make: ({ path, kind }, job: MakingJob, signal) => make({ path, kind, job }, signal),
    stop: async () => {
      isStopped = true;
      const all = [...(current === null ? [] : [current]), ...waiting];
      for (const job of all) callOff(job);
      cancelTimer();
      endWorker();
      await Promise.all(ending);
    },
  };
};
