/**
 * One visit's values over its minutes, counted from the start of the infusion, so that visits can be laid over each
 * other. Lowest and highest of each minute: nothing is averaged away. A minute without a number is not there.
 */
import { measuredAt } from '../alarm/cuff-reading.ts';
import type { MetricId } from '../nomenclature/metrics.ts';
import { type Exclusion, isValueExcluded } from '../review/exclusions.ts';
import { sortReadings } from '../review/pressures.ts';
import { CUFF_HOLD_INTERVALS, type FigureValue } from '../review/session-figures.ts';
import { cuffIntervals } from '../review/timeline.ts';
import type { NibpReading, SessionEvent } from '../session/events.ts';
import { type EpochMs, epochMs } from '../time.ts';

export interface CurveMinute {
  /** Whole minutes since the infusion started; negative before. */
  readonly minute: number;
  readonly lowest: number;
  readonly highest: number;
}

export interface VisitCurve {
  /** Where the values come from: the heart rate may be the oximeter's pulse rate. Never two merged. */
  readonly metric: MetricId;
  /** In order; a minute without a number is left out. */
  readonly minutes: readonly CurveMinute[];
}

export interface CuffPoint {
  /** Minutes since the infusion started, to a tenth. */
  readonly minute: number;
  readonly systolic: number;
  readonly diastolic: number;
  /** The reading before had expired already: no line leads here. */
  readonly isAfterGap: boolean;
}

export interface VisitCurves {
  readonly heartRate: VisitCurve | null;
  readonly spo2: VisitCurve | null;
}

const MINUTE_MS = 60_000;

/** Best source first; the first that has values is the curve (as in the review's chart). */
const SOURCES = {
  heartRate: ['MDC_ECG_HEART_RATE', 'MDC_PULS_OXIM_PULS_RATE'],
  spo2: ['MDC_PULS_OXIM_SAT_O2'],
} as const satisfies Record<keyof VisitCurves, readonly MetricId[]>;
const WANTED: readonly MetricId[] = [...SOURCES.heartRate, ...SOURCES.spo2];

export interface CurvesRun {
  /** The next value, in any order. What the monitor doubted and what a person left out counts for nothing. */
  take(value: FigureValue): void;
  finish(): VisitCurves;
}

export const beginCurves = (startedAt: EpochMs, exclusions: readonly Exclusion[]): CurvesRun => {
  const found = new Map<MetricId, Map<number, CurveMinute>>();
  const curveOf = (metrics: readonly MetricId[]): VisitCurve | null => {
    const metric = metrics.find((each) => found.has(each));
    const minutes = metric === undefined ? undefined : found.get(metric);
    if (metric === undefined || minutes === undefined) return null;
    return { metric, minutes: [...minutes.values()].sort((a, b) => a.minute - b.minute) };
  };
  return {
    take: ({ metric, at, value, isQuestionable }) => {
      if (value === null || isQuestionable || !WANTED.includes(metric)) return;
      if (isValueExcluded(exclusions, metric, epochMs(at))) return;
      const minutes = found.get(metric) ?? new Map<number, CurveMinute>();
      found.set(metric, minutes);
      const minute = Math.floor((at - startedAt) / MINUTE_MS);
      const known = minutes.get(minute);
      minutes.set(minute, {
        minute,
        lowest: Math.min(value, known?.lowest ?? value),
        highest: Math.max(value, known?.highest ?? value),
      });
    },
    finish: () => ({ heartRate: curveOf(SOURCES.heartRate), spo2: curveOf(SOURCES.spo2) }),
  };
};

/** The cuff readings that count, artefacts and doubtful ones left out, in order of measurement. */
export const cuffPoints = (
  events: readonly SessionEvent[],
  readings: readonly NibpReading[],
  exclusions: readonly Exclusion[],
  startedAt: EpochMs,
): readonly CuffPoint[] => {
  const intervalAt = cuffIntervals(events);
  const { counted } = sortReadings(readings, exclusions);
  return counted.map((reading, index) => {
    const at = measuredAt(reading).wall;
    const before = counted[index - 1];
    const last = before === undefined ? null : measuredAt(before).wall;
    return {
      minute: Math.round((at - startedAt) / (MINUTE_MS / 10)) / 10,
      systolic: reading.systolic,
      diastolic: reading.diastolic,
      isAfterGap: last !== null && at > last + CUFF_HOLD_INTERVALS * intervalAt(last),
    };
  });
};
