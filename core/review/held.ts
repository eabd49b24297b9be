/**
 * What a group of values comes to over a visit: each value stands from its receipt until the next one of the same
 * monitor, and never longer than it may. A group is what one limit is held against: heart rate and pulse rate, the
 * sources of respiration, or a single metric. Values are taken one after the other in order of time, so a visit of
 * any length fits; how they are dealt into batches makes no difference.
 */
import { violates } from '../alarm/limit-samples.ts';
import type { AlarmLimit } from '../alarm/limits.ts';
import { judgedMetrics } from '../alarm/source.ts';
import type { MonitorId } from '../ids.ts';
import type { MetricId } from '../nomenclature/metrics.ts';
import type { Phase } from '../session/phase.ts';
import { type Coverage, createCoverage } from './coverage.ts';
import type { PhaseMean, TimeAtMark, TimeBeyond } from './figures.ts';
import type { Stretch } from './timeline.ts';

/** A mark that is the same for every visit. */
export type Mark = Pick<TimeAtMark, 'metric' | 'side' | 'threshold'>;

export interface GroupRules {
  /** Best source first. */
  readonly metrics: readonly MetricId[];
  /** Only the best source that has a number is judged (respiration); else every one. */
  readonly bestOnly: boolean;
  readonly stretches: readonly Stretch[];
  readonly marks: readonly Mark[];
  /** One track for all monitors: a reading of any of them is followed by the next of any (the cuff). */
  readonly isShared: boolean;
}

export interface HeldGroup {
  /** A value that stands from `at`, at the longest until `until` (exclusive). */
  take(metric: MetricId, monitorId: MonitorId, at: number, value: number, until: number): void;
  /** From `at` on the monitor has no number for this metric, or none that counts. */
  end(metric: MetricId, monitorId: MonitorId, at: number): void;
  /** True when a better source than `metric` has a number at `at`. */
  isOutranked(metric: MetricId, at: number): boolean;
  /** Lets time pass up to the end of the visit and adds up. Call once. */
  finish(): {
    readonly beyond: readonly TimeBeyond[];
    readonly marks: readonly TimeAtMark[];
    readonly means: readonly PhaseMean[];
    readonly coverage: ReadonlyMap<MetricId, Coverage>;
  };
}

interface Track {
  readonly monitorId: MonitorId | null;
  value: number;
  until: number;
}

interface Held {
  readonly metric: MetricId;
  readonly tracks: Track[];
  readonly phases: Map<Phase, PhaseSum>;
  /** That of the stretch at hand. */
  sums: PhaseSum;
  readonly coverage: ReturnType<typeof createCoverage>;
  lastAt: number | null;
}

interface PhaseSum {
  sum: number;
  ms: number;
  coveredMs: number;
}

interface Judge {
  readonly limit: AlarmLimit;
  /** The limit is held against these only, as the alarm holds it; null: against the whole group. */
  readonly only: readonly MetricId[] | null;
  readonly threshold: number;
  readonly phase: Phase;
  ms: number;
}

interface MarkSum {
  readonly mark: Mark;
  readonly limit: AlarmLimit;
  ms: number;
  coveredMs: number;
}

