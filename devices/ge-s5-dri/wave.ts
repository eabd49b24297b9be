/**
 * One subrecord of a waveform record: header and samples in their raw units.
 * Source: GE DRI record specification 8005313, 12th edition (waveform subrecord).
 */
import type { RawSubrecord } from './header.ts';
import { viewOf } from './view.ts';

const WAVE_HEADER_BYTES = 6;

/** A stretch of one signal. */
export interface WaveSubrecord {
  /** 1-3 ECG, 8 pleth, 9 CO2, 15 respiration … */
  readonly type: number;
  /** Bit 0: samples are missing before this subrecord; bit 2: pacer; bit 3: lead off. */
  readonly status: number;
  readonly label: number;
  /** Raw; -32000 and below are control codes. */
  readonly samples: readonly number[];
}

/** Parses the subrecord; a sentence instead when its sample count contradicts its length. */
export const parseWave = ({ type, bytes }: RawSubrecord): WaveSubrecord | string => {
  if (bytes.length < WAVE_HEADER_BYTES) return `wave subrecord of ${bytes.length} bytes`;
  const view = viewOf(bytes);
  const count = view.getInt16(0, true);
  if (bytes.length !== WAVE_HEADER_BYTES + 2 * count) return `${count} samples in ${bytes.length} bytes`;
  const samples = Array.from({ length: count }, (_, index) =>
    view.getInt16(WAVE_HEADER_BYTES + 2 * index, true),
  );
  return { type, status: view.getUint16(2, true), label: view.getUint16(4, true), samples };
};

/** The inverse of `parseWave`. */
export const buildWave = (wave: WaveSubrecord): RawSubrecord => {
  const bytes = new Uint8Array(WAVE_HEADER_BYTES + 2 * wave.samples.length);
  const view = viewOf(bytes);
  view.setInt16(0, wave.samples.length, true);
  view.setUint16(2, wave.status, true);
  view.setUint16(4, wave.label, true);
  for (const [index, sample] of wave.samples.entries()) {
    view.setInt16(WAVE_HEADER_BYTES + 2 * index, sample, true);
  }
  return { type: wave.type, bytes };
};
