/** How much of the expected time a metric had a number, and the gaps between. */
import { type EpochMs, epochMs } from '../time.ts';
import type { Gap } from './figures.ts';

/** Gaps longer than this are told one by one (ms). */
export const LONG_GAP_MS = 60_000;

export interface Coverage {
  readonly expectedMs: number;
  readonly coveredMs: number;
  readonly gaps: number;
  readonly longestGap: Gap | null;
  readonly longGaps: readonly Gap[];
}

/** Takes the expected time piece by piece, in order. */
export const createCoverage = () => {
  let expectedMs = 0;
  let coveredMs = 0;
  let gaps = 0;
  let longestGap: Gap | null = null;
  const longGaps: Gap[] = [];
  /** Since when a number has been expected without a break. */
  let expectedFrom: number | null = null;
  let last = Number.NEGATIVE_INFINITY;
  let gapFrom: number | null = null;

  const close = (to: number): void => {
    if (gapFrom === null) return;
    const gap: Gap = { from: gapFrom as EpochMs, to: epochMs(to) };
    const ms = gap.to - gap.from;
    gaps += 1;
    if (longestGap === null || ms > longestGap.to - longestGap.from) longestGap = gap;
    if (ms > LONG_GAP_MS) longGaps.push(gap);
    gapFrom = null;
  };

  return {
    /** @param lastAt when the last number was received; null: none so far. */
    pass: (from: number, to: number, isCovered: boolean, lastAt: number | null): void => {
      if (expectedFrom === null || from > last) {
        close(last);
        expectedFrom = from;
      }
      expectedMs += to - from;
      if (isCovered) {
        coveredMs += to - from;
        close(from);
      } else gapFrom ??= Math.max(lastAt ?? expectedFrom, expectedFrom);
      last = to;
    },
    finish: (): Coverage => {
      close(last);
      return { expectedMs, coveredMs, gaps, longestGap, longGaps };
    },
  };
};
