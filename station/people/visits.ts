/** The visits of a patient, read from the sessions' records; what a closed record says is read once. */
import { setImmediate } from 'node:timers/promises';
import type { CourseView, PatientRecordView, VisitView } from '../../core/api/people-views.ts';
import { RefusedError } from '../../core/api/serve.ts';
import { type Course, counts, nextDue, nextPosition, type VisitFigures } from '../../core/course/course.ts';
import { visitFigures } from '../../core/course/visit-figures.ts';
import type { CourseId, PatientId, SessionId } from '../../core/ids.ts';
import type { Patient } from '../../core/patient/patient.ts';
import { type ChairsideDb, StorageError } from '../../db/open.ts';
import type { Register } from './register.ts';

/** A visit with the course that its record names. */
export interface PatientVisit {
  readonly courseId: CourseId | null;
  readonly figures: VisitFigures;
}

/** A patient's visits; one damaged record hides neither the others nor the patient. */
export interface VisitsRead {
  /** Oldest first. */
  readonly visits: readonly PatientVisit[];
  readonly unreadable: readonly SessionId[];
}

export interface Visits {
  read(db: ChairsideDb, id: PatientId): Promise<VisitsRead>;
  /** For who counts them. @throws RefusedError `conflict` when one of them cannot be read: the count would be too low. */
  all(db: ChairsideDb, id: PatientId): Promise<readonly PatientVisit[]>;
}

/** Rests between two records, so that a patient of many years does not hold the station up. */
export const createVisits = (): Visits => {
  const read = new Map<SessionId, { readonly state: string; readonly visit: PatientVisit }>();
  const visit = (db: ChairsideDb, id: SessionId): PatientVisit => {
    // Cuff readings come without an entry: what was stored last counts as well.
    const state = JSON.stringify([db.headOf(id)?.hash, db.lastWriteWall(id)]);
    const known = read.get(id);
    if (known !== undefined && known.state === state) return known.visit;
    const events = db.eventsOf(id);
    const [first] = events;
    const courseId = first?.body.type === 'session-opened' ? (first.body.course?.courseId ?? null) : null;
    const made = { courseId, figures: visitFigures(events, db.nibpReadings(id)) };
    read.set(id, { state, visit: made });
    return made;
  };
  const readAll: Visits['read'] = async (db, patient) => {
    const visits: PatientVisit[] = [];
    const unreadable: SessionId[] = [];
    for (const id of db.sessionsOf(patient)) {
      try {
        visits.push(visit(db, id));
      } catch (error) {
        // A disk that fails is told as such; a record that makes no session is named.
        if (error instanceof StorageError && error.code !== 'corrupt') throw error;
        unreadable.push(id);
      }
      await setImmediate();
    }
    return { visits, unreadable };
  };
  return {
    read: readAll,
    all: async (db, patient) => {
      const { visits, unreadable } = await readAll(db, patient);
      if (unreadable.length === 0) return visits;
      throw new RefusedError(
        'conflict',
        `The record of ${unreadable.length === 1 ? 'a visit' : 'some visits'} of this patient cannot be read ("chairside verify" says why): how many there were is not known. A session can be opened without its course.`,
      );
    },
  };
};

export const figuresOf = (visits: readonly PatientVisit[], id: CourseId): readonly VisitFigures[] =>
  visits.filter(({ courseId }) => courseId === id).map(({ figures }) => figures);

export const courseView = (course: Course, visits: readonly PatientVisit[]): CourseView => {
  const own = figuresOf(visits, course.id);
  return {
    course,
    next: nextPosition(course, own),
    due: nextDue(course, own),
    visits: own.map((figures, index) => ({
      ...figures,
      position: counts(figures)
        ? { number: own.slice(0, index + 1).filter(counts).length, planned: course.plannedVisits }
        : null,
      response: course.responses[figures.sessionId] ?? null,
    })),
  };
};

export const patientRecord = (
  patient: Patient,
  register: Register,
  { visits, unreadable }: VisitsRead,
): PatientRecordView => ({
  patient,
  unreadable,
  courses: register.coursesOf(patient.id).map((course) => courseView(course, visits)),
  otherVisits: visits
    .filter(({ courseId }) => courseId === null || register.course(courseId) === null)
    .map(({ figures }): VisitView => ({ ...figures, position: null, response: null }))
    .reverse(),
});
