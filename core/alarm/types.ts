/**
 * The words of IEC 60601-1-8 as types: an alarm *condition* is a state of the patient or the equipment, an
 * alarm *signal* is how it is shown and sounded. What is active is state, snapshotted whole to whoever
 * connects late; what happened is the log of `AlarmEvent`s.
 */
import type { MonitorId } from '../ids.ts';
import type { MetricId } from '../nomenclature/metrics.ts';
import type { Vital } from '../nomenclature/vitals.ts';
import type { Instant } from '../time.ts';
import type { AlarmParameter } from './parameters.ts';

export type AlarmPriority = 'high' | 'medium' | 'low';
export type AlarmCategory = 'physiological' | 'technical';

/**
 * - `unconfirmed`: shown, waiting for a repeat reading (cuff) before it sounds
 * - `active`: the condition is true now
 * - `latched`: the condition has gone but nobody acknowledged it (high-priority physiological only)
 */
export type AlarmState = 'unconfirmed' | 'active' | 'latched';

/** One alarm that is on now. At most one per `key`. */
export interface ActiveAlarm {
  /** Identity of the running alarm on its chair: the condition, and the monitor or metric it concerns. */
  readonly key: string;
  /** Row of the catalogue, e.g. `spo2-low-high-priority`. */
  readonly conditionId: string;
  readonly category: AlarmCategory;
  readonly priority: AlarmPriority;
  readonly state: AlarmState;
  readonly metric: MetricId | null;
  readonly monitorId: MonitorId | null;
  /** Capitals, parameter and direction: "SpO₂ LOW". */
  readonly title: string;
  /** With value against limit: "SpO₂ 84 < 85", "SYS 162 = baseline 124 + 38". No age: the screen adds it. */
  readonly message: string;
  /** The violating value, newest first seen; null for technical conditions. */
  readonly value: number | null;
  readonly limit: number | null;
  /** The worst value of this occurrence. */
  readonly peak: number | null;
  /** When the violation began (before its delay). */
  readonly onsetAt: Instant;
  /** When it became an alarm (after its delay). */
  readonly raisedAt: Instant;
  /** When the condition went away (latched alarms only). */
  readonly clearedAt: Instant | null;
  readonly acknowledged: { readonly at: Instant; readonly by: string } | null;
  /** 1 for the first time; re-opened within a minute counts on. */
  readonly occurrence: number;
}

/**
 * - `paused`: AUDIO PAUSED of IEC 60601-1-8: no sound, visuals stay, ends by itself; a new condition breaks through
 * - `off`: AUDIO OFF: no sound at all until a person ends it; only where the configuration allows it; a permanent
 *   banner and a reminder (`AlarmSnapshot.reminder`) say so
 */
export type AudioState =
  | { readonly kind: 'on' }
  | { readonly kind: 'paused'; readonly since: Instant; readonly until: Instant; readonly by: string }
  | { readonly kind: 'off'; readonly since: Instant; readonly by: string; readonly reason: string };

/** ALARM PAUSED for one parameter: neither sound nor picture of its alarms until `until`; they are logged. */
export interface PausedParameter {
  readonly parameter: AlarmParameter;
  readonly since: Instant;
  readonly until: Instant;
  readonly by: string;
  readonly reason: string | null;
}

/** ALARM OFF for one parameter: its alarms are not made until a person ends it; shown crossed, never blank. */
export interface OffParameter {
  readonly parameter: AlarmParameter;
  readonly since: Instant;
  readonly by: string;
  readonly reason: string;
}

/**
 * The reminder signal while AUDIO OFF or ALARM OFF is set. A window sounds it once each time `count` rises; one
 * that connects late does not repeat what was due before.
 */
export interface ReminderState {
  /** When the first of what is off was switched off. */
  readonly since: Instant;
  readonly everyMs: number;
  /** How often it has been due since then. */
  readonly count: number;
  /** When it was last due; null: not yet. */
  readonly lastAt: Instant | null;
}

/** Everything about the alarms of one chair at one moment. Re-sent whole on every change. */
export interface AlarmSnapshot {
  /** Highest priority first, newest first within a priority. Without those of paused parameters. */
  readonly alarms: readonly ActiveAlarm[];
  readonly audio: AudioState;
  /** What must be audible on this chair now: null when nothing, or everything is acknowledged or silenced. */
  readonly sounding: AlarmPriority | null;
  /** ALARM PAUSED, in the order of `ALARM_PARAMETERS`. */
  readonly paused: readonly PausedParameter[];
  /** ALARM OFF, in the order of `ALARM_PARAMETERS`. */
  readonly off: readonly OffParameter[];
  /** Null: nothing is off. */
  readonly reminder: ReminderState | null;
  /** Vitals that the infusion was knowingly begun without, with a recorded reason, and that still have no source. */
  readonly unwatched: readonly Vital[];
}

/** What happened to one alarm, for the log. `alarm` is the state after the change. */
export interface ConditionEvent {
  readonly type:
    | 'raised' // the delay ended (or the first unconfirmed reading came)
    | 'confirmed' // a repeat reading confirmed it, or none came in time (fail loud)
    | 'not-confirmed' // a repeat reading took it back
    | 'escalated' // priority rose, or the highest degree of it was reached (SYS ≥ 200)
    | 'deescalated' // priority fell, the condition is still true
    | 'cleared' // the condition went away, or its parameter was switched off (`by`)
    | 'latched' // the condition went away, waiting for acknowledgement
    | 'reopened' // came back within a minute of clearing
    | 'acknowledged'
    | 'realarmed'; // acknowledged, still true after the re-alarm time: sounds again
  readonly at: Instant;
  readonly alarm: ActiveAlarm;
  /** Who did it, for `acknowledged` and for `cleared` by ALARM OFF; else null. */
  readonly by: string | null;
}

/** What a person did to the signals; `by` null on the way back: time was up, or the phase did not allow it. */
export type ControlEvent =
  | { readonly type: 'audio-paused'; readonly at: Instant; readonly until: Instant; readonly by: string }
  | { readonly type: 'audio-off'; readonly at: Instant; readonly by: string; readonly reason: string }
  /** The sound is on again, after a pause or after AUDIO OFF. */
  | { readonly type: 'audio-resumed'; readonly at: Instant; readonly by: string | null }
  | {
      readonly type: 'alarms-paused';
      readonly at: Instant;
      readonly until: Instant;
      readonly parameters: readonly AlarmParameter[];
      readonly by: string;
      readonly reason: string | null;
    }
  | {
      readonly type: 'alarms-resumed';
      readonly at: Instant;
      readonly parameters: readonly AlarmParameter[];
      readonly by: string | null;
    }
  | {
      readonly type: 'alarm-off';
      readonly at: Instant;
      readonly parameter: AlarmParameter;
      readonly by: string;
      readonly reason: string;
    }
  | {
      readonly type: 'alarm-on';
      readonly at: Instant;
      readonly parameter: AlarmParameter;
      readonly by: string | null;
    };

export type AlarmEvent = ConditionEvent | ControlEvent;
