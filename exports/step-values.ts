/**
 * Continuous values at a step: of each metric and monitor the last thing that was received within each step, as it
 * was received, at its own time. Nothing is averaged, held or carried over: a step without anything has no row.
 */
import type { MonitorId } from '../core/ids.ts';
import { METRICS, type MetricId } from '../core/nomenclature/metrics.ts';
import type { Observation } from '../core/observation/observation.ts';
import type { Exclusion } from '../core/review/exclusions.ts';
import type { SessionDocument } from '../core/review/session-document.ts';
import type { EpochMs } from '../core/time.ts';

/** Step where the caller wants none in particular (ms): a minute, as charts on paper have it. */
export const DEFAULT_STEP_MS = 60_000;

export interface StepValue {
  readonly monitorId: MonitorId;
  readonly metric: MetricId;
  /** When it was received. */
  readonly at: EpochMs;
  readonly observation: Observation;
  /** Set: a person took it out of the figures. */
  readonly exclusion: Exclusion | null;
}

/** The values in order of their times. Steps begin at whole multiples of `stepMs`. */
export const stepValues = (
  { frames, exclusions }: Pick<SessionDocument, 'frames' | 'exclusions'>,
  stepMs: number,
): readonly StepValue[] => {
  const found: StepValue[] = [];
  const standing = new Map<MonitorId, Map<MetricId, Standing>>();
  const take = (monitorId: MonitorId, metric: MetricId, { at, observation }: Standing): void => {
    const exclusion = exclusionAt(exclusions, metric, at);
    found.push({ monitorId, metric, at, observation, exclusion });
  };
  for (const { monitorId, at, observations } of frames) {
    const own = standing.get(monitorId) ?? new Map<MetricId, Standing>();
    standing.set(monitorId, own);
    const step = Math.floor(at.wall / stepMs);
    for (const observation of observations) {
      const { metric } = observation;
      if (METRICS[metric].kind !== 'continuous') continue;
      const before = own.get(metric);
      if (before !== undefined && before.step !== step) take(monitorId, metric, before);
      own.set(metric, { step, at: at.wall, observation });
    }
  }
  for (const [monitorId, own] of standing) {
    for (const [metric, last] of own) take(monitorId, metric, last);
  }
  return found.sort((a, b) => a.at - b.at);
};

/** The newest value of a step that may still get a newer one. */
interface Standing {
  readonly step: number;
  readonly at: EpochMs;
  readonly observation: Observation;
}

/** The exclusion that takes a continuous value out; null: none. */
export const exclusionAt = (
  exclusions: readonly Exclusion[],
  metric: MetricId,
  at: EpochMs,
): Exclusion | null =>
  exclusions.find(
    ({ target }) =>
      target.kind === 'span' && target.metrics.includes(metric) && at >= target.from && at < target.to,
  ) ?? null;

/** The exclusion that takes a cuff reading out; null: none. */
export const readingExclusion = (
  exclusions: readonly Exclusion[],
  reading: SessionDocument['readings'][number],
): Exclusion | null =>
  exclusions.find(
    ({ target }) =>
      target.kind === 'reading' &&
      target.monitorId === reading.monitorId &&
      target.receivedAt === reading.receivedAt.wall,
  ) ?? null;
