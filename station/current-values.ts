/**
 * Which of several monitors' numbers a chair shows. For each metric the first monitor in the chair's order that has
 * a fresh number wins; only when it has none does the next one stand in. One that lost its place gets it back after
 * `BACK_AFTER_MS` of numbers without a gap, so that a loose plug does not make a number jump to and fro. Every number
 * keeps the name of the monitor that sent it; every change of monitor is told. Alarms do not wait for any of this:
 * the engine judges all monitors of the chair, shown or not (`core/alarm/source.ts`).
 */
import type { CurrentValue } from '../core/api/views.ts';
import type { MonitorId } from '../core/ids.ts';
import { METRICS, type MetricId } from '../core/nomenclature/metrics.ts';
import { STALE_AFTER_MS } from '../core/observation/freshness.ts';
import type { Observation } from '../core/observation/observation.ts';
import type { SessionEventBody } from '../core/session/events.ts';
import type { Instant } from '../core/time.ts';

/** A monitor that lost its place must have given numbers for so long before it is shown again (ms); our choice. */
export const BACK_AFTER_MS = 10_000;

/** Metrics that are shown from another monitor now. */
export type SourceChange = Omit<Extract<SessionEventBody, { readonly type: 'source-changed' }>, 'type'>;

export interface CurrentValues {
  /** Takes one monitor's new observations; returns those that the chair shows now. */
  accept(monitorId: MonitorId, observations: readonly Observation[]): readonly CurrentValue[];
  /** The changes of monitor since it was last asked. Cuff readings are no change: each carries its time and source. */
  takeChanges(): readonly SourceChange[];
  view(): Readonly<Partial<Record<MetricId, CurrentValue>>>;
  /** A person changed the order: who comes first is shown with its next number. */
  reordered(): void;
  /** Forgets everything a monitor said (it was taken away). */
  forget(monitorId: MonitorId): void;
  /** Forgets everything (the clock jumped: no age can be trusted). */
  clear(): void;
}

/** Numbers of one metric from one monitor without a gap. */
interface Streak {
  readonly since: Instant;
  readonly last: Instant;
}

type Why = SourceChange['why'];

/** @param order the chair's monitors for a metric, first choice first. */
export const createCurrentValues = (order: (metric: MetricId) => readonly MonitorId[]): CurrentValues => {
  const shown = new Map<MetricId, CurrentValue>();
  const streaks = new Map<string, Streak>();
  /** Whose number of a metric was shown last. */
  const numberFrom = new Map<MetricId, MonitorId>();
  /** Who lost its place, by monitor and metric. */
  const lost = new Set<string>();
  let changes: SourceChange[] = [];

  const rank = (metric: MetricId, monitorId: MonitorId): number => {
    const index = order(metric).indexOf(monitorId);
    return index < 0 ? Number.MAX_SAFE_INTEGER : index;
  };

  const follow = (key: string, { value, receivedAt }: Observation): void => {
    const before = streaks.get(key);
    if (value === null) streaks.delete(key);
    else if (before === undefined || receivedAt.mono - before.last.mono > STALE_AFTER_MS)
      streaks.set(key, { since: receivedAt, last: receivedAt });
    else streaks.set(key, { since: before.since, last: receivedAt });
  };

  /** Not after a loss, or the loss was long enough ago. */
  const hasProvedItself = (key: string, now: Instant): boolean => {
    const streak = streaks.get(key);
    return !lost.has(key) || (streak !== undefined && now.mono - streak.since.mono >= BACK_AFTER_MS);
  };

  /** Why the next value takes the place of the old one; null: it does not. */
  const replaces = (old: CurrentValue | undefined, next: CurrentValue): Why | null => {
    const { metric, value, receivedAt } = next.observation;
    if (old === undefined) return 'silent';
    if (METRICS[metric].kind === 'episodic') return 'preferred'; // the newest reading, whoever took it
    if (receivedAt.mono - old.observation.receivedAt.mono > STALE_AFTER_MS) return 'silent';
    if (old.monitorId === next.monitorId) return 'no-number';
    const isBefore = rank(metric, next.monitorId) < rank(metric, old.monitorId);
    if (old.observation.value === null) return value !== null || isBefore ? 'no-number' : null;
    if (value === null || !isBefore) return null;
    return hasProvedItself(keyOf(next.monitorId, metric), receivedAt) ? 'preferred' : null;
  };

  const noteSource = (metric: MetricId, to: MonitorId, why: Why): void => {
    if (METRICS[metric].kind === 'episodic') return;
    const from = numberFrom.get(metric);
    numberFrom.set(metric, to);
    if (from === undefined || from === to) return;
    lost.add(keyOf(from, metric));
    lost.delete(keyOf(to, metric));
    const same = changes.find((each) => each.from === from && each.to === to && each.why === why);
    if (same === undefined) changes.push({ metrics: [metric], from, to, why });
    else
      changes = changes.map((each) =>
        each === same ? { ...same, metrics: [...same.metrics, metric] } : each,
      );
  };

  return {
    accept: (monitorId, observations) => {
      const taken: CurrentValue[] = [];
      for (const observation of observations) {
        const { metric, value } = observation;
        // A cuff that is measuring, or failed, does not take the last reading off the screen (it is dated).
        if (METRICS[metric].kind === 'episodic' && value === null) continue;
        follow(keyOf(monitorId, metric), observation);
        const next: CurrentValue = { observation, monitorId };
        const why = replaces(shown.get(metric), next);
        if (why === null) continue;
        shown.set(metric, next);
        if (value !== null) noteSource(metric, monitorId, why);
        taken.push(next);
      }
      return taken;
    },
    takeChanges: () => {
      const told = changes;
      changes = [];
      return told;
    },
    view: () => Object.fromEntries(shown),
    reordered: () => lost.clear(),
    forget: (monitorId) => {
      for (const [metric, value] of shown) if (value.monitorId === monitorId) shown.delete(metric);
    },
    clear: () => {
      shown.clear();
      streaks.clear();
    },
  };
};

const keyOf = (monitorId: MonitorId, metric: MetricId): string => `${monitorId}/${metric}`;
