/** Any message → two numbers and what the unit says of its sensor, in one form for all formats. */
import type { Reading } from '../../core/observation/observation.ts';
import type { Finding } from '../framing/condition-table.ts';
import {
  type Format8,
  NO_PULSE,
  NO_SPO2,
  type Packet,
  SLOT,
  SPOT_STATUS,
  type SpotCheck,
  STATUS,
  STATUS2,
  STATUS8,
} from './message.ts';

export const NONIN_METRICS = ['MDC_PULS_OXIM_SAT_O2', 'MDC_PULS_OXIM_PULS_RATE'] as const;
export type NoninMetric = (typeof NONIN_METRICS)[number];
const [SPO2, PULSE] = NONIN_METRICS;

/** What stands beside the numbers. */
export interface Signs {
  readonly isSensorAlarm: boolean;
  readonly isOutOfTrack: boolean;
  readonly isArtefact: boolean;
  /** Null: nothing was said about it. */
  readonly perfusion: 'good' | 'marginal' | 'low' | null;
  readonly isBatteryLow: boolean;
}

/** Numbers and signs of one message. Null: the unit has none. */
export interface View {
  readonly spo2: number | null;
  readonly pulse: number | null;
  readonly signs: Signs;
}

const pulseOf = (raw: number): number | null => (raw === NO_PULSE ? null : raw);
const spo2Of = (raw: number): number | null => (raw === NO_SPO2 ? null : raw);

const perfusionOf = (statuses: readonly number[]): Signs['perfusion'] => {
  const colours = statuses.map((status) => status & (STATUS.redPerfusion | STATUS.greenPerfusion));
  if (colours.includes(STATUS.redPerfusion)) return 'low';
  if (colours.includes(STATUS.redPerfusion | STATUS.greenPerfusion)) return 'marginal';
  return colours.includes(STATUS.greenPerfusion) ? 'good' : null;
};

/**
 * The numbers that are averaged over four beats and are missing while the signal is out of track. The ones meant for a
 * display are held for a while after the signal is gone, and are not read.
 */
export const viewOfPacket = ({ frames }: Packet): View => {
  const value = (slot: number): number => frames[slot]?.value ?? 0;
  const statuses = frames.map(({ status }) => status);
  const has = (bit: number): boolean => statuses.some((status) => (status & bit) !== 0);
  return {
    spo2: spo2Of(value(SLOT.spo2) & 0x7f),
    pulse: pulseOf(((value(SLOT.pulseHigh) & 3) << 7) | (value(SLOT.pulseLow) & 0x7f)),
    signs: {
      isSensorAlarm: has(STATUS.sensorAlarm),
      isOutOfTrack: has(STATUS.outOfTrack),
      isArtefact: has(STATUS.artefact),
      perfusion: perfusionOf(statuses),
      isBatteryLow: (value(SLOT.status2) & STATUS2.lowBattery) !== 0,
    },
  };
};

export const viewOfFormat8 = ({ status, pulse, spo2, status2 }: Format8): View => {
  const isWeak = (status & STATUS8.marginalPerfusion) !== 0;
  return {
    spo2: spo2Of(spo2),
    pulse: pulseOf(pulse),
    signs: {
      isSensorAlarm: (status2 & STATUS2.sensorAlarm) !== 0,
      isOutOfTrack: (status & STATUS8.outOfTrack) !== 0,
      isArtefact: (status & STATUS8.artefact) !== 0,
      perfusion: (status & STATUS8.lowPerfusion) !== 0 ? 'low' : isWeak ? 'marginal' : 'good',
      isBatteryLow: (status2 & STATUS2.lowBattery) !== 0,
    },
  };
};

export const viewOfSpotCheck = ({ status, pulse, spo2 }: SpotCheck): View => {
  const isNone = (status & SPOT_STATUS.noMeasurement) !== 0;
  return {
    spo2: isNone ? null : spo2Of(spo2),
    pulse: isNone ? null : pulseOf(pulse),
    signs: { ...NO_SIGNS, isBatteryLow: (status & SPOT_STATUS.lowBattery) !== 0 },
  };
};

export const NO_SIGNS: Signs = {
  isSensorAlarm: false,
  isOutOfTrack: false,
  isArtefact: false,
  perfusion: null,
  isBatteryLow: false,
};

/** A number under its signs: without a sensor or out of track it is none, whatever stands there. */
const readingOf = (value: number | null, signs: Signs): Reading => {
  if (value === null || signs.isSensorAlarm || signs.isOutOfTrack)
    return { validity: 'unavailable', value: null };
  return { validity: signs.isArtefact ? 'questionable' : 'valid', value };
};

/** Both numbers of a message under its signs. */
export const readingsOf = ({ spo2, pulse, signs }: View): readonly (readonly [NoninMetric, Reading])[] => [
  [SPO2, readingOf(spo2, signs)],
  [PULSE, readingOf(pulse, signs)],
];

/** The signs as conditions. */
export const findingsOf = (signs: Signs): readonly Finding[] => {
  const findings: Finding[] = [];
  if (signs.isSensorAlarm)
    findings.push({
      code: 'sensor-off',
      metric: SPO2,
      text: 'sensor alarm: off the patient, disconnected or faulty',
    });
  else if (signs.isOutOfTrack)
    findings.push({ code: 'pulse-search', metric: SPO2, text: 'out of track: no steady pulse' });
  if (signs.isArtefact) findings.push({ code: 'signal-questionable', metric: SPO2, text: 'artefact' });
  if (signs.perfusion === 'low')
    findings.push({ code: 'low-perfusion', metric: SPO2, text: 'low perfusion' });
  if (signs.perfusion === 'marginal')
    findings.push({ code: 'low-perfusion', metric: SPO2, text: 'marginal perfusion' });
  if (signs.isBatteryLow) findings.push({ code: 'battery-low', metric: null, text: 'low battery' });
  return findings;
};
