/**
 * From findings to alarms: raise, escalate, confirm, latch, clear, re-open, re-alarm. The only place where
 * an alarm begins or ends. One alarm a key; a high-priority one that nobody acknowledged keeps its priority
 * while a lesser degree of the same thing goes on, and stays (latched) when it is gone.
 */
import { elapsedMs, type Instant } from '../time.ts';
import { alarmOf, held, isHeld, isQuiet, peakOf, recordOf, sameWords } from './alarm-record.ts';
import { outranks } from './catalogue.ts';
import type { Finding } from './judgement.ts';
import { limitRow } from './rows.ts';
import type { AlarmEngineState, AlarmRecord } from './state.ts';
import { without } from './state.ts';
import { REALARM_AFTER_MS, REOPEN_WITHIN_MS } from './timing.ts';
import type { ActiveAlarm, AlarmEvent, ConditionEvent } from './types.ts';

type Alarms = AlarmEngineState['alarms'];
type Ended = AlarmEngineState['ended'];

/** A record after a change, with the events that tell it. A null record: the alarm is over. */
interface Change {
  readonly record: AlarmRecord | null;
  readonly events: readonly AlarmEvent[];
}

const event = (
  type: ConditionEvent['type'],
  at: Instant,
  alarm: ActiveAlarm,
  by: string | null = null,
): AlarmEvent => ({
  type,
  at,
  alarm,
  by,
});

/** Alarms, memory of ended ones and events after one look. Unchanged parts keep their identity. */
export const settle = (
  alarms: Alarms,
  ended: Ended,
  findings: ReadonlyMap<string, Finding>,
  sessionOpen: boolean,
  at: Instant,
): { readonly alarms: Alarms; readonly ended: Ended; readonly events: readonly AlarmEvent[] } => {
  let nextAlarms = alarms;
  let nextEnded = without(ended, (entry) => elapsedMs(entry.at, at) > REOPEN_WITHIN_MS);
  const events: AlarmEvent[] = [];
  for (const [key, finding] of findings) {
    const record = alarms[key];
    const change =
      record === undefined ? open(finding, nextEnded[key]?.occurrence ?? 0, at) : goOn(record, finding, at);
    events.push(...change.events);
    if (change.record !== record && change.record !== null) {
      nextAlarms = { ...nextAlarms, [key]: change.record };
      if (record === undefined) nextEnded = without(nextEnded, (_, name) => name === key);
    }
  }
  for (const [key, record] of Object.entries(alarms)) {
    if (findings.has(key)) continue;
    const change = end(record, sessionOpen, at);
    if (change.record === record) continue;
    events.push(...change.events);
    if (change.record !== null) {
      nextAlarms = { ...nextAlarms, [key]: change.record };
    } else {
      nextAlarms = without(nextAlarms, (_, name) => name === key);
      nextEnded = { ...nextEnded, [key]: { at, occurrence: record.alarm.occurrence } };
    }
  }
  return { alarms: nextAlarms, ended: nextEnded, events };
};

const open = (finding: Finding, occurrencesBefore: number, at: Instant): Change => {
  const alarm = alarmOf(finding, occurrencesBefore + 1, at);
  const type = occurrencesBefore === 0 ? 'raised' : 'reopened';
  return { record: recordOf(alarm, finding, at), events: [event(type, at, alarm)] };
};

const goOn = (record: AlarmRecord, finding: Finding, at: Instant): Change => {
  if (record.alarm.state === 'latched') return comeBack(record, finding, at);
  if (isWorse(finding, record.alarm)) return escalate(record, finding, at);
  if (outranks(record.alarm.priority, finding.priority) || waitsBelow(record, finding)) {
    return fall(record, finding, at);
  }
  return stay(record, finding, at);
};

/** Waits for its repeat below an alarm that came back and that nobody has acknowledged. */
const waitsBelow = ({ alarm, latches }: AlarmRecord, finding: Finding): boolean =>
  latches && alarm.acknowledged === null && isHeld(alarm) && finding.confirmation === 'pending';

/** A higher priority, or a higher degree of the same priority. */
const isWorse = (finding: Finding, alarm: ActiveAlarm): boolean =>
  outranks(finding.priority, alarm.priority) ||
  (finding.priority === alarm.priority &&
    limitRow(finding.conditionId).degree > limitRow(alarm.conditionId).degree);

const again = (fresh: ActiveAlarm) => ({
  state: 'active' as const,
  onsetAt: fresh.onsetAt,
  raisedAt: fresh.raisedAt,
  clearedAt: null,
  occurrence: fresh.occurrence,
});

