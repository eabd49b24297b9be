/**
 * Decides when which burst sounds. Only the highest priority is heard; a higher one interrupts at once, a
 * new condition of the same priority starts the burst again; a high one that nobody answers gets louder (alarm
 * rules S-8, S-9, S-11). Pure: time is an argument.
 */
import type { AlarmPriority } from '../../core/alarm/types.ts';
import type { SoundDemand } from '../view-model/alarm.ts';
import { PRIORITY_RANK } from '../view-model/limits.ts';
import { BURSTS, burstLengthMs } from './burst.ts';
import { ESCALATION } from './volume.ts';

/** What has been sounding; null: silence. */
export interface Sounding {
  readonly priority: AlarmPriority;
  readonly keys: readonly string[];
  /** Since when each of `keys` has been asking without a break (ms of the same clock). */
  readonly since: Readonly<Record<string, number>>;
  /** When the last burst began (ms of any steady clock). */
  readonly burstAtMs: number;
  readonly bursts: number;
}

export interface SoundStep {
  readonly next: Sounding | null;
  /** `start`: stop what sounds and begin this burst. `stop`: silence now. `none`: leave it alone. */
  readonly action:
    | {
        readonly kind: 'start';
        readonly priority: AlarmPriority;
        /** Steps of the volume above the one that is set. */
        readonly louderSteps: number;
      }
    | { readonly kind: 'stop' | 'none' };
}

/** The next step for what is demanded now. */
export const soundStep = (before: Sounding | null, demand: SoundDemand | null, nowMs: number): SoundStep => {
  if (demand === null) return { next: null, action: { kind: before === null ? 'none' : 'stop' } };
  const { priority, keys } = demand;
  const since = Object.fromEntries(keys.map((key) => [key, before?.since[key] ?? nowMs]));
  const start = (bursts: number): SoundStep => ({
    next: { priority, keys, since, burstAtMs: nowMs, bursts },
    action: { kind: 'start', priority, louderSteps: louderSteps(demand, since, nowMs) },
  });
  if (before === null || PRIORITY_RANK[priority] < PRIORITY_RANK[before.priority]) return start(1);
  if (before.priority !== priority) {
    // The more urgent alarm has gone: let its burst end, then sound the lesser one.
    const ended = nowMs - before.burstAtMs >= burstLengthMs(BURSTS[before.priority]);
    return ended ? start(1) : { next: before, action: { kind: 'none' } };
  }
  if (keys.some((key) => !before.keys.includes(key))) return start(1);
  const { repeatMs, maxBursts } = BURSTS[priority];
  const kept = { ...before, keys, since };
  if (maxBursts !== null && before.bursts >= maxBursts) return { next: kept, action: { kind: 'none' } };
  return nowMs - before.burstAtMs >= repeatMs
    ? start(before.bursts + 1)
    : { next: kept, action: { kind: 'none' } };
};

/** S-11: only a high one, and only while its condition is still true. */
const louderSteps = (
  { priority, standing }: SoundDemand,
  since: Readonly<Record<string, number>>,
  nowMs: number,
): number =>
  priority === 'high' && standing.some((key) => nowMs - (since[key] ?? nowMs) >= ESCALATION.afterMs)
    ? ESCALATION.steps
    : 0;
