/** A stretch of a trace beyond a limit, and how it grows number by number. */
import type { AlarmPriority } from '../alarm/types.ts';
import type { MetricId } from '../nomenclature/metrics.ts';
import { elapsedMs, type Instant } from '../time.ts';

/** What a violation violates. */
export interface Rule {
  readonly limitId: string;
  readonly priority: AlarmPriority;
  /** The metric that violated (a limit of the heart rate holds for the pulse rate too). */
  readonly metric: MetricId;
  readonly delayMs: number;
}

export interface Violation extends Rule {
  readonly threshold: number;
  /** The first and the last number beyond the limit. */
  readonly onsetAt: Instant;
  readonly lastAt: Instant;
  /** The first number that showed that the violation lasted its delay; null: none did. */
  readonly provenAt: Instant | null;
  /** When it was known to be over: the next number inside, or the end of freshness; null: still on at the end. */
  readonly overAt: Instant | null;
  /** The value furthest beyond the limit. */
  readonly peak: number;
  /** The monitor doubted at least one of the numbers. */
  readonly isDoubtful: boolean;
  /** A cuff reading that may not be believed, and why. */
  readonly doubt: string | null;
}

/** One number that is beyond a limit. */
export interface Beyond {
  readonly at: Instant;
  readonly value: number;
  readonly threshold: number;
  readonly isDoubtful: boolean;
}

/** The violation after one more number beyond the limit; `open` null: it begins here. */
export const grown = (open: Violation | null, rule: Rule, beyond: Beyond): Violation => {
  const { at, value, threshold, isDoubtful } = beyond;
  if (open === null) {
    const provenAt = rule.delayMs === 0 ? at : null;
    const rest = { overAt: null, peak: value, isDoubtful, doubt: null };
    return { ...rule, threshold, onsetAt: at, lastAt: at, provenAt, ...rest };
  }
  const peak = value < threshold ? Math.min(open.peak, value) : Math.max(open.peak, value);
  const provenAt = open.provenAt ?? (elapsedMs(open.onsetAt, at) >= rule.delayMs ? at : null);
  return { ...open, lastAt: at, provenAt, peak, isDoubtful: open.isDoubtful || isDoubtful };
};

/** What a threshold is: its side, and whether reaching it violates. */
export interface Edge {
  readonly side: 'low' | 'high';
  readonly inclusive: boolean;
  readonly threshold: number | null;
}

/** True when the value is beyond the edge; an edge without a threshold is never violated. */
export const isBeyond = ({ side, inclusive, threshold }: Edge, value: number): boolean => {
  if (threshold === null) return false;
  if (value === threshold) return inclusive;
  return side === 'low' ? value < threshold : value > threshold;
};
