/**
 * A simulated N-560 on its data port: the header block when switched on and after every 25 lines, one data line
 * every 2 s, through the family's codec. It hears nothing. Its limits are fixed and its alarms are never silenced.
 */
import {
  type Column,
  type DataLine,
  N560,
  type NellcorMessage,
  nellcorCodec,
  type StatusCode,
} from '../devices/nellcor/codec.ts';
import type { Patient, PatientState } from './patient.ts';
import type { DeviceSimulator, SimulatorOptions, SimulatorProfile } from './simulator.ts';

const LINE_MS = 2000;
const LINES_PER_HEADER = 25;
/** The oximeter's own limits, as it is delivered (N-560 operator's manual, data port example). */
const LIMITS = { spo2: { low: 85, high: 100 }, pulseRate: { low: 40, high: 170 } } as const;
/** What the oximeter can display (1/min). */
const PULSE_RANGE = { low: 20, high: 250 } as const;
const MAX_AMPLITUDE = 254;
/** Pulse amplitude has no unit; this makes a perfusion of 4 % a middling pulse (our choice). */
const AMPLITUDE_PER_PERCENT = 10;

/** Columns of the status codes: sensor and signal, SpO2 limit, pulse limit. */
const SIGNAL_COLUMN = N560.firstCode;
const SPO2_COLUMN = SIGNAL_COLUMN + N560.codeStep;
const PULSE_COLUMN = SPO2_COLUMN + N560.codeStep;
const POWER_COLUMN = PULSE_COLUMN + N560.codeStep;

const HEADER: readonly NellcorMessage[] = [
  { kind: 'header', model: 'N-560', software: '1.56.00', crc: 'XXXX', ...LIMITS },
  { kind: 'mode', population: 'ADULT', satSeconds: '0SAT-S' },
  { kind: 'title' },
];

export const nellcorSimulator: SimulatorProfile = {
  profileId: 'nellcor',
  says: ['battery-low'],
  create: (patient, options) => createNellcor(patient, options),
};

const createNellcor = (patient: Patient, { startEpochMs }: SimulatorOptions): DeviceSimulator => {
  let nextMs = 0;
  let lines = 0;
  return {
    advanceTo(elapsedMs) {
      const bytes: number[] = [];
      for (; nextMs <= elapsedMs; nextMs += LINE_MS) {
        if (lines % LINES_PER_HEADER === 0)
          for (const message of HEADER) bytes.push(...nellcorCodec.encode(message));
        bytes.push(...nellcorCodec.encode(lineOf(patient.stateAt(nextMs), startEpochMs + nextMs)));
        lines += 1;
      }
      return Uint8Array.from(bytes);
    },
    receive: () => new Uint8Array(0),
  };
};

const lineOf = ({ oximeter, monitor }: PatientState, clockMs: number): DataLine => {
  const status = signalStatus(oximeter);
  const isMeasuring = status === null || status === 'MO';
  const spo2 = Math.min(100, Math.max(1, Math.round(oximeter.spo2)));
  const pulseRate = Math.min(PULSE_RANGE.high, Math.round(oximeter.pulseRate));
  const spo2Alarm = isMeasuring ? limitCode(spo2, LIMITS.spo2, 'SL', 'SH') : null;
  const pulseAlarm = isMeasuring ? limitCode(pulseRate, LIMITS.pulseRate, 'PL', 'PH') : null;
  const standIn = status === 'PS' ? 0 : null;
  const placed = [
    [status, SIGNAL_COLUMN],
    [spo2Alarm, SPO2_COLUMN],
    [pulseAlarm, PULSE_COLUMN],
    [monitor.batteryLow ? 'LB' : null, POWER_COLUMN],
  ].filter((entry): entry is [StatusCode, number] => entry[0] !== null);
  return {
    kind: 'data',
    clockMs: Math.floor(clockMs / 1000) * 1000,
    spo2: column(isMeasuring ? spo2 : standIn, spo2Alarm !== null, N560.spo2End),
    pulseRate: column(isMeasuring ? pulseRate : standIn, pulseAlarm !== null, N560.pulseEnd),
    amplitude: column(isMeasuring ? amplitudeOf(oximeter.perfusionIndex) : null, false, N560.amplitudeEnd),
    codes: placed.map(([code]) => code),
    codeColumns: placed.map(([, start]) => start),
    width: N560.width,
  };
};

const column = (value: number | null, starred: boolean, end: number): Column => ({ value, starred, end });

/** The code in the first status column; null when all is well. */
const signalStatus = (oximeter: PatientState['oximeter']): StatusCode | null => {
  if (oximeter.probe === 'disconnected') return 'SD';
  if (oximeter.probe === 'off') return 'SO';
  if (oximeter.searching) return 'PS';
  if (oximeter.pulseRate < PULSE_RANGE.low) return 'LP';
  return oximeter.motion ? 'MO' : null;
};

const limitCode = (
  value: number,
  limits: { readonly low: number; readonly high: number },
  below: StatusCode,
  above: StatusCode,
): StatusCode | null => {
  if (value < limits.low) return below;
  return value > limits.high ? above : null;
};

const amplitudeOf = (perfusionIndex: number): number =>
  Math.min(MAX_AMPLITUDE, Math.max(1, Math.round(perfusionIndex * AMPLITUDE_PER_PERCENT)));
