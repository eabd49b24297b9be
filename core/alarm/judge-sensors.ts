/**
 * Conditions of sensors: what the monitor itself reports (probe off, leads off, cuff failed, its own
 * asystole and apnoea), and numbers that stopped coming although the line is up.
 */
import type { MonitorId } from '../ids.ts';
import { METRICS, type MetricId } from '../nomenclature/metrics.ts';
import type { DeviceConditionCode } from '../observation/device-report.ts';
import { STALE_AFTER_MS } from '../observation/freshness.ts';
import { elapsedMs, type Instant } from '../time.ts';
import { equipmentSample, trackOf } from './judge-equipment.ts';
import type { Sample } from './judgement.ts';
import { SENSOR_GONE, SENSOR_NAMES, SENSOR_OF, type Sensor, sensorKey, sensorOf } from './sensor.ts';
import { sourceKey } from './source.ts';
import type { AlarmEngineState, DeviceFact, LinkFact, Source } from './state.ts';
import { isSuppressed, STALE_SILENT, STALE_WITH } from './suppression.ts';
import { CLEAR_AFTER_MS, CUFF_WINDOW_MS, SENSOR_CHANGE_MS } from './timing.ts';

const SECOND = 1000;

/** What a monitor's own report becomes, and after how long (approve). Null: it only explains other alarms. */
const REPORTS: Readonly<
  Record<DeviceConditionCode, { readonly conditionId: string; readonly delayMs: number } | null>
> = {
  'sensor-off': { conditionId: 'sensor-off', delayMs: 10 * SECOND },
  'sensor-disconnected': { conditionId: 'sensor-disconnected', delayMs: 10 * SECOND },
  'sensor-faulty': { conditionId: 'sensor-faulty', delayMs: 10 * SECOND },
  'leads-off': { conditionId: 'leads-off', delayMs: 10 * SECOND },
  'pulse-search': null,
  'pulse-lost': { conditionId: 'pulse-lost', delayMs: 10 * SECOND },
  'signal-questionable': { conditionId: 'signal-questionable', delayMs: 30 * SECOND },
  'low-perfusion': { conditionId: 'low-perfusion', delayMs: 30 * SECOND },
  asystole: { conditionId: 'monitor-asystole', delayMs: 0 },
  apnea: { conditionId: 'monitor-apnoea', delayMs: 0 },
  'cuff-fault': { conditionId: 'cuff-fault', delayMs: 0 },
  'on-battery': null,
  'battery-low': { conditionId: 'battery-low', delayMs: 0 },
  'alarm-silenced': { conditionId: 'alarm-silenced', delayMs: 0 },
  'monitor-alarm': { conditionId: 'monitor-alarm', delayMs: 0 },
  'device-fault': { conditionId: 'device-fault', delayMs: 0 },
};

/** Reports about the patient: their absence is only news when the monitor can still be heard (T-1). */
const ABOUT_PATIENT: readonly string[] = [
  'monitor-asystole',
  'monitor-apnoea',
  'monitor-apnoea-capnography',
  'pulse-lost',
];

/** Samples of all sensors of all monitors. */
export const sensorSamples = (state: AlarmEngineState, at: Instant): readonly Sample[] => {
  const remembers = Object.keys(state.tracks).length > 0;
  const matters = (source: Source) =>
    isStale(state, source, at) || (remembers && state.tracks[staleTrack(source)] !== undefined);
  return [
    ...reportedFacts(state).flatMap((fact) => reportSample(state, fact, at)),
    ...vanished(state),
    ...Object.values(state.sources)
      .filter(matters)
      .map((source) => staleSample(state, source, at)),
  ];
};

/** The monitor's own alarms about one metric are one alarm here, with all their words. */
const reportedFacts = (state: AlarmEngineState): readonly DeviceFact[] => {
  const facts: DeviceFact[] = [];
  for (const fact of Object.values(state.devices)) {
    const index = facts.findIndex(
      (other) =>
        fact.code === 'monitor-alarm' &&
        other.code === fact.code &&
        other.monitorId === fact.monitorId &&
        other.metric === fact.metric,
    );
    const other = facts[index];
    if (other === undefined) facts.push(fact);
    else facts[index] = { ...other, text: `${other.text}, ${fact.text}` };
  }
  return facts;
};

/** What is present on a monitor and on one of its sensors, for the suppression rules. */
const presentOn = (state: AlarmEngineState, monitorId: MonitorId, sensor: Sensor) => {
  const facts = Object.values(state.devices).filter((fact) => fact.monitorId === monitorId);
  return {
    monitor: state.links[monitorId]?.associated === false ? ['link-lost'] : [],
    sensor: facts.filter((fact) => sensorOf(fact.code, fact.metric) === sensor).map((fact) => fact.code),
  };
};

/** During a known inflation of the cuff a lost SpO2 may be the cuff's doing (T-2). */
const cuffExplains = (state: AlarmEngineState, sensor: Sensor, at: Instant): boolean => {
  const { inflatingSince } = state.cuff;
  return sensor === 'oximeter' && inflatingSince !== null && elapsedMs(inflatingSince, at) <= CUFF_WINDOW_MS;
};

const capnographyWatches = (state: AlarmEngineState, fact: DeviceFact): boolean =>
  sensorOf(fact.code, fact.metric) === 'capnograph' ||
  (fact.metric === null &&
    Object.values(state.sources).some(
      (source) => source.monitorId === fact.monitorId && source.metric === 'MDC_CO2_RESP_RATE',
    ));

