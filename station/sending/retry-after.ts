/** How long a server asks to be left alone (RFC 9110, section 10.2.3): seconds, or a date. */
import type { EpochMs } from '../../core/time.ts';

/** A server that asks for more is asked again after this time all the same: it may be repaired sooner (ms; our choice). */
export const LONGEST_REST_MS = 60 * 60_000;
/** Shorter than the first of our own waits would be no wait (ms). */
export const SHORTEST_REST_MS = 5_000;

export interface RestHeaders {
  /** `Retry-After`. */
  readonly retryAfter: string | null;
  /** `Date`: the server's own clock, by which it means its dates. */
  readonly date: string | null;
}

/** An HTTP date in the form that everybody must send (IMF-fixdate, RFC 9110, section 5.6.7). */
const HTTP_DATE = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/;

/** In ms, within the bounds above; null: nothing that is understood was asked for. `now`: for a server without a `Date`. */
export const restAsked = ({ retryAfter, date }: RestHeaders, now: EpochMs): number | null => {
  const asked = retryAfter?.trim() ?? '';
  const ms = /^\d{1,10}$/.test(asked) ? Number(asked) * 1000 : untilDate(asked, httpDate(date) ?? now);
  return ms === null ? null : Math.min(LONGEST_REST_MS, Math.max(SHORTEST_REST_MS, ms));
};

const untilDate = (asked: string, now: number): number | null => {
  const until = httpDate(asked);
  return until === null ? null : until - now;
};

const httpDate = (text: string | null): number | null => {
  const at = HTTP_DATE.test(text?.trim() ?? '') ? Date.parse(text ?? '') : Number.NaN;
  return Number.isNaN(at) ? null : at;
};
