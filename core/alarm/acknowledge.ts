/** Acknowledging: per condition, by a person, and the only way a latched alarm ends in an open session. */
import { elapsedMs, type Instant } from '../time.ts';
import { type AlarmEngineState, without } from './state.ts';
import { REOPEN_WITHIN_MS } from './timing.ts';
import type { ActiveAlarm, AlarmEvent } from './types.ts';

/** A person acknowledges one alarm. Nothing happens for one that is not there or already acknowledged. */
export const acknowledge = (
  state: AlarmEngineState,
  key: string,
  by: string,
  at: Instant,
): { readonly state: AlarmEngineState; readonly events: readonly AlarmEvent[] } => {
  const record = Object.hasOwn(state.alarms, key) ? state.alarms[key] : undefined;
  if (record === undefined || record.alarm.acknowledged !== null) return { state, events: [] };
  const alarm: ActiveAlarm = { ...record.alarm, acknowledged: { at, by } };
  const told: AlarmEvent = { type: 'acknowledged', at, alarm, by };
  if (alarm.state !== 'latched') {
    return { state: { ...state, alarms: { ...state.alarms, [key]: { ...record, alarm } } }, events: [told] };
  }
  const clearedAt = alarm.clearedAt ?? at;
  const recent = elapsedMs(clearedAt, at) <= REOPEN_WITHIN_MS;
  return {
    state: {
      ...state,
      alarms: without(state.alarms, (_, name) => name === key),
      ended: recent
        ? { ...state.ended, [key]: { at: clearedAt, occurrence: alarm.occurrence } }
        : state.ended,
    },
    events: [told, { type: 'cleared', at, alarm, by: null }],
  };
};
