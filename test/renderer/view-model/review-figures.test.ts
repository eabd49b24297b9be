import { describe, expect, it } from 'vitest';
import type { SessionFigures } from '../../../core/review/figures.ts';
import {
  beyondTable,
  completenessRows,
  doubtfulLines,
  figureGroups,
  meanTable,
} from '../../../renderer/view-model/review-figures.ts';
import { poorDocument, richDocument } from '../../support/example-document.ts';
import { epochMs, MONITOR } from '../support.ts';

const RICH = richDocument().figures;
const POOR = poorDocument().figures;

const rowOf = (figures: SessionFigures, id: string) => {
  const found = figureGroups(figures)
    .flatMap(({ rows }) => rows)
    .find((row) => row.id === id);
  if (found === undefined) throw new Error(`no figure ${id}`);
  return found;
};

describe('the figures in words', () => {
  it('give a peak with its unit, and the minute of the infusion at which it was measured', () => {
    const peak = {
      value: 171.4,
      metric: 'MDC_PRESS_BLD_NONINV_SYS',
      at: epochMs(0),
      sinceInfusionMs: 34 * 60_000 + 59_000,
      monitorId: MONITOR,
    } as const;
    const row = rowOf({ ...RICH, peak: { ...RICH.peak, systolic: peak } }, 'peak-systolic');
    expect(row.value).toBe('171 mmHg');
    expect(row.note).toMatch(/^\+34 min, \d\d:\d\d$/);
  });

  it('say which source a rate is from when it is not the one that the line names', () => {
    const pulse = {
      value: 88,
      metric: 'MDC_PULS_OXIM_PULS_RATE',
      at: epochMs(0),
      sinceInfusionMs: null,
      monitorId: MONITOR,
    } as const;
    const row = rowOf({ ...RICH, peak: { ...RICH.peak, heartRate: pulse } }, 'peak-rate');
    expect(row.note).toContain('PR');
  });

  it('show dashes and why where there is nothing, and never a zero that stands for nothing', () => {
    expect(rowOf(POOR, 'lowest-respiration')).toMatchObject({ value: '--', note: 'no value' });
    const bare = { ...RICH, peakRise: null, returnToBaselineMs: null, baseline: null };
    expect(rowOf(bare, 'rise').value).toBe('--');
    expect(rowOf(bare, 'return').value).toBe('--');
    expect(rowOf(bare, 'baseline').value).toBe('--');
  });

  it('count what was left out', () => {
    const { values, readings } = RICH.excluded;
    expect(rowOf(RICH, 'excluded').value).toBe(`${values} values, ${readings} readings`);
  });

  it('have a row for each limit that was passed, worst priority first, and a column for each phase', () => {
    const row = (limitId: string, priority: 'high' | 'low', phase: 'infusing' | 'recovery', ms: number) =>
      ({ limitId, metric: 'MDC_PULS_OXIM_SAT_O2', side: 'low', priority, threshold: 90, phase, ms }) as const;
    const beyond = [
      row('b', 'low', 'recovery', 5_000),
      row('a', 'high', 'infusing', 61_000),
      row('b', 'low', 'infusing', 9_000),
    ];
    const table = beyondTable({ ...RICH, beyond }, null);
    expect(table.heads).toEqual(['Infusing', 'Recovery']);
    expect(table.rows.map(({ label, cells }) => [label, ...cells])).toEqual([
      ['*** SpO₂ < 90', '1 min 01 s', ''],
      ['* SpO₂ < 90', '9 s', '5 s'],
    ]);
  });

  it('say of a limit that is reached and not only passed what it is', () => {
    const reached = {
      limitId: 'nibp-sys-high-medium-priority',
      metric: 'MDC_PRESS_BLD_NONINV_SYS',
      side: 'high',
      priority: 'medium',
      threshold: 170,
      phase: 'infusing',
      ms: 1_000,
    } as const;
    const [row] = beyondTable({ ...RICH, beyond: [reached] }, null).rows;
    expect(row?.label).toBe('** SYS ≥ 170');
  });

  it('tell means of the example visit with the time they rest on, in every phase that had values', () => {
    const table = meanTable(RICH);
    expect(table.rows.length).toBe(new Set(RICH.means.map(({ metric }) => metric)).size);
    expect(table.heads.length).toBe(new Set(RICH.means.map(({ phase }) => phase)).size);
    expect(table.rows.flatMap(({ cells }) => cells).filter((cell) => cell.includes(' over '))).toHaveLength(
      RICH.means.length,
    );
  });

  it('round completeness down, so that 100 % means all of it', () => {
    const [first] = RICH.completeness;
    if (first === undefined) throw new Error('the example has completeness');
    const rows = completenessRows({ ...RICH, completeness: [{ ...first, percent: 99.9 }] });
    expect(rows[0]?.percent).toBe('99 %');
  });

  it('tell doubted values with their range', () => {
    const doubtful = [{ metric: 'MDC_PRESS_BLD_NONINV_SYS', values: 2, lowest: 48, highest: 260 }] as const;
    expect(doubtfulLines({ ...RICH, doubtful })).toEqual([
      'SYS: 2 values (48 to 260) that the monitor itself doubted, or that cannot be',
    ]);
  });
});
