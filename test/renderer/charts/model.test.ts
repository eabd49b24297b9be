import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AlarmLimit, LimitSet } from '../../../core/alarm/limits.ts';
import { DEFAULT_PRESET } from '../../../core/alarm/presets.ts';
import type { AlarmPriority } from '../../../core/alarm/types.ts';
import { epochMs } from '../../../core/time.ts';
import {
  LANE_PADDING_PX,
  LANES,
  laneDomain,
  laneTicks,
  laneY,
  stackLanes,
} from '../../../renderer/charts/model/lanes.ts';
import { limitLines } from '../../../renderer/charts/model/limit-lines.ts';
import { clusterMarks, type Mark, marksOf } from '../../../renderer/charts/model/marks.ts';
import { phaseBands } from '../../../renderer/charts/model/phase-bands.ts';
import { minutesText, timeLabel, timeSplits } from '../../../renderer/charts/model/time-axis.ts';
import { FOLLOWING, stepView, visibleRange } from '../../../renderer/charts/model/view-window.ts';
import { event, HR, moment, SPO2 } from './make.ts';

const MINUTE = 60_000;
const lane = (id: string) => {
  const spec = LANES.find((candidate) => candidate.id === id);
  if (spec === undefined) throw new Error(`no lane ${id}`);
  return spec;
};

