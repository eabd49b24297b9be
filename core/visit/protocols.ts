/**
 * The protocols that ship with the product, one for each indication of the clinic. Every number is our choice
 * after published practice and stays "not approved" until a physician approves the protocol (docs/visit.md).
 */
import type { DoseLimits } from '../dose/limits.ts';
import type { VisitProtocol } from './protocol.ts';
import {
  band,
  COMMON_BANDS,
  checklistOf,
  dischargeOf,
  FASTING,
  HOUR,
  LONG_CUFF,
  MINUTE,
  NASAL_FASTING,
  observationsOf,
  PROVIDER,
  SHORT_CUFF,
  SUICIDE_RISK,
} from './protocol-parts.ts';

const RECOVERY = { minimumMs: 15 * MINUTE, plannedMs: 30 * MINUTE };
const USUAL_SOLUTION = { low: 0.4, high: 2 };

/** 0.5 mg/kg over 40 min; up to 1 mg/kg over 40 to 60 min is within published practice. */
const SHORT_DOSE = {
  usualMgPerKg: { low: 0.4, high: 1 },
  usualConcentration: USUAL_SOLUTION,
  bands: {
    ...COMMON_BANDS,
    doseMgPerKg: band(0.05, 0.3, 1, 1.5),
    doseMg: band(1, 15, 100, 200),
    rateMgPerKgPerH: band(null, 0.3, 1.5, 3),
    durationMin: band(20, 35, 90, 240),
  },
};

const short = (
  id: string,
  name: string,
  indication: string,
  options: {
    readonly own?: VisitProtocol['checklist'];
    readonly minutes?: number;
    readonly mood: boolean;
    readonly pain: boolean;
  },
): VisitProtocol => ({
  id,
  version: 1,
  name,
  indication,
  drug: 'Ketamine',
  dosing: { kind: 'infusion', defaultMgPerKg: 0.5, defaultConcentrationMgPerMl: 1 },
  plannedInfusionMs: (options.minutes ?? 40) * MINUTE,
  doseLimits: SHORT_DOSE,
  checklist: checklistOf(FASTING, options.own ?? []),
  cuff: SHORT_CUFF,
  observations: observationsOf(options),
  recovery: RECOVERY,
  discharge: dischargeOf(),
  effectsGoneAfterMs: HOUR,
});

export const DEPRESSION = short('depression', 'Depression', 'Depression', {
  own: [PROVIDER, SUICIDE_RISK],
  mood: true,
  pain: false,
});
export const MIGRAINE = short('migraine', 'Migraine', 'Migraine', { minutes: 60, mood: false, pain: true });
export const PTSD = short('ptsd', 'PTSD', 'PTSD', { own: [SUICIDE_RISK], mood: true, pain: false });
export const BOOSTER = short('booster', 'Booster', 'Booster', { own: [PROVIDER], mood: true, pain: false });

/** Several hours: 0.35 mg/kg/h for 4 h and more; at least 80 mg over more than 2 h (chronic pain consensus). */
export const CHRONIC_PAIN: VisitProtocol = {
  id: 'chronic-pain',
  version: 1,
  name: 'Chronic pain and CRPS',
  indication: 'Chronic pain / CRPS',
  drug: 'Ketamine',
  dosing: { kind: 'infusion', defaultMgPerKg: 1.4, defaultConcentrationMgPerMl: 2 },
  plannedInfusionMs: 4 * HOUR,
  doseLimits: {
    usualMgPerKg: { low: 0.8, high: 3 },
    usualConcentration: USUAL_SOLUTION,
    bands: {
      ...COMMON_BANDS,
      doseMgPerKg: band(0.1, 0.5, 3, 6),
      doseMg: band(5, 40, 250, 500),
      rateMgPerKgPerH: band(null, 0.1, 0.5, 1),
      durationMin: band(60, 120, 360, 600),
    },
  },
  checklist: checklistOf(FASTING, []),
  cuff: LONG_CUFF,
  observations: observationsOf({ mood: false, pain: true }),
  recovery: RECOVERY,
  discharge: dischargeOf(),
  effectsGoneAfterMs: HOUR,
};

/** Nasal esketamine: 56 or 84 mg in devices of 28; pressure before and at 40 min; watched for 2 h (label). */
export const ESKETAMINE: VisitProtocol = {
  id: 'esketamine',
  version: 1,
  name: 'Esketamine nasal',
  indication: 'Depression (esketamine)',
  drug: 'Esketamine',
  dosing: { kind: 'nasal', deviceMg: 28, devices: [2, 3] },
  plannedInfusionMs: 10 * MINUTE,
  doseLimits: {
    usualMgPerKg: { low: 0, high: 84 },
    usualConcentration: USUAL_SOLUTION,
    bands: {
      ...COMMON_BANDS,
      doseMgPerKg: band(null, null, null, null),
      doseMg: band(28, 56, 84, 84),
      rateMgPerKgPerH: band(null, null, null, null),
      durationMin: band(null, null, null, null),
      bolusMgPerKg: band(null, null, null, null),
    },
  },
  checklist: checklistOf(NASAL_FASTING, [PROVIDER, SUICIDE_RISK], { iv: false }),
  cuff: {
    ...SHORT_CUFF,
    recovery: [
      { untilMs: 60 * MINUTE, intervalMs: 10 * MINUTE },
      { untilMs: null, intervalMs: 30 * MINUTE },
    ],
  },
  observations: observationsOf({ mood: true, pain: false }),
  recovery: { minimumMs: 2 * HOUR, plannedMs: 2 * HOUR },
  discharge: dischargeOf({ iv: false }),
  effectsGoneAfterMs: 2 * HOUR,
};

export const PROTOCOLS: readonly VisitProtocol[] = [
  DEPRESSION,
  MIGRAINE,
  PTSD,
  CHRONIC_PAIN,
  BOOSTER,
  ESKETAMINE,
];

/** Bounds for a dose in a visit without a protocol: only what no infusion of this clinic goes beyond. */
export const GENERIC_LIMITS: DoseLimits = {
  usualMgPerKg: { low: 0.4, high: 3 },
  usualConcentration: USUAL_SOLUTION,
  bands: {
    ...COMMON_BANDS,
    doseMgPerKg: band(0.05, 0.2, 1, 6),
    doseMg: band(1, 10, 100, 500),
    rateMgPerKgPerH: band(null, 0.1, 1.5, 3),
    durationMin: band(20, 35, 360, 600),
  },
};

/** The product's protocol of this name; null: there is none. */
export const protocolById = (id: string): VisitProtocol | null =>
  PROTOCOLS.find((protocol) => protocol.id === id) ?? null;
