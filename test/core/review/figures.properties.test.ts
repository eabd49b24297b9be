import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { monitorId } from '../../../core/ids.ts';
import { present } from '../../../core/observation/observation.ts';
import type { StoredFrame } from '../../../core/observation/stored-frame.ts';
import { beginFigures, type FiguresInput, sessionFigures } from '../../../core/review/session-figures.ts';
import type { SessionEventBody } from '../../../core/session/events.ts';
import { foldSession } from '../../../core/session/session.ts';
import { addMs } from '../../../core/time.ts';
import { at, type Entry, entry, events, INFUSING, MINUTE, reading, toPhase } from '../visit/make.ts';

const SPO2 = 'MDC_PULS_OXIM_SAT_O2';
const END = 30;

const input = (more: readonly Entry[] = []): FiguresInput => {
  const record = events([...INFUSING, toPhase(END - 5, 'infusing', 'recovery'), ...more]);
  const readings = [reading(12, 140, 85), reading(17, 165, 95), reading(22, 150, 88)];
  return { session: foldSession(record), events: record, readings, now: at(END).wall };
};

/** Frames of two monitors, in order of time, from before the start to the end of the visit. */
const frames = fc
  .array(
    fc.record({
      ms: fc.integer({ min: 0, max: END * MINUTE - 1 }),
      monitor: fc.constantFrom('a', 'b'),
      value: fc.integer({ min: 80, max: 100 }),
    }),
    { maxLength: 120 },
  )
  .map((list) =>
    list
      .toSorted((a, b) => a.ms - b.ms)
      .map(({ ms, monitor, value }): StoredFrame => {
        const receivedAt = addMs(at(0), ms);
        const observations = [present(SPO2, value, { receivedAt, deviceTime: null })];
        return { monitorId: monitorId(monitor), at: receivedAt, observations };
      }),
  );

const excluded = (from: number, to: number): SessionEventBody => ({
  type: 'artefact-excluded',
  target: { kind: 'span', metrics: [SPO2], from: at(from).wall, to: at(to).wall },
  reason: 'x',
});

describe('the figures of a visit', () => {
  it('have as much time with a number as without, of the time expected', () => {
    fc.assert(
      fc.property(frames, (list) => {
        const { completeness, marks } = sessionFigures(input(), list);
        for (const { expectedMs, coveredMs, percent } of completeness) {
          expect(expectedMs).toBe((END - 10) * MINUTE);
          expect(coveredMs).toBeLessThanOrEqual(expectedMs);
          expect(percent).toBeCloseTo((100 * coveredMs) / expectedMs);
        }
        for (const { ms, coveredMs } of marks) expect(ms).toBeLessThanOrEqual(coveredMs);
      }),
    );
  });

  it('do not depend on how the values come, in frames or one by one', () => {
    fc.assert(
      fc.property(frames, (list) => {
        const run = beginFigures(input());
        for (const { monitorId: id, at: received, observations } of list) {
          for (const { metric, value } of observations) {
            run.take({ metric, monitorId: id, at: received.wall, value, isQuestionable: false });
          }
        }
        expect(run.finish()).toEqual(sessionFigures(input(), list));
      }),
    );
  });

  it('are what they would be if the excluded values had never come', () => {
    fc.assert(
      fc.property(frames, (list) => {
        const marked = input([entry(END - 1, excluded(12, 20))]);
        const isOut = ({ at: when }: StoredFrame): boolean =>
          when.wall >= at(12).wall && when.wall < at(20).wall;
        const { excluded: _none, ...without } = sessionFigures(
          marked,
          list.filter((frame) => !isOut(frame)),
        );
        const { excluded: left, ...figures } = sessionFigures(marked, list);
        expect(left).toEqual({ values: list.filter(isOut).length, readings: 0 });
        expect(figures).toEqual(without);
      }),
    );
  });

  it('have the lowest value that counts since the infusion began, of whichever monitor', () => {
    fc.assert(
      fc.property(frames, (list) => {
        const values = list
          .filter(({ at: when }) => when.wall >= at(10).wall)
          .flatMap(({ observations }) =>
            observations.flatMap(({ value }) => (value === null ? [] : [value])),
          );
        const lowest = sessionFigures(input(), list).lowest.spo2?.value ?? null;
        expect(lowest).toBe(values.length === 0 ? null : Math.min(...values));
      }),
    );
  });

  it('hold a single value for 30 s and no longer', () => {
    const receivedAt = at(15);
    const observations = [present(SPO2, 85, { receivedAt, deviceTime: null })];
    const { marks, completeness } = sessionFigures(input(), [
      { monitorId: monitorId('a'), at: receivedAt, observations },
    ]);
    expect(marks.find(({ metric }) => metric === SPO2)).toMatchObject({ ms: 30_000, coveredMs: 30_000 });
    expect(completeness.find(({ metric }) => metric === SPO2)).toMatchObject({ coveredMs: 30_000, gaps: 2 });
  });

  it('hold a cuff value for at most one and a half intervals', () => {
    const given = { ...input(), readings: [reading(12, 165, 95)] };
    const mark = sessionFigures(given, []).marks.find(({ threshold }) => threshold === 160);
    expect(mark).toMatchObject({ ms: 7.5 * MINUTE, coveredMs: 7.5 * MINUTE });
  });

  it('count no reading that the monitor doubts, and say how many there were', () => {
    const given = {
      ...input(),
      readings: [reading(12, 140, 85), { ...reading(17, 240, 95), questionable: true as const }],
    };
    const { peak, doubtful } = sessionFigures(given, []);
    expect(peak.systolic?.value).toBe(140);
    expect(doubtful.find(({ metric }) => metric === 'MDC_PRESS_BLD_NONINV_SYS')).toMatchObject({
      values: 1,
      highest: 240,
    });
  });

  it('find the way back to the baseline only when every later reading is near it', () => {
    const frozen = entry(9, {
      type: 'baseline-frozen',
      baseline: { systolic: 120, diastolic: 75, mean: 90, heartRate: 70, readings: 2 },
    });
    const given = {
      ...input([frozen]),
      readings: [reading(12, 170, 95), reading(17, 130, 80), reading(20, 150, 85), reading(24, 125, 78)],
    };
    const record = events([frozen, ...INFUSING]);
    const figures = sessionFigures({ ...given, events: record, session: foldSession(record) }, []);
    expect(figures.peakRise?.mmHg).toBe(50);
    expect(figures.returnToBaselineMs).toBe(12 * MINUTE);
  });
});