/**
 * A latched alarm whose condition is there again, in whatever degree, keeps its priority. One that still waits
 * for its repeat does not take the place of the one that nobody has acknowledged: it may yet be taken back.
 */
const comeBack = (record: AlarmRecord, finding: Finding, at: Instant): Change => {
  const lesser = outranks(record.alarm.priority, finding.priority);
  if (lesser && isQuiet(finding)) return { record, events: [] };
  const fresh = alarmOf(finding, record.alarm.occurrence + 1, at);
  const above = lesser || finding.confirmation === 'pending';
  const alarm = above ? { ...held(record.alarm, finding), ...again(fresh) } : fresh;
  const next = above ? { ...record, alarm, signalAt: at } : recordOf(alarm, finding, at);
  return { record: next, events: [event('reopened', at, alarm)] };
};

const escalate = (record: AlarmRecord, finding: Finding, at: Instant): Change => {
  const { onsetAt, raisedAt, occurrence } = record.alarm;
  const alarm = {
    ...alarmOf(finding, occurrence, at),
    onsetAt,
    raisedAt,
    peak: peakOf(record.alarm, finding),
  };
  return { record: recordOf(alarm, finding, at), events: [event('escalated', at, alarm)] };
};

const fall = (record: AlarmRecord, finding: Finding, at: Instant): Change => {
  const { alarm } = record;
  if (record.latches && alarm.acknowledged === null) {
    const next = held(alarm, finding);
    return { record: next === alarm ? record : { ...record, alarm: next }, events: [] };
  }
  const lower: ActiveAlarm = {
    ...alarmOf(finding, alarm.occurrence, at),
    onsetAt: alarm.onsetAt,
    raisedAt: alarm.raisedAt,
    peak: peakOf(alarm, finding),
    acknowledged: alarm.acknowledged,
  };
  return { record: recordOf(lower, finding, record.signalAt), events: [event('deescalated', at, lower)] };
};

const stay = (record: AlarmRecord, finding: Finding, at: Instant): Change => {
  const { alarm } = record;
  const confirmed = record.pending && finding.confirmation !== 'pending';
  const state = alarm.state === 'unconfirmed' && isQuiet(finding) ? 'unconfirmed' : 'active';
  const realarm = isDueAgain(alarm, at) && state === 'active';
  const next: ActiveAlarm = {
    ...alarm,
    conditionId: finding.conditionId,
    category: finding.category,
    title: finding.title,
    metric: finding.metric,
    monitorId: finding.monitorId,
    message: finding.message,
    value: finding.value,
    limit: finding.limit,
    peak: peakOf(alarm, finding),
    state,
    acknowledged: realarm ? null : alarm.acknowledged,
  };
  const events = [
    ...(confirmed ? [event('confirmed', at, next)] : []),
    ...(realarm ? [event('realarmed', at, next)] : []),
  ];
  const sounds = alarm.state === 'unconfirmed' && state === 'active';
  const changed = events.length > 0 || !sameWords(alarm, next);
  if (!changed) return { record, events };
  const fresh = recordOf(next, finding, sounds ? at : record.signalAt);
  // What was confirmed once is not taken back by another rule of the same thing that waits for its repeat.
  return {
    record: {
      ...fresh,
      latches: record.latches || fresh.latches,
      pending: record.pending && fresh.pending,
    },
    events,
  };
};

const isDueAgain = (alarm: ActiveAlarm, at: Instant): boolean => {
  const after = REALARM_AFTER_MS[alarm.priority];
  return alarm.acknowledged !== null && after !== null && elapsedMs(alarm.acknowledged.at, at) >= after;
};

/** The condition is gone. `sessionOpen` false: nothing latches beyond the end of a session. */
const end = (record: AlarmRecord, sessionOpen: boolean, at: Instant): Change => {
  const { alarm } = record;
  if (sessionOpen && alarm.state === 'latched') return { record, events: [] };
  if (sessionOpen && record.latches && alarm.acknowledged === null) {
    const latched: ActiveAlarm = { ...alarm, state: 'latched', clearedAt: at };
    return { record: { ...record, alarm: latched }, events: [event('latched', at, latched)] };
  }
  const over: ActiveAlarm = { ...alarm, clearedAt: alarm.clearedAt ?? at };
  const type = record.pending ? 'not-confirmed' : 'cleared';
  return { record: null, events: [event(type, at, over)] };
};