const reportSample = (state: AlarmEngineState, fact: DeviceFact, at: Instant): readonly Sample[] => {
  const report = REPORTS[fact.code];
  if (report === null) return [];
  const conditionId =
    fact.code === 'apnea' && capnographyWatches(state, fact)
      ? 'monitor-apnoea-capnography'
      : report.conditionId;
  const sensor = sensorOf(fact.code, fact.metric);
  const suppressed = isSuppressed(conditionId, presentOn(state, fact.monitorId, sensor));
  const hold = conditionId === 'pulse-lost' && cuffExplains(state, sensor, at);
  const sample = equipmentSample(
    conditionId,
    reportKey(conditionId, fact, sensor),
    hold ? 'unknown' : !suppressed,
    fact.since,
    isStillOff(state, fact.code, reportKey(conditionId, fact, sensor), at) ? 0 : report.delayMs,
    () => ({
      message: fact.text === '' ? SENSOR_NAMES[sensor] : `${SENSOR_NAMES[sensor]}: ${fact.text}`,
      metric: fact.metric,
      monitorId: fact.monitorId,
    }),
  );
  return [{ ...sample, clearAfterMs: ABOUT_PATIENT.includes(conditionId) ? CLEAR_AFTER_MS : 0 }];
};

/** True when the same sensor was off in another way until a moment ago: no new delay. */
const isStillOff = (
  state: AlarmEngineState,
  code: DeviceConditionCode,
  key: string,
  at: Instant,
): boolean => {
  const ended = state.ended[key];
  return SENSOR_GONE.includes(code) && ended !== undefined && elapsedMs(ended.at, at) <= SENSOR_CHANGE_MS;
};

const reportKey = (conditionId: string, fact: DeviceFact, sensor: Sensor): string => {
  if (conditionId === 'monitor-asystole') return 'asystole';
  if (conditionId.startsWith('monitor-apnoea')) return 'rr-low';
  if (conditionId === 'pulse-lost') return 'pulse-lost';
  if (conditionId === 'monitor-alarm') return `monitor-alarm:${fact.monitorId}:${fact.metric ?? ''}`;
  const kind = SENSOR_GONE.includes(fact.code) ? 'sensor' : conditionId;
  return `${kind}:${sensorKey(fact.monitorId, sensor)}`;
};

/** Patient findings that the monitor reported and now does not: gone, or not heard any more. */
const vanished = (state: AlarmEngineState): readonly Sample[] =>
  Object.values(state.alarms).flatMap(({ alarm }) => {
    if (!ABOUT_PATIENT.includes(alarm.conditionId) || alarm.monitorId === null) return [];
    const track = trackOf(alarm.conditionId, alarm.key);
    if (state.tracks[track] === undefined) return [];
    const facts = Object.values(state.devices);
    if (facts.some((fact) => REPORTS[fact.code]?.conditionId === alarm.conditionId)) return [];
    if (alarm.conditionId === 'monitor-apnoea-capnography' && facts.some((fact) => fact.code === 'apnea')) {
      return [];
    }
    const unheard = state.links[alarm.monitorId]?.associated === false;
    return [
      {
        track,
        truth: unheard ? 'broken' : 'inside',
        since: null,
        delayMs: 0,
        clearAfterMs: CLEAR_AFTER_MS,
        finding: () => ({ ...alarm, worse: 'higher', confirmation: 'none' }),
      },
    ];
  });

const staleTrack = (source: Source): string => trackOf('metric-stale', staleKey(source));
const staleKey = ({ monitorId, metric }: Source): string => `metric-stale:${monitorId}:${metric}`;

/** A number that was there and stopped coming, while the monitor is still heard (T-1). */
const staleSample = (state: AlarmEngineState, source: Source, at: Instant): Sample => {
  const { metric, monitorId } = source;
  const sensor = SENSOR_OF[metric];
  const first = state.sources[sourceKey(monitorId, STALE_WITH[metric] ?? metric)];
  const explained =
    isSuppressed('metric-stale', presentOn(state, monitorId, sensor)) ||
    STALE_SILENT.includes(metric) ||
    (first !== undefined && first !== source && isStale(state, first, at));
  const stale = isStale(state, source, at) && !explained;
  return equipmentSample(
    'metric-stale',
    staleKey(source),
    stale && cuffExplains(state, sensor, at) ? 'unknown' : stale,
    source.lastNumberAt,
    0,
    () => ({
      message: `${METRICS[metric].label}: no number${whyNot(state, monitorId, metric)}`,
      metric,
      monitorId,
    }),
  );
};

/**
 * Older than 10 s; after a real outage of line or sensor also 10 s since it is back. A line or sensor that
 * only flickers gets no such grace: its missing number must not hide behind it.
 */
const isStale = (
  state: AlarmEngineState,
  { monitorId, metric, lastNumberAt }: Source,
  at: Instant,
): boolean => {
  const old = (since: Instant | undefined) => since === undefined || elapsedMs(since, at) > STALE_AFTER_MS;
  if (lastNumberAt === null || !old(lastNumberAt)) return false;
  return (
    old(state.sensorBack[sensorKey(monitorId, SENSOR_OF[metric])]) && old(backAt(state.links[monitorId]))
  );
};

/** When a line came back after a real outage; undefined: there was none. */
const backAt = (link: LinkFact | undefined): Instant | undefined => {
  if (link === undefined || link.lostAt === null) return undefined;
  return elapsedMs(link.lostAt, link.since) >= STALE_AFTER_MS ? link.since : undefined;
};

/** What the monitor itself says about the missing number, in its own words. */
const whyNot = (state: AlarmEngineState, monitorId: MonitorId, metric: MetricId): string => {
  const fact = Object.values(state.devices).find(
    (entry) => entry.monitorId === monitorId && sensorOf(entry.code, entry.metric) === SENSOR_OF[metric],
  );
  return fact === undefined ? ' from the monitor' : ` (${fact.text === '' ? fact.code : fact.text})`;
};
