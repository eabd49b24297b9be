/**
 * A session's history as rows for the review's lanes: lowest and highest value of each bucket of time, so that a
 * spike is never averaged away, and nothing where there was no number, so that a gap is seen as a gap. Sources of
 * one quantity are lines of their own, never merged.
 */
import type { TrendBucket, TrendView } from '../../core/api/views.ts';
import type { MetricId } from '../../core/nomenclature/metrics.ts';
import { EXPIRED_AFTER_MS, STALE_AFTER_MS } from '../../core/observation/freshness.ts';
import type { Exclusion } from '../../core/review/exclusions.ts';
import type { Stretch } from './review-window.ts';

/** [lowest, highest] of a bucket; null: no number, and the line breaks. */
export type Range = readonly [number, number] | null;

/** One moment of a lane. `kept` and `out` by line: what counts, and what was left out as an artefact. */
export interface LaneRow {
  readonly at: number;
  readonly kept: readonly Range[];
  readonly out: readonly Range[];
}

/** A value with no neighbour on either side, which no line would show. */
export interface LonePoint {
  readonly at: number;
  readonly range: readonly [number, number];
  readonly isOut: boolean;
  readonly line: number;
}

export interface LaneSeries {
  /** Which metrics have lines, in the order of `kept` and `out`: the best source first. */
  readonly metrics: readonly MetricId[];
  readonly rows: readonly LaneRow[];
  readonly lone: readonly LonePoint[];
  /** Every lowest and highest value, for the scale. */
  readonly extremes: readonly number[];
}

/** The finest step asked for (ms): numbers come once a second at best. */
const FINEST_MS = 1_000;
/** Over stretches longer than this (ms) a step is at least as long as the slowest monitors' interval. */
const FINE_UP_TO_MS = 30 * 60_000;
const COARSE_MS = 10_000;
/** As for the live trend: a monitor may be this many of its usual intervals late before its line breaks. */
const INTERVALS_BEFORE_GAP = 2.5;

/** How many buckets to ask for over a span of `ms`: `most` at most, none finer than monitors send. */
export const reviewBuckets = (ms: number, most: number): number =>
  Math.max(1, Math.min(most, Math.floor(ms / (ms > FINE_UP_TO_MS ? COARSE_MS : FINEST_MS))));

/**
 * The longest time (ms) from the start of one bucket to the start of the next that a line may bridge: one bucket
 * without a number breaks it, unless buckets are finer than the monitor's own interval.
 */
export const bridgeableMs = (buckets: readonly TrendBucket[], bucketMs: number): number => {
  if (bucketMs >= STALE_AFTER_MS) return bucketMs * 1.5;
  const intervals = buckets.slice(1).map(({ at }, index) => at - (buckets[index]?.at ?? at));
  const usual = intervals.sort((a, b) => a - b)[Math.floor((intervals.length - 1) / 2)] ?? 0;
  return bucketMs + Math.min(EXPIRED_AFTER_MS, Math.max(STALE_AFTER_MS, INTERVALS_BEFORE_GAP * usual));
};

/** True when any part of the bucket was left out: it is drawn as left out, and a closer look tells exactly. */
export const isBucketOut = (
  exclusions: readonly Exclusion[],
  metric: MetricId,
  bucket: TrendBucket,
  bucketMs: number,
): boolean =>
  exclusions.some(
    ({ target }) =>
      target.kind === 'span' &&
      target.metrics.includes(metric) &&
      bucket.at < target.to &&
      bucket.at + bucketMs > target.from,
  );

