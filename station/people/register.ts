/** The register of one database while the station runs: read once, kept in step with what is written. */
import type { Course } from '../../core/course/course.ts';
import type { CourseId, PatientId, PersonId } from '../../core/ids.ts';
import { createPatientIndex, type PatientIndex } from '../../core/patient/search.ts';
import { nameKey, type Person, type SecretKind } from '../../core/people/person.ts';
import {
  courseAfter,
  type RegistryBody,
  type RegistryEvent,
  type SecretHash,
  STATE_TYPES,
} from '../../core/registry/events.ts';
import type { Instant } from '../../core/time.ts';
import type { ChairsideDb } from '../../db/open.ts';

export type Secrets = Readonly<Partial<Record<SecretKind, SecretHash>>>;

/** Emergency access of some window. */
export interface Emergency {
  readonly id: string;
  readonly at: Instant;
  readonly who: string;
  readonly isExplained: boolean;
}

export interface Register {
  readonly db: ChairsideDb;
  readonly patients: PatientIndex;
  person(id: PersonId): Person | null;
  people(): readonly Person[];
  /** Whose this name is or once was, by `nameKey`; null: nobody's. */
  nameOwner(key: string): PersonId | null;
  secretsOf(id: PersonId): Secrets;
  course(id: CourseId): Course | null;
  /** Newest first. */
  coursesOf(id: PatientId): readonly Course[];
  emergencies(): readonly Emergency[];
  /** Durable when this returns; throws what the database throws, and then nothing has changed. */
  write(subject: string, body: RegistryBody, by: string, at: Instant): void;
  /** Several entries about one subject: all of them or none. */
  writeAll(subject: string, bodies: readonly RegistryBody[], by: string, at: Instant): void;
}

export const createRegister = (db: ChairsideDb): Register => {
  const people = new Map<PersonId, Person>();
  /** Every name that was ever given: what was signed with it stays its owner's. */
  const owners = new Map<string, PersonId>();
  const secrets = new Map<PersonId, Secrets>();
  const courses = new Map<CourseId, Course>();
  const emergencies = new Map<string, Emergency>();
  const patients = createPatientIndex();

  const putCourse = (id: CourseId, event: RegistryEvent): void => {
    const course = courseAfter(courses.get(id) ?? null, event.body, event.at.wall);
    if (course !== null) courses.set(id, course);
  };
  const take = (event: RegistryEvent): void => {
    const { body, at } = event;
    switch (body.type) {
      case 'person-added':
      case 'person-changed':
        people.set(body.person.id, body.person);
        owners.set(nameKey(body.person.name), body.person.id);
        break;
      case 'secret-set':
        secrets.set(body.personId, { ...secrets.get(body.personId), [body.kind]: body.secret });
        break;
      case 'patient-added':
      case 'patient-changed':
        patients.put(body.patient);
        break;
      case 'course-opened':
        putCourse(body.course.id, event);
        break;
      case 'course-changed':
      case 'course-closed':
      case 'response-noted':
        putCourse(body.courseId, event);
        break;
      case 'emergency-opened': {
        const { emergencyId: id, who } = body;
        emergencies.set(id, { id, at, who, isExplained: false });
        break;
      }
      case 'emergency-explained': {
        const opened = emergencies.get(body.emergencyId);
        if (opened !== undefined) emergencies.set(opened.id, { ...opened, isExplained: true });
        break;
      }
      case 'record-handed-on':
      case 'signed-in':
      case 'sign-in-failed':
      case 'signed-out':
      case 'vouched':
      case 'patient-viewed':
      case 'record-viewed':
      case 'record-exported':
        break;
      default:
        body satisfies never;
    }
  };
  for (const event of db.registry.ofTypes(STATE_TYPES)) take(event);

  const writeAll: Register['writeAll'] = (subject, bodies, by, at) => {
    for (const event of db.registry.append(bodies.map((body) => ({ subject, body, by, at })))) take(event);
  };

  return {
    db,
    patients,
    person: (id) => people.get(id) ?? null,
    people: () => [...people.values()],
    nameOwner: (key) => owners.get(key) ?? null,
    secretsOf: (id) => secrets.get(id) ?? {},
    course: (id) => courses.get(id) ?? null,
    coursesOf: (id) =>
      [...courses.values()]
        .filter(({ patientId }) => patientId === id)
        .sort((a, b) => b.openedAt - a.openedAt),
    emergencies: () => [...emergencies.values()],
    write: (subject, body, by, at) => writeAll(subject, [body], by, at),
    writeAll,
  };
};
