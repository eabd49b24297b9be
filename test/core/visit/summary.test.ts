import { describe, expect, it } from 'vitest';
import { planOf } from '../../../core/dose/plan.ts';
import { kilograms, mgPerKg, mgPerMl } from '../../../core/dose/units.ts';
import { riskReasons } from '../../../core/visit/risk.ts';
import { visitSummary } from '../../../core/visit/summary.ts';
import { at, type Entry, entry, INFUSING, MINUTE, planned, toPhase, visit } from './make.ts';

const noted = (minute: number): Entry =>
  entry(minute, {
    type: 'side-effect-noted',
    kind: 'nausea',
    severity: 'moderate',
    onsetAt: at(minute).wall,
    text: null,
  });
const score = (minute: number, value: number): Entry =>
  entry(minute, { type: 'score-recorded', scale: 'dissociation', value, parts: null });
const END = [toPhase(50, 'paused', 'recovery'), toPhase(85, 'recovery', 'discharged')];

describe('a visit in figures', () => {
  const entries = [
    ...INFUSING,
    noted(15),
    score(20, 3),
    score(30, 6),
    score(40, 2),
    toPhase(45, 'infusing', 'paused'),
  ];

  it('has what was given, how long, and the worst of what was seen', () => {
    const summary = visitSummary(visit([...entries, ...END]), at(999).wall);
    expect(summary).toMatchObject({
      doseText: 'Ketamine 31.5 of 36 mg (0.438 mg/kg)',
      dose: { plannedMg: 36, pauses: 1, rateChanges: 0, isPartial: false },
      infusedMs: 35 * MINUTE,
      recoveryMs: 35 * MINUTE,
      worst: { dissociation: { value: 6, minute: 20 } },
      sideEffects: ['Nausea, moderate at worst, 70 min, not ended'],
      lasting: ['Nausea, moderate at worst, 70 min, not ended'],
    });
  });

  it('does not call lasting what ended within an hour of the stop', () => {
    const [effect] = visit(entries).visit.sideEffects;
    if (effect === undefined) throw new Error('no side effect');
    const ended = (minute: number) => {
      const all = [
        ...entries,
        toPhase(50, 'paused', 'recovery'),
        entry(minute, { type: 'side-effect-ended', effect: effect.id }),
      ];
      return visitSummary(visit(all), at(200).wall).lasting;
    };
    expect([ended(110), ended(111)]).toEqual([[], ['Nausea, moderate at worst, 96 min']]);
  });

  it('says that more was given where the plan came late, and what ran unwatched', () => {
    const late = visit([
      toPhase(1, 'intake', 'baseline'),
      toPhase(10, 'baseline', 'infusing'),
      planned(15),
      entry(30, { type: 'station-restarted', downForMs: 5 * MINUTE }),
    ]);
    expect(visitSummary(late, at(35).wall).doseText).toBe(
      'Ketamine 18 of 36 mg (0.25 mg/kg); more was given before the plan was entered; 4.5 mg of it while the station was down',
    );
  });

  it('of a visit without a dose says nothing about one', () => {
    expect(visitSummary(visit([]), at(5).wall)).toMatchObject({
      dose: null,
      doseText: '',
      sideEffects: [],
      drugs: [],
    });
  });
});

describe('the banner of a likelier pressure spike', () => {
  const UNKNOWN = { ageYears: null, hasHypertension: null, visitNumber: null };
  it('is empty for what is not known', () => {
    expect(riskReasons(visit(INFUSING), UNKNOWN)).toEqual([]);
  });
  it.each([
    [{ ageYears: 49, visitNumber: 4, hasHypertension: false }, []],
    [{ ageYears: 50, visitNumber: 4, hasHypertension: false }, ['50 years old']],
    [
      { ageYears: 30, visitNumber: 3, hasHypertension: true },
      ['known hypertension', 'infusion 3 of the course'],
    ],
  ])('with %j names %j', (context, reasons) => {
    expect(riskReasons(visit(INFUSING), context)).toEqual(reasons);
  });
  it('names a dose above 0.5 mg/kg, and dissociation of 7 until it is scored less', () => {
    const plan = planOf({
      kind: 'infusion',
      drug: 'Ketamine',
      weightKg: kilograms(72),
      dose: { unit: 'mg/kg', value: mgPerKg(0.75) },
      concentrationMgPerMl: mgPerMl(1),
      durationMs: 40 * MINUTE,
    });
    const more = entry(2, {
      type: 'dose-planned',
      plan,
      ordered: null,
      findings: [],
      reason: null,
      authorisations: [],
    });
    expect(riskReasons(visit([more, score(5, 7)]), UNKNOWN)).toEqual(['0.75 mg/kg', 'dissociation 7']);
    expect(riskReasons(visit([more, score(5, 7), score(9, 6)]), UNKNOWN)).toEqual(['0.75 mg/kg']);
  });
});
