/** Which limits of a set a chart draws, the same at the bedside and in the review. */
import type { MetricId } from '../nomenclature/metrics.ts';
import type { AlarmLimit, LimitSet } from './limits.ts';

const UNDRAWN: ReadonlySet<MetricId> = new Set(['MDC_PRESS_BLD_NONINV_DIA', 'MDC_PRESS_BLD_NONINV_MEAN']);

/** A threshold to draw. */
export type DrawnLimit = AlarmLimit & { readonly threshold: number };

/**
 * Of every metric and side, the limit that is met first and the first of high priority: a lane with every tier of
 * every limit is a ruled page on which nothing stands out. Of the pressures only the systolic limits are drawn: lines of
 * diastolic and mean limits would lie in the middle of the bars and be read against the wrong end. A limit that is off
 * has no line, and one against the patient's own baseline has no height that could be drawn before there is one.
 */
export const drawnLimits = (set: LimitSet, metrics: readonly MetricId[]): readonly DrawnLimit[] => {
  const known = set.limits.filter(
    (limit): limit is DrawnLimit =>
      limit.threshold !== null && metrics.includes(limit.metric) && !UNDRAWN.has(limit.metric),
  );
  const isFirst = (limit: DrawnLimit, others: readonly DrawnLimit[]): boolean =>
    others
      .filter((other) => other.metric === limit.metric && other.side === limit.side)
      .every((other) =>
        limit.side === 'high' ? limit.threshold <= other.threshold : limit.threshold >= other.threshold,
      );
  const high = known.filter((limit) => limit.priority === 'high');
  return known.filter(
    (limit) => isFirst(limit, known) || (limit.priority === 'high' && isFirst(limit, high)),
  );
};
