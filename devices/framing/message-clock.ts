/**
 * How late a message came, for monitors that write a time into each. A gateway that could not deliver keeps its messages
 * and sends them when it can: they arrive now and are minutes old. The sender's clock against our monotonic one shows it, once the line has
 * delivered promptly: the smallest lag ever seen is taken for none. The clocks need not agree.
 */
import type { Instant } from '../../core/time.ts';

export type Lateness =
  /** `ms` is how much later it came than the promptest message so far. */
  | { readonly isOlder: false; readonly ms: number }
  /** Written before the last one: delivered in the wrong order, or the sender's clock was set. */
  | { readonly isOlder: true };

export interface MessageClock {
  /** `writtenMs` is the sender's time in the message (ms); call once a message, in the order of arrival. */
  next(writtenMs: number, at: Instant): Lateness;
}

/** So many messages in a row before the last one, and the sender's clock was set (our choice). */
const SET_AFTER = 3;
/** So long the same lateness, within the grain, and the sender's clock was set back by less than a message (ms, our choice). */
const STEADY_MS = 120_000;
/** A sender's clock may be slower than ours by so much without its messages looking late (our choice: 200 ppm). */
const DRIFT = 0.0002;
/** Times are often cut to whole seconds: less than this is no lateness (ms). */
const GRAIN_MS = 1500;

/** What is known of the line and the sender's clock. */
export interface MessageClockOptions {
  /**
   * The sender's clock is one that people or a network set, on a line with room to spare whose messages do not overtake each
   * other: one message before the last one says that it was set, and so does a lateness that stays the same.
   */
  readonly isWallClock: boolean;
}

/** A clock that has seen no message: the first one counts as prompt. */
export const createMessageClock = (
  { isWallClock }: MessageClockOptions = { isWallClock: false },
): MessageClock => {
  const setAfter = isWallClock ? 1 : SET_AFTER;
  let steady: { readonly ms: number; readonly since: number } | null = null;
  let lag: number | null = null;
  let lagSince = 0;
  let lastWrittenMs = Number.NEGATIVE_INFINITY;
  let olderInARow = 0;
  return {
    next(writtenMs, at) {
      if (writtenMs < lastWrittenMs) {
        olderInARow += 1;
        if (olderInARow < setAfter) return { isOlder: true };
        lag = null;
      }
      olderInARow = 0;
      lastWrittenMs = writtenMs;
      const now = at.mono - writtenMs;
      const allowed: number = lag === null ? now : lag + (at.mono - lagSince) * DRIFT;
      if (lag === null || now <= allowed) {
        lag = now;
        lagSince = at.mono;
        return { isOlder: false, ms: 0 };
      }
      const ms = now - allowed;
      if (ms < GRAIN_MS) {
        steady = null;
        return { isOlder: false, ms: 0 };
      }
      if (steady === null || Math.abs(ms - steady.ms) > GRAIN_MS) steady = { ms, since: at.mono };
      if (isWallClock && at.mono - steady.since >= STEADY_MS) {
        steady = null;
        lag = now;
        lagSince = at.mono;
        return { isOlder: false, ms: 0 };
      }
      return { isOlder: false, ms };
    },
  };
};
