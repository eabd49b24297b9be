import { describe, expect, it } from 'vitest';
import { reviewTable, tableRange } from '../../../renderer/view-model/review-table.ts';
import { epochMs, session } from '../support.ts';
import { reading, readingOut, series, spanOut, trend } from './review-make.ts';

const HR = 'MDC_ECG_HEART_RATE';
const STEP = 5 * 60_000;

describe('the flow sheet', () => {
  it('asks for whole steps from the start of the infusion that cover the visit', () => {
    const whole = { from: 1_000_000, to: 1_000_000 + 61 * 60_000 };
    const zero = whole.from + 12 * 60_000;
    const range = tableRange(whole, zero, 5);
    expect((zero - range.from) % STEP).toBe(0);
    expect(range.from).toBeLessThanOrEqual(whole.from);
    expect(range.to).toBeGreaterThanOrEqual(whole.to);
    expect((range.to - range.from) / range.buckets).toBe(STEP);
  });

  it('has a row for each step, with dashes where there was no number, and marks what was left out', () => {
    const kept = reading(60_000, 130, 80);
    const out = reading(120_000, 230, 80);
    const all = trend(STEP, [series(HR, [0, 70, 84], [2 * STEP, 80, 80])], [kept, out]);
    const visit = session({
      openedAt: epochMs(0),
      spans: [
        { phase: 'baseline', startedAt: epochMs(0), endedAt: epochMs(STEP) },
        { phase: 'infusing', startedAt: epochMs(STEP), endedAt: null },
      ],
    });
    const { heads, rows } = reviewTable(
      all,
      visit,
      [readingOut(out), spanOut(HR, 2 * STEP, 2 * STEP + 1)],
      [
        {
          id: 'a',
          priority: 'high',
          from: STEP + 1,
          to: STEP + 2,
          shownTo: STEP + 2,
          text: '',
        },
      ],
      STEP,
      '†',
    );
    expect(heads).toEqual(['HR /min']);
    expect(rows.slice(0, 3).map((row) => [row.minutes, row.phase, row.nibp, row.cells, row.alarms])).toEqual([
      ['−5', 'Baseline', '130/80, 230/80 †', ['70–84'], ''],
      ['0', 'Infusing', '', ['--'], '***'],
      ['+5', 'Infusing', '', ['80 †'], ''],
    ]);
    expect(rows).toHaveLength(10);
  });
});
