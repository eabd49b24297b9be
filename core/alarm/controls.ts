/**
 * ALARM PAUSED and ALARM OFF: what a person does to the alarms of one parameter. A pause hides alarms that are
 * made and logged all the same, and ends by its timer; what is off is not made, and everything behind it (delays,
 * cuff rules) goes on, so that the alarm is there at once when the parameter is on again. Nothing of it outlives
 * its session. The station checks who may do what; the engine refuses what must never be.
 */
import { addMs, elapsedMs, type Instant } from '../time.ts';
import { resumeAudio } from './audio.ts';
import type { Finding } from './judgement.ts';
import { ALARM_PARAMETERS, type AlarmParameter, mayBeOff, parameterOf } from './parameters.ts';
import { limitRow } from './rows.ts';
import { type AlarmEngineState, type AlarmRecord, phaseKey, without } from './state.ts';
import { ALARM_PAUSE_MS } from './timing.ts';
import type { AlarmEvent, PausedParameter, ReminderState } from './types.ts';

interface ControlStep {
  readonly state: AlarmEngineState;
  readonly events: readonly AlarmEvent[];
}

/** In the order of the list, each once. */
const ordered = (parameters: readonly AlarmParameter[]): readonly AlarmParameter[] =>
  ALARM_PARAMETERS.filter((parameter) => parameters.includes(parameter));

/** Starts ALARM PAUSED, or starts it anew; never longer than the longest pause. */
export const pauseAlarms = (
  state: AlarmEngineState,
  asked: Pick<PausedParameter, 'by' | 'reason'> & {
    readonly parameters: readonly AlarmParameter[];
    readonly durationMs: number;
  },
  at: Instant,
): ControlStep => {
  const parameters = ordered(asked.parameters);
  if (phaseKey(state) === 'none' || parameters.length === 0 || !(asked.durationMs > 0)) {
    return { state, events: [] };
  }
  const { by, reason } = asked;
  const until = addMs(at, Math.min(asked.durationMs, ALARM_PAUSE_MS.longest));
  const paused = { ...state.paused };
  for (const parameter of parameters) paused[parameter] = { parameter, since: at, until, by, reason };
  return {
    state: { ...state, paused },
    events: [{ type: 'alarms-paused', at, until, parameters, by, reason }],
  };
};

/** Ends ALARM PAUSED for those of the parameters that are paused; `by` null: time is up. */
export const resumeAlarms = (
  state: AlarmEngineState,
  asked: readonly AlarmParameter[],
  by: string | null,
  at: Instant,
): ControlStep => {
  const parameters = ordered(asked).filter((parameter) => state.paused[parameter] !== undefined);
  if (parameters.length === 0) return { state, events: [] };
  const records = Object.entries(state.alarms).map(
    ([key, record]) => [key, newsAfterPause(record, state.paused, parameters, at)] as const,
  );
  const same = records.every(([key, record]) => record === state.alarms[key]);
  return {
    state: {
      ...state,
      paused: withoutParameters(state.paused, parameters),
      alarms: same ? state.alarms : Object.fromEntries(records),
    },
    events: [{ type: 'alarms-resumed', at, parameters, by }],
  };
};

/** What began behind a pause is news now: it sounds, also through an audio pause that began meanwhile. */
export const newsAfterPause = (
  record: AlarmRecord,
  paused: AlarmEngineState['paused'],
  ending: readonly AlarmParameter[],
  at: Instant,
): AlarmRecord => {
  const parameter = parameterOf(record.alarm);
  if (parameter === null || !ending.includes(parameter)) return record;
  const pause = paused[parameter];
  const began = pause !== undefined && elapsedMs(pause.since, record.signalAt) > 0;
  return began ? { ...record, signalAt: at } : record;
};

const withoutParameters = <T>(
  record: Readonly<Partial<Record<AlarmParameter, T>>>,
  parameters: readonly AlarmParameter[],
): Readonly<Partial<Record<AlarmParameter, T>>> =>
  Object.fromEntries(Object.entries(record).filter(([name]) => !parameters.some((each) => each === name)));

/** Sets ALARM OFF: the parameter's alarms end, acknowledged or not. Nothing happens where the phase forbids it. */
export const switchOff = (
  state: AlarmEngineState,
  asked: { readonly parameter: AlarmParameter; readonly by: string; readonly reason: string },
  at: Instant,
): ControlStep => {
  const { parameter, by, reason } = asked;
  if (phaseKey(state) === 'none' || !mayBeOff(parameter, state.phase)) return { state, events: [] };
  if (state.off[parameter] !== undefined) return { state, events: [] };
  const over = Object.values(state.alarms)
    .map((record) => record.alarm)
    .filter((alarm) => parameterOf(alarm) === parameter);
  const ended = over.map((alarm) => [alarm.key, { at, occurrence: alarm.occurrence }] as const);
  return {
    state: {
      ...state,
      off: { ...state.off, [parameter]: { parameter, since: at, by, reason } },
      alarms: without(state.alarms, ({ alarm }) => over.includes(alarm)),
      ended: over.length === 0 ? state.ended : { ...state.ended, ...Object.fromEntries(ended) },
    },
    events: [
      { type: 'alarm-off', at, parameter, by, reason },
      ...over.map(
        (alarm): AlarmEvent => ({
          type: 'cleared',
          at,
          alarm: { ...alarm, clearedAt: alarm.clearedAt ?? at },
          by,
        }),
      ),
    ],
  };
};

