import { describe, expect, it, onTestFinished } from 'vitest';
import { sessionId } from '../../../core/ids.ts';
import { epochMs } from '../../../core/time.ts';
import { StorageError } from '../../../db/open.ts';
import { MakingError, type RecordMaker } from '../../../station/making/job.ts';
import { makerInWorker, type WorkerMakerDeps } from '../../../station/making/worker-maker.ts';
import { opened } from '../../db/samples.ts';
import { fakeClock } from '../../support/fake-clock.ts';

const LONGEST_MS = 10_000;

const room = (part: Partial<WorkerMakerDeps> = {}) => {
  const clock = fakeClock();
  const logged: string[] = [];
  const log = (message: string, fields?: object): void => {
    logged.push(`${message} ${JSON.stringify(fields ?? {})}`);
  };
  const maker = makerInWorker({
    program: new URL('./odd-thread.ts', import.meta.url),
    data: null,
    timeZone: 'UTC',
    clock,
    log: { info: log, warn: log, error: log },
    longestJobMs: LONGEST_MS,
    ...part,
  });
  onTestFinished(maker.stop);
  const db = opened();
  /** Which orders the thread had that made it. */
  const make = async (id: string, signal?: AbortSignal): Promise<string> =>
    (await maker.make(db, job(id), signal)).headHash;
  return { clock, logged, maker, make };
};

const job = (id: string): Parameters<RecordMaker['make']>[1] => ({
  sessionId: sessionId(id),
  writtenAt: epochMs(0),
  withNames: true,
  options: { flowsheetMs: null, timeZone: 'UTC' },
  files: [{ kind: 'file', format: 'csv' }],
});

/** How it ended, in one word. */
const ended = (made: Promise<string>): Promise<string> =>
  made.catch((error: unknown) =>
    error instanceof MakingError || error instanceof StorageError ? error.code : String(error),
  );

describe('a thread that makes files', () => {
  it('makes one at a time, in the order in which they were asked for', async () => {
    const { make } = room();
    expect(await Promise.all(['a', 'b', 'c'].map((id) => make(id)))).toEqual(['a', 'a,b', 'a,b,c']);
  });

  it('tells what went wrong as it was, and goes on', async () => {
    const { make } = room();
    expect(await Promise.all([ended(make('unreadable')), ended(make('failed')), make('c')])).toEqual([
      'corrupt',
      'failed',
      'unreadable,failed,c',
    ]);
  });

  it.each(['exit', 'throw'])(
    'that ends in the middle (%s) is a clear error, and the next gets a new one',
    async (way) => {
      const { make, logged } = room();
      expect(await Promise.all([ended(make(way)), make('next')])).toEqual(['crashed', 'next']);
      expect(logged).toHaveLength(1);
      expect(logged.join()).not.toContain('A. B.');
      expect(await make('again')).toBe('next,again');
    },
  );

  it('that never ends is ended after its time, and the next gets a new one', async () => {
    const { clock, make } = room();
    const results = [ended(make('busy for ever')), make('next')];
    await clock.advance(LONGEST_MS);
    expect(await Promise.all(results)).toEqual(['timed-out', 'next']);
  });

  it('whose program is not there is a clear error', async () => {
    const { make } = room({ program: new URL('./not-there.ts', import.meta.url) });
    expect(await ended(make('a'))).toBe('crashed');
    expect(await ended(make('b'))).toBe('crashed');
  });

  it('is ended when its job is called off; what waits can be called off as well', async () => {
    const { make } = room();
    const [one, two] = [new AbortController(), new AbortController()];
    const results = [
      ended(make('busy for ever', one.signal)),
      ended(make('waits', two.signal)),
      make('last'),
      ended(make('never', AbortSignal.abort())),
    ];
    two.abort();
    one.abort();
    expect(await Promise.all(results)).toEqual(['stopped', 'stopped', 'last', 'stopped']);
  });

  it('refuses what would wait too long', async () => {
    const { make } = room({ mostWaiting: 1 });
    const control = new AbortController();
    const [stuck, waits] = [ended(make('busy for ever', control.signal)), make('a')];
    expect(await ended(make('b'))).toBe('busy');
    control.abort();
    expect(await Promise.all([stuck, waits])).toEqual(['stopped', 'a']);
  });

  it('stops in the middle of a job with everything that waits, and makes nothing more', async () => {
    const { maker, make } = room();
    const results = ['busy for ever', 'waits'].map((id) => ended(make(id)));
    await maker.stop();
    expect(await Promise.all(results)).toEqual(['stopped', 'stopped']);
    expect(await ended(make('later'))).toBe('stopped');
  });

  it('without work gives its memory back', async () => {
    const { clock, make } = room();
    expect(await make('a')).toBe('a');
    await clock.advance(60_000);
    expect(await make('b')).toBe('b');
  });
});
