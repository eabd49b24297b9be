import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deliveredMg, doseStatus, doseSteps } from '../../../core/dose/delivery.ts';
import type { DoseState } from '../../../core/dose/dose-state.ts';
import { mgPerMl, milligrams, mlPerHour } from '../../../core/dose/units.ts';
import { eventId } from '../../../core/ids.ts';
import type { SessionEventBody } from '../../../core/session/events.ts';
import type { Session } from '../../../core/session/session.ts';
import { at, type Entry, entry, INFUSING, MINUTE, PLAN, planned, toPhase, visit } from '../visit/make.ts';

const doseOf = (session: Session): DoseState => {
  const { dose } = session.visit;
  if (dose === null) throw new Error('no dose');
  return dose;
};
const given = (entries: readonly Entry[], minute: number): number =>
  doseStatus(doseOf(visit(entries)), at(minute)).deliveredMg;

const rate = (minute: number, to: number, plannedMg = 36): Entry =>
  entry(minute, {
    type: 'dose-rate-changed',
    from: mlPerHour(54),
    to: mlPerHour(to),
    concentrationMgPerMl: mgPerMl(1),
    plannedMg: milligrams(plannedMg),
    findings: [],
    reason: 'Blood pressure',
    authorisations: [],
  });
const bolus = (minute: number, mg: number): Entry =>
  entry(minute, { type: 'dose-bolus', mg: milligrams(mg), findings: [], reason: null, authorisations: [] });

// 54 mL/h of 1 mg/mL: 0.9 mg a minute.
describe('the delivered dose', () => {
  it('is none before the start, half at half time and the plan at its end', () => {
    expect([given(INFUSING, 9), given(INFUSING, 30), given(INFUSING, 50)]).toEqual([0, 18, 36]);
  });

  it('stands still while paused', () => {
    const entries = [...INFUSING, toPhase(20, 'infusing', 'paused'), toPhase(35, 'paused', 'infusing')];
    expect([given(entries, 20), given(entries, 34), given(entries, 45)]).toEqual([9, 9, 18]);
  });

  it('follows a change of rate, and one made during a pause from the resumption on', () => {
    expect(given([...INFUSING, rate(20, 27)], 40)).toBeCloseTo(9 + 9, 9);
    const paused = [
      ...INFUSING,
      toPhase(20, 'infusing', 'paused'),
      rate(25, 27),
      toPhase(30, 'paused', 'infusing'),
    ];
    expect([given(paused, 30), given(paused, 50)]).toEqual([9, 18]);
  });

  it('counts another bag by its own concentration', () => {
    const bag = entry(20, {
      type: 'dose-rate-changed',
      from: mlPerHour(54),
      to: mlPerHour(27),
      concentrationMgPerMl: mgPerMl(2),
      plannedMg: milligrams(36),
      findings: [],
      reason: 'New bag',
      authorisations: [],
    } satisfies SessionEventBody);
    expect(given([...INFUSING, bag], 30)).toBe(18);
  });

  it('adds what was given at once, and takes back what was struck', () => {
    const entries = [...INFUSING, bolus(20, 7)];
    expect(given(entries, 20)).toBe(16);
    const struck = visit([
      ...entries,
      entry(21, { type: 'entry-struck', entry: eventId('e6'), reason: 'Twice' }),
    ]);
    expect(doseOf(struck).boluses).toEqual([]);
  });

  it('ends with the stop, also with an abort', () => {
    expect(given([...INFUSING, toPhase(30, 'infusing', 'recovery')], 90)).toBe(18);
    expect(given([...INFUSING, toPhase(30, 'infusing', 'aborted')], 90)).toBe(18);
  });

  it('says what ran while the station was down', () => {
    const restarted = entry(30, { type: 'station-restarted', downForMs: 5 * MINUTE });
    const status = doseStatus(doseOf(visit([...INFUSING, restarted])), at(32));
    expect(status.deliveredMg).toBeCloseTo(0.9 * 22, 9);
    expect(status.unwatchedMg).toBeCloseTo(4.5, 9);
  });

  it('counts from its entry when the plan came after the start, and says so', () => {
    const late = visit([toPhase(1, 'intake', 'baseline'), toPhase(10, 'baseline', 'infusing'), planned(15)]);
    expect(doseOf(late).isPartial).toBe(true);
    expect(doseStatus(doseOf(late), at(25)).deliveredMg).toBe(9);
  });

  it.each(['paused', 'recovery'] as const)('is not all when its plan was entered in %s only', (phase) => {
    const late = visit([
      toPhase(1, 'intake', 'baseline'),
      toPhase(10, 'baseline', 'infusing'),
      toPhase(15, 'infusing', phase),
      planned(16),
    ]);
    expect(doseOf(late).isPartial).toBe(true);
  });

  it('is never below zero when the clock was set back', () => {
    expect(given(INFUSING, 5)).toBe(0);
  });
});

