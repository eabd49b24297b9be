/**
 * What a monitor with plain thresholds would have said: the same limits without delay, hysteresis, confirmation
 * or any other rule. An alarm is on exactly while a number is beyond a limit; degrees of the same thing are one
 * alarm, as in our own engine. The comparison in docs/evidence-alarms.md is against this.
 */
import { PRIORITY_RANK } from '../alarm/catalogue.ts';
import { limitRow } from '../alarm/rows.ts';
import type { AlarmPriority } from '../alarm/types.ts';
import { elapsedMs, type Instant } from '../time.ts';
import type { Violation } from './violation.ts';

export interface PlainAlarm {
  readonly key: string;
  readonly priority: AlarmPriority;
  readonly onsetAt: Instant;
  /** Null: still on at the end of the trace. */
  readonly endAt: Instant | null;
}

/** The alarms of plain thresholds from the violations of a trace; advisories (low priority) make none. */
export const plainAlarms = (violations: readonly Violation[]): readonly PlainAlarm[] => {
  const byKey = new Map<string, PlainAlarm[]>();
  const ordered = violations
    .filter((violation) => violation.priority !== 'low')
    .toSorted((a, b) => a.onsetAt.mono - b.onsetAt.mono);
  for (const { limitId, priority, onsetAt, overAt } of ordered) {
    const { key } = limitRow(limitId);
    const list = byKey.get(key) ?? [];
    byKey.set(key, list);
    const last = list.at(-1);
    if (last === undefined || (last.endAt !== null && elapsedMs(last.endAt, onsetAt) > 0)) {
      list.push({ key, priority, onsetAt, endAt: overAt });
    } else {
      const isHigher = PRIORITY_RANK[priority] > PRIORITY_RANK[last.priority];
      list[list.length - 1] = {
        ...last,
        priority: isHigher ? priority : last.priority,
        endAt: last.endAt === null || overAt === null ? null : laterOf(last.endAt, overAt),
      };
    }
  }
  return [...byKey.values()].flat().toSorted((a, b) => a.onsetAt.mono - b.onsetAt.mono);
};

const laterOf = (a: Instant, b: Instant): Instant => (a.mono >= b.mono ? a : b);
