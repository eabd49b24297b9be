/**
 * After a restart: what was on when the station stopped, from the log and the cuff readings. The
 * monotonic clock of the old run means nothing now, so old instants are placed by their distance on the wall
 * clock (never in the future). Delays in progress are lost; they begin again with the first values.
 */

import type { MetricId } from '../nomenclature/metrics.ts';
import type { NibpReading } from '../session/events.ts';
import type { Instant } from '../time.ts';
import { isHeld } from './alarm-record.ts';
import { outranks } from './catalogue.ts';
import { trackOf } from './judge-equipment.ts';
import { insteadTrack } from './limit-samples.ts';
import type { LimitSet } from './limits.ts';
import { placed } from './placed.ts';
import { rejudged } from './pressure-replay.ts';
import { isPressureMetric } from './pressure-rules.ts';
import { NO_CONTROLS, newsOf, takeControl } from './restore-controls.ts';
import { limitRow } from './rows.ts';
import { sourceKey } from './source.ts';
import {
  type AlarmEngineState,
  type AlarmRecord,
  createAlarmEngine,
  type RuleStatus,
  type Source,
  type Track,
} from './state.ts';
import { REOPEN_WITHIN_MS } from './timing.ts';
import type { ActiveAlarm, AlarmEvent, ConditionEvent } from './types.ts';

/**
 * The engine as the log leaves it: open alarms with their acknowledgements, alarms that just ended, what people
 * had paused or switched off. `log` is one session's alarm events in order. `readings` are the session's believable cuff
 * readings, oldest first, already placed on this run's clock: they say when the next one is overdue, and the
 * pressure rules are found again from them, at the latest when the baseline is told. `baselineSince`: when that
 * baseline was frozen, on this run's clock; null: before all readings. The phase must be told next; until then
 * nothing of the old run ends.
 */
export const restoreAlarms = (
  limits: LimitSet,
  log: readonly AlarmEvent[],
  at: Instant,
  readings: readonly NibpReading[] = [],
  baselineSince: Instant | null = null,
): AlarmEngineState => {
  const records = new Map<string, AlarmRecord>();
  const ended = new Map<string, { readonly at: Instant; readonly occurrence: number }>();
  let controls = NO_CONTROLS;
  for (const entry of log) {
    if ('alarm' in entry) {
      takeEvent(records, ended, entry, at);
    } else {
      newsOf(records, controls, entry, at);
      controls = takeControl(controls, entry, at);
    }
  }
  const recent = [...ended].filter(([, entry]) => at.mono - entry.at.mono <= REOPEN_WITHIN_MS);
  const spoken = [...records.values()].flatMap(ruleOf);
  const unjudged = { readings, baselineSince, spoken };
  const fresh = createAlarmEngine(limits);
  return {
    ...fresh,
    alarms: Object.fromEntries(records),
    ended: Object.fromEntries(recent),
    tracks: Object.fromEntries([...records.values()].flatMap((record) => tracksOf(limits, record.alarm))),
    cuff: rejudged(fresh, unjudged),
    cuffMonitors: Object.fromEntries(readings.map(({ monitorId }) => [monitorId, true])),
    sources: Object.fromEntries([...records.values()].flatMap(missingNumber)),
    ...controls,
    restored: { at, phaseKnown: false, unjudged: readings.length === 0 ? null : unjudged },
  };
};

const placedAlarm = (alarm: ActiveAlarm, at: Instant): ActiveAlarm => ({
  ...alarm,
  onsetAt: placed(alarm.onsetAt, at),
  raisedAt: placed(alarm.raisedAt, at),
  clearedAt: alarm.clearedAt === null ? null : placed(alarm.clearedAt, at),
  acknowledged:
    alarm.acknowledged === null ? null : { ...alarm.acknowledged, at: placed(alarm.acknowledged.at, at) },
});

const STARTS_SOUND: readonly ConditionEvent['type'][] = ['raised', 'reopened', 'escalated', 'confirmed'];