describe('lanes', () => {
  it('extend the saturation downwards in tens, and never above 100', () => {
    expect(laneDomain(lane('saturation'), [97, 79])).toEqual({ low: 70, high: 100 });
    expect(laneDomain(lane('saturation'), [97, 80])).toEqual({ low: 80, high: 100 });
  });

  it('show every value inside the lane, whatever the values are', () => {
    const values = fc.array(fc.integer({ min: 1, max: 100 }), { maxLength: 20 });
    fc.assert(
      fc.property(fc.constantFrom(...LANES), values, (spec, list) => {
        const domain = laneDomain(spec, list);
        const box = { top: 10, height: 100 };
        expect(domain.low).toBeLessThanOrEqual(Math.min(spec.base.low, ...list));
        expect(domain.high).toBeGreaterThanOrEqual(Math.max(spec.base.high, ...list));
        for (const value of list) {
          const y = laneY(box, domain, value);
          expect(y).toBeGreaterThanOrEqual(box.top + LANE_PADDING_PX);
          expect(y).toBeLessThanOrEqual(box.top + box.height - LANE_PADDING_PX);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('draw a higher value higher', () => {
    const box = { top: 0, height: 100 };
    const domain = { low: 40, high: 140 };
    expect(laneY(box, domain, 100)).toBeLessThan(laneY(box, domain, 99));
  });

  it('share the height without overlap, and fill it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 2_000 }), (height) => {
        const boxes = stackLanes(LANES, 40, height, 8);
        for (let index = 1; index < boxes.length; index += 1) {
          const before = boxes[index - 1];
          expect((before?.top ?? 0) + (before?.height ?? 0) + 8).toBe(boxes[index]?.top);
        }
        const last = boxes.at(-1);
        expect((last?.top ?? 0) + (last?.height ?? 0)).toBe(40 + height);
      }),
      { numRuns: 60 },
    );
  });

  it('label round values that are far enough apart', () => {
    expect(laneTicks({ low: 40, high: 200 }, 160)).toEqual([40, 60, 80, 100, 120, 140, 160, 180, 200]);
    expect(laneTicks({ low: 80, high: 100 }, 50)).toEqual([80, 90, 100]);
  });

  it('have no red line', () => {
    expect(LANES.map((spec) => spec.token)).toEqual(['--nibp', '--hr', '--spo2', '--rr']);
  });
});

describe('phase bands', () => {
  const spans = [
    { phase: 'baseline', startedAt: epochMs(0), endedAt: epochMs(10) },
    { phase: 'infusing', startedAt: epochMs(10), endedAt: epochMs(30) },
    { phase: 'paused', startedAt: epochMs(30), endedAt: null },
  ] as const;

  it('are clipped to the window, and a running phase ends now', () => {
    expect(phaseBands(spans, { from: 5, to: 100 }, 40, (wall) => wall)).toEqual([
      { phase: 'baseline', label: 'Baseline', from: 5, to: 10 },
      { phase: 'infusing', label: 'Infusing', from: 10, to: 30 },
      { phase: 'paused', label: 'Paused', from: 30, to: 40 },
    ]);
  });

  it('leave out what is not in the window', () => {
    expect(phaseBands(spans, { from: 12, to: 20 }, 40, (wall) => wall).map((band) => band.phase)).toEqual([
      'infusing',
    ]);
  });
});

const limit = (
  metric: AlarmLimit['metric'],
  side: AlarmLimit['side'],
  priority: AlarmPriority,
  threshold: number | null,
): AlarmLimit => ({
  id: `${metric} ${side} ${priority}`,
  metric,
  side,
  priority,
  threshold,
  inclusive: false,
  delayMs: 0,
});
const setOf = (...limits: readonly AlarmLimit[]): LimitSet => ({
  presetId: 'p',
  presetName: 'P',
  presetVersion: 1,
  limits,
});

describe('limit lines', () => {
  const place = (entry: { at: { mono: number } }) => entry.at.mono;
  const window = { from: 0, to: 1_000 };

  it('lie only over the time in which the limit was in force', () => {
    const before = setOf(limit(HR, 'high', 'medium', 120));
    const after = setOf(limit(HR, 'high', 'medium', 130));
    const changed = event(1, moment(400), { type: 'limits-changed', before, after, reason: null });
    expect(limitLines(after, [changed], [HR], window, 900, place)).toEqual([
      { metric: HR, side: 'high', priority: 'medium', value: 120, from: 0, to: 400 },
      { metric: HR, side: 'high', priority: 'medium', value: 130, from: 400, to: 900 },
    ]);
  });

  it('are one line when a change left the limit as it was', () => {
    const set = setOf(limit(HR, 'high', 'medium', 120));
    const changed = event(1, moment(400), { type: 'limits-changed', before: set, after: set, reason: null });
    expect(limitLines(set, [changed], [HR], window, 900, place)).toEqual([
      { metric: HR, side: 'high', priority: 'medium', value: 120, from: 0, to: 900 },
    ]);
  });

  it('are those that are met first, and the first of high priority; an OFF limit has none', () => {
    const set = setOf(
      limit(SPO2, 'low', 'low', 92),
      limit(SPO2, 'low', 'medium', 90),
      limit(SPO2, 'low', 'high', 85),
      limit(SPO2, 'high', 'low', null),
    );
    expect(limitLines(set, [], [SPO2], window, 900, place).map((line) => line.value)).toEqual([92, 85]);
  });
});

describe('marks', () => {
  const note = event(2, moment(500), {
    type: 'note-added',
    kind: 'medication',
    text: 'Ondansetron 4 mg',
    corrects: null,
  });
  const mark = (at: number, priority: AlarmPriority | null): Mark => ({
    id: `${at}`,
    at,
    wall: epochMs(at),
    kind: priority === null ? 'note' : 'alarm',
    priority,
    sign: 'N',
    text: 'text',
  });

  it('stand in order of time with their words', () => {
    const phase = event(1, moment(700), {
      type: 'phase-changed',
      from: 'baseline',
      to: 'infusing',
      reason: null,
    });
    const found = marksOf([phase, note], null, (entry) => entry.at.mono);
    expect(found.map(({ sign, at, text }) => ({ sign, at, text }))).toEqual([
      { sign: 'M', at: 500, text: 'Medication: Ondansetron 4 mg' },
      { sign: '▸', at: 700, text: 'Baseline → Infusing' },
    ]);
  });

  it('show where limits were changed and where alarms were paused or off, not where they came back', () => {
    const at = moment(900);
    const entries = [
      event(1, moment(700), {
        type: 'limits-changed',
        before: DEFAULT_PRESET,
        after: { ...DEFAULT_PRESET, presetVersion: 2 },
        reason: null,
      }),
      event(2, moment(800), {
        type: 'alarm',
        alarm: { type: 'alarm-off', at, parameter: 'rr-high', by: 'AB', reason: 'talks' },
      }),
      event(3, moment(850), {
        type: 'alarm',
        alarm: { type: 'alarm-on', at, parameter: 'rr-high', by: 'AB' },
      }),
      event(4, at, {
        type: 'alarm',
        alarm: { type: 'alarms-paused', at, until: at, parameters: ['cuff'], by: 'AB', reason: null },
      }),
    ];
    const found = marksOf(entries, null, (entry) => entry.at.mono);
    expect(found.map(({ sign, kind }) => [sign, kind])).toEqual([
      ['L', 'limits'],
      ['⊘', 'limits'],
      ['⊘', 'limits'],
    ]);
    expect(found[1]?.text).toBe('ALARM OFF: Respiration high (talks)');
  });

  it('share a place when too close, under the sign of the most urgent', () => {
    const clusters = clusterMarks(
      [mark(0, null), mark(5, 'high'), mark(8, 'low'), mark(30, null)],
      { from: 0, to: 100 },
      10,
    );
    expect(clusters.map(({ at, marks, foremost }) => [at, marks.length, foremost.priority])).toEqual([
      [0, 3, 'high'],
      [30, 1, null],
    ]);
  });

  it('are never left out by grouping', () => {
    const times = fc.array(fc.integer({ min: 0, max: 1_000 }), { maxLength: 60 });
    fc.assert(
      fc.property(times, fc.integer({ min: 1, max: 200 }), (list, spacing) => {
        const marks = [...list].sort((a, b) => a - b).map((at) => mark(at, null));
        const clusters = clusterMarks(marks, { from: 0, to: 1_000 }, spacing);
        expect(clusters.flatMap((cluster) => cluster.marks)).toEqual(marks);
        for (let index = 1; index < clusters.length; index += 1) {
          expect((clusters[index]?.at ?? 0) - (clusters[index - 1]?.at ?? 0)).toBeGreaterThanOrEqual(spacing);
        }
      }),
      { numRuns: 150 },
    );
  });
});

describe('the time axis', () => {
  it('labels whole minutes from the start of the infusion', () => {
    const zero = 30_000;
    const splits = timeSplits({ from: 0, to: 5 * MINUTE }, 500, zero);
    expect(splits).toEqual([30_000, 90_000, 150_000, 210_000, 270_000]);
    expect(splits.map((at) => minutesText(at, zero))).toEqual(['0', '+1', '+2', '+3', '+4']);
    expect(minutesText(zero - 3 * MINUTE, zero)).toBe('−3');
  });

  it('labels the clock alone before there is an infusion', () => {
    expect(timeLabel(0, null, () => new Date(2026, 2, 1, 14, 3).getTime())).toBe('14:03');
    expect(timeLabel(12 * MINUTE, 0, () => new Date(2026, 2, 1, 14, 3).getTime())).toBe('+12 min\n14:03');
  });

  it('keeps labels apart in every window', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: MINUTE, max: 100 * 60 * MINUTE }),
        fc.integer({ min: 200, max: 3_000 }),
        (span, width) => {
          const splits = timeSplits({ from: 0, to: span }, width, null);
          for (let index = 1; index < splits.length; index += 1) {
            expect((((splits[index] ?? 0) - (splits[index - 1] ?? 0)) * width) / span).toBeGreaterThanOrEqual(
              71.9,
            );
          }
        },
      ),
      { numRuns: 100 },
    );
  });

  it('has no labels without room', () => {
    expect(timeSplits({ from: 0, to: 0 }, 500, null)).toEqual([]);
    expect(timeSplits({ from: 0, to: MINUTE }, 0, null)).toEqual([]);
  });
});

