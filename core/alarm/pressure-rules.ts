/**
 * The blood-pressure rules BP-1 … BP-7 as one list: limits on the pressure itself and on its distance from
 * the patient's baseline or last reading. Each gives, for one reading, what it was measured against.
 */
import { METRICS, type MetricId } from '../nomenclature/metrics.ts';
import type { BloodPressureBaseline, NibpReading } from '../session/events.ts';
import { elapsedMs } from '../time.ts';
import { measuredAt } from './cuff-reading.ts';
import type { AlarmLimit, LimitSet, RelativeLimit } from './limits.ts';
import { relativeLimitsOf } from './presets.ts';
import { STEP_WINDOW_MS } from './timing.ts';

/** One rule held against one reading. */
export interface RuleLook {
  readonly ruleId: string;
  readonly value: number;
  /** The pressure at which the rule begins (mmHg). */
  readonly limit: number;
  readonly met: boolean;
  /** How far inside the limit the value is (mmHg, negative when beyond). */
  readonly marginMmHg: number;
  readonly text: string;
}

/** The pressures that both a reading and a baseline have. */
const PRESSURE: Readonly<Partial<Record<MetricId, 'systolic' | 'diastolic' | 'mean'>>> = {
  MDC_PRESS_BLD_NONINV_SYS: 'systolic',
  MDC_PRESS_BLD_NONINV_DIA: 'diastolic',
  MDC_PRESS_BLD_NONINV_MEAN: 'mean',
};

export const isPressureMetric = (metric: MetricId): boolean => PRESSURE[metric] !== undefined;

const pick = (of: NibpReading | BloodPressureBaseline | null, metric: MetricId): number | null => {
  const part = PRESSURE[metric];
  return of === null || part === undefined ? null : of[part];
};

const whole = (value: number): string => String(Math.round(value));
const sign = (side: 'low' | 'high', inclusive: boolean): string =>
  side === 'high' ? (inclusive ? '≥' : '>') : inclusive ? '≤' : '<';

const lookAbsolute = (limit: AlarmLimit, reading: NibpReading): RuleLook | null => {
  const value = pick(reading, limit.metric);
  const { threshold } = limit;
  if (value === null || threshold === null) return null;
  const beyond = limit.side === 'high' ? value - threshold : threshold - value;
  return {
    ruleId: limit.id,
    value,
    limit: threshold,
    met: limit.inclusive ? beyond >= 0 : beyond > 0,
    marginMmHg: -beyond,
    text: `${METRICS[limit.metric].label} ${whole(value)} ${sign(limit.side, limit.inclusive)} ${whole(threshold)}`,
  };
};

const lookRelative = (
  rule: RelativeLimit,
  reading: NibpReading,
  baseline: BloodPressureBaseline | null,
  previous: NibpReading | null,
): RuleLook | null => {
  const value = pick(reading, rule.metric);
  const base = pick(rule.basis === 'step' ? recent(previous, reading) : baseline, rule.metric);
  if (value === null || base === null || rule.threshold === null) return null;
  const { label } = METRICS[rule.metric];
  const difference = value - base;
  const from = rule.basis === 'step' ? 'last reading' : 'baseline';
  const share = rule.basis === 'fall-ratio' ? -1 : 1;
  const ratio = rule.basis === 'fall-ratio' || rule.basis === 'rise-ratio';
  const limit = ratio ? base * (1 + share * rule.threshold) : base + rule.threshold;
  const beyond = share * (value - limit);
  return {
    ruleId: rule.id,
    value,
    limit,
    met: ratio ? beyond > 0 : beyond >= 0,
    marginMmHg: -beyond,
    text: `${label} ${whole(value)} = ${from} ${whole(base)} ${difference < 0 ? '−' : '+'} ${whole(Math.abs(difference))}`,
  };
};

const recent = (previous: NibpReading | null, reading: NibpReading): NibpReading | null =>
  previous !== null && elapsedMs(measuredAt(previous), measuredAt(reading)) <= STEP_WINDOW_MS
    ? previous
    : null;

/** All pressure rules in force that can be judged on this reading. */
export const lookAtReading = (
  limits: LimitSet,
  baseline: BloodPressureBaseline | null,
  previous: NibpReading | null,
  reading: NibpReading,
): readonly RuleLook[] =>
  [
    ...limits.limits.map((limit) => lookAbsolute(limit, reading)),
    ...relativeLimitsOf(limits).map((rule) => lookRelative(rule, reading, baseline, previous)),
  ].filter((look) => look !== null);
