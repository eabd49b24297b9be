/**
 * When a cuff reading is new. The monitor repeats its last reading with its age for up to 90 minutes, so a reading is new
 * when it must have been taken after the last one: its earliest possible moment is later than the last one's latest.
 * Source of status and age: GE 2010566, reply NA. The margin is our choice, as in the drivers that are in the field.
 */
import type { Instant } from '../../core/time.ts';
import { NIBP_STATUS, type NibpReply } from './message.ts';

/** What one reply makes known about the cuff. */
export type NibpEvent =
  | { readonly type: 'started' }
  | {
      readonly type: 'reading';
      readonly systolic: number;
      readonly diastolic: number;
      readonly mean: number;
      /** The most that it can be old at receipt (ms). */
      readonly ageMs: number;
    }
  /** It ended without a reading. */
  | { readonly type: 'failed'; readonly text: string }
  /** It ended, and the reply does not tell how: cancelled, or the reading has left the display. */
  | { readonly type: 'ended' };

/** Follows the cuff from reply to reply, over all connections of one line. */
export interface NibpTracker {
  /** `tookMs`: how long the answer took, so how much older its age may be. */
  next(reply: NibpReply, at: Instant, tookMs: number): readonly NibpEvent[];
}

const FAILURES: Readonly<Record<number, string>> = {
  3: 'NIBP determination failed',
  4: 'NIBP pump-up timed out',
  6: 'NIBP total time exceeded',
  7: 'NIBP time at one pressure exceeded',
  8: 'NIBP overpressure or excess air in the cuff',
  9: 'NIBP determination ended for an unknown reason',
};

/** What is wrong with the cuff, in words; null when the status is no failure. */
export const failureText = (status: number): string | null => FAILURES[status] ?? null;

/** Readings closer than this are one (ms): the age is whole seconds, and both clocks drift. */
const SAME_READING_MS = 3000;
/** The age is cut to whole seconds. */
const AGE_STEP_MS = 1000;

type Values = Pick<NibpReply, 'systolic' | 'diastolic' | 'mean'>;
interface Seen {
  readonly values: Values;
  /** The latest moment at which it can have been taken, by all replies so far (monotonic ms). */
  readonly latestMs: number;
}

/** A tracker that has seen no reply yet. */
export const createNibpTracker = (): NibpTracker => {
  let isBusy = false;
  let failedStatus: number | null = null;
  let seen: Seen | null = null;

  const reading = (reply: NibpReply, at: Instant, tookMs: number): NibpEvent | null => {
    const { systolic, diastolic, mean, ageS } = reply;
    if (ageS === null || systolic === null || diastolic === null || mean === null) return null;
    const latestMs = at.mono - ageS * 1000;
    const earliestMs = latestMs - AGE_STEP_MS - tookMs;
    const isRepeat =
      seen !== null && sameValues(seen.values, reply) && earliestMs <= seen.latestMs + SAME_READING_MS;
    seen = { values: reply, latestMs };
    return isRepeat
      ? null
      : { type: 'reading', systolic, diastolic, mean, ageMs: ageS * 1000 + AGE_STEP_MS + tookMs };
  };

  return {
    next(reply, at, tookMs) {
      if (reply.status === NIBP_STATUS.busy) {
        const started: readonly NibpEvent[] = isBusy ? [] : [{ type: 'started' }];
        isBusy = true;
        failedStatus = null;
        return started;
      }
      const hasEnded = isBusy;
      isBusy = false;
      const text = failureText(reply.status);
      if (text !== null) {
        const isNew = hasEnded || failedStatus !== reply.status;
        failedStatus = reply.status;
        return isNew ? [{ type: 'failed', text }] : [];
      }
      failedStatus = null;
      const event = reply.status === NIBP_STATUS.done ? reading(reply, at, tookMs) : null;
      if (event !== null) return [event];
      return hasEnded ? [{ type: 'ended' }] : [];
    },
  };
};

const sameValues = (a: Values, b: Values): boolean =>
  a.systolic === b.systolic && a.diastolic === b.diastolic && a.mean === b.mean;
