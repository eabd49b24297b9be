/**
 * Runs the alarm engine over a trace: step by step, as it would have run at the chair, with the ticks that
 * come between the values. Pure: the same trace, limits and options give the same alarms.
 */
import {
  type AlarmEngineState,
  type AlarmInput,
  alarmSnapshot,
  createAlarmEngine,
  stepAlarms,
} from '../alarm/engine.ts';
import type { LimitSet } from '../alarm/limits.ts';
import type { ActiveAlarm, AlarmEvent, AlarmPriority } from '../alarm/types.ts';
import { addMs, elapsedMs, type Instant } from '../time.ts';
import { type EventOfAlarm, isOfAlarm, type TraceInput } from './trace.ts';

/**
 * Who acknowledges: nobody (a high alarm stays latched and hides the next one of its kind); somebody each time
 * an alarm's condition is over; or a nurse, so long after an alarm began to sound, while it is still on or latched.
 */
export type Acknowledging =
  | { readonly kind: 'nobody' }
  | { readonly kind: 'when-over' }
  | { readonly kind: 'nurse'; readonly afterMs: number };

export interface RunOptions {
  /** Time between two looks when no value comes (ms). */
  readonly tickMs: number;
  readonly acknowledging: Acknowledging;
}

/** From `at` on this priority had to be audible; null: silence. */
export interface SoundChange {
  readonly at: Instant;
  readonly priority: AlarmPriority | null;
}

export interface EngineRun {
  /** First and last moment that was looked at. */
  readonly from: Instant;
  readonly to: Instant;
  readonly events: readonly AlarmEvent[];
  readonly sounds: readonly SoundChange[];
  /** What is on at the end. */
  readonly open: readonly ActiveAlarm[];
}

/** What a run takes: a trace, and where limits were changed on the way, those changes. */
export type RunInput = TraceInput | Extract<AlarmInput, { type: 'limits' }>;

/** A run in progress. */
export interface Runner {
  /** Everything up to and including the input; events in order. */
  take(input: RunInput): readonly AlarmEvent[];
  /** Lets time pass until `at`. */
  passUntil(at: Instant): readonly AlarmEvent[];
  readonly state: () => AlarmEngineState;
  /** The run so far; null before the first input. */
  result(): EngineRun | null;
}

const DEFAULTS: RunOptions = { tickMs: 1_000, acknowledging: { kind: 'nobody' } };
const NURSE = 'nurse (assumed)';

/** Begins a run. `initial`: the engine as it was restored; else a chair nothing is known of. */
export const createRunner = (
  limits: LimitSet,
  options: Partial<RunOptions> = {},
  initial: AlarmEngineState = createAlarmEngine(limits),
): Runner => {
  const { tickMs, acknowledging } = { ...DEFAULTS, ...options };
  let state = initial;
  let from: Instant | null = null;
  let last: Instant | null = null;
  const events: AlarmEvent[] = [];
  const sounds: SoundChange[] = [];
  const soundedAt = new Map<string, Instant>();

  const step = (input: AlarmInput): readonly AlarmEvent[] => {
    const before = state;
    const done = stepAlarms(state, input);
    state = done.state;
    from ??= input.at;
    last = input.at;
    events.push(...done.events);
    for (const entry of done.events.filter(isOfAlarm)) noteSound(soundedAt, entry);
    if (state !== before) {
      const { sounding } = alarmSnapshot(state, input.at);
      if (sounding !== (sounds.at(-1)?.priority ?? null)) sounds.push({ at: input.at, priority: sounding });
    }
    return done.events;
  };

  const attend = (at: Instant): readonly AlarmEvent[] => {
    if (acknowledging.kind === 'nobody') return [];
    const due = Object.values(state.alarms).filter(({ alarm }) => {
      if (alarm.acknowledged !== null || alarm.state === 'unconfirmed') return false;
      if (acknowledging.kind === 'when-over') return alarm.state === 'latched';
      const since = soundedAt.get(alarm.key);
      return since !== undefined && elapsedMs(since, at) >= acknowledging.afterMs;
    });
    return due.flatMap(({ alarm }) => step({ type: 'acknowledge', key: alarm.key, by: NURSE, at }));
  };

  const passUntil = (at: Instant): readonly AlarmEvent[] => {
    const seen: AlarmEvent[] = [];
    while (last !== null && elapsedMs(last, at) > tickMs) {
      const next: Instant = addMs(last, tickMs);
      seen.push(...step({ type: 'tick', at: next }), ...attend(next));
    }
    return seen;
  };

  return {
    take: (input) => [...passUntil(input.at), ...step(input), ...attend(input.at)],
    passUntil: (at) => {
      const seen = [...passUntil(at)];
      if (last !== null && elapsedMs(last, at) > 0) seen.push(...step({ type: 'tick', at }), ...attend(at));
      return seen;
    },
    state: () => state,
    result: () =>
      from === null || last === null
        ? null
        : { from, to: last, events, sounds, open: Object.values(state.alarms).map(({ alarm }) => alarm) },
  };
};

/** Runs a whole trace; `until`: the run goes on so far after the last input. Null for an empty trace. */
export const runTrace = (
  limits: LimitSet,
  inputs: Iterable<TraceInput>,
  options: Partial<RunOptions> = {},
  until: Instant | null = null,
): EngineRun | null => {
  const runner = createRunner(limits, options);
  for (const input of inputs) runner.take(input);
  if (until !== null) runner.passUntil(until);
  return runner.result();
};

const STARTS_SOUND: readonly AlarmEvent['type'][] = [
  'raised',
  'reopened',
  'escalated',
  'confirmed',
  'realarmed',
];

const noteSound = (soundedAt: Map<string, Instant>, entry: EventOfAlarm): void => {
  if (entry.type === 'cleared' || entry.type === 'not-confirmed') soundedAt.delete(entry.alarm.key);
  else if (STARTS_SOUND.includes(entry.type) && entry.alarm.state === 'active') {
    soundedAt.set(entry.alarm.key, entry.at);
  }
};
