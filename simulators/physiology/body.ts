/**
 * What is true inside the simulated patient at a moment, before any sensor: pressure, heart rate, oxygen.
 * Pure functions of the body and the time in seconds; drift comes from seeded smooth noise.
 */
import { gaussian, type Stream, smoothNoise, stream } from '../random.ts';
import type { EventOf, PatientParameters, Scenario, ScenarioEvent } from '../scenario.ts';
import { drugEffect, type RateStep } from './effect.ts';
import { isWithin, movedTowards, strength } from './envelope.ts';
import { samplePatient } from './population.ts';

/** A patient at rest, all that happens to him or her, and the drug given so far. */
export interface Body {
  readonly patient: PatientParameters;
  readonly events: EventsByKind;
  /** Those that move the pressure, in the order of the file: a later one acts on what the earlier ones made. */
  readonly pressureEvents: readonly EventOf<'pressure' | 'systolic' | 'diastolic'>[];
  readonly infusion: readonly RateStep[];
  readonly noise: BodyNoise;
}

/** The events of a scenario, sorted out once. */
export type EventsByKind = { readonly [Kind in ScenarioEvent['kind']]: readonly EventOf<Kind>[] };

interface BodyNoise {
  readonly systolic: Stream;
  readonly diastolic: Stream;
  readonly heartSlow: Stream;
  readonly heartFast: Stream;
  readonly spo2: Stream;
  readonly perfusion: Stream;
  readonly temperature: Stream;
  readonly etco2: Stream;
}

/** The body of a scenario's patient. The infusion is the scenario's plan until a command says otherwise. */
export const createBody = (scenario: Scenario, seed: number): Body => ({
  patient: scenario.patient === 'sampled' ? samplePatient(seed) : scenario.patient,
  events: sortedByKind(scenario.events),
  pressureEvents: scenario.events.filter((event) => isPressureEvent(event)),
  infusion: scenario.infusion.flatMap((period) => [
    { atMs: period.startS * 1000, rateMgPerKgPerH: period.rateMgPerKgPerH },
    { atMs: period.stopS * 1000, rateMgPerKgPerH: 0 },
  ]),
  noise: {
    systolic: stream(seed, 'body.systolic'),
    diastolic: stream(seed, 'body.diastolic'),
    heartSlow: stream(seed, 'body.heart.slow'),
    heartFast: stream(seed, 'body.heart.fast'),
    spo2: stream(seed, 'body.spo2'),
    perfusion: stream(seed, 'body.perfusion'),
    temperature: stream(seed, 'body.temperature'),
    etco2: stream(seed, 'body.etco2'),
  },
});

/** True arterial pressure (mmHg), always with a pulse pressure of at least 12. */
export const bloodPressure = (body: Body, seconds: number): { systolic: number; diastolic: number } => {
  const { patient, noise } = body;
  const effect = drugEffect(body.infusion, seconds * 1000);
  const common = smoothNoise(noise.systolic, seconds / 210);
  const systolic = patient.systolic + patient.response.systolicRise * effect + 2 * common;
  const diastolic =
    patient.diastolic +
    patient.response.diastolicRise * effect +
    0.9 * common +
    1.2 * smoothNoise(noise.diastolic, seconds / 170);
  return pressureAfter(body.pressureEvents, { systolic, diastolic }, seconds);
};

/** The pressure (mmHg) that events make of one, each acting on what those before it made. */
export const pressureAfter = (
  events: Body['pressureEvents'],
  before: { readonly systolic: number; readonly diastolic: number },
  seconds: number,
): { systolic: number; diastolic: number } => {
  let { systolic, diastolic } = before;
  for (const event of events) {
    const part = strength(event, seconds);
    if (event.kind === 'pressure') {
      systolic += event.systolicBy * part;
      diastolic += event.diastolicBy * part;
    } else if (event.kind === 'systolic') systolic += (event.to - systolic) * part;
    else diastolic += (event.to - diastolic) * part;
  }
  systolic = Math.min(290, Math.max(45, systolic));
  return { systolic, diastolic: Math.min(systolic - 12, Math.max(20, diastolic)) };
};

