/**
 * Judges each physiological record by itself and by the one before it. An 8-bit checksum lets one in 256
 * corrupted frames through; what a monitor never or hardly ever changes then gives the rest away: reserved bytes,
 * class words, labels, leftovers of unused groups, the record number and the monitor's own clock; and, while the
 * line is noisy, values that jump (`jumps.ts`).
 *
 * Nothing here refuses a real record for good. A surprising record is held; the next record confirms it by being
 * like it (both are then passed on, each with its own time of receipt) or refutes it by being like the old ones
 * (it is then refused, and was never shown). A monitor whose "steady" bytes are not steady is learned after
 * `LEARN_AFTER` surprises in a row on a clean line. All thresholds are our choice; see README, "Corruption".
 */

import { jumpsBetween } from './jumps.ts';
import type { PhysiologicalRecord } from './messages.ts';
import { basicOf, oddities, surprisesBetween } from './steadiness.ts';

/** Steps of the monitor's clock from one record to the next that need no confirmation (s); the logs have 33. */
const MAX_CLOCK_STEP_S = 60;
/** Extra allowance on the clock step for time that passed here meanwhile (s). */
const CLOCK_SLACK_S = 10;
/** Unmatched surprises in a row, without a refused frame between, after which their causes count as normal. */
const LEARN_AFTER = 3;

/** A line counts as noisy until this many records have been accepted since the last refused frame. */
const NOISY_FOR = 10;

/** A record together with what the caller wants back with it. */
export interface Candidate<Context> {
  readonly record: PhysiologicalRecord;
  /** Monotonic time of receipt (ms). */
  readonly monoMs: number;
  readonly context: Context;
}

/** What became of the records offered so far. */
export interface Verdict<Context> {
  /** Records that may be believed, oldest first. */
  readonly accepted: readonly Candidate<Context>[];
  readonly refused: readonly { readonly candidate: Candidate<Context>; readonly detail: string }[];
}

/** The judge of one line; made anew when the line opens. */
export interface Succession<Context> {
  offer(candidate: Candidate<Context>): Verdict<Context>;
  /** A frame was refused, or one of another kind came: record numbers may step further. */
  noteOther(kind: 'refused' | 'other'): void;
  /** The line ended: a record that is still held is refused. */
  end(): Verdict<Context>;
}

/** A judge that has seen nothing yet. */
export const createSuccession = <Context>(): Succession<Context> => {
  let base: Candidate<Context> | null = null;
  let held: Candidate<Context> | null = null;
  let heldWhy = '';
  let unmatched = 0;
  /** Frames of any kind since the last accepted record, refused ones counted twice (one may hide two). */
  let othersSinceBase = 0;
  let othersSinceHeld = 0;
  /** Records still to be accepted until the line counts as clean again. */
  let noisyFor = 0;
  const learned = new Set<string>();

  const jumps = (from: PhysiologicalRecord, to: PhysiologicalRecord): readonly string[] => {
    const old = basicOf(from)?.basic;
    const now = basicOf(to)?.basic;
    return noisyFor === 0 || old === undefined || now === undefined ? [] : jumpsBetween(old, now);
  };

  const surprises = (from: Candidate<Context> | null, to: Candidate<Context>, others: number): string[] => {
    const odd = oddities(to.record);
    if (from === null) return odd.filter((name) => !learned.has(name));
    const known = oddities(from.record);
    const found = odd.filter((name) => !known.includes(name));
    const numberStep = (to.record.header.recordNumber - from.record.header.recordNumber) & 0xff;
    if (numberStep < 1 || numberStep > 1 + others) found.push('record number');
    const clockStepS = to.record.header.timeS - from.record.header.timeS;
    const passedS = Math.max(0, to.monoMs - from.monoMs) / 1000;
    if (clockStepS < 0 || clockStepS > Math.max(MAX_CLOCK_STEP_S, passedS + CLOCK_SLACK_S)) {
      found.push('clock step');
    }
    found.push(...surprisesBetween(from.record, to.record), ...jumps(from.record, to.record));
    return found.filter((name) => !learned.has(name));
  };

  /** The second record agrees with the first in everything, also in what is odd about it. */
  const confirms = (first: Candidate<Context>, second: Candidate<Context>): boolean => {
    const odd = oddities(second.record);
    return (
      surprises(first, second, othersSinceHeld).length === 0 &&
      oddities(first.record).every((name) => odd.includes(name))
    );
  };

  const accept = (candidate: Candidate<Context>): void => {
    base = candidate;
    held = null;
    noisyFor = Math.max(0, noisyFor - 1);
    unmatched = 0;
    othersSinceBase = 0;
    othersSinceHeld = 0;
  };

  return {
    offer(candidate) {
      const found = surprises(base, candidate, othersSinceBase);
      const before = held;
      const refusedBefore =
        before === null ? [] : [{ candidate: before, detail: `not confirmed: ${heldWhy}` }];
      if (found.length === 0) {
        accept(candidate);
        return { accepted: [candidate], refused: refusedBefore };
      }
      if (before !== null && confirms(before, candidate)) {
        accept(candidate);
        return { accepted: [before, candidate], refused: [] };
      }
      unmatched += 1;
      if (unmatched >= LEARN_AFTER) {
        for (const name of found) learned.add(name);
        accept(candidate);
        return { accepted: [candidate], refused: refusedBefore };
      }
      held = candidate;
      heldWhy = found.join(', ');
      othersSinceBase += 1;
      othersSinceHeld = 0;
      return { accepted: [], refused: refusedBefore };
    },
    noteOther(kind) {
      const weight = kind === 'refused' ? 2 : 1;
      othersSinceBase += weight;
      othersSinceHeld += weight;
      // On a noisy line surprises are noise, not a habit of the monitor.
      if (kind === 'refused') {
        unmatched = 0;
        noisyFor = NOISY_FOR;
      }
    },
    end() {
      const refused = held === null ? [] : [{ candidate: held, detail: `not confirmed: ${heldWhy}` }];
      held = null;
      return { accepted: [], refused };
    },
  };
};