export const createGroup = (rules: GroupRules): HeldGroup => {
  const { stretches } = rules;
  const held: readonly Held[] = rules.metrics.map((metric) => ({
    metric,
    tracks: [],
    phases: new Map(),
    sums: { sum: 0, ms: 0, coveredMs: 0 },
    coverage: createCoverage(),
    lastAt: null,
  }));
  const judges = new Map<string, Judge>();
  const judgesOf = stretches.map((stretch) => judgesIn(stretch, rules.metrics, judges));
  const marks = rules.marks.map((mark): MarkSum => ({ mark, limit: asLimit(mark), ms: 0, coveredMs: 0 }));
  let index = 0;
  let position: number = stretches[0]?.from ?? 0;

  /** Lowest and highest of the values that are judged in [position, next), in which nothing ends. */
  const range = { low: 0, high: 0 };
  const isAnyJudged = (only: readonly MetricId[] | null): boolean => {
    let isAny = false;
    for (const { metric, tracks } of held) {
      if (only !== null && !only.includes(metric)) continue;
      for (const { until, value } of tracks) {
        if (until <= position) continue;
        range.low = isAny ? Math.min(range.low, value) : value;
        range.high = isAny ? Math.max(range.high, value) : value;
        isAny = true;
      }
      if (rules.bestOnly && isAny) return true;
    }
    return isAny;
  };
  /** Of several values the outermost violates if any does. */
  const isBeyond = (limit: AlarmLimit, threshold: number): boolean =>
    violates(limit, threshold, limit.side === 'low' ? range.low : range.high);

  const enter = (stretch: Stretch): void => {
    for (const one of held) {
      one.sums = one.phases.get(stretch.phase) ?? { sum: 0, ms: 0, coveredMs: 0 };
      one.phases.set(stretch.phase, one.sums);
    }
  };

  const add = (stretch: Stretch, next: number): void => {
    const ms = next - position;
    for (const { tracks, sums, coverage, lastAt } of held) {
      let isCovered = false;
      for (const { until, value } of tracks) {
        if (until <= position) continue;
        sums.sum += value * ms;
        sums.ms += ms;
        isCovered = true;
      }
      if (isCovered) sums.coveredMs += ms;
      if (stretch.isExpected) coverage.pass(position, next, isCovered, lastAt);
    }
    const own = judgesOf[index] ?? [];
    for (const judge of own) {
      if (judge.only === null || !isAnyJudged(judge.only)) continue;
      if (isBeyond(judge.limit, judge.threshold)) judge.ms += ms;
    }
    if (!isAnyJudged(null)) return;
    for (const judge of own) {
      if (judge.only === null && isBeyond(judge.limit, judge.threshold)) judge.ms += ms;
    }
    if (!stretch.isAfterStart) return;
    for (const sum of marks) {
      sum.coveredMs += ms;
      if (isBeyond(sum.limit, sum.mark.threshold)) sum.ms += ms;
    }
  };

  const advance = (to: number): void => {
    for (let stretch = stretches[index]; stretch !== undefined && position < to; stretch = stretches[index]) {
      if (position === stretch.from) enter(stretch);
      let next = Math.min(to, stretch.to);
      for (const { tracks } of held) {
        for (const { until } of tracks) if (until > position && until < next) next = until;
      }
      add(stretch, next);
      position = next;
      if (position >= stretch.to) index += 1;
    }
  };

  const heldOf = (metric: MetricId): Held => {
    const found = held.find((one) => one.metric === metric);
    if (found === undefined) throw new Error(`${metric} is not of this group`);
    return found;
  };
  const trackOf = ({ tracks }: Held, monitorId: MonitorId): Track | undefined =>
    rules.isShared ? tracks[0] : tracks.find((track) => track.monitorId === monitorId);

  return {
    take: (metric, monitorId, at, value, until) => {
      const one = heldOf(metric);
      const track = trackOf(one, monitorId);
      // The same number again stands on: most values of a quiet patient cost no more than this.
      if (track === undefined || track.value !== value || track.until < at) advance(at);
      if (track === undefined)
        one.tracks.push({ monitorId: rules.isShared ? null : monitorId, value, until });
      else {
        track.value = value;
        track.until = until;
      }
      one.lastAt = at;
    },
    end: (metric, monitorId, at) => {
      const track = trackOf(heldOf(metric), monitorId);
      if (track === undefined || track.until <= at) return;
      advance(at);
      track.until = at;
    },
    isOutranked: (metric, at) => {
      for (const one of held) {
        if (one.metric === metric) return false;
        if (one.tracks.some(({ until }) => until > at)) return true;
      }
      return false;
    },
    finish: () => {
      advance(Number.POSITIVE_INFINITY);
      return {
        beyond: [...judges.values()].filter(({ ms }) => ms > 0).map(rowOf),
        marks: marks.map(({ mark, ms, coveredMs }) => ({ ...mark, ms, coveredMs })),
        means: held.flatMap(({ metric, phases }) =>
          [...phases].flatMap(([phase, { sum, ms, coveredMs }]) =>
            ms === 0 ? [] : [{ metric, phase, mean: sum / ms, coveredMs }],
          ),
        ),
        coverage: new Map(held.map(({ metric, coverage }) => [metric, coverage.finish()])),
      };
    },
  };
};

const asLimit = ({ metric, side, threshold }: Mark): AlarmLimit => ({
  id: `${metric}-${side}-${threshold}`,
  metric,
  side,
  priority: 'low',
  threshold,
  inclusive: side === 'high',
  delayMs: 0,
});

/** The limits of a stretch that judge this group; stretches of one phase with one threshold share their sum. */
const judgesIn = (
  { limits, phase }: Stretch,
  metrics: readonly MetricId[],
  known: Map<string, Judge>,
): readonly Judge[] =>
  limits.limits.flatMap((limit) => {
    const { id, threshold, metric } = limit;
    if (threshold === null || !metrics.includes(metric)) return [];
    const key = JSON.stringify([id, threshold, phase]);
    const judge = known.get(key) ?? { limit, only: onlyOf(metric, metrics), threshold, phase, ms: 0 };
    known.set(key, judge);
    return [judge];
  });

/** A limit of capnography judges no impedance. Of one quantity the alarm's own rule says what is judged. */
const onlyOf = (metric: MetricId, group: readonly MetricId[]): readonly MetricId[] | null => {
  const judged = judgedMetrics(metric);
  return group.every((one) => judged.includes(one)) ? null : judged;
};

const rowOf = ({ limit, threshold, phase, ms }: Judge): TimeBeyond => ({
  limitId: limit.id,
  metric: limit.metric,
  side: limit.side,
  priority: limit.priority,
  threshold,
  phase,
  ms,
});