describe('the window', () => {
  const times = { now: 60 * MINUTE, begin: 0 };

  it('follows the present, also when nothing arrives', () => {
    expect(visibleRange(FOLLOWING, times)).toEqual({ from: 45 * MINUTE, to: 60 * MINUTE });
    expect(visibleRange(FOLLOWING, { ...times, now: 61 * MINUTE }).to).toBe(61 * MINUTE);
  });

  it('stays in the past once scrolled back, and follows again when scrolled to the present', () => {
    const back = stepView(FOLLOWING, { type: 'pan', byMs: -10 * MINUTE }, times);
    expect(back.heldAt).toBe(50 * MINUTE);
    expect(visibleRange(back, { ...times, now: 70 * MINUTE }).to).toBe(50 * MINUTE);
    expect(stepView(back, { type: 'pan', byMs: 10 * MINUTE }, times).heldAt).toBeNull();
    expect(stepView(back, { type: 'live' }, times).heldAt).toBeNull();
  });

  it('stops where the session begins', () => {
    expect(stepView(FOLLOWING, { type: 'pan', byMs: -500 * MINUTE }, times).heldAt).toBe(15 * MINUTE);
    expect(stepView(FOLLOWING, { type: 'begin' }, times).heldAt).toBe(15 * MINUTE);
  });

  it('does not leave the present while the session is shorter than the window', () => {
    const young = { now: 5 * MINUTE, begin: 0 };
    expect(stepView(FOLLOWING, { type: 'pan', byMs: -MINUTE }, young).heldAt).toBeNull();
  });

  it('shows the whole session, at least a quarter of an hour', () => {
    const whole = stepView(FOLLOWING, { type: 'width', width: 'session' }, times);
    expect(visibleRange(whole, times)).toEqual({ from: 0, to: 60 * MINUTE });
    expect(visibleRange(whole, { now: MINUTE, begin: 0 })).toEqual({ from: -14 * MINUTE, to: MINUTE });
  });
});
