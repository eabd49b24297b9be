/** Whom a new session is about: taken from the register at its opening, so that the record stands alone. */
import { RefusedError } from '../../core/api/serve.ts';
import { nextPosition } from '../../core/course/course.ts';
import type { CourseId, PatientId } from '../../core/ids.ts';
import { initialsOf, snapshotOf } from '../../core/patient/patient.ts';
import type { DataOrigin, SessionEventBody } from '../../core/session/events.ts';
import { isClosed } from '../../core/session/phase.ts';
import type { Chair } from '../chair.ts';
import { knownPatient, openCourse } from './patient-commands.ts';
import type { Register } from './register.ts';
import { figuresOf, type Visits } from './visits.ts';

type Opened = Extract<SessionEventBody, { readonly type: 'session-opened' }>;
export type WhoseSession = Pick<Opened, 'patientInitials' | 'patient' | 'course'>;

export interface SessionPatientDeps {
  readonly registerOf: (origin: DataOrigin) => Register;
  readonly chairs: () => readonly Chair[];
  readonly visits: Visits;
}

/** What the opening says about the patient. @throws RefusedError. */
export type WhoseSessionOf = (
  origin: DataOrigin,
  asked: {
    readonly patientInitials: string | null;
    readonly patientId: PatientId | null;
    readonly courseId: CourseId | null;
  },
) => Promise<WhoseSession>;

export const whoseSession =
  ({ registerOf, chairs, visits }: SessionPatientDeps): WhoseSessionOf =>
  async (origin, { patientInitials, patientId, courseId }) => {
    if (patientId === null) {
      if (courseId !== null)
        throw new RefusedError('invalid-params', 'session.open: courseId: needs a patient');
      if (patientInitials === null) {
        throw new RefusedError('invalid-params', 'session.open: patientInitials: needed without a patient');
      }
      return { patientInitials };
    }
    const register = registerOf(origin);
    const patient = knownPatient(register, patientId);
    const whose = { patientInitials: initialsOf(patient), patient: snapshotOf(patient) };
    const course = courseId === null ? null : openCourse(register, courseId);
    if (course !== null && course.patientId !== patientId) {
      throw new RefusedError('not-allowed', 'This course is another patient’s.');
    }
    const past = course === null ? [] : figuresOf(await visits.all(register.db, patientId), course.id);
    // After the wait: somebody may have opened one meanwhile.
    const other = chairs().find((chair) => {
      const session = chair.session();
      return session?.patient?.patientId === patientId && !isClosed(session.phase);
    });
    if (other !== undefined) {
      throw new RefusedError('conflict', `This patient has an open session on ${other.view().name}.`);
    }
    if (course === null) return whose;
    const { template } = course;
    return {
      ...whose,
      course: { courseId: course.id, title: template.title, position: nextPosition(course, past) },
    };
  };
