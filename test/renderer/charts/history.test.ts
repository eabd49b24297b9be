import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TrendBucket, TrendView } from '../../../core/api/views.ts';
import { sessionId } from '../../../core/ids.ts';
import { epochMs } from '../../../core/time.ts';
import { historyTrace, needsHistory, placeHistory } from '../../../renderer/charts/data/history.ts';
import { createPlotClock } from '../../../renderer/charts/data/plot-clock.ts';
import { mergeTraces, POINT, type Trace } from '../../../renderer/charts/data/trace.ts';
import { createHistoryLoader } from '../../../renderer/charts/history-loader.ts';
import { bufferOf, HR } from './make.ts';

const bucket = (at: number, min: number, max = min, last = max): TrendBucket => ({
  at: epochMs(at),
  min,
  max,
  last,
});
const viewOf = (buckets: readonly TrendBucket[], bucketMs: number, from = 0, to = 100_000): TrendView => ({
  sessionId: sessionId('s'),
  from: epochMs(from),
  to: epochMs(to),
  bucketMs,
  series: [{ metric: HR, buckets }],
  nibp: [],
});
const historyOf = (buckets: readonly TrendBucket[], bucketMs: number) =>
  placeHistory(viewOf(buckets, bucketMs), createPlotClock());
const WINDOW = { from: 0, to: 100_000 };
const trace = (rows: readonly (readonly [number, number, number?])[]): Trace => ({
  times: rows.map(([time]) => time),
  values: rows.map(([, value]) => value),
  flags: rows.map(([, , flags]) => flags ?? 0),
});

