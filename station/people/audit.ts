/** Who did what with a patient's data, and who looked at it: kept in the register, read back in words. */
import type { AuditLine } from '../../core/api/people-views.ts';
import type { PatientId, SessionId } from '../../core/ids.ts';
import {
  courseSubject,
  patientSubject,
  type RegistryBody,
  type RegistryEvent,
  recordSubject,
} from '../../core/registry/events.ts';
import type { Instant } from '../../core/time.ts';
import type { Log } from '../ports.ts';
import { type Desk, UNPROVED } from './desk.ts';
import type { Register } from './register.ts';

/** One look is one entry for so long (ms): a screen that reads again is no second look. */
const ONE_LOOK_MS = 10 * 60_000;
/** Lines of an audit at most, per subject. */
const MOST = 500;

export interface Audit {
  patientViewed(desk: Desk, register: Register, id: PatientId): void;
  recordViewed(desk: Desk, register: Register, id: SessionId, patient: PatientId | null): void;
}

export const createAudit = (now: () => Instant, log: Log): Audit => {
  const looks = new WeakMap<Desk, Map<string, number>>();

  const look = (desk: Desk, register: Register, subject: string, body: RegistryBody): void => {
    const presence = desk.presence();
    const who =
      presence.kind === 'emergency'
        ? `${presence.who} ${UNPROVED}`
        : (desk.person()?.name ?? 'nobody signed in');
    const mine = looks.get(desk) ?? new Map<string, number>();
    looks.set(desk, mine);
    const at = now();
    const key = `${who} ${subject}`;
    const last = mine.get(key);
    if (last !== undefined && at.mono - last < ONE_LOOK_MS) return;
    try {
      register.write(subject, body, who, at);
      mine.set(key, at.mono);
    } catch (error) {
      // Care does not wait for the audit: what a nurse needs to read is read, and the log says what is missing.
      log.error('a look at a record could not be recorded', { error: String(error) });
    }
  };

  return {
    patientViewed: (desk, register, patientId) =>
      look(desk, register, patientSubject(patientId), { type: 'patient-viewed', patientId }),
    recordViewed: (desk, register, sessionId, patientId) =>
      look(desk, register, recordSubject(sessionId, patientId), {
        type: 'record-viewed',
        sessionId,
        patientId,
      }),
  };
};

/** Everything about a patient and their courses, newest first. */
export const auditLines = (register: Register, id: PatientId): readonly AuditLine[] =>
  [patientSubject(id), ...register.coursesOf(id).map((course) => courseSubject(course.id))]
    .flatMap((subject) => register.db.registry.about(subject, MOST))
    .sort((a, b) => b.sequence - a.sequence)
    .map((event) => ({ number: event.sequence, at: event.at.wall, by: event.by, what: inWords(event) }));

const inWords = ({ body }: RegistryEvent): string => {
  switch (body.type) {
    case 'patient-added':
      return body.despite.length === 0 ? 'Registered' : 'Registered despite a similar patient';
    case 'patient-changed':
      return `Corrected (${body.reason})`;
    case 'patient-viewed':
      return 'Looked at';
    case 'record-viewed':
      return 'Read the record of a session';
    case 'record-exported':
      return `Handed on as ${body.format.toUpperCase()}${body.withNames ? '' : ', without names'}`;
    case 'course-opened':
      return `Course opened: ${body.course.template.title}, ${body.course.plannedVisits} planned`;
    case 'course-changed':
      return `Course changed: ${body.plannedVisits} planned`;
    case 'course-closed':
      return `Course closed (${body.reason})`;
    case 'record-handed-on':
      return `Record of a session handed on to ${body.destination}`;
    case 'response-noted':
      return `Response noted: ${body.text}`;
    default:
      return body.type;
  }
};
