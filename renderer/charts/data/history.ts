/**
 * Stored history beside live samples. History comes as the lowest, highest and last value of buckets, without the
 * times inside them; live samples know their own time, so where both know a stretch the samples win, and history
 * only adds an extreme that the samples do not reach. Nothing is drawn twice and no spike is lost at the seam.
 */
import type { TrendSeries, TrendView } from '../../../core/api/views.ts';
import type { MetricId } from '../../../core/nomenclature/metrics.ts';
import { type CuffReading, fromStored } from './nibp-readings.ts';
import type { PlotClock } from './plot-clock.ts';
import { lowerBound, SAMPLE_STATE, type Samples } from './sample-buffer.ts';
import { emptyTrace, POINT, pushPoint, type Trace } from './trace.ts';

/** One answer of the record, placed on the time axis. */
export interface History {
  readonly bucketMs: number;
  readonly series: ReadonlyMap<MetricId, TrendSeries>;
  readonly readings: readonly CuffReading[];
}

/** Places an answer of the record on the axis. */
export const placeHistory = (view: TrendView, clock: PlotClock): History => ({
  bucketMs: view.bucketMs,
  series: new Map(
    view.series.map((series) => [
      series.metric,
      {
        metric: series.metric,
        buckets: series.buckets.map((bucket) => ({
          ...bucket,
          at: clock.fromWall(bucket.at) as typeof bucket.at,
        })),
      },
    ]),
  ),
  readings: view.nibp.map((reading) => fromStored(reading, clock.fromWall(reading.receivedAt.wall))),
});

interface Covered {
  readonly firstAt: number;
  readonly low: number;
  readonly high: number;
}

/** What the samples know of a stretch of time; null when they hold nothing of it (not even "no number"). */
const coveredBy = (samples: Samples | null, from: number, to: number): Covered | null => {
  if (samples === null) return null;
  const begin = lowerBound(samples, from);
  if (begin >= samples.length || samples.timeAt(begin) >= to) return null;
  const { times, values, states } = samples.columns;
  const end = lowerBound(samples, to);
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let index = begin; index < end; index += 1) {
    const value = values[index] ?? Number.NaN;
    if (states[index] === SAMPLE_STATE.absent) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return { firstAt: times[begin] ?? from, low, high };
};

/**
 * The trace of one metric's history in a window, without what `samples` already know.
 * A bucket's two extremes are drawn at a quarter and three quarters of it, the one nearer to its last value later.
 * The line breaks wherever a bucket is missing and the distance is more than `gapMs`.
 */
export const historyTrace = (
  history: History,
  metric: MetricId,
  samples: Samples | null,
  window: { readonly from: number; readonly to: number },
  gapMs: number,
): Trace => {
  const trace = emptyTrace();
  const { bucketMs } = history;
  let previousAt = Number.NaN;
  for (const bucket of history.series.get(metric)?.buckets ?? []) {
    const at: number = bucket.at;
    if (at + bucketMs < window.from - bucketMs || at > window.to + bucketMs) continue;
    const covered = coveredBy(samples, at, at + bucketMs);
    const low = covered === null || bucket.min < covered.low ? bucket.min : null;
    const high = covered === null || bucket.max > covered.high ? bucket.max : null;
    if (low === null && high === null) continue;
    const end = covered === null ? at + bucketMs : covered.firstAt;
    const missing = at - previousAt >= 1.5 * bucketMs && at - previousAt > gapMs;
    previousAt = at;
    const lowFirst = Math.abs(bucket.max - bucket.last) <= Math.abs(bucket.min - bucket.last);
    const values = (lowFirst ? [low, high] : [high, low]).filter((value) => value !== null);
    const distinct = values[0] === values[1] ? values.slice(0, 1) : values;
    distinct.forEach((value, order) => {
      const part = distinct.length === 1 ? 0.5 : 0.25 + order * 0.5;
      const flags = missing && order === 0 ? POINT.breakBefore : 0;
      pushPoint(trace, at + (end - at) * part, value, flags);
    });
  }
  return trace;
};

/** What the record was asked for: a stretch of the axis, in buckets of so many milliseconds. */
export interface Question {
  readonly from: number;
  readonly to: number;
  readonly bucketMs: number;
}

/**
 * True when the record must be asked (again) for a window: the last question did not cover it, or only much more
 * coarsely. It is the question that counts, not the answer: a record that cannot be finer is not asked for ever.
 */
export const needsHistory = (
  asked: Question | null,
  window: { readonly from: number; readonly to: number },
  liveSince: number | null,
  bucketMs: number,
): boolean => {
  const to = Math.min(window.to, liveSince ?? window.to);
  if (to - window.from < 1_000) return false;
  if (asked === null) return true;
  const covered = asked.from <= window.from && asked.to >= to - 1_000;
  return !covered || asked.bucketMs > 2 * bucketMs;
};
