/** What the alarms of a visit come to beyond the log's own figures: the time they were on, and how many were confirmed. */
import type { AlarmLog, AlarmLogRow } from '../alarm/log.ts';
import type { AlarmPriority } from '../alarm/types.ts';
import type { EpochMs } from '../time.ts';
import type { SessionFigures } from './figures.ts';

/** @param to the end of the visit: what is still on lasts until then. */
export const alarmFiguresOf = (log: AlarmLog, to: EpochMs): SessionFigures['alarms'] => ({
  ...log.figures,
  count: log.rows.length,
  percentConfirmed: percentConfirmed(log.rows),
  burdenMs: {
    high: burden(log, 'high', to),
    medium: burden(log, 'medium', to),
    low: burden(log, 'low', to),
  },
});

/** Each row counts with the highest priority it reached, while its condition was there: not while it was only latched. */
const burden = ({ rows, conditions }: AlarmLog, priority: AlarmPriority, to: EpochMs): number => {
  const spans = conditions
    .filter((_, index) => rows[index]?.priority === priority)
    .flat()
    .map((condition) => ({ from: condition.from, to: Math.min(condition.to ?? to, to) }))
    .sort((a, b) => a.from - b.from);
  let total = 0;
  let reached = Number.NEGATIVE_INFINITY;
  for (const span of spans) {
    total += Math.max(0, span.to - Math.max(span.from, reached));
    reached = Math.max(reached, span.to);
  }
  return total;
};

const percentConfirmed = (rows: readonly AlarmLogRow[]): number | null => {
  const confirmed = rows.filter(({ confirmedAt }) => confirmedAt !== null).length;
  const judged = rows.filter(({ confirmedAt, notConfirmed }) => confirmedAt !== null || notConfirmed).length;
  return judged === 0 ? null : (100 * confirmed) / judged;
};
