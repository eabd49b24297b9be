/** A patient's series of visits: which one this is, and what is due next. Pure; time is an argument. */
import type { CourseId, PatientId, SessionId } from '../ids.ts';
import type { Phase } from '../session/phase.ts';
import { type EpochMs, epochMs } from '../time.ts';
import type { CourseTemplate } from './template.ts';

export interface Course {
  readonly id: CourseId;
  readonly patientId: PatientId;
  /** As it was when the course was opened: a template that changes later changes no course. */
  readonly template: CourseTemplate;
  readonly plannedVisits: number;
  readonly note: string | null;
  readonly openedAt: EpochMs;
  /** Null: running. */
  readonly closed: { readonly at: EpochMs; readonly reason: string } | null;
  /** What the patient said later about a visit's effect, by the visit. The last word counts. */
  readonly responses: Readonly<Record<SessionId, string>>;
}

/** What a session's record says about its visit. */
export interface VisitFigures {
  readonly sessionId: SessionId;
  readonly openedAt: EpochMs;
  readonly phase: Phase;
  /** Null: no drug was given. */
  readonly infusionStartedAt: EpochMs | null;
  /** What was entered about the dose, oldest first. */
  readonly dose: readonly string[];
  readonly baseline: { readonly systolic: number; readonly diastolic: number } | null;
  /** The highest systolic reading from the start of the infusion, with its minute; null: none. */
  readonly peak: { readonly systolic: number; readonly diastolic: number; readonly atMinute: number } | null;
  /** Side effects as they were entered, each once, oldest first. */
  readonly sideEffects: readonly string[];
  /** Both signatures are there. */
  readonly isSigned: boolean;
}

/** A visit counts once the drug has run: one that was cancelled before is not the patient's third infusion. */
export const counts = (visit: Pick<VisitFigures, 'infusionStartedAt'>): boolean =>
  visit.infusionStartedAt !== null;

/** The place of a visit in its course. */
export interface CoursePosition {
  readonly number: number;
  readonly planned: number;
}

/** Which visit a session opened now would be: one more than those that count. */
export const nextPosition = (
  course: Pick<Course, 'plannedVisits'>,
  visits: readonly VisitFigures[],
): CoursePosition => ({ number: visits.filter(counts).length + 1, planned: course.plannedVisits });

export type NextDue =
  | { readonly kind: 'first' }
  | {
      readonly kind: 'visit';
      readonly position: CoursePosition;
      readonly from: EpochMs;
      readonly to: EpochMs;
    }
  | { readonly kind: 'booster'; readonly from: EpochMs; readonly to: EpochMs }
  | { readonly kind: 'nothing' };

const DAY_MS = 86_400_000;
/** A month for a window of weeks (ms): a twelfth of 365.25 days. */
const MONTH_MS = 30.4375 * DAY_MS;

/**
 * What comes after the visits so far. A window's start and end are moments, for people to read as days. The end of a
 * series that has to be done within so many days closes the window early, but never before its start.
 */
export const nextDue = (course: Course, visits: readonly VisitFigures[]): NextDue => {
  const done = visits.filter(counts);
  const last = done.at(-1)?.infusionStartedAt ?? null;
  const first = done[0]?.infusionStartedAt ?? null;
  if (last === null || first === null)
    return course.closed === null ? { kind: 'first' } : { kind: 'nothing' };
  const { nextAfterDays, withinDays, boosterAfterMonths } = course.template;
  if (course.closed === null && done.length < course.plannedVisits) {
    const from = last + nextAfterDays.from * DAY_MS;
    const usual = last + nextAfterDays.to * DAY_MS;
    const latest = withinDays === null ? usual : Math.min(usual, first + withinDays * DAY_MS);
    return {
      kind: 'visit',
      position: nextPosition(course, visits),
      from: epochMs(from),
      to: epochMs(Math.max(from, latest)),
    };
  }
  if (boosterAfterMonths === null) return { kind: 'nothing' };
  return {
    kind: 'booster',
    from: epochMs(last + boosterAfterMonths.from * MONTH_MS),
    to: epochMs(last + boosterAfterMonths.to * MONTH_MS),
  };
};
