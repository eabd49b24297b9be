/** Patients and courses in words. */
import type { CourseView, VisitView } from '../../core/api/people-views.ts';
import type { NextDue } from '../../core/course/course.ts';
import { fullName, mrnTail, type Patient } from '../../core/patient/patient.ts';
import { PHASE_LABELS } from '../../core/session/phase.ts';
import type { EpochMs } from '../../core/time.ts';
import { dateTimeText } from './time-text.ts';

/** Day of this computer's zone: "2026-03-01". */
export const dayText = (at: EpochMs): string => dateTimeText(at).slice(0, 10);

/** How long ago the birth date is, in whole years, at `now`. */
export const ageYears = (birthDate: string, now: EpochMs): number => {
  const [year = 0, month = 1, day = 1] = birthDate.split('-').map(Number);
  const today = dayText(now).split('-').map(Number);
  const [y = 0, m = 1, d = 1] = today;
  return y - year - (m < month || (m === month && d < day) ? 1 : 0);
};

/** Two identifiers in one line, so that nobody picks by the name alone. */
export const patientLine = (patient: Patient): string =>
  `${fullName(patient)}, born ${patient.birthDate}, MRN ${patient.mrn ?? 'none'}`;

/** Initials as the room has them, with the end of the MRN when it is known: "A.B. ·0123". */
export const roomName = (initials: string, mrn: string | null): string => {
  const tail = mrnTail(mrn);
  return tail === null ? initials : `${initials} ·${tail}`;
};

/** What is due next, in words, and whether its time has come or passed. */
export const dueText = (
  due: NextDue,
  now: EpochMs | null,
): { readonly text: string; readonly isOver: boolean } => {
  switch (due.kind) {
    case 'first':
      return { text: 'First visit', isOver: false };
    case 'nothing':
      return { text: 'Nothing planned', isOver: false };
    case 'visit':
    case 'booster': {
      const what =
        due.kind === 'booster' ? 'Booster' : `Visit ${due.position.number} of ${due.position.planned}`;
      const [from, to] = [dayText(due.from), dayText(due.to)];
      const days = from === to ? `on ${from}` : `from ${from} to ${to}`;
      const isOver = now !== null && dayText(now) > to;
      return { text: `${what} due ${days}${isOver ? ', overdue' : ''}`, isOver };
    }
    default:
      return due satisfies never;
  }
};

/** Where a course stands: "Depression: 6 infusions in 3 weeks: 2 of 6 done". */
export const courseText = ({ course, next }: CourseView): string => {
  const done = `${next.number - 1} of ${next.planned} done`;
  return `${course.template.title} – ${course.closed === null ? done : `closed (${course.closed.reason}), ${done}`}`;
};

export interface VisitLine {
  readonly number: string;
  readonly day: string;
  readonly dose: string;
  readonly peak: string;
  readonly effects: string;
  readonly response: string;
  readonly state: string;
}

/** One visit as a line of the table; a missing figure is a dash, never a guess. */
export const visitLine = (visit: VisitView): VisitLine => {
  const { peak, baseline } = visit;
  const rise =
    peak === null || baseline === null
      ? ''
      : `, +${Math.round(peak.systolic - baseline.systolic)} over baseline`;
  return {
    number: visit.position === null ? '–' : `${visit.position.number} of ${visit.position.planned}`,
    day: dateTimeText(visit.openedAt),
    dose: visit.dose.join('; ') || '–',
    peak: peak === null ? '–' : `${peak.systolic}/${peak.diastolic} at ${peak.atMinute} min${rise}`,
    effects: visit.sideEffects.join(', ') || '–',
    response: visit.response ?? '–',
    state: `${PHASE_LABELS[visit.phase]}${visit.isSigned ? ', signed' : ''}`,
  };
};
