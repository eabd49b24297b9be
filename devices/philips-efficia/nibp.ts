/**
 * When a cuff reading is new: its OBX-14, the monitor's time of the measurement, or its numbers changed. Told when two
 * reports in a row carry the same, because nothing else protects its digits. Its age is measured on the monitor's own clock
 * (MSH-7 of the report minus OBX-14). Source of both fields: Philips Data Export Guide, p. 56-65.
 */
import { elapsedMs, type Instant } from '../../core/time.ts';
import type { Item, Report } from './message.ts';

export const NBP = { systolic: '0002-4a05', diastolic: '0002-4a06', mean: '0002-4a07' } as const;
export const PULSE = '0002-480a';

/** What one report makes known about the cuff. */
export type NibpEvent =
  | {
      readonly type: 'reading';
      readonly systolic: number;
      readonly diastolic: number;
      readonly mean: number | null;
      readonly pulse: number | null;
      /** The monitor's clock when it measured (ms, read as UTC). */
      readonly measuredAtMs: number;
      readonly ageMs: number;
    }
  /** The pulse rate of the reading that was told came to its pane after it. */
  | {
      readonly type: 'pulse';
      readonly pulse: number;
      readonly measuredAtMs: number;
      readonly ageMs: number;
    }
  /** A reading was there and is no longer: expired, failed, or a new one is being taken. */
  | { readonly type: 'gone' }
  /** Wait for the next report. */
  | { readonly type: 'held' }
  /** It stands in the pane, but when it was taken cannot be told: not a reading for us. */
  | { readonly type: 'undatable'; readonly text: string };

/** Follows the cuff from report to report; made anew when the line opens. */
export interface NibpTracker {
  /** `tookMs`: how much older the report itself may be at receipt. */
  next(report: Report, at: Instant, tookMs: number): NibpEvent | null;
}

/** Older than this, or later than the report, and one of the monitor's clocks was set (ms). */
const OLDEST_MS = 24 * 3_600_000;
const CLOCK_STEP_MS = 1000;

interface Shown {
  readonly systolic: number;
  readonly diastolic: number;
  readonly mean: number | null;
  readonly pulse: number | null;
  readonly measuredAtMs: number | null;
}

/** A tracker that has seen no report yet. */
export const createNibpTracker = (): NibpTracker => {
  let told: string | null = null;
  let isPulseTold = false;
  let candidate: string | null = null;
  let isShown = false;
  /** The last report that did not show the candidate; null while there was none. */
  let lastWithout: Instant | null = null;
  let before: Instant | null = null;

  const ageOf = (shown: Shown, report: Report, at: Instant, tookMs: number): number | null => {
    if (shown.measuredAtMs === null) return null;
    const ageMs = report.timeMs - shown.measuredAtMs;
    if (ageMs >= -CLOCK_STEP_MS && ageMs <= OLDEST_MS) return Math.max(0, ageMs) + CLOCK_STEP_MS + tookMs;
    return lastWithout === null ? null : elapsedMs(lastWithout, at) + tookMs;
  };

  const offer = (shown: Shown, report: Report, at: Instant, tookMs: number): NibpEvent | null => {
    const reading = JSON.stringify([shown.measuredAtMs, shown.systolic, shown.diastolic]);
    const { pulse, measuredAtMs } = shown;
    const isSame = reading === told;
    const isAllTold = isSame && (pulse === null || isPulseTold);
    const all = JSON.stringify(shown);
    const isConfirmed = all === candidate;
    if (!isConfirmed && !isSame) lastWithout = before;
    candidate = all;
    if (isAllTold) return null;
    if (!isConfirmed) return { type: 'held' };
    const ageMs = ageOf(shown, report, at, tookMs);
    told = reading;
    isPulseTold = pulse !== null;
    if (ageMs === null || measuredAtMs === null)
      return isSame ? null : { type: 'undatable', text: pressures(shown) };
    if (!isSame) return { type: 'reading', ...shown, measuredAtMs, ageMs };
    return pulse === null ? null : { type: 'pulse', pulse, measuredAtMs, ageMs };
  };

  return {
    next(report, at, tookMs) {
      const shown = shownIn(report.items);
      const wasShown = isShown;
      isShown = shown !== null;
      const event = shown === null ? gone(wasShown) : offer(shown, report, at, tookMs);
      before = at;
      return event;
    },
  };
};

const gone = (wasShown: boolean): NibpEvent | null => (wasShown ? { type: 'gone' } : null);

const pressures = ({ systolic, diastolic, mean }: Shown): string =>
  `${systolic}/${diastolic} (${mean ?? '--'})`;

/** The reading in the panes: both pressures valid and of one time; the mean and the pulse only if of the same. */
const shownIn = (items: readonly Item[]): Shown | null => {
  const of = (code: string): Item | undefined => items.find((item) => item.code === code && item.isValid);
  const [systolic, diastolic, mean, pulse] = [of(NBP.systolic), of(NBP.diastolic), of(NBP.mean), of(PULSE)];
  if (systolic?.value == null || diastolic?.value == null) return null;
  const { measuredAtMs } = systolic;
  if (diastolic.measuredAtMs !== measuredAtMs || ![systolic, diastolic].every(isMmHg)) return null;
  const isOfIt = (item: Item | undefined): item is Item =>
    item !== undefined && item.measuredAtMs === measuredAtMs;
  return {
    systolic: systolic.value,
    diastolic: diastolic.value,
    mean: isOfIt(mean) && isMmHg(mean) ? mean.value : null,
    pulse: isOfIt(pulse) && isFrom(pulse, 'NBP') ? pulse.value : null,
    measuredAtMs,
  };
};

const MMHG = '0004-0f20';
const isMmHg = ({ unit }: Item): boolean => unit === MMHG;

/** True when OBX-17 names this source, alone or as one of its components. */
export const isFrom = ({ source }: Item, name: string): boolean =>
  source.split('^').some((part) => part.trim().toUpperCase() === name.toUpperCase());