/** The lane of the given metrics, those that have values. */
export const laneSeries = (
  trend: TrendView,
  metrics: readonly MetricId[],
  exclusions: readonly Exclusion[],
): LaneSeries => {
  const { bucketMs } = trend;
  const lines = metrics.flatMap((metric) => {
    const buckets = trend.series.find((series) => series.metric === metric)?.buckets ?? [];
    return buckets.length === 0 ? [] : [{ metric, buckets, bridge: bridgeableMs(buckets, bucketMs) }];
  });
  const times = [
    ...new Set(
      lines.flatMap(({ buckets, bridge }) =>
        buckets.flatMap(({ at }, index) => {
          const before = buckets[index - 1];
          // A row of its own where the line must break, since the other lines may have no row there.
          return before !== undefined && at - before.at > bridge ? [before.at + bucketMs, at] : [at];
        }),
      ),
    ),
  ].sort((a, b) => a - b);
  const drawn = lines.map(({ metric, buckets, bridge }) =>
    lineCells(times, buckets, bridge, (bucket) => isBucketOut(exclusions, metric, bucket, bucketMs)),
  );
  return {
    metrics: lines.map(({ metric }) => metric),
    rows: times.map((at, row) => ({
      at,
      kept: drawn.map(({ cells }) => cells[row]?.kept ?? null),
      out: drawn.map(({ cells }) => cells[row]?.out ?? null),
    })),
    lone: drawn.flatMap(({ lone }, line) => lone.map((point) => ({ ...point, line }))),
    extremes: lines.flatMap(({ buckets }) => buckets.flatMap(({ min, max }) => [min, max])),
  };
};

interface Cell {
  readonly kept: Range;
  readonly out: Range;
}

/**
 * One line's cell for each row. A row that belongs to another line only lies on the straight way between this line's
 * neighbours, as if it were not there.
 */
const lineCells = (
  times: readonly number[],
  buckets: readonly TrendBucket[],
  bridge: number,
  out: (bucket: TrendBucket) => boolean,
): { readonly cells: readonly Cell[]; readonly lone: readonly Omit<LonePoint, 'line'>[] } => {
  const cells: Cell[] = [];
  const lone: Omit<LonePoint, 'line'>[] = [];
  const marks = buckets.map(out);
  let next = 0;
  for (const at of times) {
    const here = buckets[next];
    if (here !== undefined && here.at === at) {
      const range = [here.min, here.max] as const;
      const mark = marks[next] ?? false;
      cells.push(mark ? { kept: null, out: range } : { kept: range, out: null });
      const joins = (other: number) => {
        const neighbour = buckets[other];
        return (
          neighbour !== undefined && Math.abs(neighbour.at - at) <= bridge && (marks[other] ?? false) === mark
        );
      };
      if (!joins(next - 1) && !joins(next + 1)) lone.push({ at, range, isOut: mark });
      next += 1;
      continue;
    }
    cells.push(between(buckets[next - 1], here, at, bridge, marks[next - 1] ?? false, marks[next] ?? false));
  }
  return { cells, lone };
};

const NOTHING: Cell = { kept: null, out: null };

const between = (
  before: TrendBucket | undefined,
  after: TrendBucket | undefined,
  at: number,
  bridge: number,
  beforeOut: boolean,
  afterOut: boolean,
): Cell => {
  if (before === undefined || after === undefined) return NOTHING;
  if (after.at - before.at > bridge || beforeOut !== afterOut) return NOTHING;
  const share = (at - before.at) / (after.at - before.at);
  const mix = (a: number, b: number) => a + (b - a) * share;
  const range = [mix(before.min, after.min), mix(before.max, after.max)] as const;
  return beforeOut ? { kept: null, out: range } : { kept: range, out: null };
};

/** The stretches in which any of these metrics was left out, clipped to what is shown. */
export const outStretches = (
  exclusions: readonly Exclusion[],
  metrics: readonly MetricId[],
  shown: Stretch,
): readonly (Stretch & { readonly id: string })[] =>
  exclusions.flatMap(({ id, target }) => {
    if (target.kind !== 'span' || !target.metrics.some((metric) => metrics.includes(metric))) return [];
    const from = Math.max(shown.from, target.from);
    const to = Math.min(shown.to, target.to);
    return to > from ? [{ id, from, to }] : [];
  });
