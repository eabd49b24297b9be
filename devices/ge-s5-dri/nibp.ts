/**
 * When a cuff reading is new. The monitor repeats the last values in every record, so novelty is read from the
 * label: bit 5 "measuring", bit 8 "the measurement ended more than 60 s ago".
 * Sources: GE DRI record specification 8005313, 12th edition (NIBP group label); the sequences of real
 * B450/B650 logs, where the new values appear together with bit 8 clearing while bit 5 is still set.
 *
 * A reading is new when bit 8 falls, or when a value changes while bit 8 is clear; once each. Bit 5 falling alone
 * tells nothing. Two equal readings within 60 s cannot be told apart.
 */
import type { AbsentValidity } from '../../core/observation/observation.ts';
import type { BasicClass } from './basic-class.ts';
import { absenceOf, isMeasured, moduleActive } from './raw-value.ts';

/** Bits of the NIBP group's label. */
export const NIBP_LABEL = {
  measuring: 1 << 5,
  stasis: 1 << 6,
  calibrating: 1 << 7,
  old: 1 << 8,
} as const;

/** A value of a cuff reading in mmHg (or 1/min), or why there is none. */
export type CuffValue = { readonly value: number } | { readonly absent: AbsentValidity };

/** What one record makes known about the cuff. */
export type NibpEvent =
  /** The cuff began to inflate. */
  | { readonly type: 'started' }
  | {
      readonly type: 'reading';
      readonly systolic: CuffValue;
      readonly diastolic: CuffValue;
      readonly mean: CuffValue;
      /** 1/min; null when the monitor gives none. */
      readonly pulse: number | null;
      /** `true`: first record after connecting, so the reading is up to 60 s old. */
      readonly isFirstSight: boolean;
    }
  /** A measurement ended without values: failed or cancelled at the monitor. */
  | { readonly type: 'failed' }
  /** A measurement ended and the records do not tell whether it gave a reading. */
  | { readonly type: 'ended' };

type Nibp = BasicClass['nibp'];

/** What is known about how the record came. */
export interface NibpContext {
  /**
   * False when a whole record may have been lost before the first one: its standing cuff values are then not
   * logged, because the same reading would get another time than on a clean line.
   */
  readonly isFirstTrusted: boolean;
  /** Time since the record before (ms). */
  readonly gapMs: number;
}

/** Follows the cuff from record to record; made anew when the line opens. */
export interface NibpTracker {
  next(nibp: Nibp, context: NibpContext): readonly NibpEvent[];
}

/** After this long without a record, a reading may have come and aged unseen. */
const AGED_UNSEEN_MS = 60_000;

const MMHG_SCALE = 100;

const pressure = (raw: number): CuffValue =>
  isMeasured(raw) ? { value: raw / MMHG_SCALE } : { absent: absenceOf(raw) };

const readingOf = ({ values }: Nibp, isFirstSight: boolean): NibpEvent => ({
  type: 'reading',
  systolic: pressure(values.systolic),
  diastolic: pressure(values.diastolic),
  mean: pressure(values.mean),
  pulse: isMeasured(values.pulse) ? values.pulse : null,
  isFirstSight,
});

const hasValues = ({ values }: Nibp): boolean =>
  [values.systolic, values.diastolic, values.mean].some(isMeasured);

const sameValues = (a: Nibp, b: Nibp): boolean =>
  a.values.systolic === b.values.systolic &&
  a.values.diastolic === b.values.diastolic &&
  a.values.mean === b.values.mean;

/** What is known of the measurement that runs now. */
type Run =
  | 'none'
  /** Seen from its start; no values yet. */
  | 'running'
  /** It gave its reading; bit 5 stays up a little longer. */
  | 'delivered'
  /** Its outcome cannot be told: it ran when we came, a minute of it is missing, or it is no measurement. */
  | 'unclear';

/** A tracker that has seen no record yet. */
export const createNibpTracker = (): NibpTracker => {
  let isFirst = true;
  let wasOld = true;
  let run: Run = 'none';
  /** The last record that had values, whatever its age. */
  let lastWithValues: Nibp | null = null;
  /** Bit 8 fell before there were values. */
  let isAwaitingValues = false;

  const isChanged = (nibp: Nibp): boolean =>
    lastWithValues !== null && hasValues(nibp) && !sameValues(nibp, lastWithValues);

  const isNew = (nibp: Nibp, isOld: boolean): boolean => {
    if (isOld || !hasValues(nibp)) return false;
    if (wasOld || isAwaitingValues) return true;
    return lastWithValues === null || isChanged(nibp);
  };

  // Had there been a reading, bit 8 would have fallen with it.
  const endOfRun = (isOld: boolean): NibpEvent =>
    run === 'running' && isOld ? { type: 'failed' } : { type: 'ended' };

  return {
    next(nibp, { isFirstTrusted, gapMs }) {
      if (!moduleActive(nibp)) return [];
      const events: NibpEvent[] = [];
      const isOld = (nibp.label & NIBP_LABEL.old) !== 0;
      const isMeasuring = (nibp.label & NIBP_LABEL.measuring) !== 0;
      const isOtherRun = (nibp.label & (NIBP_LABEL.stasis | NIBP_LABEL.calibrating)) !== 0;

      if (isMeasuring && run === 'none') {
        events.push({ type: 'started' });
        run = isFirst && !isOld ? 'unclear' : 'running';
      }
      if (run === 'running' && (isOtherRun || (!isFirst && gapMs >= AGED_UNSEEN_MS))) run = 'unclear';

      if (isNew(nibp, isOld) && (!isFirst || isFirstTrusted)) {
        events.push(readingOf(nibp, isFirst));
        if (run !== 'none') run = 'delivered';
      } else if (run === 'running' && isOld && isChanged(nibp)) {
        // Values changed although they are marked old: not a reading by the rule, but no failure either.
        run = 'unclear';
      }

      if (!isMeasuring && run !== 'none') {
        if (run !== 'delivered') events.push(endOfRun(isOld));
        run = 'none';
      }
      isAwaitingValues = !isOld && (isAwaitingValues || wasOld) && !hasValues(nibp);
      if (hasValues(nibp)) lastWithValues = nibp;
      wasOld = isOld;
      isFirst = false;
      return events;
    },
  };
};
