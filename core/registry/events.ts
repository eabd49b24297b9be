/**
 * What happened in the register: accounts, sign-ins, patients, courses, looks at records. Append-only and chained
 * like a session's record; the state is a fold (`station/people/register.ts`). A correction is a new event.
 */
import type { Course } from '../course/course.ts';
import type { CourseId, PatientId, PersonId, SessionId } from '../ids.ts';
import type { Patient } from '../patient/patient.ts';
import type { Person, SecretKind } from '../people/person.ts';
import type { ExportFormat } from '../review/export-formats.ts';
import type { EpochMs, Instant } from '../time.ts';

/** A secret as it is kept: scrypt (RFC 7914) with its own salt and the costs it was made with. Never leaves the station. */
export interface SecretHash {
  readonly algorithm: 'scrypt';
  readonly cost: number;
  readonly blockSize: number;
  readonly parallelization: number;
  /** Hexadecimal. */
  readonly salt: string;
  readonly hash: string;
}

export type RegistryBody =
  | { readonly type: 'person-added'; readonly person: Person }
  | { readonly type: 'person-changed'; readonly person: Person; readonly reason: string | null }
  | {
      readonly type: 'secret-set';
      readonly personId: PersonId;
      readonly kind: SecretKind;
      readonly secret: SecretHash;
    }
  | { readonly type: 'signed-in'; readonly personId: PersonId; readonly kind: SecretKind }
  | {
      readonly type: 'sign-in-failed';
      readonly personId: PersonId;
      readonly use: 'sign-in' | 'signature' | 'vouch';
    }
  | {
      readonly type: 'signed-out';
      readonly personId: PersonId;
      readonly cause: 'left' | 'locked' | 'switched';
    }
  | { readonly type: 'vouched'; readonly personId: PersonId; readonly meaning: string }
  /** A record reached another system: who asked for it is `by`, `station` where it goes by itself. */
  | {
      readonly type: 'record-handed-on';
      readonly sessionId: SessionId;
      readonly patientId: PatientId | null;
      readonly destination: string;
    }
  | { readonly type: 'emergency-opened'; readonly emergencyId: string; readonly who: string }
  | { readonly type: 'emergency-explained'; readonly emergencyId: string; readonly reason: string }
  | { readonly type: 'patient-added'; readonly patient: Patient; readonly despite: readonly PatientId[] }
  | { readonly type: 'patient-changed'; readonly patient: Patient; readonly reason: string }
  | { readonly type: 'patient-viewed'; readonly patientId: PatientId }
  | {
      readonly type: 'record-viewed';
      readonly sessionId: SessionId;
      /** Null: a session opened with initials only. */
      readonly patientId: PatientId | null;
    }
  /** A session was handed on as a file. `withNames` false: without names and what people wrote. */
  | {
      readonly type: 'record-exported';
      readonly sessionId: SessionId;
      readonly patientId: PatientId | null;
      readonly format: ExportFormat;
      readonly withNames: boolean;
    }
  | { readonly type: 'course-opened'; readonly course: Omit<Course, 'openedAt' | 'closed' | 'responses'> }
  | {
      readonly type: 'course-changed';
      readonly courseId: CourseId;
      readonly plannedVisits: number;
      readonly note: string | null;
    }
  | { readonly type: 'course-closed'; readonly courseId: CourseId; readonly reason: string }
  | {
      readonly type: 'response-noted';
      readonly courseId: CourseId;
      readonly sessionId: SessionId;
      readonly text: string;
    };

/** What is asked to be written; the database numbers it. `subject` names whom or what it is about. */
export interface RegistryEntry {
  readonly at: Instant;
  /** A person's name, `station`, or what was typed in an emergency. */
  readonly by: string;
  readonly subject: string;
  readonly body: RegistryBody;
}

export interface RegistryEvent extends RegistryEntry {
  /** 1, 2, 3 … without gaps. */
  readonly sequence: number;
}

export const personSubject = (id: PersonId): string => `person:${id}`;
export const patientSubject = (id: PatientId): string => `patient:${id}`;
export const courseSubject = (id: CourseId): string => `course:${id}`;
export const sessionSubject = (id: SessionId): string => `session:${id}`;
export const emergencySubject = (id: string): string => `emergency:${id}`;

/** What an entry about a session is filed under: its patient, or the session where it has only initials. */
export const recordSubject = (id: SessionId, patient: PatientId | null): string =>
  patient === null ? sessionSubject(id) : patientSubject(patient);

/** Kinds that make the state; the others are only read back for the audit. */
export const STATE_TYPES = [
  'person-added',
  'person-changed',
  'secret-set',
  'emergency-opened',
  'emergency-explained',
  'patient-added',
  'patient-changed',
  'course-opened',
  'course-changed',
  'course-closed',
  'response-noted',
] as const satisfies readonly RegistryBody['type'][];

/** The course after one of its events; null for an event of something else. */
export const courseAfter = (before: Course | null, body: RegistryBody, at: EpochMs): Course | null => {
  switch (body.type) {
    case 'course-opened':
      return { ...body.course, openedAt: at, closed: null, responses: {} };
    case 'course-changed':
      return before === null ? null : { ...before, plannedVisits: body.plannedVisits, note: body.note };
    case 'course-closed':
      return before === null ? null : { ...before, closed: { at, reason: body.reason } };
    case 'response-noted':
      return before === null
        ? null
        : { ...before, responses: { ...before.responses, [body.sessionId]: body.text } };
    default:
      return null;
  }
};
