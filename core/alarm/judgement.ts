/**
 * One look at one condition: what is true of it now. Judges make samples, `track.ts` gives them their delay
 * and hysteresis, `lifecycle.ts` makes alarms of what is left.
 */
import type { MonitorId } from '../ids.ts';
import type { MetricId } from '../nomenclature/metrics.ts';
import type { Instant } from '../time.ts';
import type { AlarmCategory, AlarmPriority } from './types.ts';

/**
 * - `true`: the condition is there
 * - `inside`: it is not, by more than its hysteresis; `band`: it is not, but too close or too doubtful to clear
 * - `unknown`: there is no usable number just now: starts nothing, ends nothing, restarts no delay
 * - `broken`: there has been none for so long that a delay may not run on; ends nothing
 */
export type Truth = 'true' | 'inside' | 'band' | 'unknown' | 'broken';

/** Joins the rules that a reading meets besides the one that speaks. */
export const ALSO = ' · also ';

/** A condition whose delay has passed: what the alarm says. */
export interface Finding {
  readonly key: string;
  readonly conditionId: string;
  readonly category: AlarmCategory;
  readonly priority: AlarmPriority;
  readonly title: string;
  readonly message: string;
  readonly metric: MetricId | null;
  readonly monitorId: MonitorId | null;
  readonly value: number | null;
  readonly limit: number | null;
  /** Which way is worse, for the peak of the occurrence. */
  readonly worse: 'higher' | 'lower';
  /** `pending`: a cuff reading waits for its repeat; `confirmed`: it came, or came too late. */
  readonly confirmation: 'none' | 'pending' | 'confirmed';
  readonly onsetAt: Instant;
}

export interface Sample {
  /** Identity of the delay: one for each condition and, where that differs, monitor or sensor. */
  readonly track: string;
  readonly truth: Truth;
  /** When the condition began, if that is known better than "now". */
  readonly since: Instant | null;
  readonly delayMs: number;
  readonly clearAfterMs: number;
  /** Called only for a condition that is on. `onsetAt`: when it began. */
  readonly finding: (onsetAt: Instant) => Finding;
}
