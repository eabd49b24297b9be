import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TrendBucket } from '../../core/api/views.ts';
import { sessionId } from '../../core/ids.ts';
import { METRICS, type MetricId } from '../../core/nomenclature/metrics.ts';
import { type Observation, present } from '../../core/observation/observation.ts';
import { epochMs } from '../../core/time.ts';
import { CONTINUOUS_METRICS } from '../../db/columns.ts';
import { at, frame, missing, opened, openSession, SESSION, START, value } from './samples.ts';

const SPO2 = 'MDC_PULS_OXIM_SAT_O2';
const HR = 'MDC_ECG_HEART_RATE';
const wall = (ms: number) => epochMs(START + ms);

/** The same, plainly: everything in memory. */
const naive = (
  observations: readonly Observation[],
  metric: MetricId,
  from: number,
  to: number,
  bucketMs: number,
): readonly TrendBucket[] => {
  const buckets = new Map<number, TrendBucket & { readonly lastAt: number }>();
  for (const { metric: one, value: number, receivedAt } of observations) {
    if (one !== metric || number === null || receivedAt.wall < from || receivedAt.wall >= to) continue;
    const index = Math.floor((receivedAt.wall - from) / bucketMs);
    const known = buckets.get(index);
    const isLater = known === undefined || receivedAt.wall >= known.lastAt;
    buckets.set(index, {
      at: epochMs(from + index * bucketMs),
      min: Math.min(known?.min ?? number, number),
      max: Math.max(known?.max ?? number, number),
      last: isLater ? number : known.last,
      lastAt: isLater ? receivedAt.wall : known.lastAt,
    });
  }
  return [...buckets].sort(([a], [b]) => a - b).map(([, { lastAt, ...bucket }]) => bucket);
};

const anyNumber = fc
  .record({
    metric: fc.constantFrom(...CONTINUOUS_METRICS),
    share: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { freq: 4 }),
    ms: fc.integer({ min: -50, max: 5050 }),
    isDoubted: fc.boolean(),
  })
  .map(({ metric, share, ms, isDoubted }) => {
    if (share === null) return missing(metric, ms);
    const { low, high } = METRICS[metric].plausible;
    const receipt = { receivedAt: at(ms), deviceTime: null };
    return present(metric, low + share * (high - low), receipt, isDoubted ? 'questionable' : 'valid');
  });

describe('a trend', () => {
  test('has the min, max and last of every bucket exactly as a plain computation has them', () => {
    fc.assert(
      fc.property(
        fc.array(anyNumber, { maxLength: 60 }),
        fc.integer({ min: 1, max: 40 }),
        (observations, buckets) => {
          const db = opened();
          openSession(db);
          db.writeNumerics(observations.map((one) => frame(one.receivedAt.wall - START, [one])));
          const trend = db.trend(SESSION, wall(0), wall(5000), buckets);
          const expected = CONTINUOUS_METRICS.map((metric) => ({
            metric,
            buckets: naive(observations, metric, START, START + 5000, trend.bucketMs),
          })).filter((series) => series.buckets.length > 0);
          expect(trend.series).toEqual(expected);
          expect(Math.max(0, ...trend.series.map((series) => series.buckets.length))).toBeLessThanOrEqual(
            buckets,
          );
          db.close();
        },
      ),
      { numRuns: 80 },
    );
  });

  test('keeps a spike of one second in eight hours, and a gap as missing buckets', () => {
    const db = opened();
    openSession(db);
    const seconds = Array.from({ length: 8 * 3600 }, (_, second) => second).filter(
      (second) => second < 10_000 || second >= 12_000,
    );
    db.writeNumerics(
      seconds.map((second) =>
        frame(second * 1000, [
          value(SPO2, second === 20_000 ? 71 : 97, second * 1000),
          value(HR, second === 20_001 ? 180 : 70, second * 1000),
          value('MDC_PULS_OXIM_PULS_RATE', 71, second * 1000),
          missing('MDC_RESP_RATE', second * 1000),
        ]),
      ),
    );
    const before = performance.now();
    const trend = db.trend(SESSION, wall(0), wall(8 * 3_600_000), 800);
    const tookMs = performance.now() - before;
    console.info(`8 h in 800 buckets: ${tookMs.toFixed(1)} ms (26 800 rows)`);
    const [heart, saturation] = [HR, SPO2].map((metric) => trend.series.find((one) => one.metric === metric));
    expect(trend.bucketMs).toBe(36_000);
    expect(trend.series.map(({ metric }) => metric)).toEqual([HR, 'MDC_PULS_OXIM_PULS_RATE', SPO2]);
    expect(saturation?.buckets.filter(({ min }) => min < 97)).toEqual([
      { at: START + 555 * 36_000, min: 71, max: 97, last: 97 },
    ]);
    expect(heart?.buckets.filter(({ max }) => max > 70)).toEqual([
      { at: START + 555 * 36_000, min: 70, max: 180, last: 70 },
    ]);
    const missingBuckets = Array.from({ length: 800 }, (_, index) => START + index * 36_000).filter(
      (start) => !saturation?.buckets.some((bucket) => bucket.at === start),
    );
    expect([missingBuckets.length, missingBuckets.at(0), missingBuckets.at(-1)]).toEqual([
      55,
      START + 278 * 36_000,
      START + 332 * 36_000,
    ]);
  });

  test('holds the cuff readings of its time and no other session', () => {
    const db = opened();
    openSession(db);
    openSession(db, sessionId('other'));
    const cuff = (ms: number, session = SESSION) =>
      frame(
        ms,
        [value('MDC_PRESS_BLD_NONINV_SYS', 140, ms), value('MDC_PRESS_BLD_NONINV_DIA', 80, ms)],
        session,
      );
    db.writeNumerics([cuff(0), cuff(1000), cuff(2000), cuff(1500, sessionId('other'))]);
    db.writeNumerics([frame(1500, [value(SPO2, 90, 1500)], sessionId('other'))]);
    const trend = db.trend(SESSION, wall(1000), wall(2000), 10);
    expect(trend.nibp.map(({ receivedAt }) => receivedAt)).toEqual([at(1000)]);
    expect(trend.series).toEqual([]);
  });

  test('of nothing is empty: an unknown session, or a time that ends before it begins', () => {
    const db = opened();
    openSession(db);
    db.writeNumerics([frame(0, [value(SPO2, 97, 0)])]);
    expect(db.trend(sessionId('nobody'), wall(0), wall(10), 5)).toMatchObject({ series: [], nibp: [] });
    expect(db.trend(SESSION, wall(10), wall(0), 5)).toMatchObject({ series: [], nibp: [], bucketMs: 1 });
  });
});
