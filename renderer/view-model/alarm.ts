/** Alarms in words, as they are shown (alarm rules, sections 2 and 4), and what of them must be heard. */
import { limitMetricOf } from '../../core/alarm/source.ts';
import type { ActiveAlarm, AlarmPriority } from '../../core/alarm/types.ts';
import type { ChairView } from '../../core/api/views.ts';
import type { MonitorId } from '../../core/ids.ts';
import type { MetricId } from '../../core/nomenclature/metrics.ts';
import type { Instant } from '../../core/time.ts';
import { PRIORITY_MARKS, PRIORITY_RANK } from './limits.ts';
import { ageText, clockText, sinceMs } from './time-text.ts';

/** How an alarm is drawn. `flash`: only while active and not acknowledged. */
export interface AlarmLine {
  readonly key: string;
  readonly priority: AlarmPriority;
  readonly mark: string;
  readonly title: string;
  readonly message: string;
  /** "40 s ago"; empty once it is resolved (its text has the time) and while the station's time is not known. */
  readonly age: string;
  /** "UNCONFIRMED", "RESOLVED 14:03, not acknowledged", "ACKNOWLEDGED 14:03 by AB"; null for a plain active alarm. */
  readonly stateText: string | null;
  readonly flash: boolean;
  readonly isAcknowledged: boolean;
  readonly category: ActiveAlarm['category'];
  /** The monitor of which a person can say that it is the right one; null for every other alarm. */
  readonly doubtedMonitor: MonitorId | null;
}

/** One line of the list. */
export const alarmLine = (alarm: ActiveAlarm, now: Instant | null): AlarmLine => ({
  key: alarm.key,
  priority: alarm.priority,
  mark: PRIORITY_MARKS[alarm.priority],
  title: alarm.occurrence > 1 ? `${alarm.title} ×${alarm.occurrence}` : alarm.title,
  message: alarm.message,
  age: now === null || alarm.state === 'latched' ? '' : `${ageText(sinceMs(alarm.onsetAt, now))} ago`,
  stateText: stateText(alarm),
  flash: alarm.acknowledged === null && alarm.state !== 'latched',
  isAcknowledged: alarm.acknowledged !== null,
  category: alarm.category,
  doubtedMonitor: alarm.conditionId === 'patient-mismatch' ? alarm.monitorId : null,
});

const stateText = (alarm: ActiveAlarm): string | null => {
  const acknowledged =
    alarm.acknowledged === null
      ? null
      : `ACKNOWLEDGED ${clockText(alarm.acknowledged.at.wall)} by ${alarm.acknowledged.by}`;
  if (alarm.state === 'latched' && alarm.acknowledged === null) {
    const when = alarm.clearedAt === null ? '' : ` ${clockText(alarm.clearedAt.wall)}`;
    return `RESOLVED${when}, not acknowledged`;
  }
  if (alarm.state === 'unconfirmed') {
    return acknowledged === null ? 'UNCONFIRMED' : `UNCONFIRMED, ${acknowledged}`;
  }
  return acknowledged;
};

/** The most urgent alarm that nobody acknowledged, else the most urgent one; null without alarms. */
export const foremost = (alarms: readonly ActiveAlarm[]): ActiveAlarm | null => {
  const rank = (alarm: ActiveAlarm) => PRIORITY_RANK[alarm.priority] + (alarm.acknowledged === null ? 0 : 10);
  return alarms.reduce<ActiveAlarm | null>(
    (best, alarm) => (best === null || rank(alarm) < rank(best) ? alarm : best),
    null,
  );
};

/** What must be audible on this window: the highest sounding priority over all chairs, and what asks for it. */
export interface SoundDemand {
  readonly priority: AlarmPriority;
  /** Identities of what sounds; a new one at the same priority starts the burst again. */
  readonly keys: readonly string[];
  /** Those of `keys` whose condition is still true: only they may get louder (alarm rules S-11). */
  readonly standing: readonly string[];
}

/** What of a chair decides about sound. */
export type ChairAlarms = Pick<ChairView, 'id' | 'alarms'>;

/** True when something asks for a sound that did not ask before. */
export const hasNewSound = (before: readonly ChairAlarms[], now: readonly ChairAlarms[]): boolean => {
  const known = soundDemand(before)?.keys ?? [];
  return (soundDemand(now)?.keys ?? []).some((key) => !known.includes(key));
};

/** Null when nothing must sound. */
export const soundDemand = (chairs: readonly ChairAlarms[]): SoundDemand | null => {
  const loud = chairs.flatMap(({ alarms }) => (alarms.sounding === null ? [] : [alarms.sounding]));
  const [priority] = [...loud].sort((a, b) => PRIORITY_RANK[a] - PRIORITY_RANK[b]);
  if (priority === undefined) return null;
  const asking = chairs
    .filter(({ alarms }) => alarms.sounding === priority)
    .flatMap(({ id, alarms }) =>
      alarms.alarms
        // What waits for its confirmation does not sound yet; once it does, it is new.
        .filter((alarm) => alarm.priority === priority && alarm.acknowledged === null)
        .filter(({ state }) => state !== 'unconfirmed')
        .map((alarm) => ({ key: `${id} ${alarm.key} ${alarm.occurrence}`, state: alarm.state })),
    );
  return {
    priority,
    keys: asking.map(({ key }) => key),
    standing: asking.filter(({ state }) => state === 'active').map(({ key }) => key),
  };
};

/**
 * The priority of the most urgent alarm that concerns one of `metrics`; null when there is none. Metrics that
 * share their limits (heart rate and pulse rate, the sources of respiration) share the sign.
 */
export const alarmOn = (alarms: readonly ActiveAlarm[], metrics: readonly MetricId[]): AlarmPriority | null =>
  foremost(
    alarms.filter(
      ({ metric, state }) =>
        metric !== null &&
        state !== 'latched' &&
        metrics.some((each) => limitMetricOf(each) === limitMetricOf(metric)),
    ),
  )?.priority ?? null;
