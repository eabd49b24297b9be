/** The waves of one block. P1 and P2 are invasive pressures, for which there is no wave in the vocabulary: not told. */
import type { WaveBlock, WaveId } from '../../core/observation/waveform.ts';
import type { Instant } from '../../core/time.ts';
import { type Block, ECG_STEP_MV, ECG_ZERO, NO_TRACE } from './message.ts';

/** Samples go from 0 to 250; 251 is no trace. */
const FULL_SCALE = 250;

/** The lead that the source of HR names, e.g. `ECG-II-DIAG`. */
const ecgWave = (label: string): WaveId => {
  const [, lead] = /^ECG-(I{1,3})(?:-|$)/.exec(label) ?? [];
  if (lead === 'I') return 'MDC_ECG_ELEC_POTL_I';
  if (lead === 'II') return 'MDC_ECG_ELEC_POTL_II';
  return lead === 'III' ? 'MDC_ECG_ELEC_POTL_III' : 'MDC_ECG_ELEC_POTL';
};

const millivolt = (byte: number): number => Math.round((byte - ECG_ZERO) * ECG_STEP_MV * 100) / 100;
const fraction = (byte: number): number => Math.min(1, byte / FULL_SCALE);

/** ECG in mV; respiration and pleth as fractions of full scale (their scale is not documented). */
export const wavesOf = (
  { waves, hr }: Block,
  receivedAt: Instant,
  isAfterGap: boolean,
): readonly WaveBlock[] => {
  const samples = (bytes: Uint8Array, scale: (byte: number) => number): readonly (number | null)[] =>
    Array.from(bytes, (byte) => (byte >= NO_TRACE ? null : scale(byte)));
  const shared = { receivedAt, isAfterGap };
  const slow = { unit: '1', periodMs: 20, range: { low: 0, high: 1 }, ...shared } as const;
  return [
    {
      wave: ecgWave(hr.label),
      unit: 'mV',
      periodMs: 5,
      samples: samples(waves.ecg, millivolt),
      range: { low: -2, high: 3 },
      ...shared,
    },
    { wave: 'MDC_TTHOR_RESP', samples: samples(waves.respiration, fraction), ...slow },
    { wave: 'MDC_PULS_OXIM_PLETH', samples: samples(waves.pleth, fraction), ...slow },
  ];
};
