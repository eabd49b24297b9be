/** The register of patients and their courses. */
import type { Handlers } from '../../core/api/commands.ts';
import type { RegisterName, RegisterResult } from '../../core/api/people-views.ts';
import { RefusedError } from '../../core/api/serve.ts';
import type { Course } from '../../core/course/course.ts';
import type { CourseTemplate } from '../../core/course/template.ts';
import { type CourseId, courseId, type PatientId, patientId } from '../../core/ids.ts';
import { duplicatesOf } from '../../core/patient/duplicates.ts';
import type { Patient, PatientDraft } from '../../core/patient/patient.ts';
import { courseSubject, patientSubject } from '../../core/registry/events.ts';
import type { Instant } from '../../core/time.ts';
import { auditLines } from './audit.ts';
import type { Desk } from './desk.ts';
import type { Register } from './register.ts';
import { courseView, patientRecord, type Visits } from './visits.ts';

export interface PatientDeps {
  readonly registers: Readonly<Record<RegisterName, Register>>;
  readonly templates: readonly CourseTemplate[];
  readonly visits: Visits;
  readonly now: () => Instant;
  readonly newId: () => string;
  /** Notes that somebody looked at a patient. */
  readonly viewed: (desk: Desk, register: Register, id: PatientId) => void;
}

type PatientCommand = Exclude<
  Extract<keyof Handlers, `patient.${string}` | `course.${string}`>,
  'course.overlay'
>;

/** @throws RefusedError. */
export const knownPatient = (register: Register, id: PatientId): Patient => {
  const patient = register.patients.get(id);
  if (patient === null) throw new RefusedError('not-found', 'There is no such patient in this register.');
  return patient;
};

/** @throws RefusedError. */
export const openCourse = (register: Register, id: CourseId): Course => {
  const course = register.course(id);
  if (course === null) throw new RefusedError('not-found', 'There is no such course in this register.');
  if (course.closed !== null) throw new RefusedError('conflict', 'This course is closed.');
  return course;
};

export const patientCommands = (deps: PatientDeps, desk: Desk): Pick<Handlers, PatientCommand> => {
  const { now, newId, visits } = deps;
  const viewOf = async (register: Register, id: CourseId) => {
    const course = register.course(id);
    if (course === null) throw new Error('the course was written but is not known');
    const { visits: readable } = await visits.read(register.db, course.patientId);
    return courseView(course, readable);
  };
  const warnings = (register: Register, draft: PatientDraft, self: PatientId | null) =>
    duplicatesOf(draft, register.patients.all(), self);

  return {
    'patient.search': ({ register, query, limit }) => deps.registers[register].patients.search(query, limit),

    'patient.get': async ({ register: name, patientId: id }) => {
      const register = deps.registers[name];
      const patient = knownPatient(register, id);
      deps.viewed(desk, register, id);
      return patientRecord(patient, register, await visits.read(register.db, id));
    },

    'patient.register': ({ register: name, draft, confirmDuplicates, by }): RegisterResult => {
      const register = deps.registers[name];
      const found = warnings(register, draft, null);
      if (found.length > 0 && !confirmDuplicates) return { kind: 'duplicates', warnings: found };
      const patient: Patient = { ...draft, id: patientId(newId()) };
      const despite = found.map((warning) => warning.patient.id);
      register.write(patientSubject(patient.id), { type: 'patient-added', patient, despite }, by, now());
      return { kind: 'registered', patient };
    },

    'patient.change': ({
      register: name,
      patientId: id,
      draft,
      confirmDuplicates,
      reason,
      by,
    }): RegisterResult => {
      const register = deps.registers[name];
      knownPatient(register, id);
      const found = warnings(register, draft, id);
      if (found.length > 0 && !confirmDuplicates) return { kind: 'duplicates', warnings: found };
      const patient: Patient = { ...draft, id };
      register.write(patientSubject(id), { type: 'patient-changed', patient, reason }, by, now());
      return { kind: 'registered', patient };
    },

    'patient.audit': ({ register: name, patientId: id }) => {
      const register = deps.registers[name];
      knownPatient(register, id);
      return auditLines(register, id);
    },

    'course.templates': () => deps.templates,

    'course.open': ({ register: name, patientId: id, templateId, plannedVisits, note, by }) => {
      const register = deps.registers[name];
      knownPatient(register, id);
      const template = deps.templates.find((item) => item.id === templateId);
      if (template === undefined) throw new RefusedError('not-found', `There is no course "${templateId}".`);
      refuseCount(template, plannedVisits);
      const running = register
        .coursesOf(id)
        .find((item) => item.closed === null && item.template.id === templateId);
      if (running !== undefined) {
        throw new RefusedError(
          'conflict',
          `A course “${template.title}” is running already: close it first.`,
        );
      }
      const course = { id: courseId(newId()), patientId: id, template, plannedVisits, note };
      register.write(courseSubject(course.id), { type: 'course-opened', course }, by, now());
      return viewOf(register, course.id);
    },

    'course.change': ({ register: name, courseId: id, plannedVisits, note, by }) => {
      const register = deps.registers[name];
      refuseCount(openCourse(register, id).template, plannedVisits);
      register.write(
        courseSubject(id),
        { type: 'course-changed', courseId: id, plannedVisits, note },
        by,
        now(),
      );
      return viewOf(register, id);
    },

    'course.close': ({ register: name, courseId: id, reason, by }) => {
      const register = deps.registers[name];
      openCourse(register, id);
      register.write(courseSubject(id), { type: 'course-closed', courseId: id, reason }, by, now());
      return viewOf(register, id);
    },

    'course.response': async ({ register: name, courseId: id, sessionId, text, by }) => {
      const register = deps.registers[name];
      const course = register.course(id);
      if (course === null) throw new RefusedError('not-found', 'There is no such course in this register.');
      const { visits: own } = await visits.read(register.db, course.patientId);
      if (!own.some((visit) => visit.courseId === id && visit.figures.sessionId === sessionId)) {
        throw new RefusedError('not-found', 'This session is no visit of this course.');
      }
      register.write(courseSubject(id), { type: 'response-noted', courseId: id, sessionId, text }, by, now());
      return viewOf(register, id);
    },
  };
};

const refuseCount = ({ visits }: CourseTemplate, planned: number): void => {
  if (planned >= visits.least && planned <= visits.most) return;
  throw new RefusedError(
    'invalid-params',
    `This course has ${visits.least} to ${visits.most} visits, not ${planned}.`,
  );
};
