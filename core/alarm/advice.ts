/**
 * What the engine would ask a person to do next: repeat the cuff reading, or look at the limits. Advice is
 * not an alarm: it has no priority and no sound, and nothing is ever changed by itself (F-10).
 */
import { addMs, elapsedMs, type Instant } from '../time.ts';
import type { AlarmEngineState } from './state.ts';
import { FOLLOW_UP, TAILOR_HINT } from './timing.ts';
import type { AlarmEvent } from './types.ts';

export interface RepeatRequest {
  /** When the next cuff reading is wanted; may be past. */
  readonly dueAt: Instant;
  readonly reason: string;
}

/**
 * When the next cuff reading is wanted sooner than the interval says: at once after one that cannot be
 * believed, after 2 min to confirm a first reading, every 3 min after a spike until two readings are normal,
 * every 2 min for three readings after a fast rise (BP-1 … BP-7). Null: the interval is enough.
 */
export const repeatRequest = (state: AlarmEngineState): RepeatRequest | null => {
  const { readings, rejected, rules, calm, sinceRise } = state.cuff;
  if (rejected !== null) return { dueAt: rejected.at, reason: 'The last reading cannot be believed' };
  const last = readings.at(-1);
  if (last === undefined) return null;
  if (rules.some((rule) => rule.status === 'pending')) {
    return { dueAt: addMs(last.receivedAt, FOLLOW_UP.confirmAfterMs), reason: 'To confirm the last reading' };
  }
  if (sinceRise < FOLLOW_UP.readingsAfterRise) {
    return { dueAt: addMs(last.receivedAt, FOLLOW_UP.riseEveryMs), reason: 'The pressure is rising fast' };
  }
  if (calm < FOLLOW_UP.calmReadings) {
    return { dueAt: addMs(last.receivedAt, FOLLOW_UP.spikeEveryMs), reason: 'Until two readings are normal' };
  }
  return null;
};

export interface TailorHint {
  readonly key: string;
  readonly title: string;
  /** How often the alarm came in the last ten minutes. */
  readonly count: number;
}

/** Alarms that came so often that a person should look at their limits (F-9). From the session's log. */
export const tailorHints = (log: readonly AlarmEvent[], at: Instant): readonly TailorHint[] => {
  const counts = new Map<string, TailorHint>();
  for (const event of log) {
    if (event.type !== 'raised' && event.type !== 'reopened') continue;
    const { key, title, category, priority } = event.alarm;
    if (category !== 'physiological' || priority !== 'medium') continue;
    if (elapsedMs(event.at, at) > TAILOR_HINT.withinMs) continue;
    counts.set(key, { key, title, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  return [...counts.values()].filter((hint) => hint.count >= TAILOR_HINT.alarms);
};