describe('the dose as it stands', () => {
  it('counts down at the rate that runs, and has no end while paused', () => {
    const running = doseStatus(doseOf(visit(INFUSING)), at(30));
    expect([running.remainingMg, running.remainingMs, running.endsAt]).toEqual([
      18,
      20 * MINUTE,
      at(50).wall,
    ]);
    const paused = doseStatus(doseOf(visit([...INFUSING, toPhase(20, 'infusing', 'paused')])), at(30));
    expect([paused.isRunning, paused.remainingMs, paused.endsAt]).toEqual([false, null, null]);
  });

  it('says how far it is from what was planned by now', () => {
    const entries = [...INFUSING, toPhase(20, 'infusing', 'paused')];
    const { deliveredMg: mg, plannedByNowMg, share } = doseStatus(doseOf(visit(entries)), at(30));
    expect([mg, plannedByNowMg, share]).toEqual([9, 18, 0.25]);
  });

  it('says when more than the plan has been given by the entries', () => {
    const status = doseStatus(doseOf(visit(INFUSING)), at(60));
    expect([status.beyondPlanMg, status.remainingMg, status.remainingMs]).toEqual([9, 0, null]);
  });

  it('follows a whole dose that was made smaller', () => {
    const status = doseStatus(doseOf(visit([...INFUSING, rate(20, 27, 18)])), at(30));
    expect([status.plannedMg, status.remainingMs]).toEqual([18, 10 * MINUTE]);
  });

  it('is a lane of steps for the chart that goes to zero where nothing runs', () => {
    const entries = [
      ...INFUSING,
      rate(20, 27),
      toPhase(30, 'infusing', 'paused'),
      toPhase(40, 'paused', 'infusing'),
      toPhase(50, 'infusing', 'recovery'),
    ];
    expect(doseSteps(doseOf(visit(entries)))).toEqual([
      { at: at(10).wall, mgPerKgPerH: 0.75 },
      { at: at(20).wall, mgPerKgPerH: 0.375 },
      { at: at(30).wall, mgPerKgPerH: 0 },
      { at: at(40).wall, mgPerKgPerH: 0.375 },
      { at: at(50).wall, mgPerKgPerH: 0 },
    ]);
  });
});

/** A random course of an infusion: what happens each time after so many minutes. */
const COURSE = fc.array(
  fc.record({
    after: fc.integer({ min: 0, max: 30 }),
    what: fc.constantFrom('toggle', 'rate', 'bolus', 'restart'),
    amount: fc.integer({ min: 1, max: 200 }),
  }),
  { maxLength: 12 },
);
const courseOf = (steps: readonly { after: number; what: string; amount: number }[]) => {
  const entries: Entry[] = [...INFUSING];
  let minute = 10;
  let isRunning = true;
  for (const { after, what, amount } of steps) {
    minute += after;
    if (what === 'toggle') {
      entries.push(isRunning ? toPhase(minute, 'infusing', 'paused') : toPhase(minute, 'paused', 'infusing'));
      isRunning = !isRunning;
    } else if (what === 'rate') entries.push(rate(minute, amount));
    else if (what === 'bolus') entries.push(bolus(minute, amount / 10));
    else entries.push(entry(minute, { type: 'station-restarted', downForMs: amount * 1000 }));
  }
  return { entries, end: minute };
};

describe('any course of rates, pauses, amounts and restarts', () => {
  it('never takes anything back as time goes on', () => {
    fc.assert(
      fc.property(
        COURSE,
        fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 2, maxLength: 8 }),
        (steps, times) => {
          const dose = doseOf(visit(courseOf(steps).entries));
          const course = times.sort((a, b) => a - b).map((minute) => deliveredMg(dose, at(minute).wall));
          for (const [index, mg] of course.entries())
            expect(mg).toBeGreaterThanOrEqual(course[index - 1] ?? 0);
        },
      ),
    );
  });

  it('gives the same whether or not a stretch is cut in two', () => {
    fc.assert(
      fc.property(COURSE, fc.integer({ min: 1, max: 300 }), (steps, cutAt) => {
        const dose = doseOf(visit(courseOf(steps).entries));
        const cut = at(cutAt).wall;
        const segments = dose.segments.flatMap((segment) =>
          segment.startedAt < cut && (segment.endedAt === null || segment.endedAt > cut)
            ? [
                { ...segment, endedAt: cut },
                { ...segment, startedAt: cut },
              ]
            : [segment],
        );
        const now = at(500).wall;
        expect(deliveredMg({ ...dose, segments }, now)).toBeCloseTo(deliveredMg(dose, now), 6);
      }),
    );
  });

  it('is the sum of rate and time worked out minute by minute', () => {
    fc.assert(
      fc.property(COURSE, (steps) => {
        const { entries, end } = courseOf(steps);
        let mg = 0;
        let current = 54;
        let isRunning = false;
        let minute = 0;
        for (const { minute: next, body } of entries) {
          if (isRunning) mg += ((next - minute) * current) / 60;
          minute = next;
          if (body.type === 'phase-changed') isRunning = body.to === 'infusing';
          if (body.type === 'dose-rate-changed') current = body.to;
          if (body.type === 'dose-bolus') mg += body.mg;
        }
        expect(given(entries, end)).toBeCloseTo(mg, 6);
      }),
    );
  });

  it('ends with the planned dose when nothing was changed, whatever the pauses', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 4 }), (pauses) => {
        let minute = 10;
        const entries = [...INFUSING];
        for (const pause of pauses) {
          entries.push(
            toPhase(minute + 5, 'infusing', 'paused'),
            toPhase(minute + 5 + pause, 'paused', 'infusing'),
          );
          minute += 5 + pause;
        }
        const paused = pauses.reduce((sum, pause) => sum + pause, 0);
        expect(given(entries, 50 + paused)).toBeCloseTo(PLAN.doseMg, 6);
      }),
    );
  });
});
