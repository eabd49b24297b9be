/** What a monitor's newest values are worth now: who may be judged, and who may not (T-1). */
import type { MonitorId } from '../ids.ts';
import { type MetricId, RESPIRATION_METRICS } from '../nomenclature/metrics.ts';
import type { DeviceConditionCode } from '../observation/device-report.ts';
import { EXPIRED_AFTER_MS, STALE_AFTER_MS } from '../observation/freshness.ts';
import { elapsedMs, type Instant } from '../time.ts';
import { SENSOR_GONE, SENSOR_OF, sensorOf } from './sensor.ts';
import { type AlarmEngineState, type DeviceFact, isWithinGrace, type Source, without } from './state.ts';
import { LOW_PERFUSION_INDEX } from './timing.ts';

/**
 * - `current`: a number that may be judged
 * - `gap`: no number just now, but there was one within the last 10 s
 * - `late`: none for 10 to 30 s, and nobody says that the sensor is off: a slow monitor, or a stale number
 * - `silent`: none for longer, or none for 10 s because the sensor is off
 */
export type Standing = 'current' | 'gap' | 'late' | 'silent';

export interface Judged {
  readonly source: Source;
  readonly standing: Standing;
  /** The monitor doubts it, perfusion is low, or it jumped as no patient does (F-5, F-11). */
  readonly doubtful: boolean;
}

/**
 * Which metrics a limit judges. The heart-rate limits hold for the pulse rate too; respiration is judged on
 * the best source that has a number. A metric that is not listed judges itself.
 */
const JUDGED_METRICS: Readonly<Partial<Record<MetricId, readonly MetricId[]>>> = {
  MDC_ECG_HEART_RATE: ['MDC_ECG_HEART_RATE', 'MDC_PULS_OXIM_PULS_RATE'],
  MDC_RESP_RATE: RESPIRATION_METRICS,
};

/** The metrics a limit on `metric` is held against, best first. */
export const judgedMetrics = (metric: MetricId): readonly MetricId[] => JUDGED_METRICS[metric] ?? [metric];

/** The metric whose limits hold for a value of `metric` (the pulse rate has those of the heart rate). */
export const limitMetricOf = (metric: MetricId): MetricId => {
  if (metric === 'MDC_PULS_OXIM_PULS_RATE') return 'MDC_ECG_HEART_RATE';
  return metric === 'MDC_CO2_RESP_RATE' || metric === 'MDC_TTHOR_RESP_RATE' ? 'MDC_RESP_RATE' : metric;
};

const SIGNAL_POOR: readonly DeviceConditionCode[] = ['signal-questionable', 'low-perfusion'];

/** True when the monitor reports one of these conditions about the sensor that this source comes from. */
const isReported = (
  facts: readonly DeviceFact[],
  { monitorId, metric }: Source,
  codes: readonly DeviceConditionCode[],
): boolean =>
  facts.some(
    (fact) =>
      fact.monitorId === monitorId &&
      codes.includes(fact.code) &&
      sensorOf(fact.code, fact.metric) === SENSOR_OF[metric],
  );

const standingOf = (facts: readonly DeviceFact[], source: Source, at: Instant): Standing => {
  if (source.lastNumberAt === null) return 'silent';
  const age = elapsedMs(source.lastNumberAt, at);
  if (age > EXPIRED_AFTER_MS) return 'silent';
  const isGone = isReported(facts, source, SENSOR_GONE);
  if (age > STALE_AFTER_MS) return isGone ? 'silent' : 'late';
  return source.value === null || isGone ? 'gap' : 'current';
};

const isDoubtful = (state: AlarmEngineState, facts: readonly DeviceFact[], source: Source): boolean => {
  if (source.step !== null || source.validity === 'questionable' || isReported(facts, source, SIGNAL_POOR))
    return true;
  if (SENSOR_OF[source.metric] !== 'oximeter' || source.metric === 'MDC_BLD_PERF_INDEX') return false;
  const perfusion = state.sources[sourceKey(source.monitorId, 'MDC_BLD_PERF_INDEX')];
  return perfusion?.value !== null && perfusion !== undefined && perfusion.value < LOW_PERFUSION_INDEX;
};

export const sourceKey = (monitorId: MonitorId, metric: MetricId): string => `${monitorId}/${metric}`;

/**
 * After a restart: the state without the missing numbers of monitors that nobody has spoken of since, neither
 * their line nor a value, for as long as alarms are kept: they are not at this chair any more. A monitor that
 * is there keeps its missing number until it comes. The same object when there is none.
 */
export const withoutAbsentMonitors = (state: AlarmEngineState, at: Instant): AlarmEngineState => {
  const { restored, links } = state;
  if (restored === null || isWithinGrace(restored, at)) return state;
  const all = Object.values(state.sources);
  const isOld = (source: Source) => source.at.mono < restored.at.mono;
  const isHere = (monitorId: MonitorId) =>
    links[monitorId] !== undefined || all.some((other) => other.monitorId === monitorId && !isOld(other));
  const cuffMonitors = without(state.cuffMonitors, (_, id) => !isHere(id as MonitorId));
  const isAnyGone = all.some((source) => isOld(source) && !isHere(source.monitorId));
  if (!isAnyGone && cuffMonitors === state.cuffMonitors) return state;
  return {
    ...state,
    cuffMonitors,
    sources: without(state.sources, (source) => isOld(source) && !isHere(source.monitorId)),
  };
};

/** All sources with their standing, in a fixed order. */
export const judgeSources = (state: AlarmEngineState, at: Instant): readonly Judged[] => {
  const facts = Object.values(state.devices);
  return Object.values(state.sources).map((source) => ({
    source,
    standing: standingOf(facts, source, at),
    doubtful: isDoubtful(state, facts, source),
  }));
};

const IN_USE: readonly Standing[] = ['current', 'gap'];

/** The sources a limit on `metric` is held against now. */
export const sourcesFor = (metric: MetricId, all: readonly Judged[]): readonly Judged[] => {
  const metrics = judgedMetrics(metric);
  const mine = all.filter((entry) => metrics.includes(entry.source.metric));
  if (metric !== 'MDC_RESP_RATE') return mine;
  const best = metrics.find((candidate) =>
    mine.some(({ source, standing }) => source.metric === candidate && IN_USE.includes(standing)),
  );
  return best === undefined ? mine : mine.filter((entry) => entry.source.metric === best);
};
