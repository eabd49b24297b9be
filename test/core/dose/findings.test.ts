import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bolusFindings, planFindings, rateFindings, wantsPhysician } from '../../../core/dose/findings.ts';
import { type DoseDraft, planOf } from '../../../core/dose/plan.ts';
import { kilograms, mgPerKg, mgPerMl, milligrams, mlPerHour } from '../../../core/dose/units.ts';
import { CHRONIC_PAIN, DEPRESSION } from '../../../core/visit/protocols.ts';

const MINUTE = 60_000;
const LIMITS = DEPRESSION.doseLimits;
type Infusion = Extract<DoseDraft, { kind: 'infusion' }>;
const draft = (part: Partial<Infusion> = {}): Infusion => ({
  kind: 'infusion',
  drug: 'Ketamine',
  weightKg: kilograms(72),
  dose: { unit: 'mg/kg', value: mgPerKg(0.5) },
  concentrationMgPerMl: mgPerMl(1),
  durationMs: 40 * MINUTE,
  ...part,
});
const codes = (part: Partial<Infusion>, previousWeightKg: number | null = null): readonly string[] => {
  const given = draft(part);
  return planFindings(planOf(given), LIMITS, { previousWeightKg, ordered: given.dose }).map(
    ({ code }) => code,
  );
};
const byWeight = (value: number) => ({ dose: { unit: 'mg/kg', value: mgPerKg(value) } }) as const;

describe('what speaks against a dose', () => {
  it('is nothing for 0.5 mg/kg over 40 min', () => {
    expect(codes({})).toEqual([]);
  });

  it.each([
    ['at the soft bound', 1, []],
    ['above the soft bound', 1.01, ['doseMgPerKg-soft-high', 'rateMgPerKgPerH-soft-high']],
    [
      'above the hard bound',
      1.51,
      ['doseMgPerKg-hard-high', 'doseMg-soft-high', 'rateMgPerKgPerH-soft-high'],
    ],
  ])('%s of the dose by weight', (_, dose, expected) => {
    const found = codes({ ...byWeight(dose) });
    for (const code of expected) expect(found).toContain(code);
    expect(found.length === 0).toBe(expected.length === 0);
  });

  it('wants a physician for a hard bound and not for a soft one', () => {
    const findings = (dose: number) => planFindings(planOf(draft(byWeight(dose))), LIMITS);
    expect(wantsPhysician(findings(1.2))).toBe(false);
    expect(wantsPhysician(findings(1.6))).toBe(true);
  });

  it('names a duration that is too short', () => {
    expect(codes({ durationMs: 15 * MINUTE })).toContain('durationMin-hard-low');
  });

  it.each([
    ['ten times the dose', { ...byWeight(5) }, 'dose-tenfold'],
    ['a tenth of the dose', { ...byWeight(0.05) }, 'dose-tenth'],
    ['a concentration ten times too high', { concentrationMgPerMl: mgPerMl(10) }, 'concentration-tenfold'],
    ['a concentration ten times too low', { concentrationMgPerMl: mgPerMl(0.1) }, 'concentration-tenfold'],
    ['mg/kg entered as mg', { dose: { unit: 'mg', value: milligrams(0.5) } } as const, 'mg-for-mg-per-kg'],
    ['mg entered as mg/kg', { ...byWeight(36) }, 'mg-per-kg-for-mg'],
  ])('asks for a second look at %s', (_, part, code) => {
    const found = codes(part);
    expect(found[0]).toBe(code);
  });

  it.each([
    ['pounds entered as kilograms', 158.7, 72, 'weight-in-pounds'],
    ['kilograms where last time pounds were entered', 72, 158.7, 'weight-halved'],
    ['a weight far from the last one', 90, 72, 'weight-changed'],
  ])('compares the weight with the last visit: %s', (_, weight, last, code) => {
    expect(codes({ weightKg: kilograms(weight) }, last)).toContain(code);
  });

  it('lets a weight be that changed by less than a tenth', () => {
    expect(codes({ weightKg: kilograms(77) }, 72)).toEqual([]);
  });

  it('never lets ten times a usual dose pass without a word, at any weight and concentration', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 40, max: 160, noNaN: true }),
        fc.double({ min: LIMITS.usualMgPerKg.low, max: LIMITS.usualMgPerKg.high, noNaN: true }),
        fc.double({ min: 0.4, max: 2, noNaN: true }),
        (weight, dose, concentration) => {
          const part = { weightKg: kilograms(weight), concentrationMgPerMl: mgPerMl(concentration) };
          const found = codes({ ...part, ...byWeight(dose * 10) });
          expect(found).toContain('dose-tenfold');
          expect(found).toContain('doseMgPerKg-hard-high');
        },
      ),
    );
  });

  it('never lets a weight in pounds pass without a word when the last weight is known', () => {
    fc.assert(
      fc.property(fc.double({ min: 40, max: 160, noNaN: true }), (weight) => {
        expect(codes({ weightKg: kilograms(weight / 0.453_592_37) }, weight)).toContain('weight-in-pounds');
      }),
    );
  });

  it('says of what is not a number that it is beyond the hard bound', () => {
    const found = planFindings({ ...planOf(draft()), doseMg: milligrams(Number.NaN) }, LIMITS);
    expect(found.map(({ level }) => level)).toContain('hard');
  });
});

describe('what speaks against a change while the drug runs', () => {
  const plan = planOf(draft());
  const rate = (to: number) => {
    if (plan.kind !== 'infusion') throw new Error('not an infusion');
    return rateFindings(mlPerHour(to), plan, mgPerMl(1), LIMITS, mlPerHour(54)).map(({ code }) => code);
  };
  it('is nothing for half the rate', () => {
    expect(rate(27)).toEqual([]);
  });
  it('is the decimal point at ten times the rate', () => {
    expect(rate(540)).toEqual(
      expect.arrayContaining(['rate-by-factor', 'rateMlPerH-soft-high', 'rateMgPerKgPerH-hard-high']),
    );
  });
  it('is a bolus of more than 0.2 mg/kg, hard above 0.5', () => {
    const bolus = (mg: number) =>
      bolusFindings(milligrams(mg), planOf(draft()), milligrams(0), LIMITS).map(({ code }) => code);
    expect(bolus(14.4)).toEqual([]);
    expect(bolus(15)).toEqual(['bolusMgPerKg-soft-high']);
    expect(bolus(37)).toEqual(['bolusMgPerKg-hard-high']);
  });
  it('is small amounts that come to more than a whole dose may be', () => {
    const bolus = (given: number) =>
      bolusFindings(milligrams(7), planOf(draft()), milligrams(given), LIMITS).map(({ code }) => code);
    expect(bolus(65)).toEqual([]);
    expect(bolus(66)).toEqual(['doseMgPerKg-soft-high']);
    expect(bolus(102)).toEqual(['doseMgPerKg-hard-high', 'doseMg-soft-high']);
  });
});

describe('the bounds of a long pain infusion', () => {
  it('take 0.35 mg/kg/h over 4 h and question the same dose over 40 min', () => {
    const pain = (durationMs: number) =>
      planFindings(
        planOf(draft({ ...byWeight(1.4), concentrationMgPerMl: mgPerMl(2), durationMs })),
        CHRONIC_PAIN.doseLimits,
      ).map(({ code }) => code);
    expect(pain(240 * MINUTE)).toEqual([]);
    expect(pain(40 * MINUTE)).toEqual(
      expect.arrayContaining(['rateMgPerKgPerH-hard-high', 'durationMin-hard-low']),
    );
  });
});
