/** Gathers the CO2 wave, sample by sample, into blocks. */
import type { WaveBlock } from '../../core/observation/waveform.ts';
import type { Instant } from '../../core/time.ts';
import type { CapnostreamMessage, Co2Unit } from './message.ts';
import { inMmHg, isSample } from './observe.ts';

type Wave = Extract<CapnostreamMessage, { kind: 'wave' }>;

/** Twenty samples a second (OpenICE's driver). */
export const SAMPLE_MS = 50;
/** Samples in a block (our choice: a quarter of a second). */
const BLOCK_SAMPLES = 5;
const RANGE = { low: 0, high: 60 } as const;

export interface WaveGatherer {
  /** The next sample; a block when it is full. `unit` null or %: there is no sample that we could draw in mmHg. */
  next(wave: Wave, unit: Co2Unit | null, at: Instant): WaveBlock | null;
}

export const createWaveGatherer = (): WaveGatherer => {
  let samples: (number | null)[] = [];
  let isAfterGap = true;
  let lastNumber: number | null = null;
  return {
    next(wave, unit, at) {
      const value = sampleOf(wave, unit);
      if (unit === null || unit === '%') {
        samples = [];
        isAfterGap = true;
        return null;
      }
      if (lastNumber !== null && wave.number !== ((lastNumber + 1) & 0xff)) {
        // What was gathered before the gap is not joined to what comes after it.
        samples = [];
        isAfterGap = true;
      }
      lastNumber = wave.number;
      samples.push(value);
      if (samples.length < BLOCK_SAMPLES) return null;
      const block: WaveBlock = {
        wave: 'MDC_AWAY_CO2',
        unit: 'mm[Hg]',
        periodMs: SAMPLE_MS,
        samples,
        range: RANGE,
        receivedAt: at,
        isAfterGap,
      };
      samples = [];
      isAfterGap = false;
      return block;
    },
  };
};

const sampleOf = ({ raw, fast }: Wave, unit: Co2Unit | null): number | null => {
  if (unit === null || !isSample(fast)) return null;
  return inMmHg(raw / 256 / (unit === 'mmHg' ? 1 : 10), unit);
};
