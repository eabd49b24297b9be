/**
 * One infusion chair while the station runs: its monitors' numbers, its alarms and its open session come
 * together here. Order matters: numbers go to the alarm engine first, an alarm is on disk before any window
 * hears of it, and only then the windows are told.
 */
import { adoptSession } from '../core/alarm/adopt.ts';
import { repeatRequest } from '../core/alarm/advice.ts';
import { isBelievable } from '../core/alarm/cuff-reading.ts';
import {
  type AlarmEngineState,
  type AlarmInput,
  alarmSnapshot,
  createAlarmEngine,
  haveSameSignals,
  restoreAlarms,
  stepAlarms,
} from '../core/alarm/engine.ts';
import type { LimitSet } from '../core/alarm/limits.ts';
import { DEFAULT_PRESET } from '../core/alarm/presets.ts';
import type { AlarmEvent } from '../core/alarm/types.ts';
import type { ChairView } from '../core/api/views.ts';
import { chairId } from '../core/ids.ts';
import { VITALS } from '../core/nomenclature/vitals.ts';
import type { NibpReading, SessionEvent, SessionEventBody } from '../core/session/events.ts';
import { isClosed } from '../core/session/phase.ts';
import type { Session } from '../core/session/session.ts';
import type { Instant } from '../core/time.ts';
import { cuffInterval } from '../core/visit/cuff-timetable.ts';
import type { ChairFacts } from '../core/visit/facts.ts';
import { visitView } from '../core/visit/visit-view.ts';
import type { Chair, ChairDeps, HandOver } from './chair-contract.ts';
import { chairFacts, withReading } from './chair-facts.ts';
import { createCuffTracker } from './cuff-tracker.ts';
import { createCurrentValues } from './current-values.ts';
import { createIdentityRecord } from './identity-record.ts';
import { withMonitorNames } from './monitor-names.ts';
import { olderBy, onThisRun, readingsOnThisRun, withoutArtefacts } from './past-readings.ts';
import { createSessionRecord, STATION } from './session-record.ts';
import { createWaveKeeper, type SentWave } from './wave-keeper.ts';

export type { Chair, ChairDeps, HandOver } from './chair-contract.ts';

