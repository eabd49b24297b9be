/**
 * Waveforms: evenly sampled signals. One row per wave; names are reference identifiers of ISO/IEEE 11073-10101.
 * A wave is a picture of rhythm, never a number to judge by: no alarm is raised from it.
 */
import type { Instant } from '../time.ts';

/** UCUM units of samples; `1` is a fraction of full scale, for signals that the monitor does not calibrate. */
export type WaveUnit = 'mV' | 'mm[Hg]' | 'Ohm' | '1';

interface WaveRow {
  /** 11073-10101 context-free code (partition << 16 | term). */
  readonly code: number;
  /** Short label beside the sweep. */
  readonly label: string;
  /** Full name, for lists and screen readers. */
  readonly name: string;
}

export const WAVES = {
  MDC_ECG_ELEC_POTL_I: { code: 131_329, label: 'ECG I', name: 'ECG lead I' },
  MDC_ECG_ELEC_POTL_II: { code: 131_330, label: 'ECG II', name: 'ECG lead II' },
  MDC_ECG_ELEC_POTL_III: { code: 131_389, label: 'ECG III', name: 'ECG lead III' },
  /** The lead chosen on the monitor, which its protocol does not name. */
  MDC_ECG_ELEC_POTL: { code: 131_328, label: 'ECG', name: 'ECG' },
  MDC_PULS_OXIM_PLETH: { code: 150_452, label: 'Pleth', name: 'Plethysmogram (pulse oximetry)' },
  MDC_TTHOR_RESP: { code: 151_552, label: 'Resp', name: 'Respiration (thoracic impedance)' },
  MDC_AWAY_CO2: { code: 151_724, label: 'CO₂', name: 'Airway CO₂' },
} as const satisfies Record<string, WaveRow>;

/** An evenly sampled signal, by its reference identifier. */
export type WaveId = keyof typeof WAVES;

/** True when `value` is a wave Chairside knows. */
export const isWaveId = (value: string): value is WaveId => Object.hasOwn(WAVES, value);

/** A run of samples of one wave, as one or more frames carried it. */
export interface WaveBlock {
  readonly wave: WaveId;
  readonly unit: WaveUnit;
  /** Time between two samples (ms). */
  readonly periodMs: number;
  /** Oldest first; null: the monitor says that there is no signal here, or a frame was lost. Never zero for that. */
  readonly samples: readonly (number | null)[];
  /** What the screen draws from bottom to top, in `unit`. */
  readonly range: { readonly low: number; readonly high: number };
  /** When the last byte of the frame with the last sample arrived. */
  readonly receivedAt: Instant;
  /** True when samples may be missing between the block before and this one (first block, lost frame). */
  readonly isAfterGap: boolean;
}