const takeEvent = (
  records: Map<string, AlarmRecord>,
  ended: Map<string, { readonly at: Instant; readonly occurrence: number }>,
  entry: ConditionEvent,
  now: Instant,
): void => {
  const alarm = placedAlarm(entry.alarm, now);
  const when = placed(entry.at, now);
  if (entry.type === 'cleared' || entry.type === 'not-confirmed') {
    records.delete(alarm.key);
    ended.set(alarm.key, { at: alarm.clearedAt ?? when, occurrence: alarm.occurrence });
    return;
  }
  const before = records.get(alarm.key);
  // A lesser degree of a latched alarm came back: what it was confirmed as still counts.
  const isLesser = entry.type === 'reopened' && before?.alarm.state === 'latched' && isHeld(alarm);
  const pending = isLesser ? before.pending : isPending(entry, before);
  records.set(alarm.key, {
    alarm,
    pending,
    latches: alarm.category === 'physiological' && alarm.priority === 'high' && !pending,
    signalAt: before === undefined || STARTS_SOUND.includes(entry.type) ? when : before.signalAt,
  });
};

const isPending = (entry: ConditionEvent, before: AlarmRecord | undefined): boolean => {
  if (entry.alarm.state === 'unconfirmed') return true;
  if (entry.type === 'raised' || entry.type === 'reopened' || entry.type === 'escalated') {
    return limitRow(entry.alarm.conditionId).confirm === 'repeat';
  }
  return entry.type === 'acknowledged' || entry.type === 'realarmed' ? before?.pending === true : false;
};

/** Rules whose conditions somebody told (a monitor, a person): they are tracked by their key. */
const TOLD: readonly string[] = ['MON', 'BP-10'];

/** The delays that had passed for a running alarm, its lesser degrees included. */
const tracksOf = (limits: LimitSet, alarm: ActiveAlarm): readonly (readonly [string, Track])[] => {
  if (alarm.state === 'latched') return [];
  const track: Track = { since: alarm.onsetAt, on: true, insideSince: null };
  const row = limitRow(alarm.conditionId);
  if (row.id === 'poor-signal' || row.id === 'hr-mismatch') {
    return limits.limits
      .filter((limit) => limit.threshold === alarm.limit && isAbout(limit.metric, alarm))
      .map((limit) => [insteadTrack(row.id === 'poor-signal' ? row.id : 'hr-mismatch', limit.id), track]);
  }
  if (alarm.category === 'technical' || TOLD.includes(row.rule)) return [[trackOf(row.id, alarm.key), track]];
  if (alarm.metric !== null && isPressureMetric(alarm.metric)) return [];
  const lesser = [...limits.limits, ...(limits.relative ?? [])].filter(
    (limit) =>
      limitRow(limit.id, limit).key === alarm.key &&
      !outranks(limit.priority, alarm.priority) &&
      limit.id !== alarm.conditionId &&
      limitRow(limit.id, limit).rule === 'LIM' &&
      limit.priority !== alarm.priority,
  );
  return [[alarm.conditionId, track], ...lesser.map((limit) => [limit.id, track] as const)];
};

const isAbout = (metric: MetricId, alarm: ActiveAlarm): boolean =>
  alarm.key === 'hr-mismatch' ? metric === 'MDC_ECG_HEART_RATE' : alarm.key === `poor-signal:${metric}`;

/** The pressure rule that a running alarm speaks of. */
const ruleOf = ({ alarm, pending, signalAt }: AlarmRecord): readonly RuleStatus[] => {
  const { metric, value, limit } = alarm;
  if (alarm.state === 'latched' || alarm.category !== 'physiological') return [];
  if (metric === null || !isPressureMetric(metric) || TOLD.includes(limitRow(alarm.conditionId).rule))
    return [];
  return [
    {
      ruleId: alarm.conditionId.replace(/-again$/, ''),
      status: pending ? 'pending' : 'confirmed',
      since: signalAt,
      value: value ?? 0,
      limit: limit ?? 0,
      text: alarm.message,
      hits: alarm.conditionId.endsWith('-again') ? 2 : 1,
    },
  ];
};

/** A number that was missing is still missing: no number of this run, the last one as old as the log says. */
const missingNumber = ({ alarm }: AlarmRecord): readonly (readonly [string, Source])[] => {
  const { conditionId, monitorId, metric, onsetAt } = alarm;
  if (conditionId !== 'metric-stale' || monitorId === null || metric === null) return [];
  return [
    [
      sourceKey(monitorId, metric),
      {
        monitorId,
        metric,
        validity: 'unavailable',
        value: null,
        at: onsetAt,
        lastValue: null,
        lastNumberAt: onsetAt,
        step: null,
      },
    ],
  ];
};
