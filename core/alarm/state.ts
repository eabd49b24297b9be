/**
 * What the alarm engine of one chair remembers: plain data, never changed in place, so that it can be
 * stored, compared and replayed.
 */
import type { MonitorId } from '../ids.ts';
import type { MetricId } from '../nomenclature/metrics.ts';
import type { Vital } from '../nomenclature/vitals.ts';
import type { DeviceConditionCode } from '../observation/device-report.ts';
import type { Validity } from '../observation/observation.ts';
import type { BloodPressureBaseline, NibpReading } from '../session/events.ts';
import type { Phase } from '../session/phase.ts';
import { isClosed, isUnderTreatment } from '../session/phase.ts';
import { elapsedMs, type Instant, instant } from '../time.ts';
import type { PhaseKey } from './condition-row.ts';
import type { LimitSet } from './limits.ts';
import type { AlarmParameter } from './parameters.ts';
import { REMINDER_EVERY_MS, RESTORE_GRACE_MS } from './timing.ts';
import type { ActiveAlarm, AudioState, OffParameter, PausedParameter, ReminderState } from './types.ts';

/** The newest observation of one continuous metric from one monitor, and the newest with a number. */
export interface Source {
  readonly monitorId: MonitorId;
  readonly metric: MetricId;
  readonly validity: Validity;
  readonly value: number | null;
  readonly at: Instant;
  readonly lastValue: number | null;
  /** When the last number was measured; null: there never was one. */
  readonly lastNumberAt: Instant | null;
  /** The number before an impossible step that has not come back (F-11). */
  readonly step: { readonly from: number; readonly at: Instant } | null;
}

export interface LinkFact {
  readonly monitorId: MonitorId;
  readonly associated: boolean;
  readonly cause: string;
  readonly metrics: readonly MetricId[];
  /** When the line got into this state; a short return without a value is still the same loss. */
  readonly since: Instant;
  /** When the line was last lost; null: never. */
  readonly lostAt: Instant | null;
  /** When a value or a report last came from the monitor; null: never. */
  readonly heardAt: Instant | null;
}

/** Something the monitor says is present now. */
export interface DeviceFact {
  readonly monitorId: MonitorId;
  readonly code: DeviceConditionCode;
  readonly metric: MetricId | null;
  readonly text: string;
  readonly since: Instant;
}

/** Where a pressure rule stands after the last readings; a rule that is not there is not met. */
export interface RuleStatus {
  readonly ruleId: string;
  readonly status: 'pending' | 'confirmed';
  /** The first reading of this run that met the rule. */
  readonly since: Instant;
  readonly value: number;
  readonly limit: number;
  readonly text: string;
  /** How many readings in a row met it. */
  readonly hits: number;
}

export interface RejectedReading {
  readonly monitorId: MonitorId;
  readonly at: Instant;
  readonly text: string;
  readonly systolic: number | null;
}

/** Little room where the record lies. */
export interface DiskFact {
  readonly freeBytes: number;
  readonly level: 'low' | 'very-low';
  readonly since: Instant;
}

export interface CuffFact {
  /** Valid readings, oldest first, at most the last few. */
  readonly readings: readonly NibpReading[];
  /** A reading newer than the last valid one that may not be believed, and why. */
  readonly rejected: RejectedReading | null;
  /** When the running measurement was first seen; null: none runs. */
  readonly inflatingSince: Instant | null;
  readonly rules: readonly RuleStatus[];
  /** Readings in a row that met no rule. */
  readonly calm: number;
  /** Readings since the last one that rose fast (BP-6). */
  readonly sinceRise: number;
}

/** A symptom a person entered (BP-10). */
export interface SymptomFact {
  readonly symptom: string;
  readonly at: Instant;
}

/** One condition's own delay and hysteresis. `on`: its delay has passed. */
export interface Track {
  readonly since: Instant;
  readonly on: boolean;
  readonly insideSince: Instant | null;
}

/** A running alarm with what only the engine needs. */
export interface AlarmRecord {
  readonly alarm: ActiveAlarm;
  /** When the condition is gone and nobody acknowledged: latch. */
  readonly latches: boolean;
  /** Still waiting for a repeat reading (also when it already sounds). */
  readonly pending: boolean;
  /** When its sound last had a reason to begin; older than the audio pause: silent. */
  readonly signalAt: Instant;
}

