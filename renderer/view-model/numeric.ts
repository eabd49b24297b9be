/**
 * What one numeric shows, decided in one place: the text, how fresh it is, and why there is no number. A
 * frozen number that looks live is the worst fault this program can have, so `--` is the answer to doubt.
 */
import type { ChairView, CurrentValue } from '../../core/api/views.ts';
import { type MetricId, metricRow, RESPIRATION_METRICS } from '../../core/nomenclature/metrics.ts';
import type { DeviceConditionCode } from '../../core/observation/device-report.ts';
import { freshness, STALE_AFTER_MS } from '../../core/observation/freshness.ts';
import type { Validity } from '../../core/observation/observation.ts';
import type { Instant } from '../../core/time.ts';
import type { MonitorFace } from './monitor-faces.ts';
import { sinceMs } from './time-text.ts';

/** `absent`: the monitor says that there is no number, or there never was one. */
export type NumericState = 'fresh' | 'stale' | 'expired' | 'absent';

/** What is shown instead of a number. */
export const NO_NUMBER = '--';

export interface NumericView {
  readonly metric: MetricId;
  readonly state: NumericState;
  readonly text: string;
  readonly isQuestionable: boolean;
  /** Age of the value (ms) once the screen must say it; else null. */
  readonly ageMs: number | null;
  /** Why there is no number, or what is doubtful about it, in words; null when there is nothing to say. */
  readonly note: string | null;
  /** Name of the monitor it comes from; null when unknown. */
  readonly source: string | null;
}

const VALIDITY_WORDS: Readonly<Record<Validity, string | null>> = {
  valid: null,
  questionable: 'questionable signal',
  ongoing: 'measuring…',
  calibrating: 'calibrating…',
  invalid: 'no valid signal',
  overflow: 'above range',
  underflow: 'below range',
  unavailable: 'no value',
};

/** Conditions of the monitor that explain an absent or doubtful number, the most telling first. */
const CONDITION_WORDS: readonly (readonly [DeviceConditionCode, string])[] = [
  ['sensor-disconnected', 'sensor disconnected'],
  ['sensor-off', 'probe off'],
  ['leads-off', 'leads off'],
  ['sensor-faulty', 'sensor fault'],
  ['cuff-fault', 'cuff fault'],
  ['pulse-search', 'searching for pulse'],
  ['pulse-lost', 'pulse lost'],
  ['low-perfusion', 'low perfusion'],
  ['signal-questionable', 'questionable signal'],
];

/**
 * One metric of a chair. `now` is the station's time; null (nothing heard of the station, or too long ago)
 * shows no number at all.
 */
export const numericView = (
  metric: MetricId,
  current: CurrentValue | undefined,
  monitors: readonly MonitorFace[],
  now: Instant | null,
): NumericView => {
  const monitor = monitors.find(({ id }) => id === current?.monitorId);
  const blank = {
    metric,
    text: NO_NUMBER,
    isQuestionable: false,
    ageMs: null,
    source: monitor?.name ?? null,
  };
  if (now === null) return { ...blank, state: 'expired', note: 'not monitoring' };
  if (current === undefined) return { ...blank, state: 'absent', note: null };

  const { observation } = current;
  const ageMs = sinceMs(observation.receivedAt, now) + observation.ageAtReceiptMs;
  const age = freshness(metricRow(metric).kind, ageMs);
  if (age === 'expired') return { ...blank, state: 'expired', ageMs, note: 'no signal' };
  const explained = explain(metric, monitor);
  if (observation.value === null) {
    return {
      ...blank,
      state: 'absent',
      ageMs: ageMs > STALE_AFTER_MS ? ageMs : null,
      note: explained ?? VALIDITY_WORDS[observation.validity],
    };
  }
  const isQuestionable = observation.validity === 'questionable';
  return {
    ...blank,
    state: age,
    text: observation.value.toFixed(metricRow(metric).decimals),
    isQuestionable,
    ageMs: age === 'stale' || metricRow(metric).kind === 'episodic' ? ageMs : null,
    note: isQuestionable ? (explained ?? VALIDITY_WORDS.questionable) : null,
  };
};

const explain = (metric: MetricId, monitor: MonitorFace | undefined): string | null => {
  const present = (monitor?.conditions ?? []).filter(
    (condition) => condition.present && condition.metric === metric,
  );
  const known = CONDITION_WORDS.find(([code]) => present.some((condition) => condition.code === code));
  return known?.[1] ?? null;
};

/** Heart rate from the ECG; where there is none, the pulse rate under its own name. Never merged. */
export const PULSE_METRICS = [
  'MDC_ECG_HEART_RATE',
  'MDC_PULS_OXIM_PULS_RATE',
] as const satisfies readonly MetricId[];

/**
 * Which metric a large tile shows: the first of `preferred` that has a number now, else the first that was
 * ever heard of, else `otherwise`.
 */
export const leading = (
  preferred: readonly MetricId[],
  otherwise: MetricId,
  chair: ChairView,
  monitors: readonly MonitorFace[],
  now: Instant | null,
): MetricId => {
  const hasNumber = (metric: MetricId) =>
    numericView(metric, chair.current[metric], monitors, now).text !== NO_NUMBER;
  return (
    preferred.find(hasNumber) ?? preferred.find((metric) => chair.current[metric] !== undefined) ?? otherwise
  );
};

/** The three large continuous numerics of a chair, in the order of the screen. */
export const leadingMetrics = (
  chair: ChairView,
  monitors: readonly MonitorFace[],
  now: Instant | null,
): readonly [MetricId, MetricId, MetricId] => [
  leading(PULSE_METRICS, 'MDC_ECG_HEART_RATE', chair, monitors, now),
  'MDC_PULS_OXIM_SAT_O2',
  leading(RESPIRATION_METRICS, 'MDC_RESP_RATE', chair, monitors, now),
];

/** The small numerics: what else the chair's monitors measure all the time and is not shown large. */
export const furtherMetrics = (chair: ChairView, shown: readonly MetricId[]): readonly MetricId[] =>
  (Object.keys(chair.current) as MetricId[]).filter(
    (metric) => !shown.includes(metric) && metricRow(metric).kind === 'continuous',
  );
