/** How many alarms a session had and how soon somebody answered: the figures of a report on alarm fatigue. */
import type { AlarmLogFigures, AlarmLogRow, PriorityFigures } from './log.ts';
import type { AlarmPriority } from './types.ts';

const HOUR_MS = 3_600_000;
/** An acknowledgement within this time counts as prompt. */
const PROMPT_MS = 60_000;

/** @param lastedMs length of the session so far. */
export const alarmFigures = (rows: readonly AlarmLogRow[], lastedMs: number): AlarmLogFigures => {
  const hours = Math.max(0, lastedMs) / HOUR_MS;
  return {
    hours,
    byPriority: {
      high: figuresOf(rows, 'high', hours),
      medium: figuresOf(rows, 'medium', hours),
      low: figuresOf(rows, 'low', hours),
    },
    medianTimeToAcknowledgeMs: median(
      rows.flatMap((row) => (row.acknowledged === null ? [] : [row.acknowledged.afterMs])),
    ),
  };
};

const figuresOf = (rows: readonly AlarmLogRow[], priority: AlarmPriority, hours: number): PriorityFigures => {
  const own = rows.filter((row) => row.priority === priority);
  const answered = own.flatMap((row) => row.acknowledged ?? []);
  const prompt = answered.filter((entry) => entry.afterMs < PROMPT_MS).length;
  return {
    raised: own.length,
    perHour: hours === 0 ? 0 : own.length / hours,
    acknowledged: answered.length,
    percentWithin60s: own.length === 0 ? null : (100 * prompt) / own.length,
  };
};

const median = (values: readonly number[]): number | null => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor((sorted.length - 1) / 2);
  const [low, high] = [sorted[middle], sorted[Math.floor(sorted.length / 2)]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
};
