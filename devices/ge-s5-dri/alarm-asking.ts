/**
 * When to ask for the monitor's alarms. It sends them once when it is asked and then at every change only, so that one lost frame
 * would leave an alarm standing that is over, or hide one that is there, and one lost request would give none at all. So it is asked
 * again when nothing came, after any damaged frame, and now and then. All times are our choice.
 */
import { elapsedMs, type Instant } from '../../core/time.ts';

/** An unanswered request is repeated after this (ms), a few times; then as rarely as an answered one. */
const UNANSWERED_MS = 10_000;
const MOST_TRIES = 3;
/** Changes come no faster than this (M1017617, 12th edition), and requests need not either (ms). */
const LOST_MS = 2_000;
const RENEW_MS = 30_000;

export interface AlarmAsking {
  /** A list of alarms came. */
  came(): void;
  /** A frame was damaged; it may have been one. */
  lost(): void;
  /** The monitor may have been restarted: it has forgotten what was asked. */
  forget(): void;
  /** True when they are to be asked for now; the caller does. */
  isDue(now: Instant): boolean;
}

/** Begins with nothing asked: due at once. */
export const createAlarmAsking = (): AlarmAsking => {
  let askedAt: Instant | null = null;
  let unanswered = 0;
  let isLost = false;

  const waitMs = (): number => {
    if (isLost) return LOST_MS;
    return unanswered > 0 && unanswered < MOST_TRIES ? UNANSWERED_MS : RENEW_MS;
  };
  return {
    came() {
      unanswered = 0;
      isLost = false;
    },
    lost() {
      isLost = true;
    },
    forget() {
      askedAt = null;
      unanswered = 0;
      isLost = false;
    },
    isDue(now) {
      if (askedAt !== null && elapsedMs(askedAt, now) < waitMs()) return false;
      askedAt = now;
      unanswered += 1;
      isLost = false;
      return true;
    },
  };
};
