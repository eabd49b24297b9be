/**
 * Instants of an earlier run of the station on the clocks of this one: the monotonic clock began anew, so they
 * are placed by their distance on the wall clock.
 */
import { type Instant, instant } from '../time.ts';

/** An instant of the old run on the clocks of the new one; never later than `at`. */
export const placed = (old: Instant, at: Instant): Instant => {
  const age = Math.max(0, at.wall - old.wall);
  return instant(at.wall - age, at.mono - age);
};

/** The end of something that runs out: what is left of it, at most `longestMs`; `at` itself when it is over. */
export const remaining = (until: Instant, at: Instant, longestMs: number): Instant => {
  const left = Math.min(longestMs, Math.max(0, until.wall - at.wall));
  return instant(at.wall + left, at.mono + left);
};
