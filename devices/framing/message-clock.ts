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
/** A sender's clock may be slower than ours by so much without its messages looking late (our choice: 200 ppm). */
const DRIFT = 0.0002;
/** Times are often cut to whole seconds: less than this is no lateness (ms). */
const GRAIN_MS = 1500;

export const createMessageClock = (): MessageClock => {
  let lag: number | null = null;
  let lagSince = 0;
  let lastWrittenMs = Number.NEGATIVE_INFINITY;
  let olderInARow = 0;
  return {
    next(writtenMs, at) {
      if (writtenMs < lastWrittenMs) {
        olderInARow += 1;
        if (olderInARow < SET_AFTER) return { isOlder: true };
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
      return { isOlder: false, ms: ms < GRAIN_MS ? 0 : ms };
    },
  };
};
