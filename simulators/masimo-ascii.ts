/**
 * A simulated Rad-8 on "ASCII 1": one line a second through the family's codec, CR LF, and a blank line after
 * each where asked for (seen in the field). It hears nothing. Blood constituents it cannot measure are dashes.
 */
import { ALARM, EXC, type MasimoLine, masimoCodec, type RawField } from '../devices/masimo-ascii/codec.ts';
import type { Patient, PatientState } from './patient.ts';
import type { DeviceSimulator, SimulatorOptions, SimulatorProfile } from './simulator.ts';

const LINE_MS = 1000;
/** The oximeter's own limits (our choice, near those it is delivered with). */
const LIMITS = { spo2: { low: 85, high: 100 }, pulseRate: { low: 40, high: 170 } } as const;
const PULSE_RANGE = { low: 25, high: 240 } as const;
const PI_RANGE = { low: 0.02, high: 20 } as const;
/** Below this the oximeter says that perfusion is low (%). */
const LOW_PERFUSION_BELOW = 0.3;

const OTHERS: readonly RawField[] = [
  { key: 'SPCO', text: '--.-%' },
  { key: 'SPMET', text: '--.-%' },
  { key: 'DESAT', text: '--' },
  { key: 'PIDELTA', text: '+--' },
];

export interface MasimoSimulatorOptions {
  /** A blank line after each line, as some units send. */
  readonly blankLines: boolean;
}

/** A Rad-8 with or without blank lines between its lines. */
export const masimoSimulatorProfile = (masimo: MasimoSimulatorOptions): SimulatorProfile => ({
  profileId: 'masimo-ascii',
  create: (patient, options) => createMasimo(patient, options, masimo),
});

export const masimoAsciiSimulator: SimulatorProfile = masimoSimulatorProfile({ blankLines: true });

const createMasimo = (
  patient: Patient,
  { startEpochMs, seed }: SimulatorOptions,
  { blankLines }: MasimoSimulatorOptions,
): DeviceSimulator => {
  const serial = String(Math.abs(Math.trunc(seed)) % 10_000_000_000).padStart(10, '0');
  let nextMs = 0;
  return {
    advanceTo(elapsedMs) {
      const bytes: number[] = [];
      for (; nextMs <= elapsedMs; nextMs += LINE_MS) {
        const { oximeter } = patient.stateAt(nextMs);
        bytes.push(...masimoCodec.encode(lineOf(oximeter, startEpochMs + nextMs, serial)));
        if (blankLines) bytes.push(0x0d, 0x0a);
      }
      return Uint8Array.from(bytes);
    },
    receive: () => new Uint8Array(0),
  };
};

const lineOf = (oximeter: PatientState['oximeter'], clockMs: number, serial: string): MasimoLine => {
  const isMeasuring = oximeter.probe === 'on' && !oximeter.searching && oximeter.pulseRate >= PULSE_RANGE.low;
  const spo2 = clamped(Math.round(oximeter.spo2), 1, 100);
  const pulseRate = Math.min(PULSE_RANGE.high, Math.round(oximeter.pulseRate));
  const hundredths = Math.round(clamped(oximeter.perfusionIndex, PI_RANGE.low, PI_RANGE.high) * 100);
  return {
    clockMs: Math.floor(clockMs / 1000) * 1000,
    serial,
    spo2: isMeasuring ? spo2 : null,
    pulseRate: isMeasuring ? pulseRate : null,
    perfusionIndex: isMeasuring ? hundredths / 100 : null,
    alarm: isMeasuring ? alarmOf(spo2, pulseRate) : 0,
    exceptions: EXC.setRunning | exceptionsOf(oximeter, isMeasuring),
    others: OTHERS,
    form: { piHasPercent: true, bpmHasPercent: false, status: 'narrow' },
  };
};

const exceptionsOf = (oximeter: PatientState['oximeter'], isMeasuring: boolean): number => {
  if (oximeter.probe === 'disconnected') return EXC.noSensor;
  if (oximeter.probe === 'off') return EXC.sensorOff;
  if (!isMeasuring) return EXC.pulseSearch;
  const weak = oximeter.perfusionIndex < LOW_PERFUSION_BELOW ? EXC.lowPerfusion : 0;
  return weak | (oximeter.motion ? EXC.interference | EXC.lowSignalIq : 0);
};

const alarmOf = (spo2: number, pulseRate: number): number => {
  const bits =
    (spo2 > LIMITS.spo2.high ? ALARM.spo2High : 0) |
    (spo2 < LIMITS.spo2.low ? ALARM.spo2Low : 0) |
    (pulseRate > LIMITS.pulseRate.high ? ALARM.pulseHigh : 0) |
    (pulseRate < LIMITS.pulseRate.low ? ALARM.pulseLow : 0);
  return bits === 0 ? 0 : bits | ALARM.sounding;
};

const clamped = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));
