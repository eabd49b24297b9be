/** Everything at one moment of the review: each value with how old it was then. Times in ms (wall clock). */
import type { TrendBucket, TrendView } from '../../core/api/views.ts';
import { deliveredMg, doseSteps } from '../../core/dose/delivery.ts';
import type { DoseState } from '../../core/dose/dose-state.ts';
import { type MetricId, metricRow } from '../../core/nomenclature/metrics.ts';
import { EXPIRED_AFTER_MS } from '../../core/observation/freshness.ts';
import { type Exclusion, isReadingExcluded } from '../../core/review/exclusions.ts';
import type { NibpReading } from '../../core/session/events.ts';
import { epochMs } from '../../core/time.ts';
import { figure } from '../../core/visit/drug-words.ts';
import { REVIEW_LANES } from './review-lanes.ts';
import { isBucketOut } from './review-series.ts';
import { ageText } from './time-text.ts';

export interface ReadoutLine {
  readonly id: string;
  readonly label: string;
  /** Full name, for screen readers. */
  readonly name: string;
  readonly color: string;
  /** "78", "72–84" (lowest to highest of the step), "162/94 (117)", or "--" where there was no number. */
  readonly text: string;
  readonly unitLabel: string;
  /** "3 s"; "this step" where the step holds the moment; "last ≤ 4 min 05 s ago" beside "--"; empty: never. */
  readonly age: string;
  /** It was left out of the figures as an artefact. */
  readonly isOut: boolean;
}

/** When a reading was measured: what it was old at its receipt is taken off. */
export const measuredAtMs = ({ receivedAt, ageAtReceiptMs }: NibpReading): number =>
  receivedAt.wall - ageAtReceiptMs;

const numberText = (metric: MetricId, value: number): string => value.toFixed(metricRow(metric).decimals);

const rangeText = (metric: MetricId, { min, max }: TrendBucket): string => {
  const low = numberText(metric, min);
  const high = numberText(metric, max);
  return low === high ? low : `${low}–${high}`;
};

/** A continuous value: that of the step, or the last one while it was not too old to be shown at the bedside. */
const continuousAt = (
  metric: MetricId,
  buckets: readonly TrendBucket[],
  { bucketMs }: TrendView,
  exclusions: readonly Exclusion[],
  at: number,
): Pick<ReadoutLine, 'text' | 'age' | 'isOut'> => {
  const bucket = buckets.findLast((each) => each.at <= at);
  if (bucket === undefined) return { text: '--', age: '', isOut: false };
  const isOut = isBucketOut(exclusions, metric, bucket, bucketMs);
  if (at < bucket.at + bucketMs) return { text: rangeText(metric, bucket), age: 'this step', isOut };
  // Some value of that step: how old it was at most.
  const ageMs = at - bucket.at;
  if (ageMs <= EXPIRED_AFTER_MS) return { text: numberText(metric, bucket.last), age: ageText(ageMs), isOut };
  return { text: '--', age: `last ≤ ${ageText(ageMs)} ago`, isOut: false };
};

/** "162/94 (117)". */
export const readingText = ({ systolic, diastolic, mean }: NibpReading): string =>
  `${Math.round(systolic)}/${Math.round(diastolic)}${mean === null ? '' : ` (${Math.round(mean)})`}`;

const cuffAt = (readings: readonly NibpReading[], exclusions: readonly Exclusion[], at: number) => {
  // The newest by its measurement, which is not always the one that came last.
  const reading = readings.reduce<NibpReading | null>(
    (best, each) =>
      measuredAtMs(each) <= at && (best === null || measuredAtMs(each) >= measuredAtMs(best)) ? each : best,
    null,
  );
  if (reading === null) return { text: '--', age: '', isOut: false };
  return {
    text: readingText(reading),
    age: ageText(at - measuredAtMs(reading)),
    isOut: isReadingExcluded(exclusions, reading),
  };
};

/**
 * All lanes at a moment. A metric without any value in `trend` has no line, except for the cuff. What stood in a step
 * that was left out in part counts as left out, as on the chart.
 */
export const readoutAt = (
  trend: TrendView,
  exclusions: readonly Exclusion[],
  dose: DoseState | null,
  at: number,
): readonly ReadoutLine[] => [
  ...REVIEW_LANES.flatMap((lane): readonly ReadoutLine[] => {
    const { color, unitLabel } = lane;
    if (lane.id === 'pressure') {
      const found = cuffAt(trend.nibp, exclusions, at);
      return [{ id: lane.id, label: lane.title, name: 'Blood pressure (cuff)', color, unitLabel, ...found }];
    }
    return lane.metrics.flatMap((metric) => {
      const series = trend.series.find((each) => each.metric === metric);
      if (series === undefined || series.buckets.length === 0) return [];
      const { label, name } = metricRow(metric);
      const found = continuousAt(metric, series.buckets, trend, exclusions, at);
      return [{ id: metric, label, name, color, unitLabel, ...found }];
    });
  }),
  ...doseAt(dose, at),
];

const doseAt = (dose: DoseState | null, at: number): readonly ReadoutLine[] => {
  if (dose === null) return [];
  const step = doseSteps(dose).findLast((each) => each.at <= at);
  const given = deliveredMg(dose, epochMs(at));
  if (step === undefined && given === 0) return [];
  const line = { color: 'var(--dose)', age: '', isOut: false };
  return [
    {
      ...line,
      id: 'rate',
      label: 'Rate',
      name: 'Rate of the drug',
      text: figure(step?.mgPerKgPerH ?? 0),
      unitLabel: 'mg/kg/h',
    },
    {
      ...line,
      id: 'given',
      label: 'Given',
      name: 'Given by then',
      text: figure(Math.floor(given * 10) / 10, 4),
      unitLabel: 'mg',
    },
  ];
};