describe('history beside live samples', () => {
  it('draws both extremes of a bucket, the one nearer to its last value later', () => {
    const history = historyOf([bucket(0, 70, 90, 72), bucket(4_000, 71, 88, 88)], 4_000);
    expect(historyTrace(history, HR, null, WINDOW, 10_000)).toEqual(
      trace([
        [1_000, 90],
        [3_000, 70],
        [5_000, 71],
        [7_000, 88],
      ]),
    );
  });

  it('breaks where a bucket is missing for longer than the gap', () => {
    const history = historyOf([bucket(0, 70), bucket(4_000, 71), bucket(20_000, 72)], 4_000);
    expect(historyTrace(history, HR, null, WINDOW, 10_000).flags).toEqual([0, 0, POINT.breakBefore]);
  });

  it('leaves a stretch to the samples that know it', () => {
    const history = historyOf([bucket(0, 70), bucket(4_000, 71), bucket(8_000, 72)], 4_000);
    const samples = bufferOf([
      [4_000, 71],
      [5_000, 71],
      [8_000, 72],
    ]);
    expect(historyTrace(history, HR, samples, WINDOW, 10_000)).toEqual(trace([[2_000, 70]]));
  });

  it('keeps a spike that came in the same bucket before the first sample', () => {
    const history = historyOf([bucket(0, 70, 160, 72)], 4_000);
    const samples = bufferOf([
      [3_000, 70],
      [3_500, 72],
    ]);
    const found = historyTrace(history, HR, samples, WINDOW, 10_000);
    expect(found.values).toEqual([160]);
    expect(found.times[0]).toBeLessThan(3_000);
  });

  it('fills a stretch in the middle that the window missed while it was not connected', () => {
    const history = historyOf([bucket(0, 70), bucket(4_000, 90), bucket(8_000, 72)], 4_000);
    const samples = bufferOf([
      [0, 70],
      [1_000, 70],
      [9_000, 72],
    ]);
    const stored = historyTrace(history, HR, samples, WINDOW, 10_000);
    const merged = mergeTraces(
      stored,
      trace([
        [0, 70],
        [1_000, 70],
        [9_000, 72],
      ]),
      10_000,
    );
    expect(merged.values).toEqual([70, 70, 90, 72]);
    expect(merged.flags).toEqual([0, 0, 0, 0]);
  });

  it('never loses an extreme of either source, and stays in order', () => {
    const values = fc.array(fc.integer({ min: 40, max: 180 }), { minLength: 1, maxLength: 80 });
    fc.assert(
      fc.property(
        values,
        fc.integer({ min: 0, max: 80 }),
        fc.integer({ min: 1_000, max: 9_000 }),
        (list, liveFrom, bucketMs) => {
          const rows = list.map((number, second) => [second * 1_000, number] as const);
          const buckets = new Map<number, TrendBucket>();
          for (const [time, number] of rows) {
            const at = Math.floor(time / bucketMs) * bucketMs;
            const known = buckets.get(at) ?? bucket(at, number);
            buckets.set(at, bucket(at, Math.min(known.min, number), Math.max(known.max, number), number));
          }
          const live = rows.slice(liveFrom);
          const stored = historyTrace(
            historyOf([...buckets.values()], bucketMs),
            HR,
            bufferOf(live),
            WINDOW,
            10_000,
          );
          const merged = mergeTraces(stored, trace(live), 20_000);
          expect([Math.min(...merged.values), Math.max(...merged.values)]).toEqual([
            Math.min(...list),
            Math.max(...list),
          ]);
          expect(merged.times).toEqual([...merged.times].sort((a, b) => a - b));
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('when the record is asked', () => {
  const asked = { from: 0, to: 100_000, bucketMs: 1_000 };
  it.each([
    ['nothing is held', null, { from: 0, to: 50_000 }, null, true],
    ['the samples reach back far enough', null, { from: 20_000, to: 50_000 }, 20_500, false],
    ['what is held covers the window', asked, { from: 0, to: 90_000 }, null, false],
    ['the window reaches before what is held', asked, { from: -60_000, to: 90_000 }, null, true],
    ['what is held ends before the samples begin', asked, { from: 0, to: 200_000 }, 150_000, true],
    ['what is held ends where the samples begin', asked, { from: 0, to: 200_000 }, 100_500, false],
  ])('%s', (_name, held, window, liveSince, expected) => {
    expect(needsHistory(held, window, liveSince, 1_000)).toBe(expected);
  });

  it('is asked again when what is held is much coarser than the window', () => {
    expect(needsHistory(asked, { from: 0, to: 90_000 }, null, 250)).toBe(true);
  });
});

describe('the history loader', () => {
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

  it('asks one question at a time and keeps the answer', async () => {
    const asked: (readonly [number, number, number])[] = [];
    let changes = 0;
    const loader = createHistoryLoader(
      (from, to, buckets) => {
        asked.push([from, to, buckets]);
        return Promise.resolve(viewOf([], 1_000, from, to));
      },
      createPlotClock(),
      () => {
        changes += 1;
      },
    );
    loader.want({ from: 80_000, to: 160_000 }, 160_000, null, 0);
    loader.want({ from: 80_000, to: 160_000 }, 160_000, null, 0);
    expect(loader.loading).toBe(true);
    await settle();
    loader.want({ from: 80_000, to: 160_000 }, 160_000, null, 0);
    expect(asked).toEqual([[70_000, 160_000, 400]]);
    expect([loader.loading, loader.failure, changes, loader.history?.bucketMs]).toEqual([
      false,
      null,
      1,
      1_000,
    ]);
  });

  it('says why it has no answer and asks again after five seconds, not before', async () => {
    let asked = 0;
    const loader = createHistoryLoader(
      () => {
        asked += 1;
        return Promise.reject(new Error('disk is gone'));
      },
      createPlotClock(),
      () => undefined,
    );
    loader.want({ from: 0, to: 60_000 }, 60_000, null, 0);
    await settle();
    expect(loader.failure).toBe('disk is gone');
    loader.want({ from: 0, to: 64_999 }, 64_999, null, 0);
    expect(asked).toBe(1);
    loader.want({ from: 0, to: 65_000 }, 65_000, null, 0);
    expect(asked).toBe(2);
    await settle();
  });

  it('asks again three seconds after data came back from a pause, although the window is covered', async () => {
    let asked = 0;
    const loader = createHistoryLoader(
      (from, to) => {
        asked += 1;
        return Promise.resolve(viewOf([], 1_000, from, to));
      },
      createPlotClock(),
      () => undefined,
    );
    loader.want({ from: 0, to: 60_000 }, 60_000, 59_000, 0);
    await settle();
    loader.want({ from: 0, to: 61_000 }, 61_000, 59_000, 1);
    expect(asked).toBe(1);
    loader.want({ from: 0, to: 64_000 }, 64_000, 59_000, 1);
    expect(asked).toBe(2);
    await settle();
  });

  it('asks once more soon after the start, for what was received but not yet recorded, and then no more', async () => {
    let asked = 0;
    const loader = createHistoryLoader(
      (from, to) => {
        asked += 1;
        return Promise.resolve(viewOf([], 1_000, from, to));
      },
      createPlotClock(),
      () => undefined,
    );
    for (let now = 60_000; now <= 90_000; now += 1_000) {
      loader.want({ from: now - 60_000, to: now }, now, 60_000, 0);
      await settle();
    }
    expect(asked).toBe(2);
  });

  it('throws away an answer that comes for a session that was left', async () => {
    const loader = createHistoryLoader(
      (from, to) => Promise.resolve(viewOf([bucket(0, 66)], 1_000, from, to)),
      createPlotClock(),
      () => undefined,
    );
    loader.want({ from: 0, to: 60_000 }, 60_000, null, 0);
    loader.forget();
    await settle();
    expect(loader.history).toBeNull();
  });
});
