/**
 * When to ask for waves: after the first displayed values, and again when they stop, because a monitor whose CTS was blocked
 * for 2 s stops them and a restarted one has forgotten (M1017617, 12th edition). A monitor that never sends any is left alone
 * after a few tries: there is no answer that says no.
 */
import { elapsedMs, type Instant } from '../../core/time.ts';

/** Waves come at least once a second. */
const SILENT_MS = 6_000;
const MOST_TRIES = 3;

export interface WaveAsking {
  /** Waves came. */
  came(now: Instant): void;
  /** True when they are to be asked for now; the caller does. */
  isDue(now: Instant): boolean;
}

/** Begins with nothing asked: due at once. */
export const createWaveAsking = (): WaveAsking => {
  let last: Instant | null = null;
  let tries = 0;
  return {
    came(now) {
      last = now;
      tries = 0;
    },
    isDue(now) {
      if (last !== null && (tries >= MOST_TRIES || elapsedMs(last, now) < SILENT_MS)) return false;
      last = now;
      tries += 1;
      return true;
    },
  };
};
