/** What a chair is to the rest of the station; `chair.ts` makes one. */
import type { AlarmEngineState, AlarmInput } from '../core/alarm/engine.ts';
import type { LimitSet, PresetApproval } from '../core/alarm/limits.ts';
import type { AlarmPriority } from '../core/alarm/types.ts';
import type { AlarmPolicyView, ChairView, LinkState } from '../core/api/views.ts';
import type { ChairId, MonitorId } from '../core/ids.ts';
import type { MetricId } from '../core/nomenclature/metrics.ts';
import type { DeviceCondition } from '../core/observation/device-report.ts';
import type { Observation } from '../core/observation/observation.ts';
import type { WaveBlock } from '../core/observation/waveform.ts';
import type { DataOrigin, NibpReading, SessionEvent, SessionEventBody } from '../core/session/events.ts';
import type { Session } from '../core/session/session.ts';
import type { Instant } from '../core/time.ts';
import type { ChairFacts } from '../core/visit/facts.ts';
import type { ChairsideDb } from '../db/open.ts';
import type { FanOut } from './fan-out.ts';
import type { MonitorIdentity } from './identity-record.ts';
import type { Recorder } from './recorder.ts';
import type { PendingEntry } from './session-record.ts';
import type { SentWave } from './wave-keeper.ts';

export interface ChairDeps {
  readonly config: { readonly id: string; readonly name: string };
  readonly origin: () => DataOrigin;
  readonly monitorOrder: () => readonly MonitorId[];
  /** Metrics whose monitors have an order of their own. */
  readonly sourceOrder: () => ChairView['sourceOrder'];
  /** Where sessions of this origin are kept. Asked anew each time: an empty chair may become a simulated one. */
  readonly store: (origin: DataOrigin) => { readonly db: ChairsideDb; readonly recorder: Recorder };
  readonly fanOut: FanOut;
  readonly newId: () => string;
  readonly now: () => Instant;
  readonly approvalOf: (limits: LimitSet) => PresetApproval;
  readonly alarmPolicy: AlarmPolicyView;
  readonly storesAllWaves: boolean;
  /** What is known of a monitor now; null: it is not of this station any more. */
  readonly identityOf: (id: MonitorId) => MonitorIdentity | null;
}

/** An open session on its way from one chair to another, within one run of the station. */
export interface HandOver {
  readonly events: readonly SessionEvent[];
  readonly readings: readonly NibpReading[];
  readonly engine: AlarmEngineState;
  readonly restored: ChairView['restored'];
  /** Entries of the station that wait for the disk: they wait on the new chair. */
  readonly pending: readonly PendingEntry[];
}

export interface Chair {
  readonly id: ChairId;
  readonly name: string;
  view(): ChairView;
  session(): Session | null;
  limits(): LimitSet;
  /** High-priority alarms that nobody acknowledged, those that ALARM PAUSED hides included. */
  unacknowledgedHigh(): number;
  /** True when an alarm with this key is on, at this priority. */
  hasAlarm(key: string, priority: AlarmPriority): boolean;
  /** The monitors that stand at this chair now. */
  monitors(): readonly MonitorId[];
  /** Cuff readings of the open session, oldest first. */
  readings(): readonly NibpReading[];
  /** What the data say now: fresh numbers, readings, alarms nobody acknowledged. */
  facts(now: Instant): ChairFacts;
  /** Time has passed: the cuff's timetable may have come to another interval, something may be due. */
  watch(at: Instant): void;
  observe(monitorId: MonitorId, observations: readonly Observation[], at: Instant): void;
  waves(monitorId: MonitorId, blocks: readonly WaveBlock[]): void;
  /** The waves of the last `ms`, oldest first. */
  recentWaves(ms: number): readonly SentWave[];
  condition(monitorId: MonitorId, condition: DeviceCondition, at: Instant): void;
  link(
    monitorId: MonitorId,
    state: LinkState,
    cause: string,
    metrics: readonly MetricId[],
    at: Instant,
  ): void;
  monitorRemoved(monitorId: MonitorId, at: Instant): void;
  /** A monitor's line is opened anew with other settings: its numbers go at once, its alarms stay. `metrics`: what it gave. */
  monitorSetAnew(monitorId: MonitorId, metrics: readonly MetricId[], at: Instant): void;
  /** Feeds the alarm engine; its events are recorded and windows told when something changed. */
  alarm(input: AlarmInput): void;
  /** Opens a session; throws what the database throws. */
  open(bodies: readonly SessionEventBody[], by: string): Session;
  /** A person's entries, durable when this returns; throws what the database throws. */
  enter(bodies: readonly SessionEventBody[], by: string): Session;
  /** The same for one entry that does not change the session; returns the entry. */
  enterOne(body: SessionEventBody, by: string): SessionEvent;
  /** What a person does to an alarm: on disk when this returns; throws what the database throws. */
  act(input: AlarmInput & { readonly by: string }): void;
  /** The station's own entry. */
  note(body: SessionEventBody, at: Instant): void;
  /** Takes up an open session after a restart. */
  resume(events: readonly SessionEvent[], readings: readonly NibpReading[], downForMs: number | null): void;
  /** Lets go of the open session, which goes on at another chair. */
  handOver(): HandOver;
  /** Takes up a session that another chair handed over; alarms, limits, baseline and readings come along. */
  adopt(session: HandOver): Session;
  /** Retries what the disk refused; returns the fault's words or null. */
  retry(): string | null;
  /**
   * The computer's clock jumped forward by `byMs`: it may have slept while the monotonic clock stood still.
   * Continuous numbers leave the screen until fresh ones come; the last cuff reading counts as that much older.
   */
  forgetCurrent(byMs: number): void;
  /** A person put the chair's monitors into another order: the first takes over without having to prove itself. */
  sourcesReordered(): void;
  push(): void;
}
