/** The simulated visits of the evidence: an ordinary population, and one on which everything goes wrong. */
import { between, stream, uniform } from '../../simulators/random.ts';
import { parseScenario, type Scenario } from '../../simulators/scenario.ts';
import type { VisitPlan } from './simulated-session.ts';

const START_S = 210;
const RECOVERY_S = 30 * 60;
/** 0.5 mg/kg in all. */
const DOSE_MG_PER_KG = 0.5;

const scenarioOf = (json: object): Scenario => {
  const parsed = parseScenario(json);
  if (!parsed.ok) throw new Error(`a scenario of the benchmark is invalid: ${parsed.problem}`);
  return parsed.scenario;
};

const planned = (name: string, minutes: 40 | 60, events: readonly object[]): VisitPlan => {
  const stopS = START_S + minutes * 60;
  const rateMgPerKgPerH = DOSE_MG_PER_KG / (minutes / 60);
  return {
    scenario: scenarioOf({
      name,
      title: `0.5 mg/kg over ${minutes} min`,
      patient: 'sampled',
      cuff: { firstAtS: 155, intervalS: 300, extraAtS: [10, 82] },
      infusion: [{ startS: START_S, stopS, rateMgPerKgPerH }],
      events,
    }),
    startS: START_S,
    stopS,
    endS: stopS + RECOVERY_S,
  };
};

/** The typical population: patients drawn by the seed, half of them infused over 40 min, half over 60. */
export const typicalVisit = (seed: number): VisitPlan => planned('typical', seed % 2 === 0 ? 60 : 40, []);

/**
 * The rough population: the same patients with what can happen, drawn by the seed: desaturations to 70…88 %,
 * pressure surges of +25…+90/+15…+55, motion, a probe that comes off, artefacts, spoilt readings, poor perfusion.
 */
export const roughVisit = (seed: number): VisitPlan => {
  const draw = (channel: string, low: number, high: number): number =>
    between(stream(seed, `rough.${channel}`), 0, low, high);
  const happens = (channel: string, chance: number): boolean =>
    uniform(stream(seed, `rough.${channel}?`), 0) < chance;
  const when = (channel: string): number => Math.round(draw(`${channel}.at`, 60, 3_600));
  const many = (kind: string, count: number, event: (channel: string) => object): readonly object[] =>
    Array.from({ length: count }, (_, index) => `${kind}.${index}`)
      .filter((channel) => happens(channel, 0.7))
      .map((channel) => ({ atS: when(channel), ...event(channel) }));
  const events = [
    ...many('desaturation', 3, (channel) => ({
      kind: 'desaturation',
      durationS: draw(`${channel}.for`, 10, 120),
      rampS: draw(`${channel}.ramp`, 5, 40),
      recoverS: draw(`${channel}.recover`, 10, 60),
      to: draw(`${channel}.to`, 70, 88),
    })),
    ...many('pressure', 2, (channel) => ({
      kind: 'pressure',
      durationS: draw(`${channel}.for`, 240, 900),
      rampS: draw(`${channel}.ramp`, 30, 200),
      recoverS: draw(`${channel}.recover`, 60, 400),
      systolicBy: draw(`${channel}.sys`, 25, 90),
      diastolicBy: draw(`${channel}.dia`, 15, 55),
      heartRateBy: draw(`${channel}.hr`, 0, 25),
    })),
    ...many('motion', 3, (channel) => ({ kind: 'motion', durationS: draw(`${channel}.for`, 10, 60) })),
    ...many('probe-off', 2, (channel) => ({
      kind: 'probe-off',
      durationS: draw(`${channel}.for`, 5, 90),
      how: happens(`${channel}.how`, 0.5) ? 'off' : 'disconnected',
    })),
    ...many('ecg-artefact', 2, (channel) => ({
      kind: 'ecg-artefact',
      durationS: draw(`${channel}.for`, 5, 40),
    })),
    ...many('cuff-failure', 2, (channel) => ({
      kind: 'cuff-failure',
      durationS: draw(`${channel}.for`, 20, 120),
      cause: happens(`${channel}.cause`, 0.5) ? 'motion' : 'leak',
    })),
    ...many('low-perfusion', 1, (channel) => ({
      kind: 'low-perfusion',
      durationS: draw(`${channel}.for`, 30, 180),
      to: draw(`${channel}.to`, 0.06, 0.5),
    })),
  ];
  return planned('rough', seed % 2 === 0 ? 60 : 40, events);
};
