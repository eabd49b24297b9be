import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planOf } from '../../../core/dose/plan.ts';
import {
  doseIn,
  kilograms,
  mgPerKg,
  mgPerMl,
  milligrams,
  timeFor,
  volumeAt,
  volumeOf,
} from '../../../core/dose/units.ts';

const MINUTE = 60_000;
const draft = {
  kind: 'infusion',
  drug: 'Ketamine',
  weightKg: kilograms(80),
  dose: { unit: 'mg/kg', value: mgPerKg(0.5) },
  concentrationMgPerMl: mgPerMl(2),
  durationMs: 40 * MINUTE,
} as const;

describe('the plan of a dose', () => {
  // Worked by hand: 0.5 × 80 = 40 mg; 40 / 2 = 20 mL; 20 mL in 40 min = 30 mL/h; 60 mg/h / 80 kg = 0.75 mg/kg/h.
  it('has the figures of a calculation by hand', () => {
    expect(planOf(draft)).toEqual({
      kind: 'infusion',
      drug: 'Ketamine',
      weightKg: 80,
      doseMg: 40,
      doseMgPerKg: 0.5,
      concentrationMgPerMl: 2,
      volumeMl: 20,
      rateMlPerH: 30,
      rateMgPerKgPerH: 0.75,
      durationMs: 40 * MINUTE,
    });
  });

  it('is the same whether the dose was ordered by weight or as a whole', () => {
    const whole = planOf({ ...draft, dose: { unit: 'mg', value: milligrams(40) } });
    expect(whole).toEqual(planOf(draft));
  });

  it('has the rate that a pump can be set to, in tenths of a millilitre an hour', () => {
    const plan = planOf({ ...draft, weightKg: kilograms(71.3), durationMs: 47 * MINUTE });
    expect(plan).toMatchObject({ rateMlPerH: 22.8 }); // 17.825 mL in 47 min = 22.755 mL/h
  });

  it('counts nasal devices whole', () => {
    const nasal = planOf({
      kind: 'nasal',
      drug: 'Esketamine',
      weightKg: kilograms(80),
      deviceMg: milligrams(28),
      devices: 3,
    });
    expect(nasal).toMatchObject({ doseMg: 84, doseMgPerKg: 1.05 });
  });

  it('gives back what went in, for any weight, dose, concentration and time', () => {
    const positive = (min: number, max: number) => fc.double({ min, max, noNaN: true });
    fc.assert(
      fc.property(
        positive(20, 300),
        positive(0.05, 6),
        positive(0.1, 50),
        fc.integer({ min: 5, max: 600 }),
        (weight, dose, concentration, minutes) => {
          const plan = planOf({
            ...draft,
            weightKg: kilograms(weight),
            dose: { unit: 'mg/kg', value: mgPerKg(dose) },
            concentrationMgPerMl: mgPerMl(concentration),
            durationMs: minutes * MINUTE,
          });
          if (plan.kind !== 'infusion') throw new Error('not an infusion');
          expect(doseIn(plan.volumeMl, plan.concentrationMgPerMl)).toBeCloseTo(dose * weight, 6);
          // The pump's step is all that keeps the volume at this rate from the planned one.
          const run = volumeAt(plan.rateMlPerH, plan.durationMs);
          expect(Math.abs(run - plan.volumeMl)).toBeLessThanOrEqual((0.0501 * minutes) / 60);
          expect(timeFor(volumeOf(plan.doseMg, plan.concentrationMgPerMl), plan.rateMlPerH)).toBeGreaterThan(
            0,
          );
        },
      ),
    );
  });
});
