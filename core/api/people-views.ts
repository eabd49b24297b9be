/** What windows are shown of people, patients, courses and signatures. Plain JSON; no secret is ever part of it. */
import type { Course, CoursePosition, NextDue, VisitFigures } from '../course/course.ts';
import type { PatientId, PersonId, SessionId } from '../ids.ts';
import type { Patient } from '../patient/patient.ts';
import type { Role } from '../people/person.ts';
import type { DataOrigin } from '../session/events.ts';
import type { EpochMs, Instant } from '../time.ts';

/** One name to tap on the screen of signing in. */
export interface SignInTile {
  readonly id: PersonId;
  readonly name: string;
  readonly role: Role;
  readonly hasPin: boolean;
  readonly hasPassword: boolean;
}

/**
 * Who this window is to the station. `open`: there are no accounts, names are typed. `nobody`, `locked`: vitals and
 * alarms are shown, names are not sent, and what changes anything is refused.
 */
export interface IdentityView {
  readonly state: 'open' | 'nobody' | 'signed-in' | 'locked' | 'emergency';
  /** Who is signed in, or who was before the lock. */
  readonly person: { readonly id: PersonId; readonly name: string; readonly role: Role } | null;
  /** Emergency access of this window: who said to be there, and until when. */
  readonly emergency: { readonly who: string; readonly until: Instant } | null;
  readonly idle: { readonly workMs: number; readonly reviewMs: number };
  /** Everybody who can sign in. Empty without accounts. */
  readonly people: readonly SignInTile[];
  /** Emergency accesses whose reason is still missing. */
  readonly unexplained: number;
}

export interface PersonView extends SignInTile {
  readonly active: boolean;
  /** Not null: too many wrong tries. */
  readonly lockedUntil: EpochMs | null;
}

/** A single-use authorisation by a second person. */
export interface VoucherView {
  readonly voucher: string;
  readonly until: Instant;
  readonly name: string;
  readonly role: Role;
}

export interface EmergencyView {
  readonly id: string;
  readonly at: EpochMs;
  readonly who: string;
}

/** Which of the two registers: patients, or the pretended ones of simulated chairs. They never mix. */
export const REGISTERS = ['live', 'simulated'] as const;
export type RegisterName = (typeof REGISTERS)[number];

/** One visit of a course, with what was said about its effect later. */
export interface VisitView extends VisitFigures {
  /** Null: no drug was given, so it is none of the planned visits. */
  readonly position: CoursePosition | null;
  readonly response: string | null;
}

export interface CourseView {
  readonly course: Course;
  /** What a session opened now would be. */
  readonly next: CoursePosition;
  readonly due: NextDue;
  /** Oldest first. */
  readonly visits: readonly VisitView[];
}

export interface PatientRecordView {
  readonly patient: Patient;
  /** Newest first. */
  readonly courses: readonly CourseView[];
  /** Visits of no course, newest first. */
  readonly otherVisits: readonly VisitView[];
  /** Visits whose record cannot be read: they are in no list and no count here, and `verify` says why. */
  readonly unreadable: readonly SessionId[];
}

export type RegisterResult =
  | { readonly kind: 'registered'; readonly patient: Patient }
  /** Nothing was written: ask, then say `confirmDuplicates`. */
  | {
      readonly kind: 'duplicates';
      readonly warnings: readonly {
        readonly patient: Patient;
        readonly reason: 'same-mrn' | 'same-birth-date-similar-name';
      }[];
    };

/** One line of who did what with a patient's data. */
export interface AuditLine {
  /** Of the entry in the register. */
  readonly number: number;
  readonly at: EpochMs;
  readonly by: string;
  readonly what: string;
}

/** A record that waits for a signature. */
export interface WorklistItem {
  readonly sessionId: SessionId;
  readonly waitsFor: 'nurse' | 'physician';
  readonly patientInitials: string;
  readonly patientName: string | null;
  readonly patientId: PatientId | null;
  readonly indication: string;
  readonly origin: DataOrigin;
  readonly openedAt: EpochMs;
  readonly closedAt: EpochMs | null;
}
