/** Takes observations into what the engine knows: the newest value of each source, and cuff readings. */
import type { MonitorId } from '../ids.ts';
import { METRICS } from '../nomenclature/metrics.ts';
import type { Observation } from '../observation/observation.ts';
import { addMs, elapsedMs } from '../time.ts';
import { type CuffNews, cuffNews } from './cuff-reading.ts';
import { takeReading } from './pressure.ts';
import { sourceKey } from './source.ts';
import { type AlarmEngineState, phaseKey, type Source, without } from './state.ts';
import { DOUBT_AFTER_STEP_MS, IMPOSSIBLE_STEP } from './timing.ts';

/** A batch that names a metric twice holds several frames: they are taken one after the other. */
export const takeFrames = (
  state: AlarmEngineState,
  monitorId: MonitorId,
  observations: readonly Observation[],
): AlarmEngineState => {
  const frames: Observation[][] = [];
  for (const observation of observations) {
    const open = frames.find((frame) => frame.every((entry) => entry.metric !== observation.metric));
    if (open === undefined) frames.push([observation]);
    else open.push(observation);
  }
  return frames.reduce((next, frame) => takeFrame(next, monitorId, frame), state);
};

const takeFrame = (
  state: AlarmEngineState,
  monitorId: MonitorId,
  frame: readonly Observation[],
): AlarmEngineState => {
  const updates = frame
    .filter((entry) => METRICS[entry.metric].kind === 'continuous')
    .map((entry) => nextSource(state.sources[sourceKey(monitorId, entry.metric)], monitorId, entry));
  const perfusionFell = hasPerfusionFallen(state, monitorId, frame);
  const known = updates.every((source) => state.sources[sourceKey(monitorId, source.metric)] !== undefined);
  const entries = updates.map((source) => {
    const key = sourceKey(monitorId, source.metric);
    return [key, withStep(source, state.sources[key], perfusionFell)] as const;
  });
  const merged = { ...state.sources, ...Object.fromEntries(entries) };
  const sources = known ? merged : sorted(merged);
  return takeCuff({ ...state, sources }, monitorId, frame);
};

const sorted = <T>(record: Readonly<Record<string, T>>): Readonly<Record<string, T>> =>
  Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));

const nextSource = (before: Source | undefined, monitorId: MonitorId, entry: Observation): Source => {
  const { metric, validity, value, receivedAt, ageAtReceiptMs } = entry;
  if (before !== undefined && elapsedMs(before.at, receivedAt) < 0) return before;
  return {
    monitorId,
    metric,
    validity,
    value,
    at: receivedAt,
    lastValue: value ?? before?.lastValue ?? null,
    lastNumberAt: value === null ? (before?.lastNumberAt ?? null) : addMs(receivedAt, -ageAtReceiptMs),
    step: before?.step ?? null,
  };
};

const PERFUSION = 'MDC_BLD_PERF_INDEX';

/** True when this frame shows much less perfusion than the one before. */
const hasPerfusionFallen = (
  state: AlarmEngineState,
  monitorId: MonitorId,
  frame: readonly Observation[],
): boolean => {
  const now = frame.find((entry) => entry.metric === PERFUSION)?.value ?? null;
  const before = state.sources[sourceKey(monitorId, PERFUSION)]?.lastValue ?? null;
  return now !== null && before !== null && now < before * (1 - IMPOSSIBLE_STEP.perfusionFall);
};

/** Marks a saturation that fell as no patient's does (F-11), and unmarks it when it is back. */
const withStep = (source: Source, before: Source | undefined, perfusionFell: boolean): Source => {
  const { metric, value, at, step } = source;
  if (metric !== 'MDC_PULS_OXIM_SAT_O2' || value === null || source === before) return source;
  if (step !== null) {
    const back = value >= step.from - IMPOSSIBLE_STEP.dropPercent;
    return back || elapsedMs(step.at, at) >= DOUBT_AFTER_STEP_MS ? { ...source, step: null } : source;
  }
  const from = before?.lastValue ?? null;
  const last = before?.lastNumberAt ?? null;
  if (from === null || last === null || !perfusionFell) return source;
  const sudden = elapsedMs(last, at) <= IMPOSSIBLE_STEP.withinMs;
  return sudden && from - value > IMPOSSIBLE_STEP.dropPercent ? { ...source, step: { from, at } } : source;
};

const takeCuff = (
  state: AlarmEngineState,
  monitorId: MonitorId,
  frame: readonly Observation[],
): AlarmEngineState => {
  const news = cuffNews(monitorId, frame);
  if (news === null) return state;
  if (news.kind === 'idle') return { ...state, cuff: { ...state.cuff, inflatingSince: null } };
  return takeNews(seenCuff(state, monitorId), monitorId, news);
};

/** This monitor has a cuff on the patient. */
const seenCuff = (state: AlarmEngineState, monitorId: MonitorId): AlarmEngineState =>
  state.cuffMonitors[monitorId] === true
    ? state
    : { ...state, cuffMonitors: { ...state.cuffMonitors, [monitorId]: true } };

const takeNews = (
  state: AlarmEngineState,
  monitorId: MonitorId,
  news: Exclude<CuffNews, { kind: 'idle' }>,
): AlarmEngineState => {
  const { cuff } = state;
  if (news.kind === 'ongoing') {
    return { ...state, cuff: { ...cuff, inflatingSince: cuff.inflatingSince ?? news.at } };
  }
  const done = { ...cuff, inflatingSince: null };
  if (phaseKey(state) === 'none') return { ...state, cuff: done };
  if (news.kind === 'rejected') return { ...state, cuff: { ...done, rejected: news.rejected } };
  return {
    ...state,
    cuff: takeReading(state, news.reading),
    devices: without(state.devices, (entry) => entry.monitorId === monitorId && entry.code === 'cuff-fault'),
  };
};
