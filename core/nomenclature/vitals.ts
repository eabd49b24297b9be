/**
 * The four vital signs that somebody must watch while a patient is under treatment, and which metrics count as
 * each (the clinic's published practice: blood pressure, heart rate, oxygen and breathing are monitored).
 */
import { type MetricId, NIBP_METRICS, RESPIRATION_METRICS } from './metrics.ts';

export const VITALS = ['heartRate', 'spo2', 'respiration', 'bloodPressure'] as const;
export type Vital = (typeof VITALS)[number];

export interface VitalRow {
  /** As people say it within a sentence: "heart rate". */
  readonly label: string;
  /** Any of these is the vital; best source first. */
  readonly metrics: readonly [MetricId, ...MetricId[]];
}

export const VITAL_ROWS: Readonly<Record<Vital, VitalRow>> = {
  heartRate: { label: 'heart rate', metrics: ['MDC_ECG_HEART_RATE', 'MDC_PULS_OXIM_PULS_RATE'] },
  spo2: { label: 'SpO₂', metrics: ['MDC_PULS_OXIM_SAT_O2'] },
  respiration: { label: 'respiration', metrics: [...RESPIRATION_METRICS] },
  bloodPressure: { label: 'blood pressure', metrics: [...NIBP_METRICS] },
};

/** Several vitals in words, in their fixed order: "SpO₂, respiration". */
export const vitalNames = (vitals: readonly Vital[]): string =>
  VITALS.filter((vital) => vitals.includes(vital))
    .map((vital) => VITAL_ROWS[vital].label)
    .join(', ');
