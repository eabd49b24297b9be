/** Takes one input into what the engine knows. Judges nothing: `engine.ts` looks at the result. */
import type { MonitorId } from '../ids.ts';
import type { Vital } from '../nomenclature/vitals.ts';
import type { DeviceCondition } from '../observation/device-report.ts';
import { STALE_AFTER_MS } from '../observation/freshness.ts';
import { isUnderTreatment, type Phase } from '../session/phase.ts';
import { elapsedMs, type Instant } from '../time.ts';
import type { AlarmInput } from './input.ts';
import { diskFact } from './judge-station.ts';
import { withoutFoundVitals } from './judge-vitals.ts';
import { reviewRules } from './pressure.ts';
import { rejudged } from './pressure-replay.ts';
import { SENSOR_GONE, sensorKey, sensorOf } from './sensor.ts';
import {
  type AlarmEngineState,
  isWithinGrace,
  type LinkFact,
  NO_CUFF,
  phaseKey,
  type Source,
  without,
} from './state.ts';
import { takeFrames } from './take-frames.ts';

/** The inputs that are facts; what people do to alarms is handled by the engine. */
export type Fact = Exclude<
  AlarmInput,
  {
    type:
      | 'acknowledge'
      | 'pause-audio'
      | 'resume-audio'
      | 'audio-off'
      | 'pause-alarms'
      | 'resume-alarms'
      | 'alarm-off'
      | 'alarm-on'
      | 'reminder-interval'
      | 'tick';
  }
>;

export const absorb = (state: AlarmEngineState, fact: Fact): AlarmEngineState => {
  switch (fact.type) {
    case 'observations':
      return withoutFoundVitals(
        takeFrames(heard(state, fact.monitorId, fact.at), fact.monitorId, fact.observations),
      );
    case 'device-condition':
      return takeCondition(heard(state, fact.monitorId, fact.at), fact.monitorId, fact.condition, fact.at);
    case 'link':
      return takeLink(state, fact);
    case 'monitor-removed':
      return forget(state, fact.monitorId);
    case 'phase':
      return takePhase(state, fact.phase, fact.at);
    case 'baseline':
      return takeBaseline(state, fact.baseline, fact.at);
    case 'limits':
      return reviewed(state, { ...state, limits: fact.limits });
    case 'nibp-schedule':
      return takeSchedule(state, fact.intervalMs, fact.at);
    case 'storage':
      return takeStorage(state, fact.fault, fact.at);
    case 'symptom':
      return { ...state, symptom: { symptom: fact.symptom, at: fact.at } };
    case 'disk':
      return fact.freeBytes === null ? state : takeDisk(state, fact.freeBytes, fact.at);
    case 'identity':
      return takeDoubt(state, fact.monitorId, fact.doubt, fact.at);
    case 'audibility':
      return { ...state, unheard: fact.unheard };
    case 'vitals':
      return takeVitals(state, fact.required, fact.waived);
    case 'clock-jump':
      return { ...state, clockJump: { byMs: fact.byMs, at: fact.at } };
    default:
      return fact satisfies never;
  }
};

const reviewed = (before: AlarmEngineState, state: AlarmEngineState): AlarmEngineState => ({
  ...state,
  cuff: reviewRules(before, state),
});

/** The first baseline after a restart is not news: the readings from before were judged against it. */
const takeBaseline = (
  before: AlarmEngineState,
  baseline: AlarmEngineState['baseline'],
  at: Instant,
): AlarmEngineState => {
  const state = { ...before, baseline };
  const { restored } = state;
  if (restored === null || restored.unjudged === null) return reviewed(before, state);
  const known = { ...state, restored: { ...restored, unjudged: null } };
  return isWithinGrace(restored, at)
    ? { ...known, cuff: rejudged(state, restored.unjudged) }
    : reviewed(before, known);
};

const heard = (state: AlarmEngineState, monitorId: MonitorId, at: Instant): AlarmEngineState => {
  const link = state.links[monitorId];
  if (link === undefined) return state;
  return { ...state, links: { ...state.links, [monitorId]: { ...link, heardAt: at } } };
};

const takeCondition = (
  state: AlarmEngineState,
  monitorId: MonitorId,
  condition: DeviceCondition,
  at: Instant,
): AlarmEngineState => {
  const { code, metric, text, present } = condition;
  // Several alarms of the monitor may stand at once, told apart by their words; of the rest there is one of a kind.
  const key = `${monitorId}/${code}/${metric ?? ''}/${code === 'monitor-alarm' ? text : ''}`;
  if (!present) {
    const devices = without(state.devices, (_, name) => name === key);
    const goneFor = elapsedMs(state.devices[key]?.since ?? at, at);
    if (!SENSOR_GONE.includes(code) || goneFor < STALE_AFTER_MS) return { ...state, devices };
    const sensor = sensorKey(monitorId, sensorOf(code, metric));
    return { ...state, devices, sensorBack: { ...state.sensorBack, [sensor]: at } };
  }
  const since = state.devices[key]?.since ?? at;
  const cuff = code === 'cuff-fault' ? { ...state.cuff, inflatingSince: null } : state.cuff;
  return { ...state, cuff, devices: { ...state.devices, [key]: { monitorId, code, metric, text, since } } };
};

