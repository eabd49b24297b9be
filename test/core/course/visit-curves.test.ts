import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { beginCurves, cuffPoints } from '../../../core/course/visit-curves.ts';
import { eventId, monitorId, sessionId } from '../../../core/ids.ts';
import type { Exclusion } from '../../../core/review/exclusions.ts';
import type { FigureValue } from '../../../core/review/session-figures.ts';
import type { NibpReading, SessionEvent } from '../../../core/session/events.ts';
import { epochMs, instant } from '../../../core/time.ts';

const START = Date.UTC(2026, 2, 2, 10);
const MINUTE = 60_000;
const M = monitorId('m');
const value = (metric: FigureValue['metric'], seconds: number, number: number | null): FigureValue => ({
  metric,
  monitorId: M,
  at: START + seconds * 1000,
  value: number,
  isQuestionable: false,
});
const HR = 'MDC_ECG_HEART_RATE';
const PULSE = 'MDC_PULS_OXIM_PULS_RATE';
const SPO2 = 'MDC_PULS_OXIM_SAT_O2';
const curves = (values: readonly FigureValue[], exclusions: readonly Exclusion[] = []) => {
  const run = beginCurves(epochMs(START), exclusions);
  for (const each of values) run.take(each);
  return run.finish();
};
const spanOut = (from: number, to: number): Exclusion => ({
  id: eventId('x'),
  at: epochMs(START),
  by: 'N',
  reason: 'probe moved',
  target: { kind: 'span', metrics: [SPO2], from: epochMs(START + from), to: epochMs(START + to) },
});

describe('the curves of a visit', () => {
  it('count minutes from the start of the infusion, negative before, and leave a minute without a number out', () => {
    const { heartRate } = curves([
      value(HR, -1, 70),
      value(HR, 0, 72),
      value(HR, 59, 75),
      value(HR, 120, 80),
    ]);
    expect(heartRate).toEqual({
      metric: HR,
      minutes: [
        { minute: -1, lowest: 70, highest: 70 },
        { minute: 0, lowest: 72, highest: 75 },
        { minute: 2, lowest: 80, highest: 80 },
      ],
    });
  });

  it('take the pulse rate of the oximeter only where there is no heart rate, never both', () => {
    expect(curves([value(PULSE, 1, 70)]).heartRate?.metric).toBe(PULSE);
    const both = curves([value(PULSE, 1, 170), value(HR, 2, 70)]).heartRate;
    expect(both).toEqual({ metric: HR, minutes: [{ minute: 0, lowest: 70, highest: 70 }] });
    expect(curves([]).heartRate).toBeNull();
  });

  it('have neither artefacts, nor values that the monitor doubted, nor “no number”', () => {
    const values = [
      value(SPO2, 1, 97),
      value(SPO2, 2, null),
      { ...value(SPO2, 3, 60), isQuestionable: true },
      value(SPO2, 70, 55),
    ];
    const { spo2 } = curves(values, [spanOut(MINUTE, 2 * MINUTE)]);
    expect(spo2?.minutes).toEqual([{ minute: 0, lowest: 97, highest: 97 }]);
  });

  it('hold every value between the lowest and the highest of its minute, whatever comes', () => {
    const some = fc.array(fc.tuple(fc.integer({ min: -600, max: 7200 }), fc.integer({ min: 20, max: 250 })), {
      minLength: 1,
    });
    fc.assert(
      fc.property(some, (pairs) => {
        const minutes = curves(pairs.map(([second, hr]) => value(HR, second, hr))).heartRate?.minutes ?? [];
        for (const [second, hr] of pairs) {
          const own = minutes.find(({ minute }) => minute === Math.floor(second / 60));
          expect(own !== undefined && own.lowest <= hr && hr <= own.highest).toBe(true);
        }
        expect(new Set(minutes.map(({ minute }) => minute)).size).toBe(minutes.length);
        expect(minutes.every(({ highest }) => pairs.some(([, hr]) => hr === highest))).toBe(true);
      }),
    );
  });
});

describe('the cuff readings of a visit', () => {
  const reading = (minute: number, systolic: number, more: Partial<NibpReading> = {}): NibpReading => ({
    systolic,
    diastolic: 80,
    mean: null,
    pulseRate: null,
    receivedAt: instant(START + minute * MINUTE, 0),
    ageAtReceiptMs: 0,
    monitorId: M,
    ...more,
  });
  const EVERY_5: readonly SessionEvent[] = [
    {
      id: eventId('e'),
      sessionId: sessionId('s'),
      sequence: 1,
      at: instant(START - 30 * MINUTE, 0),
      by: 'N',
      body: { type: 'nibp-interval-set', intervalMs: 5 * MINUTE },
    },
  ];
  const points = (readings: readonly NibpReading[], exclusions: readonly Exclusion[] = []) =>
    cuffPoints(EVERY_5, readings, exclusions, epochMs(START));

  it('stand at the minute of their measurement, not of their arrival', () => {
    expect(points([reading(12, 150, { ageAtReceiptMs: 90_000 })])[0]?.minute).toBe(10.5);
  });

  it('are not joined over a time in which the reading before had expired', () => {
    const gaps = points([reading(0, 130), reading(7.5, 140), reading(16, 150)]);
    expect(gaps.map(({ isAfterGap }) => isAfterGap)).toEqual([false, false, true]);
  });

  it('are without what a person left out or the monitor doubted, and a gap stays where it was', () => {
    const out: Exclusion = {
      ...spanOut(0, 1),
      target: { kind: 'reading', monitorId: M, receivedAt: epochMs(START + 5 * MINUTE) },
    };
    const readings = [
      reading(0, 130),
      reading(5, 240),
      reading(10, 135),
      reading(12, 200, { questionable: true }),
    ];
    expect(points(readings, [out])).toEqual([
      { minute: 0, systolic: 130, diastolic: 80, isAfterGap: false },
      { minute: 10, systolic: 135, diastolic: 80, isAfterGap: true },
    ]);
  });
});