/** Heart rate without breathing and beat-to-beat parts (1/min); 0 when the heart stands still. */
export const meanHeartRate = (body: Body, seconds: number): number => {
  const { patient, noise } = body;
  let rate =
    patient.heartRate +
    patient.response.heartRateRise * drugEffect(body.infusion, seconds * 1000) +
    1.6 * smoothNoise(noise.heartSlow, seconds / 95);
  for (const event of body.events.pressure) rate += event.heartRateBy * strength(event, seconds);
  rate = movedTowards(rate, body.events['heart-rate'], seconds);
  return rate < STANDSTILL_BELOW ? 0 : Math.min(250, rate);
};

/** The heart rate of the beat at this moment: `breath` is the phase of breathing, 0 to 1 (sinus arrhythmia). */
export const beatHeartRate = (body: Body, seconds: number, breath: number): number => {
  const mean = meanHeartRate(body, seconds);
  if (mean === 0) return 0;
  /** Sinus arrhythmia fades as the heart goes faster (vagal withdrawal). */
  const arrhythmia = Math.max(0, Math.min(2.2, (125 - mean) / 25));
  const beat = gaussian(body.noise.heartFast, Math.floor((seconds * mean) / 60));
  return Math.max(20, mean + arrhythmia * Math.sin(2 * Math.PI * breath) + 0.7 * beat);
};

/** Oxygen saturation of the arterial blood (%), before the sensor's averaging. */
export const arterialSaturation = (body: Body, seconds: number): number => {
  const resting = body.patient.spo2 + 0.45 * smoothNoise(body.noise.spo2, seconds / 40);
  const disturbed = movedTowards(resting, body.events.desaturation, seconds);
  let fall = 0;
  for (const apnea of body.events.apnea) fall = Math.max(fall, apneaFall(apnea, seconds - CIRCULATION_S));
  return Math.min(100, Math.max(35, disturbed - fall));
};

/** True when the patient does not breathe. */
export const isApneic = (body: Body, seconds: number): boolean =>
  body.events.apnea.some((apnea) => isWithin(apnea, seconds));

const STANDSTILL_BELOW = 8;

/** From lung to finger, in a healthy adult. */
const CIRCULATION_S = 9;
/** The lung's store lasts this long before the saturation begins to fall (breathing air). */
const STORE_S = 14;
const REOXYGENATION_S = 11;

/**
 * Percentage points lost through one apnoea: slow at first, then ever faster, as on the shoulder of the
 * dissociation curve (3 after 45 s, 8 after 60 s, 22 after 90 s); an exponential recovery. Our choice.
 */
const apneaFall = (apnea: EventOf<'apnea'>, seconds: number): number => {
  const since = seconds - apnea.atS;
  if (since <= 0) return 0;
  const held = Math.max(0, Math.min(since, apnea.durationS) - STORE_S);
  const deepest = Math.min(50, 0.0038 * held * held);
  const breathing = since - apnea.durationS;
  return breathing <= 0 ? deepest : deepest * Math.exp(-breathing / REOXYGENATION_S);
};

/** True for the kinds that move the pressure. */
export const isPressureEvent = (
  event: ScenarioEvent,
): event is EventOf<'pressure' | 'systolic' | 'diastolic'> =>
  event.kind === 'pressure' || event.kind === 'systolic' || event.kind === 'diastolic';

/** The events of a scenario by kind, each list in the order of the file. */
export const sortedByKind = (events: readonly ScenarioEvent[]): EventsByKind => {
  const ofKind = <Kind extends ScenarioEvent['kind']>(kind: Kind): readonly EventOf<Kind>[] =>
    events.filter((event): event is EventOf<Kind> => event.kind === kind);
  return {
    'probe-off': ofKind('probe-off'),
    'leads-off': ofKind('leads-off'),
    'ecg-artefact': ofKind('ecg-artefact'),
    motion: ofKind('motion'),
    apnea: ofKind('apnea'),
    'cuff-failure': ofKind('cuff-failure'),
    'low-perfusion': ofKind('low-perfusion'),
    desaturation: ofKind('desaturation'),
    'heart-rate': ofKind('heart-rate'),
    'respiratory-rate': ofKind('respiratory-rate'),
    pressure: ofKind('pressure'),
    systolic: ofKind('systolic'),
    diastolic: ofKind('diastolic'),
    etco2: ofKind('etco2'),
    temperature: ofKind('temperature'),
    'battery-low': ofKind('battery-low'),
    'monitor-alarm': ofKind('monitor-alarm'),
  };
};
