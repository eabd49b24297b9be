/**
 * The wave records of the simulated S/5 monitor: one every 400 ms (the document says 125 to 1000 ms), all waves of a record
 * over the same span, as long as a host wants them. The status word is that of the real logs (bit 1 set, bit 0 in the first
 * record); the counter in its upper bits is not documented and left out.
 */
import { driCodec, type WaveSubrecord } from '../devices/ge-s5-dri/codec.ts';
import type { PatientState } from './patient.ts';
import { breathFraction, co2Fraction, createOscillator, ecgMillivolt, plethFraction } from './waveforms.ts';

/** Time between two wave records (ms). */
export const WAVE_RECORD_MS = 400;

const AMBIENT_MMHG = 760;
const STATUS = { first: 0b01, always: 0b10, leadOff: 1 << 3 } as const;
const CONTROL_NOT_MEASURED = -32_767;

interface Signal {
  readonly type: number;
  readonly samplesPerS: number;
  isOff(state: PatientState): boolean;
  /** The next raw sample, `periodMs` after the one before. */
  next(state: PatientState, periodMs: number): number;
}

const createSignals = (): readonly Signal[] => {
  const beat = createOscillator();
  const pulse = createOscillator(0.9);
  const breath = createOscillator();
  const exhaled = createOscillator();
  return [
    {
      type: 1,
      samplesPerS: 300,
      isOff: ({ ecg }) => ecg.leads === 'off',
      next: ({ ecg }, periodMs) => Math.round(1000 * ecgMillivolt(beat.next(ecg.heartRate, periodMs))),
    },
    {
      type: 8,
      samplesPerS: 100,
      isOff: ({ oximeter }) => oximeter.probe !== 'on',
      // The pulse's height is the perfusion index, as in the modulation of the displayed values.
      next: ({ oximeter }, periodMs) =>
        oximeter.searching
          ? CONTROL_NOT_MEASURED
          : Math.round(
              100 * oximeter.perfusionIndex * (plethFraction(pulse.next(oximeter.pulseRate, periodMs)) - 0.4),
            ),
    },
    {
      type: 9,
      samplesPerS: 25,
      isOff: () => false,
      next: ({ respiration }, periodMs) => {
        const phase = exhaled.next(respiration.rate ?? 0, periodMs);
        const mmHg = respiration.etco2MmHg;
        return mmHg === null
          ? CONTROL_NOT_MEASURED
          : Math.round((10_000 * mmHg * co2Fraction(phase)) / AMBIENT_MMHG);
      },
    },
    {
      type: 15,
      samplesPerS: 25,
      isOff: ({ ecg }) => ecg.leads === 'off',
      next: ({ respiration }, periodMs) =>
        Math.round(100 * (breathFraction(breath.next(respiration.rate ?? 0, periodMs)) - 0.5)),
    },
  ];
};

/** What the monitor sends of waves; `request` replaces what was asked for before. */
export interface WaveSource {
  /** Ids that this monitor does not have are silently ignored, as the document says of what is too much. */
  request(types: readonly number[], nowMs: number): void;
  stop(): void;
  /** When the next record is due; null while nothing is asked for. */
  readonly nextMs: number | null;
  record(state: PatientState, header: { readonly level: number; readonly timeS: number }): Uint8Array;
}

/** Sends nothing until it is asked. */
export const createWaveSource = (answerAfterMs: number): WaveSource => {
  const signals = createSignals();
  let wanted: readonly Signal[] = [];
  let nextMs: number | null = null;
  let recordNumber = 0;
  let isFirst = true;
  return {
    request(types, nowMs) {
      wanted = signals.filter(({ type }) => types.includes(type));
      isFirst = true;
      nextMs = wanted.length === 0 ? null : nowMs + answerAfterMs;
    },
    stop() {
      wanted = [];
      nextMs = null;
    },
    get nextMs() {
      return nextMs;
    },
    record(state, { level, timeS }) {
      const subrecords = wanted.map((signal): WaveSubrecord => {
        const periodMs = 1000 / signal.samplesPerS;
        const samples = Array.from({ length: WAVE_RECORD_MS / periodMs }, () => signal.next(state, periodMs));
        const off = signal.isOff(state);
        return {
          type: signal.type,
          status:
            STATUS.always | (isFirst ? STATUS.first : 0) | (off && signal.type === 1 ? STATUS.leadOff : 0),
          label: 0,
          samples: off ? samples.map(() => CONTROL_NOT_MEASURED) : samples,
        };
      });
      isFirst = false;
      nextMs = nextMs === null ? null : nextMs + WAVE_RECORD_MS;
      const header = { recordNumber, level, plugId: 0, timeS, reserved: 0 };
      recordNumber = (recordNumber + 1) & 0xff;
      return driCodec.encode({ kind: 'wave', header, subrecords });
    },
  };
};
