/**
 * What is written into the record of a session: an append-only list of events. The session's state is a
 * fold over them (`session.ts`); a correction is a new event that names the one it corrects.
 */
import type { LimitSet, PresetApproval } from '../alarm/limits.ts';
import type { AlarmEvent } from '../alarm/types.ts';
import type { CoursePosition } from '../course/course.ts';
import type { ChairId, CourseId, EventId, MonitorId, SessionId } from '../ids.ts';
import type { MetricId } from '../nomenclature/metrics.ts';
import type { Vital } from '../nomenclature/vitals.ts';
import type { PatientSnapshot } from '../patient/patient.ts';
import type { SignOffBody } from '../record/sign-off.ts';
import type { ReviewEventBody } from '../review/exclusions.ts';
import type { Instant } from '../time.ts';
import type { VisitEventBody } from '../visit/events.ts';
import type { ImportSource } from './import-source.ts';
import type { Phase } from './phase.ts';

/** Where the numbers of a session come from. Anything but `live` is said in words wherever it shows. */
export type DataOrigin = 'live' | 'simulated' | 'replayed' | 'imported';

/** One cuff reading, complete. */
export interface NibpReading {
  readonly systolic: number;
  readonly diastolic: number;
  readonly mean: number | null;
  readonly pulseRate: number | null;
  readonly receivedAt: Instant;
  readonly ageAtReceiptMs: number;
  readonly monitorId: MonitorId;
  /** The monitor itself doubts it: it counts in no figure. Left out: it does not. */
  readonly questionable?: true;
}

/** The patient's own starting point, frozen when the infusion starts. */
export interface BloodPressureBaseline {
  readonly systolic: number;
  readonly diastolic: number;
  readonly mean: number | null;
  readonly heartRate: number | null;
  /** How many readings it rests on. */
  readonly readings: number;
}

export const NOTE_KINDS = [
  'note',
  'side-effect',
  'medication',
  'dose-change',
  'position-change',
  'artefact',
] as const;
export type NoteKind = (typeof NOTE_KINDS)[number];

/** The course that a session is a visit of, and which one. */
export interface SessionCourse {
  readonly courseId: CourseId;
  readonly title: string;
  readonly position: CoursePosition;
}

/** What the monitors of an entry were called when it was made. Missing in entries of before, and for one that is gone. */
export type MonitorNames = Readonly<Partial<Record<MonitorId, string>>>;

/** What happened, by kind. */
export type SessionEventBody =
  | VisitEventBody
  | ReviewEventBody
  | {
      readonly type: 'session-opened';
      readonly chairId: ChairId;
      readonly patientInitials: string;
      readonly indication: string;
      readonly plannedInfusionMs: number;
      readonly plannedRecoveryMs: number;
      readonly origin: DataOrigin;
      /** The patient of the register as they were written there that day; absent: initials only. */
      readonly patient?: PatientSnapshot;
      readonly course?: SessionCourse;
      /** With the origin `imported`: from which file. */
      readonly imported?: ImportSource;
    }
  | SignOffBody
  | {
      readonly type: 'phase-changed';
      readonly from: Phase;
      readonly to: Phase;
      readonly reason: string | null;
      /** At the start of the infusion: vitals without a valid number, which the reason accepts. Left out: none. */
      readonly withoutVitals?: readonly Vital[];
    }
  | { readonly type: 'baseline-frozen'; readonly baseline: BloodPressureBaseline }
  | {
      readonly type: 'note-added';
      readonly kind: NoteKind;
      readonly text: string;
      readonly corrects: EventId | null;
    }
  | {
      readonly type: 'limits-changed';
      readonly before: LimitSet;
      readonly after: LimitSet;
      readonly reason: string | null;
      /** Limits set beyond the hard bounds, and the physician who decided it. */
      readonly override?: { readonly physician: string; readonly limitIds: readonly string[] };
    }
  | { readonly type: 'nibp-interval-set'; readonly intervalMs: number }
  | { readonly type: 'recovery-extended'; readonly plannedRecoveryMs: number; readonly reason: string }
  | { readonly type: 'alarm'; readonly alarm: AlarmEvent; readonly names?: MonitorNames }
  | {
      readonly type: 'link-changed';
      readonly monitorId: MonitorId;
      readonly state: string;
      readonly text: string;
      readonly names?: MonitorNames;
    }
  /**
   * From here on the chair shows these metrics from another of its monitors. `silent`: the one before gave nothing
   * for 10 s, or was removed; `no-number`: it said that it has none; `preferred`: the one that comes first in the
   * chair's order has them (again, for 10 s).
   */
  | {
      readonly type: 'source-changed';
      readonly metrics: readonly MetricId[];
      readonly from: MonitorId;
      readonly to: MonitorId;
      readonly why: 'silent' | 'no-number' | 'preferred';
      readonly names?: MonitorNames;
    }
  /**
   * The first values of a monitor in this session, and which device it is; once more when it says more of itself. Null:
   * its protocol does not tell.
   */
  | {
      readonly type: 'monitor-identified';
      readonly monitorId: MonitorId;
      readonly name: string;
      readonly family: string;
      readonly manufacturer: string | null;
      readonly model: string | null;
      readonly serialNumber: string | null;
      readonly software: string | null;
    }
  /** A person gave a monitor another name, address, line or options; before and after as people read them. */
  | {
      readonly type: 'monitor-changed';
      readonly monitorId: MonitorId;
      readonly before: string;
      readonly after: string;
    }
  /**
   * A person changed whose numbers are shown first: of `metric`, or null: of all that have no order of their own. An empty
   * `order` of a metric: it follows the chair's again.
   */
  | {
      readonly type: 'source-order-changed';
      readonly metric: MetricId | null;
      readonly before: readonly MonitorId[];
      readonly order: readonly MonitorId[];
      readonly names?: MonitorNames;
    }
  /** A person asked a monitor for its cuff. The reading, or its failure, follows from the monitor itself. */
  | {
      readonly type: 'cuff-requested';
      readonly monitorId: MonitorId;
      readonly command: 'start' | 'stop';
      readonly names?: MonitorNames;
    }
  /** A person said that this is the right monitor, although `doubt` spoke against it. */
  | {
      readonly type: 'monitor-confirmed';
      readonly monitorId: MonitorId;
      readonly doubt: string;
      readonly names?: MonitorNames;
    }
  | { readonly type: 'station-restarted'; readonly downForMs: number | null }
  | { readonly type: 'clock-jumped'; readonly byMs: number }
  | { readonly type: 'preset-approval'; readonly presetId: string; readonly approval: PresetApproval };

/** One entry of the record. `by` names a person, or `station` for what the machine noticed. */
export interface SessionEvent {
  readonly id: EventId;
  readonly sessionId: SessionId;
  /** 1, 2, 3 … within the session, without gaps. */
  readonly sequence: number;
  readonly at: Instant;
  readonly by: string;
  readonly body: SessionEventBody;
}