export interface AlarmEngineState {
  readonly limits: LimitSet;
  readonly phase: Phase | null;
  readonly phaseSince: Instant | null;
  /** When the drug first ran in this session; null before. */
  readonly treatedSince: Instant | null;
  readonly baseline: BloodPressureBaseline | null;
  readonly schedule: {
    readonly intervalMs: number;
    readonly since: Instant;
    /** When the interval last became shorter: what was in time until then is not overdue at once. Null: never. */
    readonly tightenedAt: Instant | null;
  } | null;
  readonly storage: { readonly fault: string; readonly since: Instant } | null;
  readonly clockJump: { readonly byMs: number; readonly at: Instant } | null;
  /** Null: there is room, or nobody has measured. */
  readonly disk: DiskFact | null;
  /** Monitors whose numbers may be another patient's. */
  readonly doubts: Readonly<Record<string, { readonly text: string; readonly since: Instant }>>;
  /** Not null: no window can sound an alarm. */
  readonly unheard: { readonly since: Instant; readonly why: string } | null;
  /** `begun`: what the session was told to have begun without; `waived`: what of it never had a source since. */
  readonly vitals: {
    readonly required: readonly Vital[];
    readonly begun: readonly Vital[];
    readonly waived: readonly Vital[];
  };
  /** Monitors that have measured, or are measuring, a pressure in this session. */
  readonly cuffMonitors: Readonly<Record<string, true>>;
  readonly sources: Readonly<Record<string, Source>>;
  readonly links: Readonly<Record<string, LinkFact>>;
  readonly devices: Readonly<Record<string, DeviceFact>>;
  /** When a monitor last said that a sensor is measuring again: its numbers may take a moment. */
  readonly sensorBack: Readonly<Record<string, Instant>>;
  readonly cuff: CuffFact;
  readonly symptom: SymptomFact | null;
  readonly tracks: Readonly<Record<string, Track>>;
  readonly alarms: Readonly<Record<string, AlarmRecord>>;
  /** Alarms that ended within the last minute (F-8). */
  readonly ended: Readonly<Record<string, { readonly at: Instant; readonly occurrence: number }>>;
  readonly audio: AudioState;
  /** ALARM PAUSED and ALARM OFF; a parameter that is not there is on. */
  readonly paused: Readonly<Partial<Record<AlarmParameter, PausedParameter>>>;
  readonly off: Readonly<Partial<Record<AlarmParameter, OffParameter>>>;
  /** Not null while anything is off. */
  readonly reminder: ReminderState | null;
  /** How often the next reminder is to come (ms). */
  readonly reminderMs: number;
  /**
   * Not null: rebuilt from the log at that time. `phaseKnown` is false until the phase was told again;
   * until then no alarm of the old run ends.
   */
  readonly restored: Restored | null;
}

/** What is still to be learnt after a restart. */
export interface Restored {
  readonly at: Instant;
  readonly phaseKnown: boolean;
  /** The readings from before: they are judged once more when the baseline is told. Null: nothing to judge. */
  readonly unjudged: {
    readonly readings: readonly NibpReading[];
    /** When the baseline was frozen: readings up to then were judged without it. Null: before all of them. */
    readonly baselineSince: Instant | null;
    /** The rules that the log speaks of. */
    readonly spoken: readonly RuleStatus[];
  } | null;
}

/** No reading yet: nothing to follow up. */
export const NO_CUFF: CuffFact = {
  readings: [],
  rejected: null,
  inflatingSince: null,
  rules: [],
  calm: 99,
  sinceRise: 99,
};

/** A chair that nothing is known of: no session, no monitor, audio on. */
export const createAlarmEngine = (limits: LimitSet): AlarmEngineState => ({
  limits,
  phase: null,
  phaseSince: null,
  treatedSince: null,
  baseline: null,
  schedule: null,
  storage: null,
  clockJump: null,
  disk: null,
  doubts: {},
  unheard: null,
  vitals: { required: [], begun: [], waived: [] },
  cuffMonitors: {},
  sources: {},
  links: {},
  devices: {},
  sensorBack: {},
  cuff: NO_CUFF,
  symptom: null,
  tracks: {},
  alarms: {},
  ended: {},
  audio: { kind: 'on' },
  paused: {},
  off: {},
  reminder: null,
  reminderMs: REMINDER_EVERY_MS,
  restored: null,
});

/** Just after a restart: the monitors have not all been heard, and what was on stays on. */
export const isWithinGrace = (restored: Restored | null, at: Instant): boolean =>
  restored !== null && elapsedMs(restored.at, at) < RESTORE_GRACE_MS;

/** The phase as the catalogue's tables name it. */
export const phaseKey = (state: AlarmEngineState): PhaseKey =>
  state.phase === null || isClosed(state.phase) ? 'none' : state.phase;

/** True while drug runs, is paused, or the patient recovers from it. */
export const underTreatment = (state: AlarmEngineState): boolean =>
  state.phase !== null && isUnderTreatment(state.phase);

/** The earlier of two instants, by the monotonic clock. */
export const earlier = (a: Instant, b: Instant): Instant => (a.mono <= b.mono ? a : b);
/** The later of two instants, by the monotonic clock. */
export const later = (a: Instant, b: Instant): Instant => (a.mono >= b.mono ? a : b);
/** The instant `ms` before `at`. */
export const before = (at: Instant, ms: number): Instant => instant(at.wall - ms, at.mono - ms);

/** `record` without the entries that `drop` names. */
export const without = <T>(
  record: Readonly<Record<string, T>>,
  drop: (entry: T, key: string) => boolean,
): Readonly<Record<string, T>> => {
  const entries = Object.entries(record);
  const kept = entries.filter(([key, entry]) => !drop(entry, key));
  return kept.length === entries.length ? record : Object.fromEntries(kept);
};