/** A lost line takes the monitor's reports with it: it will tell them again when it is back. */
const takeLink = (state: AlarmEngineState, fact: Fact & { type: 'link' }): AlarmEngineState => {
  const { monitorId, cause, metrics, at } = fact;
  const before = state.links[monitorId];
  const associated = fact.state === 'associated';
  const since = before?.associated === associated ? before.since : associated ? at : lossBegan(before, at);
  const lostAt = associated ? (before?.lostAt ?? null) : since;
  const link = { monitorId, associated, cause, metrics, since, lostAt, heardAt: before?.heardAt ?? null };
  return {
    ...state,
    links: { ...state.links, [monitorId]: link },
    devices: associated ? state.devices : without(state.devices, (entry) => entry.monitorId === monitorId),
  };
};

/** A line that came back for a moment and brought nothing was never back. */
const lossBegan = (before: LinkFact | undefined, at: Instant): Instant => {
  if (before === undefined || before.lostAt === null) return at;
  const brief = elapsedMs(before.since, at) < STALE_AFTER_MS;
  const spoke = before.heardAt !== null && elapsedMs(before.since, before.heardAt) >= 0;
  return brief && !spoke ? before.lostAt : at;
};

const forget = (state: AlarmEngineState, monitorId: MonitorId): AlarmEngineState => ({
  ...state,
  links: without(state.links, (link) => link.monitorId === monitorId),
  devices: without(state.devices, (entry) => entry.monitorId === monitorId),
  sources: without(state.sources, (source) => source.monitorId === monitorId),
  doubts: without(state.doubts, (_, id) => id === monitorId),
  cuffMonitors: without(state.cuffMonitors, (_, id) => id === monitorId),
});

/** Nothing of one session survives into the next: readings, rules, pause, baseline, old sensors. */
const takePhase = (state: AlarmEngineState, phase: Phase | null, at: Instant): AlarmEngineState => {
  const moved = phase === state.phase ? state : { ...state, phase, phaseSince: at };
  const running = phase !== null && isUnderTreatment(phase);
  const treatedSince = running ? (state.treatedSince ?? at) : null;
  const next: AlarmEngineState = { ...moved, treatedSince };
  if (state.restored?.phaseKnown === false) {
    return { ...next, restored: { ...state.restored, phaseKnown: true } };
  }
  const [wasOpen, isOpen] = [phaseKey(state) !== 'none', phaseKey(next) !== 'none'];
  if (wasOpen === isOpen) return next;
  const restored = state.restored === null ? null : { ...state.restored, unjudged: null };
  const fresh = {
    ...next,
    cuff: NO_CUFF,
    cuffMonitors: {},
    symptom: null,
    ended: {},
    clockJump: null,
    restored,
  };
  if (!isOpen) return { ...fresh, baseline: null, schedule: null };
  const old = (source: Source) =>
    source.lastNumberAt === null || elapsedMs(source.lastNumberAt, at) > STALE_AFTER_MS;
  return { ...fresh, sources: without(state.sources, old) };
};

const takeSchedule = (state: AlarmEngineState, intervalMs: number | null, at: Instant): AlarmEngineState => {
  if (intervalMs === null) return { ...state, schedule: null };
  const before = state.schedule;
  if (before?.intervalMs === intervalMs) return state;
  const isTighter = before !== null && intervalMs < before.intervalMs;
  const tightenedAt = isTighter ? at : (before?.tightenedAt ?? null);
  return { ...state, schedule: { intervalMs, since: before?.since ?? at, tightenedAt } };
};

const takeStorage = (state: AlarmEngineState, fault: string | null, at: Instant): AlarmEngineState => {
  if (fault === null) return { ...state, storage: null };
  return { ...state, storage: { fault, since: state.storage?.since ?? at } };
};

const takeDisk = (state: AlarmEngineState, freeBytes: number, at: Instant): AlarmEngineState => {
  const disk = diskFact(state.disk, freeBytes, at);
  return disk === null && state.disk === null ? state : { ...state, disk };
};

const takeDoubt = (
  state: AlarmEngineState,
  monitorId: MonitorId,
  doubt: string | null,
  at: Instant,
): AlarmEngineState => {
  const before = state.doubts[monitorId];
  if (doubt === null) return { ...state, doubts: without(state.doubts, (_, id) => id === monitorId) };
  return { ...state, doubts: { ...state.doubts, [monitorId]: { text: doubt, since: before?.since ?? at } } };
};

/** The same told again changes nothing: what was found since stays found. */
const takeVitals = (
  state: AlarmEngineState,
  required: readonly Vital[],
  begun: readonly Vital[],
): AlarmEngineState => {
  const same =
    begun.length === state.vitals.begun.length && begun.every((vital) => state.vitals.begun.includes(vital));
  const waived = same ? state.vitals.waived : begun;
  return withoutFoundVitals({ ...state, vitals: { required, begun, waived } });
};
