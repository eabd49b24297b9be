/**
 * When a cuff reading is new. Monitors repeat the last reading in every message, with the time it was taken (OBX-14),
 * with the time of the message, or with none.
 *
 * - A time of its own that differs from the last one told: a new reading, whose age the monitor's clock tells.
 * - No time of its own: new when a number changes. Two equal readings in a row cannot be told apart then. One that stands there
 *   at first may have been taken hours ago: its age is not known.
 */
import type { Reading } from '../../core/observation/observation.ts';
import type { TimedRow } from './rows.ts';
import { type Hl7Time, msBetween, parseTime } from './time.ts';

/** The rows of one cuff reading in one message. */
export interface CuffRows {
  readonly systolic: TimedRow | null;
  readonly diastolic: TimedRow | null;
  readonly mean: TimedRow | null;
  readonly pulse: TimedRow | null;
}

export interface CuffContext {
  /** When the message was written, by the monitor's clock; null: not said. */
  readonly messageTime: Hl7Time | null;
  /** Times (MSH-7, OBR-7, OBX-14 of the numbers of now) that a cuff row may carry without saying when it was measured. */
  readonly timesOfNow: readonly Hl7Time[];
  /** Time since the message with a cuff row before (ms). */
  readonly gapMs: number;
  readonly lateMs: number;
}

export type CuffEvent =
  | {
      readonly type: 'reading';
      readonly time: Hl7Time | null;
      readonly ageMs: number;
      /** False: it may be older than `ageMs`. */
      readonly isAgeKnown: boolean;
    }
  /** A measurement with a time of its own that gave no numbers. */
  | { readonly type: 'failed'; readonly time: Hl7Time };

/** Follows the cuff over all connections of one line, so that a reading is told once. */
export interface CuffTracker {
  /** Another patient or monitor: what comes next was perhaps measured before; what was told is still not new. */
  another(): void;
  next(rows: CuffRows, context: CuffContext): CuffEvent | null;
}

/** What a reading of unknown age is told as (ms); it is doubted besides. The same as for IntelliVue. */
export const UNKNOWN_AGE_MS = 15 * 60_000;

const numberOf = (row: TimedRow | null): Reading['value'] => row?.reading.value ?? null;

/** OBX-14, else OBR-7. */
const timeOf = (row: TimedRow | null): string => (row === null ? '' : row.row.time || row.groupTime);

/** A tracker that knows of no reading. */
export const createCuffTracker = (): CuffTracker => {
  let isFirst = true;
  let lastTime = '';
  let lastValues = '';

  return {
    another() {
      isFirst = true;
    },
    next(rows, { messageTime, timesOfNow, gapMs, lateMs }) {
      const all = [rows.systolic, rows.diastolic, rows.mean];
      if (all.every((row) => row === null)) return null;
      const wasFirst = isFirst;
      isFirst = false;
      const text = all.map(timeOf).find((each) => each !== '') ?? '';
      const time = parseTime(text);
      const ageMs = time === null || messageTime === null ? null : msBetween(time, messageTime);
      // The time of the message is no evidence: some monitors print it beside every number.
      const isOfNow = time === null || timesOfNow.some((now) => msBetween(time, now) === 0);
      const own = time !== null && !isOfNow && ageMs !== null && ageMs > 0 ? { time, ageMs } : null;
      const values = all.map(numberOf).join(' ');
      const hasValues = all.some((row) => numberOf(row) !== null);

      if (!hasValues) {
        if (own === null || text === lastTime) return null;
        lastTime = text;
        // Whoever connects now has not seen the measurement that failed before.
        return wasFirst ? null : { type: 'failed', time: own.time };
      }
      const isChanged = values !== lastValues;
      const isNewTime = own !== null && text !== lastTime;
      if (!isChanged && !isNewTime) return null;
      lastValues = values;
      lastTime = text;
      if (own !== null)
        return { type: 'reading', time: own.time, ageMs: own.ageMs + lateMs, isAgeKnown: true };
      const ageAtMostMs = wasFirst ? UNKNOWN_AGE_MS : gapMs;
      return {
        type: 'reading',
        time: time ?? messageTime,
        ageMs: ageAtMostMs + lateMs,
        isAgeKnown: !wasFirst,
      };
    },
  };
};
