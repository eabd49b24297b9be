/**
 * The simulated patient: body, breathing and sensors together. A pure function of scenario, seed, commands and
 * time; there is no clock, and what is remembered is only what could be worked out again.
 */
import type { LivingPatient, PatientCommand, PatientState, Truth } from '../patient.ts';
import { smoothNoise } from '../random.ts';
import type { Scenario } from '../scenario.ts';
import {
  arterialSaturation,
  type Body,
  beatHeartRate,
  bloodPressure,
  createBody,
  meanHeartRate,
} from './body.ts';
import { type BreathState, createBreathTrain } from './breathing.ts';
import { type CuffCommand, createCuffTimeline } from './cuff.ts';
import type { RateStep } from './effect.ts';
import { movedTowards, openWindow } from './envelope.ts';
import { createOximeter, perfusionIndex } from './oximeter.ts';
import { monitorSays } from './sayings.ts';

/** No breath for this long: the capnograph has no end-tidal value. */
const NO_BREATH_MS = 10_000;

/**
 * A patient of a scenario. Commands may come in any order of time; from its moment on, an infusion command
 * replaces the rest of the scenario's plan. The cuff is never started twice at once.
 */
export const createPatient = (scenario: Scenario, seed: number): LivingPatient => {
  const planned = createBody(scenario, seed);
  const breaths = createBreathTrain(planned, seed);
  const cuffCommands: CuffCommand[] = [];
  const rateCommands: RateStep[] = [];
  let body = planned;
  let cuff = createCuffTimeline(scenario, body, seed, cuffCommands);
  let oximeter = createOximeter(body, seed);

  const command = (given: PatientCommand, elapsedMs: number): void => {
    if (given.kind === 'infusion') {
      insertInOrder(rateCommands, { atMs: elapsedMs, rateMgPerKgPerH: Math.max(0, given.rateMgPerKgPerH) });
      body = { ...planned, infusion: withCommands(planned.infusion, rateCommands) };
      oximeter = createOximeter(body, seed);
    } else {
      insertInOrder(cuffCommands, { kind: given.kind, atMs: elapsedMs });
    }
    cuff = createCuffTimeline(scenario, body, seed, [...cuffCommands]);
  };

  const stateAt = (elapsedMs: number): PatientState => {
    const seconds = elapsedMs / 1000;
    const breath = breaths(seconds);
    const moved = openWindow(body.events.motion, seconds) !== null;
    return {
      elapsedMs,
      ecg: {
        leads: openWindow(body.events['leads-off'], seconds) === null ? 'on' : 'off',
        heartRate: beatHeartRate(body, seconds, breath.phase),
        artefact: moved || openWindow(body.events['ecg-artefact'], seconds) !== null,
      },
      oximeter: oximeter(seconds),
      respiration: {
        rate: breath.rate,
        sinceBreathMs: breath.sinceBreathMs,
        etco2MmHg: endTidalCo2(body, seconds, breath),
      },
      cuff: cuff(elapsedMs),
      temperatureCel: temperature(body, seconds),
      monitor: monitorSays(body.events, seconds),
    };
  };

  const truthAt = (elapsedMs: number): Truth => {
    const seconds = elapsedMs / 1000;
    const breath = breaths(seconds);
    return {
      ...bloodPressure(body, seconds),
      heartRate: meanHeartRate(body, seconds),
      spo2: arterialSaturation(body, seconds),
      respiratoryRate: breath.rate,
      perfusionIndex: perfusionIndex(body, seconds),
      etco2MmHg: endTidalCo2(body, seconds, breath),
      temperatureCel: temperature(body, seconds),
    };
  };

  return { stateAt, command, truthAt };
};

/** °C; null without a probe. */
const temperature = (body: Body, seconds: number): number | null => {
  const resting = body.patient.temperatureCel;
  if (resting === null) return null;
  const drifting = resting + 0.06 * smoothNoise(body.noise.temperature, seconds / 600);
  return movedTowards(drifting, body.events.temperature, seconds);
};

/** mmHg; null without a capnography line, 0 while no breath comes, high in the first breaths after a pause. */
const endTidalCo2 = (body: Body, seconds: number, breath: BreathState): number | null => {
  const resting = body.patient.etco2MmHg;
  if (resting === null) return null;
  if (breath.rate === 0 && breath.sinceBreathMs > NO_BREATH_MS) return 0;
  let retained = 0;
  for (const apnea of body.events.apnea) {
    const since = seconds - (apnea.atS + apnea.durationS);
    if (since >= 0) retained = Math.max(retained, Math.min(18, apnea.durationS / 6) * Math.exp(-since / 45));
  }
  const breathed = resting + retained + 1.1 * smoothNoise(body.noise.etco2, seconds / 15);
  return Math.max(5, movedTowards(breathed, body.events.etco2, seconds));
};

const withCommands = (plan: readonly RateStep[], commands: readonly RateStep[]): readonly RateStep[] => {
  const firstMs = commands[0]?.atMs ?? Number.POSITIVE_INFINITY;
  return [...plan.filter((step) => step.atMs < firstMs), ...commands];
};

/** Keeps the list in order of time; of equal times the later one given comes last. */
const insertInOrder = <Item extends { readonly atMs: number }>(items: Item[], item: Item): void => {
  const later = items.findIndex((other) => other.atMs > item.atMs);
  items.splice(later === -1 ? items.length : later, 0, item);
};
