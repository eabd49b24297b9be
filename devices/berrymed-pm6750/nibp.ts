/**
 * The cuff, as the module reports it frame after frame. A reading is new when the state goes from measuring to finished with
 * numbers (protocol sheet); the module repeats it and says nothing about its age. Numbers that stand there when we come are
 * not told: nobody knows how old they are.
 */
import { elapsedMs, type Instant } from '../../core/time.ts';
import { CUFF_STATE, cuffStateOf, type ModuleMessage } from './message.ts';

type Nibp = Extract<ModuleMessage, { kind: 'nibp' }>;

export type CuffEvent =
  | { readonly type: 'started' }
  | {
      readonly type: 'reading';
      readonly systolic: number;
      readonly mean: number;
      readonly diastolic: number;
      /** Since the module last said that it was measuring. */
      readonly ageMs: number;
    }
  | { readonly type: 'failed'; readonly text: string }
  /** It ended, and not by a fault: it was stopped, or the module was restarted, or no numbers came. */
  | { readonly type: 'ended' };

export interface CuffTracker {
  next(nibp: Nibp, at: Instant): CuffEvent | null;
  /** True while the module says that it measures, and has said so lately. */
  isMeasuring(now: Instant): boolean;
}

const FAULTS: Readonly<Record<number, string>> = {
  [CUFF_STATE.overpressure]: 'NIBP: overpressure',
  [CUFF_STATE.loose]: 'NIBP: cuff loose or not connected',
  [CUFF_STATE.tookTooLong]: 'NIBP: took too long',
  [CUFF_STATE.error]: 'NIBP: error',
  [CUFF_STATE.disturbance]: 'NIBP: disturbance',
  [CUFF_STATE.noResult]: 'NIBP: out of range or no result',
};

/** "Finished" without numbers: they may follow within so long (ms; our choice). */
const NUMBERS_WITHIN_MS = 5_000;
/** A measurement whose end was not seen for so long is not believed any more (ms; our choice: no measurement lasts longer). */
const LOST_AFTER_MS = 180_000;
/** A measurement of which nothing was heard for so long keeps nobody from starting one (ms; our choice: frames come once a second). */
const MEASURING_BELIEVED_MS = 10_000;
/**
 * Frames that must say "measuring" before "finished" gives a reading: one alone may be a damaged one that passed the sum,
 * and the reading that stands there would be told as new.
 */
const MEASURING_FRAMES = 2;

/** A tracker that outlives a reconnect: a measurement may end while the line is away. */
export const createCuffTracker = (): CuffTracker => {
  let measuringAt: Instant | null = null;
  let measuringFrames = 0;
  let lastState: number | null = null;

  const hasNumbers = ({ systolic, diastolic }: Nibp): boolean => systolic !== 0 && diastolic !== 0;
  const isOrdered = ({ systolic, mean, diastolic }: Nibp): boolean =>
    systolic > diastolic && (mean === 0 || (mean <= systolic && mean >= diastolic));

  const onFinished = (nibp: Nibp, sinceMs: number): CuffEvent | null => {
    if (!hasNumbers(nibp)) {
      if (sinceMs < NUMBERS_WITHIN_MS) return null;
      measuringAt = null;
      return { type: 'ended' };
    }
    measuringAt = null;
    if (measuringFrames < MEASURING_FRAMES) return { type: 'ended' };
    const { systolic, mean, diastolic } = nibp;
    if (!isOrdered(nibp)) return { type: 'failed', text: 'NIBP: numbers that contradict each other' };
    return { type: 'reading', systolic, mean, diastolic, ageMs: sinceMs };
  };

  return {
    next(nibp, at) {
      const state = cuffStateOf(nibp.status);
      const before = lastState;
      lastState = state;
      if (measuringAt !== null && elapsedMs(measuringAt, at) > LOST_AFTER_MS) measuringAt = null;
      if (state === CUFF_STATE.measuring) {
        const isNew = measuringAt === null || before !== CUFF_STATE.measuring;
        measuringAt = at;
        measuringFrames = isNew ? 1 : measuringFrames + 1;
        return isNew ? { type: 'started' } : null;
      }
      const fault = FAULTS[state];
      if (fault !== undefined) {
        // A start that is refused at once may never show as measuring.
        const isNew = measuringAt !== null || (before !== null && before !== state);
        measuringAt = null;
        return isNew ? { type: 'failed', text: fault } : null;
      }
      if (measuringAt === null) return null;
      if (state === CUFF_STATE.finished) return onFinished(nibp, elapsedMs(measuringAt, at));
      measuringAt = null;
      return { type: 'ended' };
    },
    isMeasuring: (now) =>
      lastState === CUFF_STATE.measuring &&
      measuringAt !== null &&
      elapsedMs(measuringAt, now) <= MEASURING_BELIEVED_MS,
  };
};
