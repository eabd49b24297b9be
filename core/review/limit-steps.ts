/**
 * The limits in force over a visit as lines of steps: each height only over the time for which it was in force, so that a
 * limit that was changed an hour ago does not look as if it had always been there.
 */
import { type DrawnLimit, drawnLimits } from '../alarm/drawn-limits.ts';
import type { LimitSide } from '../alarm/limits.ts';
import type { AlarmPriority } from '../alarm/types.ts';
import type { MetricId } from '../nomenclature/metrics.ts';
import type { SessionEvent } from '../session/events.ts';
import { limitChanges } from './timeline.ts';

/** from <= time < to (ms, wall clock). */
export interface LimitStep {
  readonly from: number;
  readonly to: number;
  /** In the metric's unit. */
  readonly threshold: number;
  readonly priority: AlarmPriority;
  /** Equality violates. */
  readonly inclusive: boolean;
}

/** One line: what is met first on this side, or what is met first of high priority where that is another limit. */
export interface LimitSteps {
  readonly metric: MetricId;
  readonly side: LimitSide;
  readonly tier: 'first' | 'high';
  /** In order of time, none empty; between two of them there may be time without a limit (off). */
  readonly steps: readonly LimitStep[];
}

/**
 * The lines of some metrics, in their order, over from <= time < to. Steps of equal height and priority that touch are one.
 * @param events of one session, in order.
 */
export const limitSteps = (
  events: readonly SessionEvent[],
  metrics: readonly MetricId[],
  { from, to }: { readonly from: number; readonly to: number },
): readonly LimitSteps[] => {
  const lines = new Map<string, Omit<LimitSteps, 'steps'> & { readonly steps: LimitStep[] }>();
  const changes = limitChanges(events);
  changes.forEach(({ at, set }, index) => {
    const begins = Math.max(from, at);
    const ends = Math.min(to, changes[index + 1]?.at ?? to);
    if (ends <= begins) return;
    for (const { tier, limit } of tiers(drawnLimits(set, metrics))) {
      const { metric, side, threshold, priority, inclusive } = limit;
      const key = `${metric} ${side} ${tier}`;
      const line = lines.get(key) ?? { metric, side, tier, steps: [] };
      lines.set(key, line);
      const before = line.steps.at(-1);
      const isSame =
        before?.to === begins &&
        before.threshold === threshold &&
        before.priority === priority &&
        before.inclusive === inclusive;
      if (isSame) line.steps[line.steps.length - 1] = { ...before, to: ends };
      else line.steps.push({ from: begins, to: ends, threshold, priority, inclusive });
    }
  });
  return [...lines.values()].toSorted((a, b) => metrics.indexOf(a.metric) - metrics.indexOf(b.metric));
};

const RANK: Readonly<Record<AlarmPriority, number>> = { high: 0, medium: 1, low: 2 };

/** Of equal limits the one of the highest priority: it is the one that sounds. */
const tiers = (
  limits: readonly DrawnLimit[],
): readonly { readonly tier: LimitSteps['tier']; readonly limit: DrawnLimit }[] => {
  const names = new Set(limits.map(({ metric, side }) => `${metric} ${side}`));
  return [...names].flatMap((name) => {
    const [first, ...others] = limits
      .filter(({ metric, side }) => `${metric} ${side}` === name)
      .toSorted(
        (a, b) =>
          (a.side === 'high' ? a.threshold - b.threshold : b.threshold - a.threshold) ||
          RANK[a.priority] - RANK[b.priority],
      );
    if (first === undefined) return [];
    const high = first.priority === 'high' ? undefined : others.find(({ priority }) => priority === 'high');
    return [
      { tier: 'first' as const, limit: first },
      ...(high === undefined ? [] : [{ tier: 'high' as const, limit: high }]),
    ];
  });
};
