/**
 * What is meant to be given, worked out from what was entered. The window and the station work it out with this
 * same function; the station's result is what is recorded.
 */
import {
  doseFor,
  drugRatePerWeight,
  type Kilograms,
  type MgPerKg,
  type MgPerKgPerHour,
  type MgPerMl,
  type Milligrams,
  type Millilitres,
  type MlPerHour,
  milligrams,
  perWeight,
  pumpRate,
  rateOver,
  volumeOf,
} from './units.ts';

/** The dose as it was ordered: by weight, or as a whole. */
export type OrderedDose =
  | { readonly unit: 'mg/kg'; readonly value: MgPerKg }
  | { readonly unit: 'mg'; readonly value: Milligrams };

/** What a person enters. */
export type DoseDraft =
  | {
      readonly kind: 'infusion';
      readonly drug: string;
      readonly weightKg: Kilograms;
      readonly dose: OrderedDose;
      readonly concentrationMgPerMl: MgPerMl;
      readonly durationMs: number;
    }
  /** A nasal spray, given in whole devices. */
  | {
      readonly kind: 'nasal';
      readonly drug: string;
      readonly weightKg: Kilograms;
      readonly deviceMg: Milligrams;
      readonly devices: number;
    };

interface PlanCommon {
  readonly drug: string;
  readonly weightKg: Kilograms;
  readonly doseMg: Milligrams;
  readonly doseMgPerKg: MgPerKg;
}

export interface InfusionPlan extends PlanCommon {
  readonly kind: 'infusion';
  readonly concentrationMgPerMl: MgPerMl;
  readonly volumeMl: Millilitres;
  /** As the pump is set: in steps of 0.1 mL/h. */
  readonly rateMlPerH: MlPerHour;
  readonly rateMgPerKgPerH: MgPerKgPerHour;
  readonly durationMs: number;
}

export interface NasalPlan extends PlanCommon {
  readonly kind: 'nasal';
  readonly deviceMg: Milligrams;
  readonly devices: number;
}

export type DosePlan = InfusionPlan | NasalPlan;

/** Works the figures out. Every number of the draft must be above zero (the boundary's schema sees to that). */
export const planOf = (draft: DoseDraft): DosePlan => {
  const { drug, weightKg } = draft;
  if (draft.kind === 'nasal') {
    const doseMg = milligrams(draft.deviceMg * draft.devices);
    return {
      kind: 'nasal',
      drug,
      weightKg,
      doseMg,
      doseMgPerKg: perWeight(doseMg, weightKg),
      deviceMg: draft.deviceMg,
      devices: draft.devices,
    };
  }
  const { dose, concentrationMgPerMl, durationMs } = draft;
  const doseMg = dose.unit === 'mg' ? dose.value : doseFor(dose.value, weightKg);
  const volumeMl = volumeOf(doseMg, concentrationMgPerMl);
  const rateMlPerH = pumpRate(rateOver(volumeMl, durationMs));
  return {
    kind: 'infusion',
    drug,
    weightKg,
    doseMg,
    doseMgPerKg: dose.unit === 'mg/kg' ? dose.value : perWeight(doseMg, weightKg),
    concentrationMgPerMl,
    volumeMl,
    rateMlPerH,
    rateMgPerKgPerH: drugRatePerWeight(rateMlPerH, concentrationMgPerMl, weightKg),
    durationMs,
  };
};
