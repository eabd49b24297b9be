/**
 * When a cuff reading is new. The monitor repeats the last one every second and says neither when it was taken nor that it is
 * new. So a reading is new when one of its four numbers changes, and when a second block says the same (there is no checksum).
 * An equal reading cannot be seen. The line's state digit is not used: if it changed while the cuff
 * inflates, an old reading would be told as a new one.
 */
import { elapsedMs, type Instant } from '../../core/time.ts';
import type { CuffLine } from './message.ts';

export type CuffEvent =
  | { readonly type: 'reading'; readonly line: CuffLine; readonly ageMs: number }
  /** The numbers were taken away. */
  | { readonly type: 'gone' };

export interface CuffTracker {
  /** The cuff line of the next good block. */
  next(line: CuffLine, at: Instant): CuffEvent | null;
}

/** A reading that stood there before we came may be this old (ms; `Observation.ageAtReceiptMs`). */
const UNKNOWN_AGE_MS = 60_000;

const keyOf = ({ systolic, diastolic, mean, pulse }: CuffLine): string =>
  [systolic, diastolic, mean, pulse].join(' ');
const hasPressure = ({ systolic, diastolic, mean }: CuffLine): boolean =>
  systolic !== null || diastolic !== null || mean !== null;

/** A tracker that knows of no reading. It outlives a reconnect, so that a reading is not told twice. */
export const createCuffTracker = (): CuffTracker => {
  let told: string | null = null;
  let waiting: { readonly key: string; readonly notBefore: Instant | null } | null = null;
  /** The last block whose numbers were those told: a new reading was taken after it. */
  let unchangedAt: Instant | null = null;

  return {
    next(line, at) {
      const key = keyOf(line);
      if (key === told) {
        waiting = null;
        unchangedAt = at;
        return null;
      }
      if (waiting?.key !== key) {
        waiting = { key, notBefore: unchangedAt };
        return null;
      }
      const { notBefore } = waiting;
      const isFirst = told === null;
      told = key;
      waiting = null;
      unchangedAt = at;
      if (!hasPressure(line)) return isFirst ? null : { type: 'gone' };
      const ageMs = isFirst || notBefore === null ? UNKNOWN_AGE_MS : elapsedMs(notBefore, at);
      return { type: 'reading', line, ageMs };
    },
  };
};
