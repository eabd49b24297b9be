/** When a line must break: a line between two samples claims that there was nothing else in between. */
import { EXPIRED_AFTER_MS, STALE_AFTER_MS } from '../../../core/observation/freshness.ts';
import type { Samples } from './sample-buffer.ts';

/** A monitor may be this many of its own usual intervals late before its line breaks (our choice). */
const INTERVALS_BEFORE_GAP = 2.5;
/** Intervals looked at to find the usual one. */
const INTERVALS_SAMPLED = 41;

/**
 * The longest time (ms) that a line may bridge in samples `from` … `to` (exclusive): 10 s, or 2.5 usual intervals
 * for a monitor that reports more slowly, but never longer than it takes a number to become `--` on its tile.
 */
export const gapThresholdMs = (samples: Samples, from: number, to: number): number => {
  const count = to - from - 1;
  if (count < 1) return STALE_AFTER_MS;
  const step = Math.max(1, Math.floor(count / INTERVALS_SAMPLED));
  const intervals: number[] = [];
  for (let index = from + 1; index < to; index += step) {
    intervals.push(samples.timeAt(index) - samples.timeAt(index - 1));
  }
  intervals.sort((a, b) => a - b);
  const usual = intervals[Math.floor((intervals.length - 1) / 2)] ?? 0;
  return Math.min(EXPIRED_AFTER_MS, Math.max(STALE_AFTER_MS, INTERVALS_BEFORE_GAP * usual));
};
