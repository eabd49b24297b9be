/**
 * When a cuff reading is new, and which field is which. The manual's list says systolic, mean, diastolic; its printed example has
 * the smaller one first. The mean of an artery lies above its diastolic, so the greater of the two fields is the mean,
 * whichever comes first: a wrong order cannot be shown as right. Fields that are equal, a field above the systolic, or an order
 * that differs from the one this monitor had before are no reading.
 */
import { elapsedMs, type Instant } from '../../core/time.ts';
import type { PatientData } from './message.ts';

export type PressureOrder = 'mean first' | 'diastolic first';

/** What one reply makes known about the cuff. */
export type NibpEvent =
  | {
      readonly type: 'reading';
      readonly systolic: number;
      readonly diastolic: number;
      readonly mean: number;
      readonly order: PressureOrder;
      /** The most that it can be old at receipt (ms). */
      readonly ageMs: number;
    }
  /** Three numbers that are no reading. */
  | { readonly type: 'contradiction'; readonly text: string }
  /** The numbers have left the display. */
  | { readonly type: 'gone' };

/** Follows the cuff from reply to reply; made anew when the line opens. */
export interface NibpTracker {
  next(data: PatientData, at: Instant, tookMs: number): NibpEvent | null;
}

const MINUTE_MS = 60_000;
/**
 * The last numbers before a counter of two digits, of a byte, or of the three digits of the field begins anew. Whether this monitor's
 * does is not known: the same pressures then are no new reading.
 */
const LAST_MINUTES: readonly number[] = [99, 255, 999];
/** How far the two clocks may drift apart over the hours that a reading stands (ms; our choice). */
const DRIFT_MS = 10_000;

interface Shown {
  readonly systolic: number;
  readonly fourth: number;
  readonly fifth: number;
  readonly minutes: number;
}

/** A tracker that has seen no reply yet. */
export const createNibpTracker = (): NibpTracker => {
  let last: Shown | null = null;
  /** The reading that was told, and the latest moment at which it can have been taken (monotonic ms). */
  let told: { readonly shown: Shown; readonly latestMs: number } | null = null;
  let order: PressureOrder | null = null;
  let before: Instant | null = null;

  /** It is cut to whole minutes; one that appears while we watch is no older than the reply before it. */
  const ageOf = (minutes: number, at: Instant, tookMs: number): number => {
    const byField = (minutes + 1) * MINUTE_MS + tookMs;
    return minutes === 0 && before !== null ? Math.min(byField, elapsedMs(before, at) + tookMs) : byField;
  };

  const judged = (shown: Shown, at: Instant, tookMs: number): NibpEvent => {
    const { systolic, fourth, fifth, minutes } = shown;
    const text = `${systolic}, ${fourth}, ${fifth}`;
    const [diastolic, mean] = fourth < fifth ? [fourth, fifth] : [fifth, fourth];
    if (diastolic === mean) return { type: 'contradiction', text: `${text}: mean and diastolic are equal` };
    if (mean >= systolic) return { type: 'contradiction', text: `${text}: a pressure above the systolic` };
    const now: PressureOrder = fourth > fifth ? 'mean first' : 'diastolic first';
    if (order !== null && now !== order)
      return { type: 'contradiction', text: `${text}: ${now}, but ${order} before` };
    order = now;
    told = { shown, latestMs: at.mono - minutes * MINUTE_MS };
    return { type: 'reading', systolic, diastolic, mean, order, ageMs: ageOf(minutes, at, tookMs) };
  };

  /** True when this can be the reading that was told already, back on the display. */
  const isRepeat = (shown: Shown, at: Instant): boolean =>
    told !== null &&
    sameNumbers(shown, told.shown) &&
    at.mono - (shown.minutes + 1) * MINUTE_MS <= told.latestMs + DRIFT_MS;

  const isWrap = (earlier: Shown, shown: Shown): boolean =>
    shown.minutes <= 1 &&
    LAST_MINUTES.some((last) => last - earlier.minutes >= 0 && last - earlier.minutes <= 1);

  return {
    next(data, at, tookMs) {
      const shown = shownIn(data);
      const earlier = last;
      last = shown;
      let event: NibpEvent | null = null;
      if (shown === null) event = earlier === null ? null : { type: 'gone' };
      else if (earlier === null) event = isRepeat(shown, at) ? null : judged(shown, at, tookMs);
      else if (!sameNumbers(shown, earlier) || (shown.minutes < earlier.minutes && !isWrap(earlier, shown)))
        event = judged(shown, at, tookMs);
      before = at;
      return event;
    },
  };
};

const shownIn = ({ systolic, fourth, fifth, minutes }: PatientData): Shown | null =>
  systolic === null || fourth === null || fifth === null || minutes === null
    ? null
    : { systolic, fourth, fifth, minutes };

const sameNumbers = (a: Shown, b: Shown): boolean =>
  a.systolic === b.systolic && a.fourth === b.fourth && a.fifth === b.fifth;
