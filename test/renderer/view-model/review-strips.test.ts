import { describe, expect, it } from 'vitest';
import type { AlarmLogRow, ConditionTime } from '../../../core/alarm/log.ts';
import { eventId } from '../../../core/ids.ts';
import type { SideEffect } from '../../../core/visit/visit-state.ts';
import { alarmSpans, clipped, effectSpans, spansAt } from '../../../renderer/view-model/review-strips.ts';
import { epochMs } from '../support.ts';

const row = (part: Partial<AlarmLogRow>): AlarmLogRow => ({
  key: 'spo2-low',
  conditionId: 'spo2-low',
  category: 'physiological',
  priority: 'high',
  title: 'SpO₂ LOW',
  message: 'SpO₂ 84 < 85',
  metric: null,
  limit: null,
  value: null,
  peak: null,
  onsetAt: epochMs(900),
  raisedAt: epochMs(1_000),
  confirmedAt: null,
  notConfirmed: false,
  escalations: [],
  clearedAt: null,
  endedAt: null,
  acknowledged: null,
  acknowledgements: [],
  realarms: 0,
  occurrences: 1,
  raisedUnder: null,
  ...part,
});

/** A log of one alarm; its condition by when it came and went, and whether it stayed on the screen then. */
const log = (
  part: Partial<AlarmLogRow>,
  ...times: readonly (readonly [number, number | null, boolean?])[]
) => ({
  rows: [row(part)],
  conditions: [
    times.map(
      ([from, to, isLatched = false]): ConditionTime => ({
        from: epochMs(from),
        to: to === null ? null : epochMs(to),
        isLatched,
      }),
    ),
  ],
});

const effect = (from: number, to: number | null, kind: SideEffect['kind'] = 'nausea'): SideEffect => ({
  id: eventId(`${kind} ${from}`),
  at: epochMs(from),
  by: 'N',
  kind,
  text: null,
  onsetAt: epochMs(from),
  endedAt: to === null ? null : epochMs(to),
  severity: 'mild',
  worst: 'moderate',
  course: [],
});

describe('alarms on the chart', () => {
  it('last from their raising until the condition went, and are marked for as long as they were shown', () => {
    const [latched] = alarmSpans(
      log({ clearedAt: epochMs(5_000), endedAt: epochMs(9_000) }, [1_000, 5_000, true]),
      20_000,
    );
    expect(latched).toMatchObject({ from: 1_000, to: 5_000, shownTo: 9_000 });
  });

  it('that came back are drawn once for each time, not over the time between', () => {
    const spans = alarmSpans(
      log({ endedAt: epochMs(19_000) }, [1_000, 2_000, true], [9_000, 10_000], [15_000, 16_000, true]),
      20_000,
    );
    expect(spans.map(({ from, to, shownTo }) => [from, to, shownTo])).toEqual([
      [1_000, 2_000, 9_000],
      [9_000, 10_000, 10_000],
      [15_000, 16_000, 19_000],
    ]);
    expect(spans[0]?.text).toContain('3 s in 3 times');
  });

  it('that are still there end with the visit, and say that nobody acknowledged them', () => {
    const [open] = alarmSpans(log({}, [1_000, null]), 20_000);
    expect(open).toMatchObject({ to: 20_000, shownTo: 20_000 });
    expect(open?.text).toContain('not acknowledged');
  });

  it('say who acknowledged them and after how long', () => {
    const [span] = alarmSpans(
      log({ acknowledged: { at: epochMs(9_000), by: 'AB', afterMs: 8_000 } }, [1_000, null]),
      20_000,
    );
    expect(span?.text).toContain('ACKNOWLEDGED by AB after 8 s');
  });
});

describe('side effects on the chart', () => {
  it('at the same time lie on lines of their own; a line is used again once it is free', () => {
    const spans = effectSpans([effect(0, 50), effect(10, 60, 'headache'), effect(55, 80, 'anxiety')], 100);
    expect(spans.map(({ line, from, to }) => [line, from, to])).toEqual([
      [0, 0, 50],
      [1, 10, 60],
      [0, 55, 80],
    ]);
  });

  it('without an end reach the end of the visit and say that there is none on record', () => {
    const [span] = effectSpans([effect(0, null)], 60_000);
    expect(span).toMatchObject({ to: 60_000, isOver: false, label: 'Nausea, moderate' });
    expect(span?.text).toContain('no end on record');
  });
});

describe('spans of time', () => {
  const spans = [
    { id: 'a', from: 0, to: 10 },
    { id: 'b', from: 50, to: 90 },
  ];

  it('are clipped to what is shown, and left out where nothing of them is', () => {
    expect(clipped(spans, { from: 60, to: 70 })).toEqual([{ id: 'b', from: 60, to: 70 }]);
  });

  it('are found at a moment, and beside it as far as a finger may miss', () => {
    expect(spansAt(spans, 12).map(({ id }) => id)).toEqual([]);
    expect(spansAt(spans, 12, 2).map(({ id }) => id)).toEqual(['a']);
  });
});
