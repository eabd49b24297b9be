/**
 * The population simulated patients are drawn from. Rise of pressure at the 40-minute reading: mean 16.0 (SD
 * 11.2) systolic, 11.0 (SD 8.45) diastolic, in 2,342 infusions of 138 patients (Yale, General Hospital
 * Psychiatry 2024, abstract). Rise of heart rate: mean 4.09 (Vankawala 2021, meta-analysis of 2,252
 * treatments, abstract). The spread of resting values and the correlations are our choice.
 */
import { gaussian, stream, uniform } from '../random.ts';
import type { PatientParameters, Scenario } from '../scenario.ts';

/**
 * The published spread is of *readings*: it holds the cuff's noise and the slow wander of pressure as well.
 * What is drawn here is the part that belongs to the patient: published variance, less the variance that the
 * cuff (3 mmHg at the reading, half of it in a baseline of two) and the wander (twice) add by themselves.
 */
const SPREAD = { systolicRise: 10.2, diastolicRise: 7.3 };
const MEAN = { systolicRise: 16, diastolicRise: 11, heartRateRise: 4.09 };
const HEART_RATE_RISE_SD = 6;
/** A strong systolic response mostly comes with a strong diastolic one. */
const RISE_CORRELATION = 0.75;
const REST_CORRELATION = 0.65;

/** Draws an adult from the population; the same seed gives the same patient. */
export const samplePatient = (seed: number): PatientParameters => {
  const draw = (channel: string) => gaussian(stream(seed, `population.${channel}`), 0);
  const restSystolic = draw('rest.systolic');
  const restDiastolic = correlated(restSystolic, draw('rest.diastolic'), REST_CORRELATION);
  const riseSystolic = draw('rise.systolic');
  const riseDiastolic = correlated(riseSystolic, draw('rise.diastolic'), RISE_CORRELATION);
  return {
    heartRate: clamp(72 + 9 * draw('rest.heart-rate'), 50, 105),
    systolic: clamp(123 + 12 * restSystolic, 96, 158),
    diastolic: clamp(76 + 8 * restDiastolic, 52, 98),
    spo2: clamp(97.3 + 0.9 * draw('rest.spo2'), 94, 99.4),
    respiratoryRate: clamp(14.5 + 2 * draw('rest.respiration'), 9.5, 21),
    perfusionIndex: clamp(3 * Math.exp(0.5 * draw('rest.perfusion')), 0.6, 14),
    temperatureCel: 36.6 + 0.25 * draw('rest.temperature'),
    etco2MmHg: uniform(stream(seed, 'population.capnography'), 0) < 0.3 ? 38 : null,
    response: {
      systolicRise: clamp(MEAN.systolicRise + SPREAD.systolicRise * riseSystolic, -25, 80),
      diastolicRise: clamp(MEAN.diastolicRise + SPREAD.diastolicRise * riseDiastolic, -18, 55),
      heartRateRise: clamp(MEAN.heartRateRise + HEART_RATE_RISE_SD * draw('rise.heart-rate'), -15, 30),
    },
  };
};

/** The scenario with a patient drawn from the population, whatever patient it named. */
export const withSampledPatient = (scenario: Scenario, seed: number): Scenario => ({
  ...scenario,
  patient: samplePatient(seed),
});

const correlated = (first: number, own: number, correlation: number): number =>
  correlation * first + Math.sqrt(1 - correlation * correlation) * own;

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));
