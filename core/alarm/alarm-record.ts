/** What a running alarm says: built from findings, kept or changed as the condition goes on. */
import type { Instant } from '../time.ts';
import { ALSO, type Finding } from './judgement.ts';
import type { AlarmRecord } from './state.ts';
import type { ActiveAlarm } from './types.ts';

/** Joins what is true now and what made the alarm so urgent. */
const WAS = ' · was ';

/** A new alarm from a finding. */
export const alarmOf = (finding: Finding, occurrence: number, at: Instant): ActiveAlarm => ({
  key: finding.key,
  conditionId: finding.conditionId,
  category: finding.category,
  priority: finding.priority,
  state: isQuiet(finding) ? 'unconfirmed' : 'active',
  metric: finding.metric,
  monitorId: finding.monitorId,
  title: finding.title,
  message: finding.message,
  value: finding.value,
  limit: finding.limit,
  peak: finding.value,
  onsetAt: finding.onsetAt,
  raisedAt: at,
  clearedAt: null,
  acknowledged: null,
  occurrence,
});

/** Waits for its repeat without a sound. A high one sounds while it waits. */
export const isQuiet = (finding: Finding): boolean =>
  finding.confirmation === 'pending' && finding.priority !== 'high';

const latches = (finding: Finding): boolean =>
  finding.category === 'physiological' && finding.priority === 'high' && finding.confirmation !== 'pending';

/** The record of an alarm that a finding keeps on. `signalAt`: when its sound has reason to begin. */
export const recordOf = (alarm: ActiveAlarm, finding: Finding, signalAt: Instant): AlarmRecord => ({
  alarm,
  latches: latches(finding),
  pending: finding.confirmation === 'pending',
  signalAt,
});

/** An unacknowledged high alarm above a lesser degree: its own words, with the value of now. */
export const held = (alarm: ActiveAlarm, finding: Finding): ActiveAlarm => {
  const own = (alarm.message.split(WAS).at(-1) ?? alarm.message).split(ALSO)[0] ?? '';
  const message = `${finding.message}${WAS}${own}`;
  if (message === alarm.message && finding.value === alarm.value) return alarm;
  return { ...alarm, message, value: finding.value };
};

/** True for an alarm in the words of `held`. */
export const isHeld = (alarm: ActiveAlarm): boolean => alarm.message.includes(WAS);

/** True when nothing that a person reads has changed. */
export const sameWords = (a: ActiveAlarm, b: ActiveAlarm): boolean =>
  a.conditionId === b.conditionId &&
  a.message === b.message &&
  a.value === b.value &&
  a.limit === b.limit &&
  a.peak === b.peak &&
  a.metric === b.metric &&
  a.monitorId === b.monitorId;

/** The worst value of the occurrence; a new metric starts anew. */
export const peakOf = (alarm: ActiveAlarm, finding: Finding): number | null => {
  if (finding.value === null) return alarm.peak;
  if (alarm.peak === null || alarm.metric !== finding.metric) return finding.value;
  return finding.worse === 'higher'
    ? Math.max(alarm.peak, finding.value)
    : Math.min(alarm.peak, finding.value);
};
