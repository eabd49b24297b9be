/** A course laid over itself: each visit read from its record, one after the other. */
import type { Handlers } from '../../core/api/commands.ts';
import type { RegisterName } from '../../core/api/people-views.ts';
import { RefusedError } from '../../core/api/serve.ts';
import { counts, type VisitFigures } from '../../core/course/course.ts';
import { type OverlayVisit, overlayVisit } from '../../core/course/overlay.ts';
import { beginCurves, cuffPoints } from '../../core/course/visit-curves.ts';
import { standingNotes } from '../../core/course/visit-figures.ts';
import { fullName } from '../../core/patient/patient.ts';
import { foldExclusions } from '../../core/review/exclusions.ts';
import { epochMs, type Instant } from '../../core/time.ts';
import type { ChairsideDb } from '../../db/open.ts';
import { readReview } from '../review-commands.ts';
import type { Desk } from './desk.ts';
import type { PatientDeps } from './patient-commands.ts';
import type { Register } from './register.ts';
import { figuresOf, type Visits } from './visits.ts';

export interface OverlayDeps extends Pick<PatientDeps, 'viewed'> {
  readonly registers: Readonly<Record<RegisterName, Register>>;
  readonly visits: Visits;
  readonly now: () => Instant;
  /** Writes what waits for the next batch: it belongs to the answer. */
  readonly flush: () => void;
}

export const courseOverlay =
  ({ registers, visits, now, flush, viewed }: OverlayDeps, desk: Desk): Handlers['course.overlay'] =>
  async ({ register: name, courseId }) => {
    const register = registers[name];
    const course = register.course(courseId);
    if (course === null) throw new RefusedError('not-found', 'There is no such course in this register.');
    const patient = register.patients.get(course.patientId);
    // Who sees no name has not looked at a patient.
    if (!desk.isMasked()) viewed(desk, register, course.patientId);
    flush();
    const own = figuresOf(await visits.all(register.db, course.patientId), courseId);
    const told: OverlayVisit[] = [];
    for (const [index, visit] of own.entries()) {
      const number = counts(visit) ? own.slice(0, index + 1).filter(counts).length : null;
      told.push(
        await readVisit(register.db, visit, number, course.responses[visit.sessionId] ?? null, now().wall),
      );
    }
    return {
      course: {
        id: course.id,
        title: course.template.title,
        planned: course.plannedVisits,
        isClosed: course.closed !== null,
      },
      patient:
        patient === null
          ? null
          : {
              id: patient.id,
              name: fullName(patient),
              birthDate: patient.birthDate,
              mrn: patient.mrn,
            },
      visits: told,
    };
  };

const readVisit = async (
  db: ChairsideDb,
  visit: VisitFigures,
  number: number | null,
  response: string | null,
  now: number,
): Promise<OverlayVisit> => {
  const events = db.eventsOf(visit.sessionId);
  const exclusions = foldExclusions(events);
  const { infusionStartedAt: startedAt } = visit;
  const curves = startedAt === null ? null : beginCurves(startedAt, exclusions);
  const { session, figures, readings } = await readReview(db, visit.sessionId, epochMs(now), curves?.take);
  return overlayVisit({
    session,
    visit,
    figures,
    doseNotes: standingNotes(events, 'dose-change'),
    number,
    response,
    curves: curves?.finish() ?? { heartRate: null, spo2: null },
    pressures: startedAt === null ? [] : cuffPoints(events, readings, exclusions, startedAt),
    now: epochMs(now),
  });
};
