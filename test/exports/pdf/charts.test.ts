import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { epochMs } from '../../../core/time.ts';
import { type Sample, stretchesOf, usualGapMs } from '../../../exports/pdf/charts/columns.ts';
import { timeMarks, timeScale, valueScale } from '../../../exports/pdf/charts/scale.ts';
import { pressureBars, tracesOf } from '../../../exports/pdf/charts/traces.ts';
import { minute } from './example-values.ts';
import { exampleVisit } from './example-visit.ts';

const samples = fc
  .array(
    fc.record({
      step: fc.integer({ min: 1, max: 30_000 }),
      value: fc.option(fc.integer({ min: 0, max: 300 }), { nil: null, freq: 8 }),
    }),
    { maxLength: 400 },
  )
  .map((steps) => {
    let at = 0;
    return steps.map(({ step, value }): Sample => {
      at += step;
      return { at, value };
    });
  });

describe('a line of many values', () => {
  test('keeps of every column the least and the greatest value, and makes none up', () => {
    fc.assert(
      fc.property(samples, fc.integer({ min: 1, max: 100_000 }), (all, columnMs) => {
        const drawn = stretchesOf(all, 10_000, columnMs).flat();
        const known = new Set(all.map(({ at, value }) => `${at} ${value}`));
        expect(drawn.filter(({ at, value }) => !known.has(`${at} ${value}`))).toEqual([]);
        const extremes = (of: readonly Sample[]) => {
          const columns = new Map<number, [number, number]>();
          for (const { at, value } of of) {
            if (value === null) continue;
            const key = Math.floor(at / columnMs);
            const [low, high] = columns.get(key) ?? [value, value];
            columns.set(key, [Math.min(low, value), Math.max(high, value)]);
          }
          return [...columns];
        };
        expect(extremes(drawn)).toEqual(extremes(all));
      }),
    );
  });

  test('is never drawn over a gap or over a moment without a number', () => {
    fc.assert(
      fc.property(samples, (all) => {
        for (const stretch of stretchesOf(all, 10_000, 1)) {
          for (const [index, { at }] of stretch.entries()) {
            const before = stretch[index - 1];
            if (before === undefined) continue;
            expect(at - before.at).toBeLessThanOrEqual(10_000);
            const between = all.filter((one) => one.at > before.at && one.at < at);
            expect(between.filter(({ value }) => value === null)).toEqual([]);
          }
        }
      }),
    );
  });

  test('of a table with a value a minute is joined over a minute, not over three', () => {
    const table = [0, 1, 2, 3, 7, 8].map((step): Sample => ({ at: step * 60_000, value: 70 }));
    expect(stretchesOf(table, usualGapMs(table, 10_000), 1).map((stretch) => stretch.length)).toEqual([4, 2]);
    expect(usualGapMs([], 10_000)).toBe(10_000);
  });
});

describe('the charts of a visit', () => {
  const document = exampleVisit();

  test('break the line where the probe was off', () => {
    const [spo2] = tracesOf(document, ['MDC_PULS_OXIM_SAT_O2'], 5000);
    expect(spo2?.kept).toHaveLength(2);
    expect(spo2?.kept[0]?.at(-1)?.at).toBeLessThan(minute(40));
    expect(spo2?.kept[1]?.[0]?.at).toBeGreaterThanOrEqual(minute(43));
    expect(spo2?.kept.flat().some(({ value }) => value === 86)).toBe(true);
  });

  test('draw what was left out apart from what counts', () => {
    const [rate] = tracesOf(document, ['MDC_ECG_HEART_RATE'], 1);
    expect(rate?.leftOut.flat().length).toBeGreaterThan(20);
    for (const { at } of rate?.leftOut.flat() ?? []) {
      expect(at).toBeGreaterThanOrEqual(minute(14));
      expect(at).toBeLessThan(minute(15));
    }
    expect(rate?.kept.flat().filter(({ at }) => at >= minute(14) && at < minute(15))).toEqual([]);
  });

  test('never join two sources of one vital sign', () => {
    const traces = tracesOf(document, ['MDC_ECG_HEART_RATE', 'MDC_PULS_OXIM_PULS_RATE'], 5000);
    expect(traces.map(({ metric }) => metric)).toEqual(['MDC_ECG_HEART_RATE', 'MDC_PULS_OXIM_PULS_RATE']);
  });

  test('mark the cuff reading that was left out, and the one that cannot be right', () => {
    const looks = pressureBars(document).filter(({ look }) => look !== 'kept');
    expect(looks.map(({ at, look }) => [at, look])).toEqual([
      [minute(10), 'left-out'],
      [minute(36), 'doubtful'],
    ]);
  });

  test('count the minutes from the start of the infusion', () => {
    const marks = timeMarks(document, timeScale(document, 0, 480));
    expect(marks.find(({ minute: of }) => of === 0)?.at).toBe(minute(0));
    expect(marks.map(({ minute: of }) => of)).toEqual([-30, -20, -10, 0, 10, 20, 30, 40, 50, 60, 70]);
  });

  test('grow their axis until every value is on it', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 320 }), { maxLength: 20 }), (values) => {
        const scale = valueScale(values, { low: 40, high: 200, step: 20 }, 100, 200);
        for (const value of values) {
          expect(scale.y(value)).toBeGreaterThanOrEqual(100);
          expect(scale.y(value)).toBeLessThanOrEqual(200);
        }
      }),
    );
  });

  test('of a visit of no length still have an axis', () => {
    const at = epochMs(minute(0));
    const { figures } = document;
    const scale = timeScale({ ...document, figures: { ...figures, from: at, to: at } }, 0, 480);
    expect(scale.x(at)).toBe(0);
    expect(scale.to - scale.from).toBe(60_000);
  });
});
