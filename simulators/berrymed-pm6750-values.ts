/** What a simulated PM6750 says of its patient: values, waves and beats. */
import {
  ECG_STATUS,
  type ModuleMessage,
  PULSE_INVALID,
  RATE_MAX,
  SPO2_INVALID,
  SPO2_STATUS,
} from '../devices/berrymed-pm6750/codec.ts';
import type { PatientState } from './patient.ts';
import { breathFraction, createOscillator, ecgMillivolt, plethFraction } from './waveforms.ts';

/** Filter "monitor" in bits 5-4, gain x1 in bits 3-2. */
const ECG_MODE = (0b01 << 4) | (0b10 << 2);
const BASE_LINE = 128;
const COUNTS_PER_MV = 80;
const ASYSTOLE = 2;
const NORMAL = 1;

const rate = (value: number): number => Math.min(RATE_MAX, Math.max(0, Math.round(value)));
const sample = (value: number): number => Math.min(250, Math.max(0, Math.round(value)));

export const ecgOf = ({ ecg, respiration }: PatientState): ModuleMessage => {
  const isOn = ecg.leads === 'on';
  return {
    kind: 'ecg',
    status: ECG_MODE | (isOn ? 0 : ECG_STATUS.leadOff) | (isOn && ecg.artefact ? ECG_STATUS.weak : 0),
    heartRate: isOn ? rate(ecg.heartRate) : 0,
    respiration: isOn ? rate(respiration.rate ?? 0) : 0,
    st: 0,
    arrhythmia: isOn && ecg.heartRate === 0 ? ASYSTOLE : NORMAL,
  };
};

const oximetryStatus = ({ probe, searching }: PatientState['oximeter']): number => {
  if (probe === 'disconnected') return SPO2_STATUS.unplugged;
  if (probe === 'off') return SPO2_STATUS.noFinger;
  return searching ? SPO2_STATUS.searching : SPO2_STATUS.ok;
};

export const oximetryOf = ({ oximeter }: PatientState): ModuleMessage => {
  const status = oximetryStatus(oximeter);
  return status === SPO2_STATUS.ok
    ? { kind: 'spo2', status, spo2: Math.round(oximeter.spo2), pulse: rate(oximeter.pulseRate) }
    : { kind: 'spo2', status, spo2: SPO2_INVALID, pulse: PULSE_INVALID };
};

/** T2 is never connected. */
export const temperatureOf = ({ temperatureCel }: PatientState): ModuleMessage => {
  if (temperatureCel === null) return { kind: 'temperature', status: 3, whole: 0, tenth: 0 };
  const tenths = Math.round(temperatureCel * 10);
  return { kind: 'temperature', status: 2, whole: Math.floor(tenths / 10), tenth: tenths % 10 };
};

/** Sample by sample; the second part is the mark of a beat, when one began with this sample. */
export const createBerryWaves = () => {
  const beat = createOscillator();
  const pulse = createOscillator();
  const breath = createOscillator();
  let beatPhase = 0;
  let pulsePhase = 0;
  return {
    ecg({ ecg }: PatientState, periodMs: number): readonly [ModuleMessage, readonly ModuleMessage[]] {
      const before = beatPhase;
      beatPhase = beat.next(ecg.heartRate, periodMs);
      const isOn = ecg.leads === 'on';
      const ii = isOn ? ecgMillivolt(beatPhase) * COUNTS_PER_MV : 0;
      const i = ii * 0.6;
      const leads = [i, ii, ii - i, -(i + ii) / 2, i - ii / 2, ii - i / 2, ii * 0.8];
      return [
        { kind: 'ecg-wave', leads: leads.map((lead) => sample(BASE_LINE + lead)) },
        isOn && beatPhase < before ? [{ kind: 'beat', of: 'ecg', value: 0 }] : [],
      ];
    },
    pleth({ oximeter }: PatientState, periodMs: number): readonly [ModuleMessage, readonly ModuleMessage[]] {
      const before = pulsePhase;
      pulsePhase = pulse.next(oximeter.pulseRate, periodMs);
      const isOn = oximeter.probe === 'on' && !oximeter.searching;
      return [
        { kind: 'pleth', value: isOn ? sample(100 * plethFraction(pulsePhase)) : 0 },
        isOn && pulsePhase < before ? [{ kind: 'beat', of: 'pleth', value: 0 }] : [],
      ];
    },
    respiration({ ecg, respiration }: PatientState, periodMs: number): ModuleMessage {
      const phase = breath.next(respiration.rate ?? 0, periodMs);
      return {
        kind: 'respiration',
        value: ecg.leads === 'on' ? sample(60 + 120 * breathFraction(phase)) : 0,
      };
    },
  };
};
