/** Which cuff readings count in the figures, and what only pressures tell: the way back, pressures around a drug. */
import { measuredAt, pressureDoubt } from '../alarm/cuff-reading.ts';
import type { MetricId } from '../nomenclature/metrics.ts';
import type { BloodPressureBaseline, NibpReading } from '../session/events.ts';
import type { EpochMs } from '../time.ts';
import type { DrugGiven } from '../visit/visit-state.ts';
import { type Exclusion, isReadingExcluded } from './exclusions.ts';
import type { Extreme, PressureAroundDrug } from './figures.ts';

export interface SortedReadings {
  /** Those that count, in order of measurement. */
  readonly counted: readonly NibpReading[];
  /** Left out as artefacts by a person. */
  readonly excluded: readonly NibpReading[];
  /** Doubted by the monitor, or no pressure of an artery (F-3); those that a person left out are not here. */
  readonly doubtful: readonly NibpReading[];
}

/** Sorts the readings of a visit; each is in exactly one of the three. */
export const sortReadings = (
  readings: readonly NibpReading[],
  exclusions: readonly Exclusion[],
): SortedReadings => {
  const inOrder = readings.toSorted((a, b) => measuredAt(a).wall - measuredAt(b).wall);
  const isOut = (one: NibpReading): boolean => isReadingExcluded(exclusions, one);
  return {
    excluded: inOrder.filter(isOut),
    doubtful: inOrder.filter((one) => !isOut(one) && isDoubtful(one)),
    counted: inOrder.filter((one) => !isOut(one) && !isDoubtful(one)),
  };
};

const isDoubtful = (reading: NibpReading): boolean => readingDoubt(reading) !== null;

/** Why a reading counts in no figure, in words; null: nothing speaks against it. Every export says the same of it. */
export const readingDoubt = ({ systolic, diastolic, mean, questionable }: NibpReading): string | null => {
  if (questionable === true) return 'The monitor itself marked this value as questionable.';
  const doubt = pressureDoubt(systolic, diastolic, mean);
  return doubt === null ? null : `No possible pressure: ${doubt}.`;
};

/** What one reading says, by metric; null: it has no mean. */
export const pressuresOf = ({
  systolic,
  diastolic,
  mean,
}: NibpReading): readonly (readonly [MetricId, number | null])[] => [
  ['MDC_PRESS_BLD_NONINV_SYS', systolic],
  ['MDC_PRESS_BLD_NONINV_DIA', diastolic],
  ['MDC_PRESS_BLD_NONINV_MEAN', mean],
];

/** Within this share of the baseline a pressure is back (the band of PADSS). */
const BACK_WITHIN = 0.2;

/** See `SessionFigures.returnToBaselineMs`. Null also when the peak itself lies within the band. */
export const returnToBaseline = (
  counted: readonly NibpReading[],
  peak: Extreme | null,
  baseline: BloodPressureBaseline | null,
): number | null => {
  if (peak === null || baseline === null) return null;
  const isBack = (systolic: number): boolean =>
    Math.abs(systolic - baseline.systolic) <= BACK_WITHIN * baseline.systolic;
  if (isBack(peak.value)) return null;
  const later = counted.filter((one) => measuredAt(one).wall > peak.at);
  const last = later.findLastIndex(({ systolic }) => !isBack(systolic));
  const back = later[last + 1];
  return back === undefined ? null : measuredAt(back).wall - peak.at;
};

/** How far from a drug a pressure still tells of it (ms); clinical practice. */
const AROUND_MS = 10 * 60_000;

export const pressuresAroundDrugs = (
  counted: readonly NibpReading[],
  drugs: readonly Pick<DrugGiven, 'id' | 'at'>[],
): readonly PressureAroundDrug[] =>
  drugs.map(({ id, at }) => {
    const before = counted.findLast((one) => between(one, at - AROUND_MS, at));
    const after = counted.findLast((one) => between(one, at + 1, at + AROUND_MS));
    return { drug: id, at, before: pressureOf(before), after: pressureOf(after) };
  });

const between = (reading: NibpReading, from: number, to: number): boolean => {
  const at = measuredAt(reading).wall;
  return at >= from && at <= to;
};

const pressureOf = (reading: NibpReading | undefined): PressureAroundDrug['before'] => {
  if (reading === undefined) return null;
  const { systolic, diastolic } = reading;
  const at: EpochMs = measuredAt(reading).wall;
  return { systolic, diastolic, at };
};
