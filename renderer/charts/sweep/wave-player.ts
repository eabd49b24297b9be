/**
 * Plays the stretches of one wave at the pace at which they were sampled. They arrive in lumps of up to two seconds; the
 * picture lags by what makes it run evenly, and says so (`lagMs`). Nothing is invented: where samples are missing there is
 * a hole, and when they stop coming the picture stops. Time is an argument (ms of any steady clock).
 */
import type { WaveBlock } from '../../../core/observation/waveform.ts';

/** What is waited before the first samples are drawn, so that the next lump comes in time (ms). Our choice. */
export const LEAD_MS = 1_200;
/** When more than this is waiting, the picture has fallen behind and leaps forward, with a hole (ms). Our choice. */
export const MOST_WAITING_MS = 4_000;

/** What is to be drawn now. */
export interface Due {
  /** Oldest first; null: nothing is drawn here. */
  readonly samples: readonly (number | null)[];
  readonly periodMs: number;
  /** True when the samples waiting have run out: the picture stands still. */
  readonly isStarved: boolean;
}

export interface WavePlayer {
  push(block: WaveBlock, nowMs: number): void;
  /** The samples whose time has come since the last call. */
  take(nowMs: number): Due;
  /** How far the picture lags behind what has arrived (ms). */
  lagMs(): number;
}

export const createWavePlayer = (): WavePlayer => {
  let waiting: (number | null)[] = [];
  let periodMs = 0;
  /** Time of the next sample; null: not playing. */
  let nextAt: number | null = null;
  let hasGap = false;

  const restart = (atMs: number): void => {
    nextAt = atMs;
    hasGap = true;
  };

  return {
    push: (block, nowMs) => {
      if (block.samples.length === 0) return;
      if (block.periodMs !== periodMs) {
        waiting = [];
        periodMs = block.periodMs;
        nextAt = null;
      }
      if (block.isAfterGap && waiting.length > 0) waiting.push(null);
      for (const sample of block.samples) waiting.push(sample);
      if (nextAt === null) restart(nowMs + Math.max(0, LEAD_MS - waiting.length * periodMs));
      if (waiting.length * periodMs > MOST_WAITING_MS) {
        waiting = waiting.slice(-Math.ceil(LEAD_MS / periodMs));
        restart(nowMs);
      }
    },
    take: (nowMs) => {
      if (nextAt === null || nowMs < nextAt) return { samples: [], periodMs, isStarved: nextAt === null };
      const due = Math.floor((nowMs - nextAt) / periodMs) + 1;
      const samples = waiting.splice(0, due);
      nextAt += samples.length * periodMs;
      // Run dry: the next lump begins anew, after a hole.
      const isStarved = samples.length < due;
      if (isStarved) nextAt = null;
      const begins = hasGap && samples.length > 0;
      if (begins) hasGap = false;
      return { samples: begins ? [null, ...samples] : samples, periodMs, isStarved };
    },
    lagMs: () => waiting.length * periodMs,
  };
};
