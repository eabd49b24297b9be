import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SAMPLE_STATE } from '../../../renderer/charts/data/sample-buffer.ts';
import { POINT, type Trace } from '../../../renderer/charts/data/trace.ts';
import {
  bucketMsFor,
  decimate,
  MAX_BUCKETS,
  MAX_POINTS_PER_BUCKET,
} from '../../../renderer/charts/decimate.ts';
import { bufferOf } from './make.ts';

const RUNS = { numRuns: 200 };
const GAP = 10_000;

/** Steps of time, some of them gaps, with values, some of them absent or doubted. */
const rowsOf = fc
  .array(
    fc.record({
      step: fc.oneof(
        { weight: 8, arbitrary: fc.integer({ min: 1, max: 3_000 }) },
        { weight: 1, arbitrary: fc.integer({ min: 9_999, max: 60_000 }) },
      ),
      value: fc.option(fc.integer({ min: 30, max: 200 }), { freq: 10 }),
      doubted: fc.boolean(),
    }),
    { maxLength: 300 },
  )
  .map((steps) => {
    let time = 0;
    return steps.map(({ step, value, doubted }) => {
      time += step;
      const state =
        value === null ? SAMPLE_STATE.absent : doubted ? SAMPLE_STATE.questionable : SAMPLE_STATE.valid;
      return [time, value, state] as const;
    });
  });
const bucket = fc.constantFrom(250, 1_000, 4_000, 24_000, 96_000);

const traceOf = (rows: Parameters<typeof bufferOf>[0], bucketMs: number): Trace => {
  const buffer = bufferOf(rows);
  return decimate(buffer, 0, buffer.length, bucketMs, GAP);
};
const pointsOf = (trace: Trace) =>
  trace.times.map((time, index) => ({
    time,
    value: trace.values[index] ?? Number.NaN,
    flags: trace.flags[index] ?? 0,
  }));

describe('decimate', () => {
  it('keeps the lowest and the highest value of every bucket', () => {
    fc.assert(
      fc.property(rowsOf, bucket, (rows, bucketMs) => {
        const points = pointsOf(traceOf(rows, bucketMs));
        const extremes = (list: readonly { time: number; value: number }[]) => {
          const found = new Map<number, { low: number; high: number }>();
          for (const { time, value } of list) {
            const key = Math.floor(time / bucketMs);
            const known = found.get(key) ?? { low: value, high: value };
            found.set(key, { low: Math.min(known.low, value), high: Math.max(known.high, value) });
          }
          return [...found];
        };
        const numbers = rows.flatMap(([time, value]) => (value === null ? [] : [{ time, value }]));
        expect(extremes(points)).toEqual(extremes(numbers));
      }),
      RUNS,
    );
  });

  it('only gives samples that were there, in their order', () => {
    fc.assert(
      fc.property(rowsOf, bucket, (rows, bucketMs) => {
        const given = new Map(rows.map(([time, value]) => [time, value]));
        const points = pointsOf(traceOf(rows, bucketMs));
        for (const [index, { time, value }] of points.entries()) {
          expect(given.get(time)).toBe(value);
          if (index > 0) expect(time).toBeGreaterThan(points[index - 1]?.time ?? Number.NaN);
        }
      }),
      RUNS,
    );
  });

  it('joins two points exactly when neither a gap nor an absent value lies between them', () => {
    fc.assert(
      fc.property(rowsOf, bucket, (rows, bucketMs) => {
        const points = pointsOf(traceOf(rows, bucketMs));
        for (let index = 1; index < points.length; index += 1) {
          const from = points[index - 1]?.time ?? 0;
          const to = points[index]?.time ?? 0;
          const between = rows.filter(([time]) => time >= from && time <= to);
          const isBroken = between.some(
            ([time, value], place) =>
              value === null || (place > 0 && time - (between[place - 1]?.[0] ?? 0) > GAP),
          );
          expect(((points[index]?.flags ?? 0) & POINT.breakBefore) !== 0).toBe(isBroken);
        }
      }),
      RUNS,
    );
  });

  it('draws a line that begins at the first number and ends at the newest one', () => {
    fc.assert(
      fc.property(rowsOf, bucket, (rows, bucketMs) => {
        const trace = traceOf(rows, bucketMs);
        const numbers = rows.filter(([, value]) => value !== null);
        expect([trace.times[0], trace.times.at(-1)]).toEqual([numbers[0]?.[0], numbers.at(-1)?.[0]]);
      }),
      RUNS,
    );
  });

  it('flags a bucket as questionable when any of its samples is, and no other', () => {
    fc.assert(
      fc.property(rowsOf, bucket, (rows, bucketMs) => {
        for (const { time, flags } of pointsOf(traceOf(rows, bucketMs))) {
          const doubted = rows.some(
            ([at, , state]) =>
              Math.floor(at / bucketMs) === Math.floor(time / bucketMs) &&
              state === SAMPLE_STATE.questionable,
          );
          expect((flags & POINT.questionable) !== 0).toBe(doubted);
        }
      }),
      RUNS,
    );
  });

  it('leaves at most four points in a bucket', () => {
    fc.assert(
      fc.property(rowsOf, bucket, (rows, bucketMs) => {
        const counts = new Map<number, number>();
        for (const time of traceOf(rows, bucketMs).times) {
          const key = Math.floor(time / bucketMs);
          counts.set(key, (counts.get(key) ?? 0) + 1);
        }
        expect(Math.max(0, ...counts.values())).toBeLessThanOrEqual(MAX_POINTS_PER_BUCKET);
      }),
      RUNS,
    );
  });

  it('shows a spike of one second in eight hours', () => {
    const rows = Array.from(
      { length: 28_800 },
      (_, second) => [second * 1_000, second === 17_001 ? 178 : 80] as const,
    );
    const trace = traceOf(rows, bucketMsFor(28_800_000));
    expect(trace.values.filter((value) => value === 178)).toEqual([178]);
    expect(trace.times[trace.values.indexOf(178)]).toBe(17_001_000);
    expect(trace.times.length).toBeLessThanOrEqual(MAX_BUCKETS * 2);
  });

  it('does not bridge a pause of 10.001 s, and does bridge one of 10.000 s', () => {
    expect(
      traceOf(
        [
          [0, 80],
          [10_000, 81],
          [20_001, 82],
        ],
        250,
      ).flags,
    ).toEqual([0, 0, POINT.breakBefore]);
  });
});

describe('bucketMsFor', () => {
  it('needs at most 400 buckets for any window, wherever it begins, and at least half as many', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 400_000, max: 100_000_000 }),
        fc.integer({ min: 0, max: 1e9 }),
        (width, from) => {
          const bucketMs = bucketMsFor(width);
          const touched = Math.floor((from + width) / bucketMs) - Math.floor(from / bucketMs) + 1;
          expect(touched).toBeLessThanOrEqual(MAX_BUCKETS + 1);
          expect(width / bucketMs).toBeGreaterThan(MAX_BUCKETS / 2);
        },
      ),
      RUNS,
    );
  });
});
