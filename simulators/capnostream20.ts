/**
 * A simulated Capnostream 20 through the family's codec: silent until communication is switched on, then it says who it
 * is; after "start" one numerics message a second and twenty samples of the CO2 wave. Without a word of the host for 30 s it
 * switches communication off (our choice; the host is to say every 5 s that the link is active).
 */
import {
  type CapnostreamMessage,
  CO2_ALARM,
  type Command,
  capnostreamCodec,
  EXTENDED,
  FAST,
  type Numerics,
  SPO2_ALARM,
} from '../devices/capnostream20/codec.ts';
import type { Patient, PatientState } from './patient.ts';
import type { DeviceSimulator, SimulatorOptions, SimulatorProfile } from './simulator.ts';
import { co2Fraction, createOscillator } from './waveforms.ts';

const IDENTITY = 'V45.67 02/24/2008 B555987654  ';
/** From a command to its answer. */
const ANSWER_MS = 100;
const SAMPLE_MS = 50;
const NUMERICS_MS = 1_000;
const HOST_LOST_MS = 30_000;
const NO_BREATH_S = 20;
/** The monitor's own limits (our choice, near those it is delivered with). */
const LIMITS = {
  etco2: { low: 15, high: 60 },
  rate: { low: 5, high: 30 },
  fico2High: 8,
  spo2: { low: 85, high: 100 },
  pulse: { low: 50, high: 140 },
} as const;

export const capnostream20Simulator: SimulatorProfile = {
  profileId: 'capnostream20',
  says: ['battery-low'],
  create: (patient, options) => createCapnostream(patient, options),
};

const createCapnostream = (patient: Patient, { startEpochMs }: SimulatorOptions): DeviceSimulator => {
  const host = capnostreamCodec.decoder();
  const breath = createOscillator();
  let isEnabled = false;
  let isStarted = false;
  let nowMs = 0;
  let nextSampleMs = 0;
  let number = 0;
  let heardMs = 0;
  let identityDueMs: number | null = null;

  const obey = (command: Command): void => {
    heardMs = nowMs;
    if (command === 'enable') {
      isEnabled = true;
      identityDueMs = nowMs + ANSWER_MS;
    }
    if (command === 'disable') isEnabled = false;
    if (command === 'start') isStarted = isEnabled;
    if (command === 'stop' || command === 'disable') isStarted = false;
  };

  const sample = (atMs: number): readonly CapnostreamMessage[] => {
    const state = patient.stateAt(atMs);
    const phase = breath.next(state.respiration.rate ?? 0, SAMPLE_MS);
    if (!isStarted) return [];
    number = (number + 1) & 0xff;
    const wave = waveOf(state, phase, number);
    return atMs % NUMERICS_MS === 0 ? [wave, numericsOf(state, startEpochMs + atMs)] : [wave];
  };

  return {
    advanceTo(elapsedMs) {
      const sent: Uint8Array[] = [];
      for (; nextSampleMs <= elapsedMs; nextSampleMs += SAMPLE_MS) {
        if (nextSampleMs - heardMs > HOST_LOST_MS) {
          isEnabled = false;
          isStarted = false;
        }
        if (identityDueMs !== null && identityDueMs <= nextSampleMs) {
          identityDueMs = null;
          sent.push(capnostreamCodec.encode({ kind: 'identity', text: IDENTITY }));
        }
        sent.push(...sample(nextSampleMs).map((message) => capnostreamCodec.encode(message)));
      }
      nowMs = Math.max(nowMs, elapsedMs);
      return new Uint8Array(Buffer.concat(sent));
    },
    receive(bytes) {
      for (const decoded of host.push(bytes)) {
        if (decoded.ok && decoded.message.kind === 'command') obey(decoded.message.command);
      }
      return new Uint8Array(0);
    },
  };
};

const waveOf = ({ respiration }: PatientState, phase: number, number: number): CapnostreamMessage => {
  const { etco2MmHg, rate } = respiration;
  if (etco2MmHg === null) return { kind: 'wave', number, raw: 0, fast: FAST.invalid | FAST.noFilterLine };
  const mmHg = rate === 0 ? 0 : Math.min(150, etco2MmHg * co2Fraction(phase));
  return { kind: 'wave', number, raw: Math.round(mmHg * 256), fast: 0 };
};

const numericsOf = (state: PatientState, epochMs: number): Numerics => {
  const { respiration, oximeter } = state;
  const isCo2 = respiration.etco2MmHg !== null;
  const isApnoea = isCo2 && respiration.sinceBreathMs >= NO_BREATH_S * 1000;
  const isOximetry = oximeter.probe === 'on' && !oximeter.searching;
  const etco2 = isCo2 ? Math.min(150, Math.round(respiration.etco2MmHg ?? 0)) : null;
  const rate = isCo2 && respiration.rate !== null ? Math.min(150, Math.round(respiration.rate)) : null;
  const spo2 = isOximetry ? Math.round(oximeter.spo2) : null;
  const pulse = isOximetry ? Math.min(250, Math.round(oximeter.pulseRate)) : null;
  return {
    kind: 'numerics',
    timeS: Math.floor(epochMs / 1000),
    etco2: isApnoea ? 0 : etco2,
    fico2: isCo2 ? 0 : null,
    rate: isApnoea ? 0 : rate,
    spo2,
    pulse,
    slow: 0x80,
    co2Alarms:
      (isApnoea ? CO2_ALARM.noBreath : 0) |
      outside(etco2, LIMITS.etco2, CO2_ALARM.etco2Low, CO2_ALARM.etco2High) |
      outside(rate, LIMITS.rate, CO2_ALARM.rateLow, CO2_ALARM.rateHigh),
    spo2Alarms:
      (oximeter.probe === 'off' ? SPO2_ALARM.offPatient : 0) |
      (oximeter.probe === 'disconnected' ? SPO2_ALARM.disconnected : 0) |
      outside(spo2, LIMITS.spo2, SPO2_ALARM.spo2Low, SPO2_ALARM.spo2High) |
      outside(pulse, LIMITS.pulse, SPO2_ALARM.pulseLow, SPO2_ALARM.pulseHigh),
    noBreathS: NO_BREATH_S,
    limits: LIMITS,
    unit: 'mmHg',
    extended: state.monitor.batteryLow ? EXTENDED.batteryLow : 0,
  };
};

/** The alarm bit of a value beyond its limits. */
const outside = (
  value: number | null,
  { low, high }: { readonly low: number; readonly high: number },
  below: number,
  above: number,
): number => {
  if (value === null) return 0;
  if (value < low) return below;
  return value > high ? above : 0;
};
