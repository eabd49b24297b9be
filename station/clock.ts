/**
 * The station's one clock. Within a run its wall time is anchored once and then carried by the monotonic
 * clock, so that a session's times neither jump nor run backwards when the computer's clock is set; the
 * difference is watched and reported (`wallDriftMs`), and the anchor is renewed only while no session is open.
 */
import { uptime } from 'node:os';
import { performance } from 'node:perf_hooks';
import { type Instant, instant } from '../core/time.ts';

export interface Clock {
  now(): Instant;
  /** How far the computer's wall clock is ahead of (positive) or behind the carried one, in ms. */
  wallDriftMs(): number;
  /** Takes the computer's wall clock as the truth again. Only while no session is open. */
  renewAnchor(): void;
  /** Calls `act` every `ms` milliseconds; returns the function that stops it. */
  every(ms: number, act: () => void): () => void;
  /** Calls `act` once after `ms` milliseconds; returns the function that prevents it. */
  after(ms: number, act: () => void): () => void;
}

/** What a clock is read from; tests give their own. All in milliseconds. */
export interface ClockSources {
  /** The computer's wall clock. */
  wallMs(): number;
  /** A monotonic clock that may stand still while the computer sleeps. */
  awakeMs(): number;
  /** Time since the computer was started, its sleep included. */
  uptimeMs(): number;
}

const COMPUTER: ClockSources = {
  wallMs: () => Date.now(),
  awakeMs: () => performance.now(),
  uptimeMs: () => uptime() * 1000,
};

/** A step between the two clocks that makes it worth asking whether the computer slept (ms). */
const WORTH_ASKING_MS = 1000;
/** Shorter sleeps cannot be told from the coarseness of the uptime, which some systems give in seconds (ms). */
const SHORTEST_SLEEP_MS = 2000;

/**
 * The real clock of this process. On Linux the monotonic clock stands still while the computer sleeps; that time
 * is added again, so that after a sleep every age, delay and elapsed time is what it is for the patient.
 */
export const systemClock = (sources: ClockSources = COMPUTER): Clock => {
  const startedAtUptime = sources.uptimeMs() - sources.awakeMs();
  let sleptMs = 0;
  let offset = sources.wallMs() - sources.awakeMs();
  let knownDriftMs = 0;

  const driftMs = (): number => sources.wallMs() - sources.awakeMs() - sleptMs - offset;

  /** Monotonic time. The uptime is asked only when the wall clock has moved against it: it is slow to read. */
  const monoMs = (): number => {
    if (Math.abs(driftMs() - knownDriftMs) > WORTH_ASKING_MS) {
      const unseenMs = sources.uptimeMs() - sources.awakeMs() - startedAtUptime - sleptMs;
      if (unseenMs > SHORTEST_SLEEP_MS) sleptMs += unseenMs;
      knownDriftMs = driftMs();
    }
    return sources.awakeMs() + sleptMs;
  };

  return {
    now: () => {
      const mono = monoMs();
      return instant(Math.round(mono + offset), mono);
    },
    wallDriftMs: () => {
      monoMs();
      return driftMs();
    },
    renewAnchor: () => {
      offset = sources.wallMs() - monoMs();
      knownDriftMs = 0;
    },
    every: (ms, act) => {
      const timer = setInterval(act, ms);
      return () => clearInterval(timer);
    },
    after: (ms, act) => {
      const timer = setTimeout(act, ms);
      return () => clearTimeout(timer);
    },
  };
};
