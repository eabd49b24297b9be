/**
 * The station's time, read from a window. Ages are computed in the station's own monotonic time, so that a
 * window with a wrong clock still shows right ages. Each heartbeat gives an offset to the window's clock; a
 * late heartbeat gives one that is too small, which would make numbers look younger than they are, so the
 * largest of the last offsets counts.
 */
import { type Instant, instant } from '../../core/time.ts';

/** How many heartbeats are remembered; bounds how long a slow drift of the two clocks can add up. */
const REMEMBERED = 30;

export interface StationClock {
  /** The station said `now` when the window's monotonic clock (`performance.now()`) stood at `localMs`. */
  sync(now: Instant, localMs: number): void;
  /** The station's time when the window's clock stands at `localMs`; null before the first sync. */
  at(localMs: number): Instant | null;
  /** A new line, perhaps a new run of the station with another monotonic clock: forget. */
  reset(): void;
}

/** A clock that has not heard of the station yet. */
export const createStationClock = (): StationClock => {
  let offsets: number[] = [];
  let wallMinusMono = 0;
  return {
    sync(now, localMs) {
      offsets = [...offsets.slice(1 - REMEMBERED), now.mono - localMs];
      wallMinusMono = now.wall - now.mono;
    },
    at(localMs) {
      if (offsets.length === 0) return null;
      const mono = localMs + Math.max(...offsets);
      return instant(mono + wallMinusMono, mono);
    },
    reset() {
      offsets = [];
    },
  };
};
