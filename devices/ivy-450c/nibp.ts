/**
 * When a cuff reading is new. The monitor repeats the last one every second and says neither when it was taken nor that it is
 * new. So a reading is new when one of its four numbers changes, and when a second block says the same (there is no checksum).
 * An equal reading cannot be seen, also after the numbers were blank for a while: they may have been put back. The line's state digit is not used: if it changed while the cuff
 * inflates, an old reading would be told as a new one.
 */
import { elapsedMs, type Instant } from '../../core/time.ts';
import type { CuffLine } from './message.ts';

export type CuffEvent =
  | {
      readonly type: 'reading';
      readonly line: CuffLine;
      readonly ageMs: number;
      /** False: it stood there before we came and may be older than `ageMs`. */
      readonly isAgeKnown: boolean;
    }
  /** The numbers were taken away. */
  | { readonly type: 'gone' };

export interface CuffTracker {
  /** The cuff line of the next good block. */
  next(line: CuffLine, at: Instant): CuffEvent | null;
}

/** What a reading that stood there before we came is told as (ms); it is doubted besides. The same as for IntelliVue. */
const UNKNOWN_AGE_MS = 15 * 60_000;

const keyOf = ({ systolic, diastolic, mean, pulse }: CuffLine): string =>
  [systolic, diastolic, mean, pulse].join(' ');
const hasPressure = ({ systolic, diastolic, mean }: CuffLine): boolean =>
  systolic !== null || diastolic !== null || mean !== null;

/** A tracker that knows of no reading. It outlives a reconnect, so that a reading is not told twice. */
export const createCuffTracker = (): CuffTracker => {
  let told: string | null = null;
  /** The last numbers that were told as a reading. */
  let lastReading: string | null = null;
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
      if (key === lastReading) return null;
      lastReading = key;
      const isAgeKnown = !isFirst && notBefore !== null;
      const ageMs = isAgeKnown ? elapsedMs(notBefore, at) : UNKNOWN_AGE_MS;
      return { type: 'reading', line, ageMs, isAgeKnown };
    },
  };
};
