import { describe, expect, it } from 'vitest';
import { mgPerMl, milligrams, mlPerHour } from '../../../core/dose/units.ts';
import { cuffInterval, intervalWords, nextCuffDue } from '../../../core/visit/cuff-timetable.ts';
import { CHRONIC_PAIN, DEPRESSION, ESKETAMINE } from '../../../core/visit/protocols.ts';
import { at, entry, INFUSING, MINUTE, reading, toPhase, visit } from './make.ts';

const RATE = (minute: number) =>
  entry(minute, {
    type: 'dose-rate-changed',
    from: mlPerHour(54),
    to: mlPerHour(27),
    concentrationMgPerMl: mgPerMl(1),
    plannedMg: milligrams(36),
    findings: [],
    reason: 'Blood pressure',
    authorisations: [],
  });
const RECOVERY = toPhase(60, 'infusing', 'recovery');
const interval = (entries: Parameters<typeof visit>[0], minute: number, protocol = DEPRESSION): number =>
  cuffInterval(visit(entries, protocol), at(minute).wall).intervalMs / MINUTE;

describe('the interval of the cuff', () => {
  it('is 90 s for the baseline', () => {
    expect(interval([toPhase(1, 'intake', 'baseline')], 2)).toBe(1.5);
  });

  it('is 5 min once three readings make a baseline, and 90 s as long as they do not agree', () => {
    const session = visit([toPhase(1, 'intake', 'baseline')]);
    const agree = [reading(2, 120, 80), reading(3.5, 124, 78), reading(5, 122, 80)];
    const differ = [reading(2, 120, 80), reading(3.5, 124, 78), reading(5, 140, 80)];
    const minutes = (readings: typeof agree) =>
      cuffInterval(session, at(6).wall, readings).intervalMs / MINUTE;
    expect([minutes(agree), minutes(agree.slice(0, 2)), minutes(differ)]).toEqual([5, 1.5, 1.5]);
  });

  it.each([
    ['first quarter of an hour', 24.9, 5],
    ['from then to the hour', 25, 10],
    ['just before the hour', 69.9, 10],
    ['from the hour on', 70, 15],
    ['after three hours', 190, 15],
  ])('in a long infusion, %s', (_, minute, expected) => {
    expect(interval(INFUSING, minute, CHRONIC_PAIN)).toBe(expected);
  });

  it('is 5 min for a quarter of an hour after a change of rate, then the planned one again', () => {
    const entries = [...INFUSING, RATE(100)];
    expect(interval(INFUSING, 99, CHRONIC_PAIN)).toBe(15);
    expect(interval(entries, 114.9, CHRONIC_PAIN)).toBe(5);
    expect(interval(entries, 115, CHRONIC_PAIN)).toBe(15);
  });

  it('in recovery is 5 min three times, then 10', () => {
    expect([interval([...INFUSING, RECOVERY], 74.9), interval([...INFUSING, RECOVERY], 75)]).toEqual([5, 10]);
  });

  it('is what a person set for the phase, in that phase only, until it is taken back', () => {
    const edit = (minute: number, intervalMs: number | null) =>
      entry(minute, { type: 'cuff-interval-edited', phase: 'infusing', intervalMs, reason: null });
    const edited = [...INFUSING, edit(20, 3 * MINUTE)];
    expect(interval(edited, 21)).toBe(3);
    expect(interval([...edited, RECOVERY], 61)).toBe(5);
    expect(interval([...edited, edit(30, null)], 31)).toBe(5);
  });

  it('never gets longer by a change of rate than a person has set it', () => {
    const edit = entry(20, {
      type: 'cuff-interval-edited',
      phase: 'infusing',
      intervalMs: 3 * MINUTE,
      reason: null,
    });
    expect(interval([...INFUSING, edit, RATE(25)], 26)).toBe(3);
  });

  it('without a protocol is the one that was set for the visit', () => {
    const session = visit(
      [...INFUSING, entry(20, { type: 'nibp-interval-set', intervalMs: 7 * MINUTE })],
      null,
    );
    expect(cuffInterval(session, at(30).wall).intervalMs).toBe(7 * MINUTE);
  });
});

describe('the next reading', () => {
  const due = (entries: Parameters<typeof visit>[0], last: number, protocol = DEPRESSION): number | null => {
    const next = nextCuffDue(visit(entries, protocol), reading(last, 124, 78), at(last));
    return next === null ? null : (next.wall - at(0).wall) / MINUTE;
  };

  it('is due an interval after the last one', () => {
    expect(due(INFUSING, 20)).toBe(25);
  });

  it('comes early enough that minute 30 and minute 40 of the infusion have one of their own', () => {
    expect(due(INFUSING, 37)).toBe(40); // started at 10: minute 30 is at 40
    expect(due(INFUSING, 47)).toBe(50);
    expect(due(INFUSING, 38.6)).toBe(43.6); // a reading 1.4 min before stands for it
  });

  it('is guaranteed at minute 40 also when the drug ended before, as with a nasal dose', () => {
    const stopped = [...INFUSING, toPhase(20, 'infusing', 'recovery')];
    expect(due(stopped, 45, ESKETAMINE)).toBe(50);
  });

  it('is counted from the measurement, not from its late arrival', () => {
    const late = { ...reading(20, 124, 78), ageAtReceiptMs: 2 * MINUTE };
    expect(nextCuffDue(visit(INFUSING), late, at(20))?.wall).toBe(at(23).wall);
  });

  it('is due at once when the baseline begins, where there is a protocol', () => {
    const entries = [toPhase(3, 'intake', 'baseline')];
    expect(nextCuffDue(visit(entries), null, at(4))).toEqual(at(3));
    expect(nextCuffDue(visit(entries, null), null, at(4))).toBeNull();
  });

  it('is not planned before the baseline, after the end, and without a first one', () => {
    expect(nextCuffDue(visit([]), reading(1, 124, 78), at(1))).toBeNull();
    expect(
      nextCuffDue(visit([...INFUSING, toPhase(30, 'infusing', 'aborted')]), reading(29, 124, 78), at(31)),
    ).toBeNull();
    expect(nextCuffDue(visit(INFUSING), null, at(20))).toBeNull();
  });
});

it('an interval is said as it is: 90 s is neither one minute nor two', () => {
  expect([90_000, 300_000, 3_600_000].map(intervalWords)).toEqual(['90 s', '5 min', '60 min']);
});
