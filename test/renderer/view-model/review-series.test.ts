import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { laneSeries, outStretches, reviewBuckets } from '../../../renderer/view-model/review-series.ts';
import { series, spanOut, trend } from './review-make.ts';

const SPO2 = 'MDC_PULS_OXIM_SAT_O2';
const HR = 'MDC_ECG_HEART_RATE';
const PULSE = 'MDC_PULS_OXIM_PULS_RATE';
const STEP = 60_000;

describe('the rows of a lane', () => {
  it('keep the lowest and the highest of each bucket, and break where one has no number', () => {
    const { rows } = laneSeries(
      trend(STEP, [series(SPO2, [0, 88, 97], [STEP, 95, 96], [3 * STEP, 94, 96])]),
      [SPO2],
      [],
    );
    expect(rows.map(({ at, kept }) => [at / STEP, kept[0]])).toEqual([
      [0, [88, 97]],
      [1, [95, 96]],
      [2, null],
      [3, [94, 96]],
    ]);
  });

  it('name a value without neighbours, which a line would not show', () => {
    const { lone } = laneSeries(
      trend(STEP, [series(SPO2, [0, 97, 97], [2 * STEP, 96, 96], [3 * STEP, 96, 96])]),
      [SPO2],
      [],
    );
    expect(lone).toEqual([{ at: 0, range: [97, 97], isOut: false, line: 0 }]);
  });

  it('give each source a line of its own, the best first, and none to one without values', () => {
    const all = trend(STEP, [series(PULSE, [0, 70, 71], [STEP, 70, 71]), series(HR, [STEP, 60, 61])]);
    const { metrics, rows } = laneSeries(all, [HR, PULSE], []);
    expect(metrics).toEqual([HR, PULSE]);
    expect(rows.map(({ kept }) => kept)).toEqual([
      [null, [70, 71]],
      [
        [60, 61],
        [70, 71],
      ],
    ]);
    expect(laneSeries(trend(STEP, []), [HR, PULSE], [])).toEqual({
      metrics: [],
      rows: [],
      lone: [],
      extremes: [],
    });
  });

  it('do not break between the values of a slow monitor when steps are finer than its interval', () => {
    const slow = [0, 5_000, 10_000, 15_000, 40_000].map((at) => [at, 80, 80] as const);
    const quick = [0, 1_000, 2_000].map((at) => [at, 82, 82] as const);
    const { rows } = laneSeries(
      trend(1_000, [series(HR, ...slow), series(PULSE, ...quick)]),
      [HR, PULSE],
      [],
    );
    const line = rows.map(({ at, kept }) => [at, kept[0] === null ? null : 80]);
    expect(line).toEqual([
      [0, 80],
      [1_000, 80],
      [2_000, 80],
      [5_000, 80],
      [10_000, 80],
      [15_000, 80],
      [16_000, null],
      [40_000, 80],
    ]);
  });

  it('show what was left out beside what counts, never both at once, and keep it in the scale', () => {
    const all = trend(STEP, [series(HR, [0, 70, 71], [STEP, 70, 190], [2 * STEP, 71, 72])]);
    const { rows, extremes } = laneSeries(all, [HR], [spanOut(HR, STEP + 10_000, STEP + 20_000)]);
    expect(rows.map(({ kept, out }) => [kept[0], out[0]])).toEqual([
      [[70, 71], null],
      [null, [70, 190]],
      [[71, 72], null],
    ]);
    expect(Math.max(...extremes)).toBe(190);
  });

  it('lose no extreme, whatever the buckets, the gaps and the exclusions are', () => {
    const bucket = fc.tuple(fc.nat(40), fc.integer({ min: 40, max: 120 }), fc.nat(60));
    fc.assert(
      fc.property(
        fc.uniqueArray(bucket, { selector: ([index]) => index, minLength: 1 }),
        fc.nat(40),
        fc.nat(10),
        (buckets, from, length) => {
          const sorted = buckets
            .map(([index, low, more]) => [index * STEP, low, low + more] as const)
            .sort(([a], [b]) => a - b);
          const { rows } = laneSeries(
            trend(STEP, [series(HR, ...sorted)]),
            [HR],
            [spanOut(HR, from * STEP, (from + length) * STEP)],
          );
          for (const [at, low, high] of sorted) {
            const row = rows.find((each) => each.at === at);
            expect([row?.kept[0], row?.out[0]].filter((range) => range !== null)).toEqual([[low, high]]);
          }
        },
      ),
    );
  });
});

describe('how fine the steps are', () => {
  it('a few hundred at most; a whole visit has none finer than slow monitors send, a close look has seconds', () => {
    expect(reviewBuckets(8 * 3_600_000, 300)).toBe(300);
    expect(reviewBuckets(40 * 60_000, 300)).toBe(240);
    expect(reviewBuckets(2 * 60_000, 300)).toBe(120);
    expect(reviewBuckets(1, 300)).toBe(1);
  });
});

describe('the stretches that were left out', () => {
  it('are those of the lane’s metrics, clipped to what is shown', () => {
    const outs = [spanOut(HR, 0, 50), spanOut(SPO2, 20, 60), spanOut(HR, 200, 300)];
    expect(outStretches(outs, [HR, PULSE], { from: 10, to: 100 })).toEqual([{ id: 'x1', from: 10, to: 50 }]);
  });
});
