/** Notices that a monitor which is still connected has fallen silent, once for each silence. */
import type { Instant } from '../../core/time.ts';

export interface Silence {
  /** Something whole arrived. */
  heard(now: Instant): void;
  /** True once when nothing has arrived for the longest time a monitor may be silent. */
  hasBegun(now: Instant): boolean;
}

/** @param afterMs the family's `maxQuietMs`: then its link counts as lost, and what it reported no longer stands. */
export const createSilence = (afterMs: number): Silence => {
  let lastMs: number | null = null;
  return {
    heard(now) {
      lastMs = now.mono;
    },
    hasBegun(now) {
      if (lastMs === null || now.mono - lastMs <= afterMs) return false;
      lastMs = null;
      return true;
    },
  };
};
