/**
 * A session's history for a chart: min, max and last of each bucket of time, computed inside SQLite, so that
 * a spike is never averaged away and an 8 h session never comes into memory.
 */
import type { TrendBucket, TrendSeries, TrendView } from '../core/api/views.ts';
import type { SessionId } from '../core/ids.ts';
import type { MetricId } from '../core/nomenclature/metrics.ts';
import { type EpochMs, epochMs } from '../core/time.ts';
import { CONTINUOUS_METRICS, valueColumn } from './columns.ts';
import type { Connection } from './native.ts';
import type { NibpStore } from './nibp.ts';

/**
 * One pass for min and max of every metric; `last` is then looked up per bucket from its end. Numbers exist
 * only for valid and questionable observations (a constraint of the table), so NOT NULL is the filter.
 */
const TREND = `
WITH bucket AS (
  SELECT
    CAST((wall_ms - @from) / @bucketMs AS INTEGER) AS number,
    ${CONTINUOUS_METRICS.map((metric, i) => `min(${valueColumn(metric)}) AS min${i}, max(${valueColumn(metric)}) AS max${i}`).join(',\n    ')}
  FROM numeric_frame
  WHERE session_key = @session AND wall_ms >= @from AND wall_ms < @to
  GROUP BY number
)
SELECT
  number,
  ${CONTINUOUS_METRICS.map((metric, i) => `min${i}, max${i}, ${lastOf(metric, i)} AS last${i}`).join(',\n  ')}
FROM bucket
ORDER BY number`;

function lastOf(metric: MetricId, index: number): string {
  const column = valueColumn(metric);
  return `CASE WHEN min${index} IS NOT NULL THEN (
    SELECT ${column} FROM numeric_frame
    WHERE session_key = @session AND ${column} IS NOT NULL
      AND wall_ms >= @from + number * @bucketMs AND wall_ms < min(@to, @from + (number + 1) * @bucketMs)
    ORDER BY wall_ms DESC, ordinal DESC LIMIT 1) END`;
}

interface TrendParams {
  readonly session: number;
  readonly from: number;
  readonly to: number;
  readonly bucketMs: number;
}

export const trendReader = (connection: Connection, nibp: NibpStore) => {
  const findSession = connection.prepare<[string], { key: number }>(
    'SELECT session_key AS key FROM session WHERE id = ?',
  );
  const query = connection.prepare<[TrendParams], Readonly<Record<string, number | null>>>(TREND);
  return (sessionId: SessionId, from: EpochMs, to: EpochMs, buckets: number): TrendView => {
    const start = Math.floor(from);
    const end = Math.ceil(to);
    const bucketMs = Math.max(1, Math.ceil((end - start) / Math.max(1, Math.floor(buckets))));
    const session = findSession.get(sessionId)?.key;
    const rows = session === undefined ? [] : query.all({ session, from: start, to: end, bucketMs });
    const series = CONTINUOUS_METRICS.map(
      (metric, index): TrendSeries => ({
        metric,
        buckets: rows.flatMap((row) => bucketOf(row, index, start, bucketMs)),
      }),
    ).filter((one) => one.buckets.length > 0);
    const readings = nibp
      .read(sessionId)
      .filter(({ receivedAt }) => receivedAt.wall >= start && receivedAt.wall < end);
    return { sessionId, from: epochMs(start), to: epochMs(end), bucketMs, series, nibp: readings };
  };
};

const bucketOf = (
  row: Readonly<Record<string, number | null>>,
  index: number,
  start: number,
  bucketMs: number,
): readonly TrendBucket[] => {
  const number = row.number ?? null;
  const min = row[`min${index}`] ?? null;
  const max = row[`max${index}`] ?? null;
  const last = row[`last${index}`] ?? null;
  if (number === null || min === null || max === null || last === null) return [];
  return [{ at: epochMs(start + number * bucketMs), min, max, last }];
};
