/**
 * When a cuff reading is new. The monitor repeats the last values in every cycle, so novelty is read from the time stamp that
 * stands beside them (the end of the measurement, on the bedside clock) and from the state bit "measurement ongoing".
 * Source: README, "When a cuff reading is new"; the limits are our choice.
 */
import type { Reading } from '../../core/observation/observation.ts';

/** The cuff's values in one cycle. */
export interface CuffCycle {
  readonly systolic: Reading;
  readonly diastolic: Reading;
  readonly mean: Reading;
  readonly isOngoing: boolean;
  /** The time stamp beside them (ms, bedside clock read as UTC); null when there is none. */
  readonly stampMs: number | null;
  /** The bedside clock of the cycle; null while it is not known. */
  readonly clockMs: number | null;
  /** Time since the cycle before (ms), at least. */
  readonly gapMs: number;
}

/** What one cycle makes known about the cuff. */
export type CuffEvent =
  | { readonly type: 'started' }
  | {
      readonly type: 'reading';
      readonly cycle: CuffCycle;
      readonly ageMs: number;
      /** False: the bedside clock is not known or contradicts the stamp, so the reading may be older than `ageMs`. */
      readonly isAgeKnown: boolean;
    }
  /** A measurement ended and gave no value. */
  | { readonly type: 'failed' }
  /** A measurement ended and the old values stand: cancelled, or failed; it cannot be told. */
  | { readonly type: 'ended' }
  /** There is a cuff module and it has no value. */
  | { readonly type: 'unavailable' };

/** Follows the cuff over all connections of one line, so that a reading is told once. */
export interface CuffTracker {
  next(cycle: CuffCycle): readonly CuffEvent[];
  /** The stream ended: a reading that still waits for the bedside clock is told as of unknown age. */
  end(): readonly CuffEvent[];
}

/** Values may follow a new stamp or the end of "ongoing" this much later (three cycles). */
const SETTLE_MS = 3_000;
/** A standing reading that is older than this when first seen is history and not told. */
export const HISTORY_AFTER_MS = 15 * 60_000;
/** So long a standing reading waits for the bedside clock, which comes within a second of the association. */
const CLOCK_WAIT_MS = 10_000;
/** Stamps are whole seconds, and may be a moment ahead. */
const CLOCK_SLACK_MS = 2_000;
/** Cycles no further apart are watching: what appears between two of them was measured there, whatever its stamp says. */
const WATCHED_MS = 5_000;

const hasValue = ({ systolic, diastolic, mean }: CuffCycle): boolean =>
  [systolic, diastolic, mean].some(({ value }) => value !== null);

const sameValues = (a: CuffCycle, b: CuffCycle): boolean =>
  a.systolic.value === b.systolic.value &&
  a.diastolic.value === b.diastolic.value &&
  a.mean.value === b.mean.value;

const unknownAge = (cycle: CuffCycle, ageMs = HISTORY_AFTER_MS): CuffEvent => ({
  type: 'reading',
  cycle,
  ageMs,
  isAgeKnown: false,
});

