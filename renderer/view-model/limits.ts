/** Alarm limits as the screen shows them beside every number: never blank, and what is not judged says so. */
import { isLooser } from '../../core/alarm/change-limits.ts';
import type { AlarmLimit, LimitSet, LimitSide } from '../../core/alarm/limits.ts';
import { judgedMetrics } from '../../core/alarm/source.ts';
import type { AlarmPriority } from '../../core/alarm/types.ts';
import type { MetricId } from '../../core/nomenclature/metrics.ts';
import { NO_LIMIT, PRIORITY_MARKS } from '../../core/record/event-text.ts';

export const PRIORITY_RANK: Readonly<Record<AlarmPriority, number>> = { high: 0, medium: 1, low: 2 };

export { NO_LIMIT, PRIORITY_MARKS };

export interface LimitText {
  readonly id: string;
  readonly mark: string;
  /** "120", or "none" where the preset has no such limit. */
  readonly text: string;
  readonly isNone: boolean;
}

/**
 * The limits of one side that hold for a value of `metric`: of each priority the one that is met first, the
 * least urgent priority in front. A priority whose limits are all without a threshold reads "none". Empty: there
 * is no limit.
 */
export const limitTexts = (set: LimitSet, metric: MetricId, side: LimitSide): readonly LimitText[] => {
  const mine = set.limits.filter(
    (limit) => limit.side === side && judgedMetrics(limit.metric).includes(metric),
  );
  return LEAST_URGENT_FIRST.flatMap((priority) => {
    const first = firstMet(mine.filter((limit) => limit.priority === priority));
    return first === null ? [] : [limitText(first)];
  });
};

const LEAST_URGENT_FIRST: readonly AlarmPriority[] = ['low', 'medium', 'high'];

/** The limit that a value meets first; one with a threshold before one without. Null: none. */
const firstMet = (limits: readonly AlarmLimit[]): AlarmLimit | null =>
  limits.reduce<AlarmLimit | null>((first, limit) => {
    if (first === null || first.threshold === null) return limit;
    return limit.threshold !== null && isLooser(limit, limit.threshold, first.threshold) ? limit : first;
  }, null);

const limitText = ({ id, priority, threshold }: AlarmLimit): LimitText => ({
  id,
  mark: PRIORITY_MARKS[priority],
  text: threshold === null ? NO_LIMIT : String(threshold),
  isNone: threshold === null,
});
