/** Gathers samples, one a frame, into blocks of a fifth of a second. The module does not say their scale: fractions of 250. */
import type { WaveBlock, WaveId } from '../../core/observation/waveform.ts';
import { elapsedMs, type Instant } from '../../core/time.ts';

const FULL_SCALE = 250;
const BLOCK_MS = 200;
/** Samples further apart than this were not sent one after the other (ms; our choice, wider than a line's own delays). */
const GAP_MS = 500;

export interface WaveGatherer {
  /** The next sample, 0-250; null: there is no signal. A block when it is full. */
  next(byte: number | null, at: Instant): WaveBlock | null;
  /** Bytes were lost: what was gathered is not joined to what comes. */
  broken(): void;
}

/** @param periodMs time between two samples. */
export const createWaveGatherer = (wave: WaveId, periodMs: number): WaveGatherer => {
  let samples: (number | null)[] = [];
  let isAfterGap = true;
  let lastAt: Instant | null = null;
  const broken = (): void => {
    samples = [];
    isAfterGap = true;
  };
  return {
    next(byte, at) {
      if (lastAt !== null && elapsedMs(lastAt, at) > GAP_MS) broken();
      lastAt = at;
      samples.push(byte === null ? null : Math.min(1, byte / FULL_SCALE));
      if (samples.length < BLOCK_MS / periodMs) return null;
      const block: WaveBlock = {
        wave,
        unit: '1',
        periodMs,
        samples,
        range: { low: 0, high: 1 },
        receivedAt: at,
        isAfterGap,
      };
      samples = [];
      isAfterGap = false;
      return block;
    },
    broken,
  };
};
