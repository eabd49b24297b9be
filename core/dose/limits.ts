/** Bounds of a dose, as data of a protocol. Beyond a soft one a reason is wanted, beyond a hard one a physician. */

/** Null: not bounded on that side. A value on the bound is inside. */
export interface Band {
  readonly hardLow: number | null;
  readonly softLow: number | null;
  readonly softHigh: number | null;
  readonly hardHigh: number | null;
}

/** The quantities that are bounded, each in its own unit. */
export const DOSE_QUANTITIES = [
  'weightKg',
  'doseMgPerKg',
  'doseMg',
  'rateMgPerKgPerH',
  'rateMlPerH',
  'concentrationMgPerMl',
  'durationMin',
  'bolusMgPerKg',
] as const;
export type DoseQuantity = (typeof DOSE_QUANTITIES)[number];

export const QUANTITY_WORDS: Readonly<
  Record<DoseQuantity, { readonly label: string; readonly unit: string }>
> = {
  weightKg: { label: 'Weight', unit: 'kg' },
  doseMgPerKg: { label: 'Dose', unit: 'mg/kg' },
  doseMg: { label: 'Dose', unit: 'mg' },
  rateMgPerKgPerH: { label: 'Rate', unit: 'mg/kg/h' },
  rateMlPerH: { label: 'Pump rate', unit: 'mL/h' },
  concentrationMgPerMl: { label: 'Concentration', unit: 'mg/mL' },
  durationMin: { label: 'Duration', unit: 'min' },
  bolusMgPerKg: { label: 'Bolus', unit: 'mg/kg' },
};

export interface DoseLimits {
  readonly bands: Readonly<Record<DoseQuantity, Band>>;
  /** What is usual (mg/kg): against it a slip by a factor is looked for. */
  readonly usualMgPerKg: { readonly low: number; readonly high: number };
  /** What the prepared solution usually has (mg/mL). */
  readonly usualConcentration: { readonly low: number; readonly high: number };
}
