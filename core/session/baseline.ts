/**
 * The patient's own starting point, against which every rise is judged: the median of the newest believable cuff
 * readings before the infusion that lie 1 to 2 minutes apart and all agree within 10/10 mmHg, two at least and
 * five at most. Of two readings the median is their mean, which is the rule of clinical practice ("the mean of the
 * last two that agree; otherwise take a third"); where more were taken the median keeps that meaning and lets no
 * single reading pull it. A reading that does not agree ends the row: it is never averaged in. When the last two
 * differ, a third decides. Our choice after clinical practice; a physician must approve it (docs/alarms.md).
 */
import { isBelievable, measuredAt } from '../alarm/cuff-reading.ts';
import { elapsedMs } from '../time.ts';
import type { BloodPressureBaseline, NibpReading } from './events.ts';

/** Two readings agree when neither systolic nor diastolic differ by more than this (mmHg). */
export const BASELINE_AGREEMENT_MMHG = 10;
/** From the end of one reading to the end of the next (ms): 1 to 2 min, and the time the cuff itself takes. */
export const BASELINE_GAP_MS = { least: 45_000, most: 180_000 } as const;
/** A baseline rests on at most so many readings: older ones are from before the patient came to rest. */
export const BASELINE_READINGS_MOST = 5;

export interface BaselineProposal {
  /** The best that can be said from the readings; null: there is none. */
  readonly baseline: BloodPressureBaseline | null;
  /** False: freezing this baseline wants another reading, or a reason. */
  readonly agreed: boolean;
  /** What is missing, for the nurse; empty when nothing is. */
  readonly advice: string;
}

/** Proposes the baseline from a session's readings before the infusion, oldest first. */
export const proposeBaseline = (readings: readonly NibpReading[]): BaselineProposal => {
  const valid = readings.filter(isBelievable);
  const last = valid.at(-1);
  const second = valid.at(-2);
  const third = valid.at(-3);
  if (last === undefined) return { baseline: null, agreed: false, advice: 'Take a cuff reading.' };
  if (second === undefined) return proposal([last], 'Take a second reading 1 to 2 min after the first.');
  const gap = elapsedMs(measuredAt(second), measuredAt(last));
  if (gap < BASELINE_GAP_MS.least)
    return proposal([last], 'The readings are too close together: repeat in 1 min.');
  if (gap > BASELINE_GAP_MS.most)
    return proposal([last], 'The earlier reading is too old: repeat in 1 to 2 min.');
  if (agree(second, last)) return proposal(agreeing(valid), '');
  const near =
    third !== undefined && elapsedMs(measuredAt(third), measuredAt(second)) <= BASELINE_GAP_MS.most;
  if (near && agree(third, last)) return proposal([third, last], '');
  if (near && agree(third, second)) {
    return proposal(
      [second, last],
      'The last reading differs from the two before by more than 10 mmHg: repeat.',
    );
  }
  return proposal([second, last], 'The readings differ by more than 10 mmHg: take another.');
};

/** The newest readings that follow each other in time and agree, every one with every other; oldest first. */
const agreeing = (readings: readonly NibpReading[]): readonly NibpReading[] => {
  const row: NibpReading[] = [];
  for (const reading of readings.toReversed()) {
    const [next] = row;
    const gap = next === undefined ? BASELINE_GAP_MS.least : elapsedMs(measuredAt(reading), measuredAt(next));
    const follows = gap >= BASELINE_GAP_MS.least && gap <= BASELINE_GAP_MS.most;
    if (!follows || row.length === BASELINE_READINGS_MOST || !row.every((one) => agree(one, reading))) break;
    row.unshift(reading);
  }
  return row;
};

const agree = (a: NibpReading, b: NibpReading): boolean =>
  Math.abs(a.systolic - b.systolic) <= BASELINE_AGREEMENT_MMHG &&
  Math.abs(a.diastolic - b.diastolic) <= BASELINE_AGREEMENT_MMHG;

const proposal = (readings: readonly NibpReading[], advice: string): BaselineProposal => ({
  baseline: {
    systolic: median(readings.map((entry) => entry.systolic)) ?? 0,
    diastolic: median(readings.map((entry) => entry.diastolic)) ?? 0,
    mean: median(readings.map((entry) => entry.mean)),
    heartRate: median(readings.map((entry) => entry.pulseRate)),
    readings: readings.length,
  },
  agreed: advice === '',
  advice,
});

/** The median to half a unit; null when any part is missing. Of two numbers it is their mean. */
const median = (values: readonly (number | null)[]): number | null => {
  const numbers = values.filter((value) => value !== null).sort((a, b) => a - b);
  if (numbers.length === 0 || numbers.length < values.length) return null;
  const low = numbers[Math.floor((numbers.length - 1) / 2)] ?? 0;
  const high = numbers[Math.floor(numbers.length / 2)] ?? 0;
  return Math.round(low + high) / 2;
};
