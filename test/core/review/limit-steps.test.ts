import { describe, expect, it } from 'vitest';
import { withThresholds } from '../../../core/alarm/change-limits.ts';
import type { LimitSet } from '../../../core/alarm/limits.ts';
import { DEFAULT_PRESET } from '../../../core/alarm/presets.ts';
import { type LimitSteps, limitSteps } from '../../../core/review/limit-steps.ts';
import { at, type Entry, entry, events } from '../visit/make.ts';

const SYS = 'MDC_PRESS_BLD_NONINV_SYS';
const HR = 'MDC_ECG_HEART_RATE';
const FIRST = 'nibp-sys-high-medium-priority';
const HIGH = 'nibp-sys-high-high-priority';
const WHOLE = { from: at(0).wall, to: at(60).wall };

const changed = (minute: number, before: LimitSet, after: LimitSet): Entry =>
  entry(minute, { type: 'limits-changed', before, after, reason: 'x' });
const withSystolic = (threshold: number | null): LimitSet =>
  withThresholds(DEFAULT_PRESET, [{ limitId: FIRST, threshold }]);

const lines = (entries: readonly Entry[], whole = WHOLE): readonly LimitSteps[] =>
  limitSteps(events(entries, null), [SYS], whole);
const first = (entries: readonly Entry[], whole = WHOLE) =>
  lines(entries, whole)
    .find(({ side, tier }) => side === 'high' && tier === 'first')
    ?.steps.map(({ from, to, threshold }) => [
      (from - at(0).wall) / 60_000,
      (to - at(0).wall) / 60_000,
      threshold,
    ]);

describe('the limits in force as lines of steps', () => {
  it('without any change are one step over the visit', () => {
    expect(first([])).toEqual([[0, 60, 160]]);
  });

  it('step exactly at the change, and what was in force before the first change holds from the start', () => {
    expect(first([changed(20, withSystolic(150), withSystolic(170))])).toEqual([
      [0, 20, 150],
      [20, 60, 170],
    ]);
  });

  it('are one step where a change left this limit as it was', () => {
    const other = withThresholds(DEFAULT_PRESET, [{ limitId: HIGH, threshold: 190 }]);
    expect(first([changed(20, DEFAULT_PRESET, other)])).toEqual([[0, 60, 160]]);
  });

  it('have no step while the limits of that side are off, not even of the tier above', () => {
    const off = withThresholds(
      DEFAULT_PRESET,
      DEFAULT_PRESET.limits
        .filter(({ metric }) => metric === SYS)
        .map(({ id }) => ({ limitId: id, threshold: null })),
    );
    const entries = [changed(20, DEFAULT_PRESET, off), changed(30, off, DEFAULT_PRESET)];
    expect(first(entries)).toEqual([
      [0, 20, 160],
      [30, 60, 160],
    ]);
    for (const { steps } of lines(entries))
      for (const { from, to } of steps) expect(to <= at(20).wall || from >= at(30).wall).toBe(true);
  });

  it('have a second line for high priority only while another limit is met first', () => {
    const after = withThresholds(DEFAULT_PRESET, [{ limitId: FIRST, threshold: 185 }]);
    const high = lines([changed(20, DEFAULT_PRESET, after)]).filter(
      ({ side, tier }) => side === 'high' && tier === 'high',
    );
    expect(high.map(({ steps }) => steps.map(({ to, threshold }) => [to, threshold]))).toEqual([
      [[at(20).wall, 180]],
    ]);
    expect(first([changed(20, DEFAULT_PRESET, after)])).toEqual([
      [0, 20, 160],
      [20, 60, 180],
    ]);
  });

  it('are cut at both ends; a change at the end, or two at one moment, leave no empty step', () => {
    const entries = [
      changed(20, DEFAULT_PRESET, withSystolic(150)),
      changed(20, withSystolic(150), withSystolic(170)),
      changed(40, withSystolic(170), withSystolic(140)),
    ];
    expect(first(entries, { from: at(10).wall, to: at(40).wall })).toEqual([
      [10, 20, 160],
      [20, 40, 170],
    ]);
  });

  it('of equal limits take the one of the highest priority', () => {
    const equal = withThresholds(DEFAULT_PRESET, [
      { limitId: 'hr-high-medium-priority', threshold: 150 },
      { limitId: 'hr-high-sustained', threshold: 150 },
    ]);
    const above = limitSteps(events([changed(0, equal, equal)], null), [HR], WHOLE).filter(
      ({ side }) => side === 'high',
    );
    expect(above.map(({ tier, steps }) => [tier, steps.map(({ priority }) => priority)])).toEqual([
      ['first', ['high']],
    ]);
  });
});
