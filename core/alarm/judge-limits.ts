/**
 * Limits on continuous values. Several monitors may send the same quantity: a limit is violated when any
 * usable source violates it, and it clears only when all usable sources are well inside.
 */
import type { MetricId } from '../nomenclature/metrics.ts';
import type { Instant } from '../time.ts';
import type { Sample, Truth } from './judgement.ts';
import { isTracked, samplesOf, violates } from './limit-samples.ts';
import type { AlarmLimit } from './limits.ts';
import { relativeLimitsOf } from './presets.ts';
import { isPressureMetric } from './pressure-rules.ts';
import { type Judged, judgedMetrics, judgeSources, sourcesFor } from './source.ts';
import { type AlarmEngineState, isWithinGrace } from './state.ts';
import { HYSTERESIS, RATE_DISAGREEMENT } from './timing.ts';

/** One limit held against its sources. */
export interface Verdict {
  readonly truth: Truth;
  /** The worst source that counts for the alarm's words; null when none violates. */
  readonly worst: Judged | null;
  /** A violation that is held back because the signal is doubtful (F-5). */
  readonly held: Judged | null;
  /** A violation that only one of heart rate and pulse rate shows (F-4). */
  readonly disagrees: Judged | null;
}

/** Samples of all continuous limits in force. Limits that nothing violates and nothing remembers cost no sample. */
export const limitSamples = (state: AlarmEngineState, at: Instant): readonly Sample[] => {
  const sources = judgeSources(state, at);
  const apart = ratesApart(sources);
  const groups = new Map<MetricId, readonly Judged[]>();
  const groupOf = (metric: MetricId): readonly Judged[] => {
    const known = groups.get(metric);
    if (known !== undefined) return known;
    const found = sourcesFor(metric, sources);
    groups.set(metric, found);
    return found;
  };
  const samples: Sample[] = [];
  const remembers = Object.keys(state.tracks).length > 0;
  const judge = (limit: AlarmLimit): void => {
    const { threshold } = limit;
    if (threshold === null || isPressureMetric(limit.metric)) return;
    const group = groupOf(limit.metric);
    const matters = remembers && isTracked(state, limit.id);
    if (!matters && !group.some((entry) => isBeyond(limit, threshold, entry))) return;
    samples.push(...samplesOf(state, limit, threshold, look(state, limit, threshold, group, apart, at)));
  };
  state.limits.limits.forEach(judge);
  baselineLimits(state).forEach(judge);
  return samples;
};

const isBeyond = (limit: AlarmLimit, threshold: number, { standing, source }: Judged): boolean =>
  standing === 'current' && source.value !== null && violates(limit, threshold, source.value);

/** HR over baseline, written as an ordinary limit. */
const baselineLimits = (state: AlarmEngineState): readonly AlarmLimit[] => {
  const rate = state.baseline?.heartRate ?? null;
  if (rate === null) return [];
  return relativeLimitsOf(state.limits)
    .filter((rule) => rule.basis === 'rise-ratio' && rule.metric === 'MDC_ECG_HEART_RATE')
    .map(({ id, metric, priority, threshold, delayMs }) => ({
      id,
      metric,
      side: 'high',
      priority,
      threshold: threshold === null ? null : rate * (1 + threshold),
      inclusive: false,
      delayMs,
    }));
};

/** True when heart rate and pulse rate are both there and too far apart to be the same heart (F-4). */
const ratesApart = (sources: readonly Judged[]): boolean => {
  const values = (metric: MetricId) =>
    sources
      .filter((entry) => entry.source.metric === metric && entry.standing === 'current')
      .map((entry) => entry.source.value ?? 0);
  const hearts = values('MDC_ECG_HEART_RATE');
  const pulses = values('MDC_PULS_OXIM_PULS_RATE');
  return (
    hearts.length > 0 &&
    pulses.length > 0 &&
    hearts.every((heart) => pulses.every((pulse) => Math.abs(heart - pulse) > RATE_DISAGREEMENT))
  );
};

const wellInside = (limit: AlarmLimit, threshold: number, value: number): boolean => {
  const margin = HYSTERESIS[limit.metric] ?? 0;
  const inside = limit.side === 'low' ? value - threshold : threshold - value;
  return inside >= margin && !violates(limit, threshold, value);
};

const look = (
  state: AlarmEngineState,
  limit: AlarmLimit,
  threshold: number,
  sources: readonly Judged[],
  apart: boolean,
  at: Instant,
): Verdict => {
  const beyond = sources.filter((entry) => isBeyond(limit, threshold, entry));
  const sure = beyond.filter((entry) => limit.priority === 'high' || !entry.doubtful);
  const judgesBoth = judgedMetrics(limit.metric).includes('MDC_PULS_OXIM_PULS_RATE');
  const oneSided = judgesBoth && apart && new Set(beyond.map((entry) => entry.source.metric)).size === 1;
  if (sure.length > 0 && oneSided) {
    return { truth: 'unknown', worst: null, held: null, disagrees: worstOf(limit, sure) };
  }
  if (sure.length > 0) return { truth: 'true', worst: worstOf(limit, sure), held: null, disagrees: null };
  const held = limit.priority === 'medium' ? worstOf(limit, beyond) : null;
  if (beyond.length > 0) return { truth: 'unknown', worst: null, held, disagrees: null };
  return { truth: quiet(state, limit, threshold, sources, at), worst: null, held: null, disagrees: null };
};

/** The truth of a limit that no usable source violates. */
const quiet = (
  state: AlarmEngineState,
  limit: AlarmLimit,
  threshold: number,
  sources: readonly Judged[],
  at: Instant,
): Truth => {
  const gaps = sources.filter((entry) => entry.standing === 'gap');
  const lastBad = (entry: Judged) =>
    entry.source.lastValue !== null && violates(limit, threshold, entry.source.lastValue);
  if (gaps.some(lastBad)) return 'unknown';
  const current = sources.filter((entry) => entry.standing === 'current');
  if (current.length > 0) {
    const safe = (entry: Judged) =>
      !entry.doubtful && wellInside(limit, threshold, entry.source.value ?? threshold);
    return current.every(safe) ? 'inside' : 'band';
  }
  if (gaps.length > 0 || sources.some((entry) => entry.standing === 'late')) return 'unknown';
  return sources.length > 0 || isExpected(state, limit.metric, at) ? 'broken' : 'inside';
};

/** A quantity nobody sends any more may only be forgotten when no monitor of the chair is to send it. */
const isExpected = (state: AlarmEngineState, metric: MetricId, at: Instant): boolean => {
  if (isWithinGrace(state.restored, at)) return true;
  const metrics = judgedMetrics(metric);
  return Object.values(state.links).some((link) => link.metrics.some((sent) => metrics.includes(sent)));
};

const worstOf = (limit: AlarmLimit, entries: readonly Judged[]): Judged | null => {
  const value = (entry: Judged) => entry.source.value ?? 0;
  const worse = (a: Judged, b: Judged) => (limit.side === 'low' ? value(a) < value(b) : value(a) > value(b));
  return entries.reduce<Judged | null>(
    (worst, entry) => (worst === null || worse(entry, worst) ? entry : worst),
    null,
  );
};
