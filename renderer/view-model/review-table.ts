/** The chart's data as a flow sheet: one row for each step of time, for those who cannot read the drawing. */
import type { TrendView } from '../../core/api/views.ts';
import { deliveredMg, doseSteps } from '../../core/dose/delivery.ts';
import { type MetricId, metricRow } from '../../core/nomenclature/metrics.ts';
import { type Exclusion, isReadingExcluded } from '../../core/review/exclusions.ts';
import { PHASE_LABELS } from '../../core/session/phase.ts';
import type { Session } from '../../core/session/session.ts';
import { epochMs } from '../../core/time.ts';
import { figure } from '../../core/visit/drug-words.ts';
import { minutesText } from '../charts/model/time-axis.ts';
import { PRIORITY_MARKS } from './limits.ts';
import { REVIEW_LANES } from './review-lanes.ts';
import { measuredAtMs, readingText } from './review-readout.ts';
import { isBucketOut } from './review-series.ts';
import type { AlarmSpan } from './review-strips.ts';
import type { Stretch } from './review-window.ts';
import { clockText } from './time-text.ts';

const MINUTE_MS = 60_000;
/** Steps of the sheet (min): clinical flow sheets have five minutes or less (clinic practice). */
export const TABLE_STEPS_MIN = [1, 5, 15] as const;

/** What to ask for so that each bucket is one row: whole steps from `zero`, the start of the infusion, around the visit. */
export const tableRange = (
  whole: Stretch,
  zero: number | null,
  stepMin: number,
): Stretch & { readonly buckets: number } => {
  const step = stepMin * MINUTE_MS;
  const origin = zero ?? whole.from;
  const from = origin + Math.floor((whole.from - origin) / step) * step;
  const buckets = Math.max(1, Math.ceil((whole.to - from) / step));
  return { from, to: from + buckets * step, buckets };
};

export interface TableRow {
  readonly from: number;
  readonly minutes: string;
  readonly clock: string;
  readonly phase: string;
  readonly nibp: string;
  /** In the order of the columns. */
  readonly cells: readonly string[];
  readonly rate: string;
  readonly given: string;
  readonly alarms: string;
}

export interface ReviewTable {
  readonly columns: readonly MetricId[];
  readonly heads: readonly string[];
  readonly rows: readonly TableRow[];
}

/**
 * @param trend one bucket a row, as `tableRange` asks for.
 * @param outMark put behind what was left out, in whole or in part.
 */
export const reviewTable = (
  trend: TrendView,
  session: Session,
  exclusions: readonly Exclusion[],
  alarms: readonly AlarmSpan[],
  zero: number | null,
  outMark: string,
): ReviewTable => {
  const step = trend.bucketMs;
  const { dose } = session.visit;
  const columns = REVIEW_LANES.flatMap(({ id, metrics }) =>
    id === 'pressure' ? [] : metrics.filter((metric) => trend.series.some((each) => each.metric === metric)),
  );
  const byMetric = new Map(
    trend.series.map(({ metric, buckets }) => [metric, new Map(buckets.map((each) => [each.at, each]))]),
  );
  const cell = (metric: MetricId, at: number): string => {
    const bucket = byMetric.get(metric)?.get(epochMs(at));
    if (bucket === undefined) return '--';
    const { decimals } = metricRow(metric);
    const low = bucket.min.toFixed(decimals);
    const high = bucket.max.toFixed(decimals);
    const mark = isBucketOut(exclusions, metric, bucket, step) ? ` ${outMark}` : '';
    return `${low === high ? low : `${low}–${high}`}${mark}`;
  };
  const steps = dose === null ? [] : doseSteps(dose);
  const rows = Array.from({ length: Math.round((trend.to - trend.from) / step) }, (_, index): TableRow => {
    const from = trend.from + index * step;
    const to = from + step;
    const phase = session.spans.findLast(({ startedAt }) => startedAt < to);
    const readings = trend.nibp.filter(
      (reading) => measuredAtMs(reading) >= from && measuredAtMs(reading) < to,
    );
    const begun = alarms.filter((alarm) => alarm.from >= from && alarm.from < to);
    return {
      from,
      minutes: zero === null ? '' : minutesText(from, zero),
      clock: clockText(epochMs(from)),
      phase: phase === undefined ? '' : PHASE_LABELS[phase.phase],
      nibp: readings
        .map((each) => `${readingText(each)}${isReadingExcluded(exclusions, each) ? ` ${outMark}` : ''}`)
        .join(', '),
      cells: columns.map((metric) => cell(metric, from)),
      rate: figure(steps.findLast(({ at }) => at < to)?.mgPerKgPerH ?? 0),
      given: dose === null ? '' : figure(Math.floor(deliveredMg(dose, epochMs(to)) * 10) / 10, 4),
      alarms: begun.map(({ priority }) => PRIORITY_MARKS[priority]).join(' '),
    };
  });
  return {
    columns,
    heads: columns.map((metric) => `${metricRow(metric).label} ${metricRow(metric).unitLabel}`),
    rows,
  };
};
