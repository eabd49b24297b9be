/**
 * A simulated Ivy 450C: one block a second, whoever listens; it hears nothing. Field order, labels and state digits are those
 * of the recording. What the monitor writes into its alarm fields is not documented: the words here are ours.
 */
import {
  type Block,
  ECG_STEP_MV,
  ECG_ZERO,
  ivyCodec,
  NO_TRACE,
  type WaveBytes,
} from '../devices/ivy-450c/codec.ts';
import type { CuffResult, Patient, PatientState } from './patient.ts';
import type { DeviceSimulator, SimulatorProfile } from './simulator.ts';
import { breathFraction, createOscillator, ecgMillivolt, plethFraction } from './waveforms.ts';

const BLOCK_MS = 1000;
const APNEA_AFTER_MS = 20_000;
const TRACE_MAX = 250;
/** State digits of the recording, whose meaning is not known. */
const STATE = { channel: '1', cuff: '4', pressure: '3' } as const;
const PLETH_FOOT = 86;

type Reading = Extract<CuffResult, { kind: 'reading' }>;

export const ivy450cSimulator: SimulatorProfile = {
  profileId: 'ivy-450c',
  create: (patient) => createIvy(patient),
};

const createIvy = (patient: Patient): DeviceSimulator => {
  const waves = createWaves();
  let nextMs = BLOCK_MS;
  let reading: Reading | null = null;
  return {
    advanceTo(elapsedMs) {
      const sent: Uint8Array[] = [];
      for (; nextMs <= elapsedMs; nextMs += BLOCK_MS) {
        const state = patient.stateAt(nextMs);
        // The last reading stands until the next one; a measurement that failed does not erase it.
        if (state.cuff.last?.kind === 'reading') reading = state.cuff.last;
        sent.push(ivyCodec.encode(blockOf(state, waves(state), reading)));
      }
      return new Uint8Array(Buffer.concat(sent));
    },
    receive: () => new Uint8Array(0),
  };
};

const blockOf = (state: PatientState, waves: WaveBytes, reading: Reading | null): Block => {
  const { ecg, respiration, oximeter, cuff, temperatureCel } = state;
  const channel = (value: number | null, label: string, alarm: string) => ({
    state: STATE.channel,
    value: value === null ? null : Math.round(value),
    label,
    alarm,
  });
  const isOn = ecg.leads === 'on';
  const isOximetry = oximeter.probe === 'on' && !oximeter.searching;
  const isApnoea = respiration.sinceBreathMs >= APNEA_AFTER_MS;
  const breathing = isOn || respiration.etco2MmHg !== null ? respiration.rate : null;
  const noTransducer = { systolic: null, diastolic: null, mean: null, label: 'NO TRANSDUCER', alarm: '' };
  return {
    waves,
    hr: channel(isOn ? ecg.heartRate : null, 'ECG-II-DIAG', heartAlarm(state)),
    rr: channel(breathing, 'APNEA: 20 SEC', isApnoea ? 'APNEA' : ''),
    etco2: channel(respiration.etco2MmHg, '', ''),
    spo2: {
      state: STATE.channel,
      saturation: isOximetry ? Math.round(oximeter.spo2) : null,
      pulse: isOximetry ? Math.round(oximeter.pulseRate) : null,
      alarm: oximeter.probe === 'on' ? '' : 'SPO2 PROBE OFF',
    },
    nibp: {
      state: STATE.cuff,
      systolic: reading?.systolic ?? null,
      diastolic: reading?.diastolic ?? null,
      mean: reading?.mean ?? null,
      pulse: reading?.pulseRate ?? null,
      label: '',
      alarm: cuff.last?.kind === 'failed' && !cuff.measuring ? 'NIBP FAIL' : '',
    },
    p1: { state: STATE.pressure, ...noTransducer },
    p2: { state: STATE.pressure, ...noTransducer },
    t1: {
      state: STATE.channel,
      value: temperatureCel === null ? null : Math.round(temperatureCel * 10) / 10,
      label: '',
      alarm: '',
    },
    t2: { state: STATE.channel, value: null, label: '', alarm: '' },
  };
};

const heartAlarm = ({ ecg }: PatientState): string => {
  if (ecg.leads === 'off') return 'LEAD OFF';
  return ecg.heartRate === 0 ? 'ASYSTOLE' : '';
};

/** The waves of the second that ends with `state`; beats and breaths go on from block to block. */
const createWaves = () => {
  const beat = createOscillator();
  const pulse = createOscillator();
  const breath = createOscillator();
  const none = new Uint8Array(50).fill(NO_TRACE);
  const clamped = (value: number): number => Math.min(TRACE_MAX, Math.max(0, Math.round(value)));
  return ({ ecg, oximeter, respiration }: PatientState): WaveBytes => ({
    ecg: Uint8Array.from({ length: 200 }, () => {
      const phase = beat.next(ecg.heartRate, 5);
      return ecg.leads === 'on' ? clamped(ECG_ZERO + ecgMillivolt(phase) / ECG_STEP_MV) : NO_TRACE;
    }),
    respiration: Uint8Array.from({ length: 50 }, () => {
      const phase = breath.next(respiration.rate ?? 0, 20);
      return ecg.leads === 'on' ? clamped(60 + 120 * breathFraction(phase)) : NO_TRACE;
    }),
    pleth: Uint8Array.from({ length: 50 }, () => {
      const phase = pulse.next(oximeter.pulseRate, 20);
      return oximeter.probe === 'on' ? clamped(PLETH_FOOT + 80 * plethFraction(phase)) : NO_TRACE;
    }),
    p1: none,
    p2: none,
  });
};