/** Ends ALARM OFF; `by` null: the phase does not allow it, or the session has ended. */
export const switchOn = (
  state: AlarmEngineState,
  parameter: AlarmParameter,
  by: string | null,
  at: Instant,
): ControlStep =>
  state.off[parameter] === undefined
    ? { state, events: [] }
    : {
        state: { ...state, off: withoutParameters(state.off, [parameter]) },
        events: [{ type: 'alarm-on', at, parameter, by }],
      };

/** Everything a person did to the signals ends: nothing of it reaches the next session. */
export const endControls = (state: AlarmEngineState, at: Instant): ControlStep =>
  chain(state, [
    (next) => resumeAudio(next, null, at),
    (next) => resumeAlarms(next, ALARM_PARAMETERS, null, at),
    ...ALARM_PARAMETERS.map((parameter) => (next: AlarmEngineState) => switchOn(next, parameter, null, at)),
  ]);

const chain = (
  state: AlarmEngineState,
  steps: readonly ((state: AlarmEngineState) => ControlStep)[],
): ControlStep =>
  steps.reduce<ControlStep>(
    (before, step) => {
      const { state: next, events } = step(before.state);
      return { state: next, events: events.length === 0 ? before.events : [...before.events, ...events] };
    },
    { state, events: [] },
  );

/** Time and phase at work: pauses that are over, parameters that may not be off now, the reminder. */
export const watchControls = (state: AlarmEngineState, at: Instant): ControlStep => {
  const { audio, paused, off, reminder: running } = state;
  // The usual case, four times a second on every chair.
  if (running === null && audio.kind !== 'off' && isEmpty(paused) && isEmpty(off))
    return { state, events: [] };
  const over = ALARM_PARAMETERS.filter((parameter) => {
    const pause = state.paused[parameter];
    return pause !== undefined && elapsedMs(pause.until, at) >= 0;
  });
  const forbidden = ALARM_PARAMETERS.filter(
    (parameter) => state.off[parameter] !== undefined && !mayBeOff(parameter, state.phase),
  );
  const step =
    over.length === 0 && forbidden.length === 0
      ? { state, events: [] }
      : chain(state, [
          (next) => resumeAlarms(next, over, null, at),
          ...forbidden.map((parameter) => (next: AlarmEngineState) => switchOn(next, parameter, null, at)),
        ]);
  const reminder = nextReminder(step.state, at);
  return reminder === step.state.reminder ? step : { ...step, state: { ...step.state, reminder } };
};

const isEmpty = (record: object): boolean => {
  for (const _key in record) return false;
  return true;
};

/** The reminder goes on while anything is off, whatever is added or taken away meanwhile. */
const nextReminder = (state: AlarmEngineState, at: Instant): ReminderState | null => {
  const since = offSince(state);
  if (since === null) return null;
  const reminder = state.reminder ?? { since, everyMs: state.reminderMs, count: 0, lastAt: null };
  const count = Math.floor(elapsedMs(reminder.since, at) / reminder.everyMs);
  return count > reminder.count ? { ...reminder, count, lastAt: at } : reminder;
};

const offSince = ({ audio, off }: AlarmEngineState): Instant | null =>
  [
    ...Object.values(off).map((entry) => entry.since),
    ...(audio.kind === 'off' ? [audio.since] : []),
  ].reduce<Instant | null>(
    (first, since) => (first === null || since.mono < first.mono ? since : first),
    null,
  );

/** Tracks of technical alarms that stand in a limit's place: `poor-signal:<limit>`, `hr-mismatch:<limit>`. */
const INSTEAD = /^(?:poor-signal|hr-mismatch):(.+)$/;

/** True when ALARM OFF keeps this finding from becoming an alarm. `track`: of its sample; null for a cuff rule. */
export const isSwitchedOff = (
  { off, limits }: AlarmEngineState,
  finding: Finding,
  track: string | null,
): boolean => {
  const isOff = (alarm: Pick<Finding, 'key' | 'conditionId' | 'metric'>): boolean => {
    const parameter = parameterOf(alarm);
    return parameter !== null && off[parameter] !== undefined;
  };
  if (isOff(finding)) return true;
  const limitId = track === null ? undefined : INSTEAD.exec(track)?.[1];
  if (limitId === undefined) return false;
  const limit = limits.limits.find((entry) => entry.id === limitId);
  return isOff({ key: limitRow(limitId, limit).key, conditionId: limitId, metric: finding.metric });
};