export const createChair = (deps: ChairDeps): Chair => {
  const id = chairId(deps.config.id);
  const cuff = createCuffTracker();
  const identities = createIdentityRecord(deps.identityOf);
  const current = createCurrentValues((metric) => {
    const own = deps.sourceOrder()[metric] ?? [];
    // Who is not named comes after, in the order of the chair.
    return [...own, ...deps.monitorOrder().filter((monitor) => !own.includes(monitor))];
  });
  const waveKeeper = createWaveKeeper(deps.storesAllWaves);
  const record = createSessionRecord(
    (origin) => deps.store(origin).db,
    deps.newId,
    (event) => deps.fanOut.push('event', event),
    (body) => withMonitorNames(body, (monitor) => deps.identityOf(monitor)?.name ?? null),
  );
  /** The engine with what the configuration says. */
  const configured = (state: AlarmEngineState): AlarmEngineState =>
    stepAlarms(state, {
      type: 'reminder-interval',
      everyMs: deps.alarmPolicy.reminderMs,
      at: deps.now(),
    }).state;
  let engine = configured(createAlarmEngine(DEFAULT_PRESET));
  let restored: ChairView['restored'] = null;
  let readings: readonly NibpReading[] = [];

  const limits = (): LimitSet => record.session()?.limits ?? DEFAULT_PRESET;

  const unacknowledgedHigh = (): number =>
    Object.values(engine.alarms).filter(
      ({ alarm }) => alarm.priority === 'high' && alarm.acknowledged === null,
    ).length;

  const counted = (): readonly NibpReading[] => withoutArtefacts(readings, record.exclusions());

  const facts = (now: Instant): ChairFacts =>
    chairFacts(current.view(), counted(), unacknowledgedHigh(), now);

  const visitAt = (now: Instant): ChairView['visit'] => {
    const session = record.session();
    if (session === null) return null;
    const { nextDueAt } = cuff.view(session, repeatRequest(engine), now, counted());
    return visitView(session, facts(now), nextDueAt, now);
  };

  const viewAt = (now: Instant): ChairView => ({
    id,
    name: deps.config.name,
    // A session stays what it was opened as, also when its monitors were removed meanwhile.
    origin: record.session()?.origin ?? deps.origin(),
    session: record.session(),
    current: current.view(),
    cuff: cuff.view(record.session(), repeatRequest(engine), now, counted()),
    limits: limits(),
    approval: deps.approvalOf(limits()),
    alarms: alarmSnapshot(engine, now),
    restored,
    visit: visitAt(now),
    sourceOrder: deps.sourceOrder(),
  });
  const view = (): ChairView => viewAt(deps.now());

  /** The visit as windows last saw it, to push it again when time alone has changed it. */
  let shownVisit = 'null';
  const push = (): void => {
    const { current: _values, ...rest } = view();
    shownVisit = JSON.stringify(rest.visit);
    deps.fanOut.push('chair', rest);
  };

  /** Steps the engine and records its events; true when windows must be told. */
  const step = (input: AlarmInput): boolean => {
    const before = engine;
    const { state, events } = stepAlarms(engine, input);
    engine = state;
    for (const event of events) record.observe({ type: 'alarm', alarm: event }, event.at);
    if (events.some(isOnset)) storeWaves(waveKeeper.alarm(input.at));
    if (events.length > 0) return true;
    return !haveSameSignals(before, state) && isShownDifferently(before, state, input.at);
  };

  /** With the open session, in the next batch; without one there is nothing to store them with. */
  const storeWaves = (waves: readonly SentWave[]): void => {
    const session = record.session();
    if (session === null || isClosed(session.phase)) return;
    const { recorder } = deps.store(session.origin);
    for (const wave of waves) recorder.addWave({ sessionId: session.id, ...wave });
  };

  const alarm = (input: AlarmInput): void => {
    if (step(input)) push();
  };

  const link: Chair['link'] = (monitorId, state, cause, metrics, at) => {
    record.observe({ type: 'link-changed', monitorId, state, text: cause }, at);
    const now = state === 'associated' ? 'associated' : 'not-associated';
    alarm({ type: 'link', monitorId, state: now, cause, metrics, at });
  };

  /** After a change of the session: the engine learns the phase, the limits, the schedule and the baseline. */
  const tellEngine = (session: Session | null, at: Instant): void => {
    step({ type: 'limits', limits: limits(), at });
    const intervalMs = session === null ? null : cuffInterval(session, at.wall, counted()).intervalMs;
    step({ type: 'nibp-schedule', intervalMs, at });
    step({ type: 'baseline', baseline: session?.baseline ?? null, at });
    step({ type: 'vitals', required: VITALS, waived: session?.withoutVitals ?? [], at });
    step({ type: 'phase', phase: session?.phase ?? null, at });
  };

  /** Writes down that the cuff's timetable has come to another interval. The disk's refusal only puts it off. */
  const keepTimetable = (at: Instant): void => {
    const session = record.session();
    if (session === null || session.visit.protocol === null || isClosed(session.phase)) return;
    const { intervalMs, why } = cuffInterval(session, at.wall, counted());
    if (intervalMs === session.nibpIntervalMs || record.retry() !== null) return;
    record.observe({ type: 'cuff-interval-in-force', intervalMs, why }, at);
  };

  const settle = (entered: Session, at: Instant): Session => {
    keepTimetable(at);
    const session = record.session() ?? entered;
    tellEngine(session, at);
    if (isClosed(session.phase)) {
      const fault = deps.store(session.origin).recorder.flush() ?? record.retry();
      // What the disk refused stays queued with the record: a closed session is let go only when all is written.
      if (fault === null) letGo(at);
    }
    push();
    return session;
  };

  const letGo = (at: Instant): void => {
    record.release();
    waveKeeper.closeSession();
    readings = [];
    restored = null;
    // The engine goes on: it knows which links and values are there. Ending the phase ends every alarm of the
    // session, so that nothing of it survives into the next one.
    tellEngine(null, at);
  };

  return {
    id,
    name: deps.config.name,
    view,
    session: record.session,
    limits,
    unacknowledgedHigh,
    hasAlarm: (key, priority) => engine.alarms[key]?.alarm.priority === priority,
    monitors: deps.monitorOrder,
    readings: counted,
    facts,
    watch: (at) => {
      const session = record.session();
      if (session === null) return;
      if (!isClosed(session.phase)) {
        keepTimetable(at);
        const { intervalMs } = cuffInterval(session, at.wall, counted());
        if (engine.schedule?.intervalMs !== intervalMs) step({ type: 'nibp-schedule', intervalMs, at });
      }
      if (JSON.stringify(visitAt(at)) !== shownVisit) push();
    },
    observe: (monitorId, observations, at) => {
      const session = record.session();
      const isRecording = session !== null && !isClosed(session.phase);
      if (isRecording) deps.store(session.origin).recorder.add(session.id, monitorId, at, observations);
      const { reading, changed } = cuff.accept(monitorId, observations);
      if (reading !== null && isRecording) readings = withReading(readings, reading);
      const identity =
        isRecording && observations.some(({ value }) => value !== null) ? identities.heard(monitorId) : null;
      if (identity !== null) record.observe(identity, at);
      const alarmsChanged = step({ type: 'observations', monitorId, observations, at });
      const shown = current.accept(monitorId, observations);
      for (const change of current.takeChanges()) record.observe({ type: 'source-changed', ...change }, at);
      if (shown.length > 0) deps.fanOut.push('observations', { chairId: id, values: shown });
      if (changed || alarmsChanged) push();
    },
    waves: (monitorId, blocks) => {
      storeWaves(waveKeeper.take(monitorId, blocks));
      const waves = blocks.map((block) => ({ monitorId, block }));
      deps.fanOut.pushWaves({ chairId: id, waves });
    },
    recentWaves: (ms) => waveKeeper.recent(ms, deps.now()),
    condition: (monitorId, condition, at) => alarm({ type: 'device-condition', monitorId, condition, at }),
    link,
    monitorSetAnew: (monitorId, metrics, at) => {
      // What it gave may have been another device's, or read with another setting: it is nobody's number of now.
      current.forget(monitorId);
      waveKeeper.forget(monitorId);
      link(monitorId, 'closed', 'Set up anew.', metrics, at);
    },
    monitorRemoved: (monitorId, at) => {
      current.forget(monitorId);
      waveKeeper.forget(monitorId);
      // The record shows why its numbers end here.
      record.observe(
        { type: 'link-changed', monitorId, state: 'closed', text: 'Removed from the chair.' },
        at,
      );
      step({ type: 'monitor-removed', monitorId, at });
      push();
    },
    alarm,
    open: (bodies, by) => {
      const at = deps.now();
      const session = record.open(bodies, by, at);
      identities.begin([]);
      waveKeeper.closeSession();
      readings = [];
      return settle(session, at);
    },
    enter: (bodies, by) => {
      const at = deps.now();
      return settle(record.enter(bodies, by, at), at);
    },
    enterOne: (body, by) => {
      record.enter([body], by, deps.now());
      const entry = record.lastEntry();
      if (entry === null) throw new Error('the entry was written but is not known');
      return entry;
    },
    act: (input) => {
      const { state, events } = stepAlarms(engine, input);
      const bodies = events.map((event): SessionEventBody => ({ type: 'alarm', alarm: event }));
      // Disk first: if it refuses, the alarm stays unacknowledged and the person is told so.
      if (bodies.length > 0 && record.session() !== null) record.enter(bodies, input.by, input.at);
      engine = state;
      push();
    },
    note: (body, at) => record.observe(body, at),
    resume: (events, past, downForMs) => {
      const at = deps.now();
      const session = record.resume(events);
      identities.begin(events);
      // First in the record of this run: what follows is on another monotonic clock.
      record.observe({ type: 'station-restarted', downForMs }, at);
      restored = { at, downForMs };
      readings = readingsOnThisRun(past, at, downForMs);
      cuff.restore(readings.at(-1) ?? null);
      const believable = readings.filter(isBelievable);
      const frozen = events.findLast((event) => event.body.type === 'baseline-frozen');
      const baselineSince = frozen === undefined ? null : onThisRun(frozen.at, at);
      engine = configured(restoreAlarms(limits(), alarmLog(events), at, believable, baselineSince));
      tellEngine(session, at);
      // The configuration may have been changed while the station was down.
      if (engine.audio.kind === 'off' && !deps.alarmPolicy.allowAudioOff) {
        step({ type: 'resume-audio', by: STATION, at });
      }
    },
    handOver: () => {
      const session = record.session();
      if (session === null) throw new Error('no session is open');
      const { db, recorder } = deps.store(session.origin);
      recorder.flush();
      const handed: HandOver = {
        events: db.eventsOf(session.id),
        readings,
        engine,
        restored,
        pending: record.pending(),
      };
      letGo(deps.now());
      push();
      return handed;
    },
    adopt: (handed) => {
      const at = deps.now();
      const session = record.resume(handed.events);
      identities.begin(handed.events);
      // The waves of the last minutes were those of whoever sat here before.
      waveKeeper.closeSession();
      ({ readings, restored } = handed);
      cuff.restore(readings.at(-1) ?? null);
      engine = adoptSession(handed.engine, engine);
      for (const { body, at: then } of handed.pending) record.observe(body, then);
      return settle(session, at);
    },
    retry: () => {
      const fault = record.retry();
      const session = record.session();
      if (fault === null && session !== null && isClosed(session.phase)) letGo(deps.now());
      return fault;
    },
    forgetCurrent: (byMs) => {
      current.clear();
      cuff.grewOlder(byMs);
      readings = olderBy(readings, byMs);
      push();
    },
    sourcesReordered: current.reordered,
    push,
  };
};

const isShownDifferently = (before: AlarmEngineState, state: AlarmEngineState, at: Instant): boolean =>
  JSON.stringify(alarmSnapshot(before, at)) !== JSON.stringify(alarmSnapshot(state, at));

/** An alarm that begins, or becomes more urgent: what the waves looked like then is kept. */
const isOnset = (event: AlarmEvent): boolean =>
  event.type === 'raised' || event.type === 'escalated' || event.type === 'reopened';

const alarmLog = (events: readonly SessionEvent[]) =>
  events.flatMap((event) => (event.body.type === 'alarm' ? [event.body.alarm] : []));
