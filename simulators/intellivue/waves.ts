/**
 * The waves of the simulated monitor: 256 ms a result; ECG II every 4 ms and pleth every 8 ms with packing and scale of the real
 * capture, respiration and CO2 every 16 ms with scales of our own.
 */
import {
  ATTRIBUTE,
  type Attribute,
  attributeWith,
  buildFloat32,
  FLOAT_NAN,
  type PolledContext,
  STATE,
  UNIT,
} from '../../devices/intellivue/codec.ts';
import type { PatientState } from '../patient.ts';
import { breathFraction, co2Fraction, createOscillator, ecgMillivolt, plethFraction } from '../waveforms.ts';

const BLOCK_MS = 256;
const TICKS_PER_MS = 8;

interface WaveKind {
  readonly handle: number;
  readonly context: number;
  readonly physioId: number;
  readonly label: number;
  readonly text: string;
  readonly periodMs: number;
  readonly significantBits: number;
  readonly unit: number;
  /** FLOAT bits of what the lowest and highest sample mean. */
  readonly scale: readonly [lower: number, upper: number];
}

const ECG: WaveKind = {
  handle: 0x02ca,
  context: 2,
  physioId: 0x0102,
  label: 0x0002_0100,
  text: 'ECG',
  periodMs: 4,
  significantBits: 14,
  unit: UNIT.millivolt,
  scale: [buildFloat32(-40.96, 2), buildFloat32(40.955, 3)],
};
const PLETH: WaveKind = {
  handle: 0x0402,
  context: 3,
  physioId: 0x4bb4,
  label: 0x0002_4bb4,
  text: 'Pleth',
  periodMs: 8,
  significantBits: 12,
  unit: UNIT.dimensionless,
  scale: [FLOAT_NAN, FLOAT_NAN],
};
const RESP: WaveKind = {
  handle: 0x02d1,
  context: 2,
  physioId: 0x5000,
  label: 0x0002_5000,
  text: 'Resp',
  periodMs: 16,
  significantBits: 12,
  unit: UNIT.ohm,
  scale: [buildFloat32(-2.048, 3), buildFloat32(2.047, 3)],
};
const CO2: WaveKind = {
  handle: 0x0501,
  context: 4,
  physioId: 0x50ac,
  label: 0x0002_50ac,
  text: 'CO₂',
  periodMs: 16,
  significantBits: 12,
  unit: UNIT.mmHg,
  scale: [buildFloat32(0), buildFloat32(102.375, 3)],
};

const fullOf = ({ significantBits }: WaveKind): number => 2 ** significantBits - 1;

const description = (kind: WaveKind): readonly Attribute[] => {
  const { periodMs, significantBits, scale } = kind;
  const [lower, upper] = scale;
  const bytes32 = (bits: number) => [bits >>> 24, (bits >>> 16) & 0xff, (bits >>> 8) & 0xff, bits & 0xff];
  const full = fullOf(kind);
  return [
    attributeWith.bytes(ATTRIBUTE.type, [0, 1, 0, 9]),
    attributeWith.bytes(ATTRIBUTE.sampleSpec, [0, BLOCK_MS / periodMs, 16, significantBits, 0x30, 0]),
    attributeWith.u32(ATTRIBUTE.samplePeriod, periodMs * TICKS_PER_MS),
    attributeWith.u32(ATTRIBUTE.label, kind.label),
    attributeWith.text(ATTRIBUTE.labelString, kind.text.padEnd(6)),
    attributeWith.u16(ATTRIBUTE.unit, kind.unit),
    attributeWith.bytes(ATTRIBUTE.scale, [
      ...bytes32(lower),
      ...bytes32(upper),
      0,
      0,
      full >> 8,
      full & 0xff,
    ]),
  ];
};

/** Makes the samples of successive results. */
export interface WaveSource {
  next(state: PatientState, isFirst: boolean): readonly PolledContext[];
}

/** Waves of a patient whose beats and breaths begin now. */
export const createWaveSource = (): WaveSource => {
  const beat = createOscillator();
  const pulse = createOscillator(0.8);
  const breath = createOscillator();
  const airway = createOscillator();

  const samplesOf = (kind: WaveKind, next: () => number | null): readonly number[] =>
    Array.from({ length: BLOCK_MS / kind.periodMs }, () => {
      const full = fullOf(kind);
      const fraction = next() ?? 0.5;
      return Math.max(0, Math.min(full, Math.round(fraction * full)));
    });

  const objectOf = (kind: WaveKind, isOn: boolean, isFirst: boolean, next: () => number) => {
    const samples = samplesOf(kind, () => {
      const fraction = next();
      return isOn ? fraction : null;
    });
    const state = isOn ? 0 : STATE.invalid;
    const content = { physioId: kind.physioId, state, samples };
    // The capture sends its ECG leads as a compound and pleth alone.
    const sampled = kind === ECG ? attributeWith.compoundSamples([content]) : attributeWith.samples(content);
    return {
      handle: kind.handle,
      attributes: [
        attributeWith.u16(ATTRIBUTE.handle, kind.handle),
        ...(isFirst ? description(kind) : []),
        sampled,
      ],
    };
  };

  return {
    next({ ecg, oximeter, respiration }, isFirst) {
      const isEcgOn = ecg.leads === 'on';
      const isFingerOn = oximeter.probe === 'on';
      const { etco2MmHg } = respiration;
      const rate = respiration.rate ?? 0;
      const ecgObject = objectOf(ECG, isEcgOn, isFirst, () => {
        const phase = beat.next(ecg.heartRate, ECG.periodMs);
        const millivolt = ecg.heartRate > 0 ? ecgMillivolt(phase) : 0;
        return (millivolt + 40.96) / 81.915;
      });
      const respObject = objectOf(RESP, isEcgOn, isFirst, () => {
        return 0.3 + 0.4 * breathFraction(breath.next(rate, RESP.periodMs));
      });
      const plethObject = objectOf(PLETH, isFingerOn, isFirst, () => {
        return 0.3 + 0.4 * plethFraction(pulse.next(oximeter.pulseRate, PLETH.periodMs));
      });
      const contexts: PolledContext[] = [
        { context: ECG.context, objects: [ecgObject, respObject] },
        { context: PLETH.context, objects: [plethObject] },
      ];
      if (etco2MmHg !== null) {
        const co2Object = objectOf(CO2, true, isFirst, () => {
          const fraction = co2Fraction(airway.next(rate, CO2.periodMs));
          return rate > 0 ? (fraction * etco2MmHg) / 102.375 : 0;
        });
        contexts.push({ context: CO2.context, objects: [co2Object] });
      }
      return contexts;
    },
  };
};