/** A tracker that has seen no cycle yet. */
export const createCuffTracker = (): CuffTracker => {
  let isFirstCycle = true;
  let saidUnavailable = false;
  let seenStamp: number | null = null;
  /** Time since `seenStamp` was first seen (ms). */
  let sinceStampMs = 0;
  let toldStamp: number | null = null;
  /** The stamp stood there when we came: history, unless it is young enough. */
  let isStanding = false;
  let waiting: { readonly cycle: CuffCycle; ms: number } | null = null;
  let lastWithValues: CuffCycle | null = null;
  let run: 'none' | 'running' | 'over' = 'none';
  let sinceRunMs = 0;

  /**
   * A reading under a stamp that was not there before. After a time in which nobody watched it may have come with a module
   * that measured elsewhere: then its own age counts, and is doubted where it is long or the clock was set meanwhile.
   */
  const fresh = (cycle: CuffCycle): CuffEvent => {
    const { stampMs, clockMs, gapMs } = cycle;
    const byClock = stampMs === null || clockMs === null ? null : clockMs - stampMs;
    if (byClock === null || byClock < -CLOCK_SLACK_MS)
      return { type: 'reading', cycle, ageMs: gapMs, isAgeKnown: true };
    if (gapMs > WATCHED_MS && byClock > HISTORY_AFTER_MS && byClock > gapMs + CLOCK_SLACK_MS)
      return unknownAge(cycle, byClock);
    const ageMs = Math.max(0, gapMs > WATCHED_MS ? byClock : Math.min(byClock, gapMs));
    return { type: 'reading', cycle, ageMs, isAgeKnown: true };
  };

  /** A reading that stood there before us, judged by its own age. */
  const standing = (cycle: CuffCycle, clockMs: number, waitedMs: number): readonly CuffEvent[] => {
    const ageMs = clockMs - waitedMs - (cycle.stampMs ?? 0);
    if (ageMs > HISTORY_AFTER_MS) return [];
    if (ageMs < -CLOCK_SLACK_MS) return [unknownAge(cycle)];
    return [{ type: 'reading', cycle, ageMs: Math.max(0, ageMs), isAgeKnown: true }];
  };

  const settleWaiting = (cycle: CuffCycle): readonly CuffEvent[] => {
    if (waiting === null) return [];
    waiting.ms += cycle.gapMs;
    const { cycle: held, ms } = waiting;
    if (cycle.clockMs === null && ms < CLOCK_WAIT_MS) return [];
    waiting = null;
    return cycle.clockMs === null ? [unknownAge(held)] : standing(held, cycle.clockMs, ms);
  };

  const byStamp = (cycle: CuffCycle): readonly CuffEvent[] => {
    const { stampMs } = cycle;
    if (stampMs !== seenStamp) {
      seenStamp = stampMs;
      sinceStampMs = 0;
      isStanding = isFirstCycle;
    } else sinceStampMs += cycle.gapMs;
    if (stampMs === toldStamp) return [];
    if (hasValue(cycle)) {
      toldStamp = stampMs;
      if (!isStanding) {
        waiting = null;
        return [fresh(cycle)];
      }
      if (cycle.clockMs !== null) return standing(cycle, cycle.clockMs, 0);
      waiting = { cycle, ms: 0 };
      return [];
    }
    if (isStanding || sinceStampMs < SETTLE_MS || cycle.isOngoing) return [];
    toldStamp = stampMs;
    return [{ type: 'failed' }];
  };

  /** Without a stamp a reading is new when values change, or come when "ongoing" has gone. */
  const byValues = (cycle: CuffCycle): readonly CuffEvent[] => {
    if (isFirstCycle || !hasValue(cycle) || cycle.isOngoing) return [];
    const isChanged = lastWithValues === null || !sameValues(cycle, lastWithValues);
    return isChanged || run === 'running' ? [fresh(cycle)] : [];
  };

  const endOfRun = (cycle: CuffCycle, isSettled: boolean): readonly CuffEvent[] => {
    if (isSettled) run = 'none';
    else if (run === 'running' && !cycle.isOngoing) {
      run = 'over';
      sinceRunMs = 0;
    } else if (run === 'over') {
      sinceRunMs += cycle.gapMs;
      if (sinceRunMs < SETTLE_MS) return [];
      run = 'none';
      return [{ type: hasValue(cycle) ? 'ended' : 'failed' }];
    }
    return [];
  };

  return {
    next(cycle) {
      const events: CuffEvent[] = [...settleWaiting(cycle)];
      const isStarting = cycle.isOngoing && run !== 'running';
      const outcome = cycle.stampMs === null ? byValues(cycle) : byStamp(cycle);
      events.push(...outcome);
      if (isStarting) {
        events.push({ type: 'started' });
        run = 'running';
      } else events.push(...endOfRun(cycle, outcome.length > 0));
      if (isFirstCycle && !hasValue(cycle) && !cycle.isOngoing && !saidUnavailable) {
        saidUnavailable = true;
        events.push({ type: 'unavailable' });
      }
      if (hasValue(cycle)) lastWithValues = cycle;
      isFirstCycle = false;
      return events;
    },
    end() {
      const held = waiting;
      waiting = null;
      return held === null ? [] : [unknownAge(held.cycle)];
    },
  };
};
