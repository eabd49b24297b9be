/**
 * When a spot temperature is new: when its number or its time is another one. The monitor repeats it in every message, also after a
 * reconnect and for the next patient. Without a time of its own it may be as old as the gap before it; one that stands there at
 * first is of unknown age.
 */
import { elapsedMs, type Instant } from '../../core/time.ts';
import { UNKNOWN_AGE_MS } from './nibp.ts';

/** A new spot value. */
export interface SpotNews {
  readonly ageMs: number;
  /** False: it may be older than `ageMs`. */
  readonly isAgeKnown: boolean;
}

export interface SpotTracker {
  /** Another patient or monitor: what comes next was perhaps measured before; what was told is still not new. */
  another(): void;
  /**
   * @param key its time and number as sent.
   * @param ownAgeMs the age that its own time and the message's lateness give; 0 says nothing.
   * @returns null when it was told already.
   */
  next(
    key: string,
    ownAgeMs: number,
    context: { readonly at: Instant; readonly lateMs: number },
  ): SpotNews | null;
}

/** A tracker that knows of no value. */
export const createSpotTracker = (): SpotTracker => {
  let told: string | null = null;
  let isFirst = true;
  let lastAt: Instant | null = null;
  return {
    another() {
      isFirst = true;
    },
    next(key, ownAgeMs, { at, lateMs }) {
      const [wasFirst, before] = [isFirst, lastAt];
      isFirst = false;
      lastAt = at;
      if (key === told) return null;
      told = key;
      if (ownAgeMs > lateMs) return { ageMs: ownAgeMs, isAgeKnown: true };
      if (wasFirst || before === null) return { ageMs: UNKNOWN_AGE_MS + lateMs, isAgeKnown: false };
      return { ageMs: elapsedMs(before, at) + lateMs, isAgeKnown: true };
    },
  };
};
