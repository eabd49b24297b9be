import { describe, expect, it } from 'vitest';
import { DEFAULT_PRESET } from '../../../core/alarm/presets.ts';
import type { WhatIfAlarm, WhatIfDifference, WhatIfView } from '../../../core/api/what-if.ts';
import { limitRows } from '../../../renderer/view-model/limit-rows.ts';
import { differenceLine, timelineBars, whatIfChanges } from '../../../renderer/view-model/what-if.ts';
import { at, sessionId } from '../support.ts';

const alarm = (second: number, part: Partial<WhatIfAlarm> = {}): WhatIfAlarm => ({
  key: 'hr-high',
  conditionId: 'hr-high-medium-priority',
  title: 'HR HIGH',
  message: 'HR 124 > 120',
  priority: 'medium',
  onsetAt: at(second - 10).wall,
  raisedAt: at(second).wall,
  endAt: at(second + 60).wall,
  peak: 130,
  limit: 120,
  sounded: true,
  ...part,
});
const difference = (part: Partial<WhatIfDifference>): WhatIfDifference => ({
  kind: 'same',
  before: null,
  after: null,
  reachedByMs: 0,
  durationByMs: 0,
  ...part,
});

describe('what is asked', () => {
  const rows = limitRows(DEFAULT_PRESET, DEFAULT_PRESET);

  it('is only what differs from the limits at hand, thresholds and delays', () => {
    expect(
      whatIfChanges(rows, {
        'spo2-low-medium-priority': { threshold: 88, delayS: 15 },
        'hr-high-medium-priority': { delayS: 45 },
        'nibp-sys-fall-medium-priority': { threshold: 30 },
        'spo2-low-high-priority': { threshold: 85 },
      }),
    ).toEqual([
      { limitId: 'spo2-low-medium-priority', threshold: 88 },
      { limitId: 'hr-high-medium-priority', delayMs: 45_000 },
      { limitId: 'nibp-sys-fall-medium-priority', threshold: 0.3 },
    ]);
  });

  it('is nothing yet while a field is empty', () => {
    expect(whatIfChanges(rows, { 'spo2-low-medium-priority': { threshold: Number.NaN } })).toBeNull();
    expect(whatIfChanges(rows, { 'spo2-low-medium-priority': { delayS: Number.NaN } })).toBeNull();
  });
});

describe('what became of an alarm', () => {
  it('is later or earlier, longer or shorter, more or less urgent', () => {
    const moved = difference({
      kind: 'moved',
      before: alarm(0, { priority: 'high' }),
      after: alarm(20),
      reachedByMs: 20_000,
      durationByMs: -5_000,
    });
    expect(differenceLine(moved, 0)).toMatchObject({
      change: 'less urgent, 20 s later, 5 s shorter',
      isWorse: true,
    });
  });

  it('warns of a high-priority alarm that would be gone, not of a medium one', () => {
    const gone = (priority: 'high' | 'medium') =>
      differenceLine(difference({ kind: 'gone', before: alarm(0, { priority }) }), 0).isWorse;
    expect(gone('high')).toBe(true);
    expect(gone('medium')).toBe(false);
  });

  it('says when it would only have been shown', () => {
    const line = differenceLine(difference({ kind: 'came', after: alarm(0, { sounded: false }) }), 0);
    expect(line.before).toBe('');
    expect(line.after).toContain('(only shown)');
  });
});

describe('the timeline', () => {
  const figures = { alarms: 0, sounded: 0, byPriority: { high: 0, medium: 0, low: 0 }, burdenSeconds: 0 };
  const view = (...differences: readonly WhatIfDifference[]): WhatIfView => ({
    sessionId: sessionId('s1'),
    from: at(0).wall,
    to: at(600).wall,
    basis: { frames: 0, cuffReadings: 0, limitChanges: 0, restarts: 0 },
    names: { before: 'a', after: 'b' },
    before: figures,
    after: figures,
    differences,
    counts: { same: 0, moved: 0, gone: 0, came: 0 },
  });

  it('places each alarm where it was, on its own side', () => {
    const found = view(
      difference({ kind: 'gone', before: alarm(150) }),
      difference({ kind: 'came', after: alarm(300, { endAt: null }) }),
    );
    expect(timelineBars(found, 'before')).toMatchObject([{ from: 0.25, width: 0.1, kind: 'gone' }]);
    expect(timelineBars(found, 'after')).toMatchObject([{ from: 0.5, width: 0.5, kind: 'came' }]);
  });

  it('shows a short one at the very end inside, and nothing over a high one', () => {
    const late = difference({ before: alarm(600, { endAt: at(600).wall }) });
    const high = difference({ before: alarm(10, { priority: 'high' }) });
    const bars = timelineBars(view(high, late), 'before');
    expect(bars.map(({ priority }) => priority)).toEqual(['medium', 'high']);
    for (const { from, width } of bars) {
      expect(width).toBeGreaterThan(0);
      expect(from + width).toBeLessThanOrEqual(1);
    }
  });
});
