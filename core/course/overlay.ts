/** A course laid over itself: what each visit came to, beside its curves from the start of its infusion. */
import type { CourseId, PatientId, SessionId } from '../ids.ts';
import type { SessionFigures } from '../review/figures.ts';
import type { ScaleId } from '../scales/scales.ts';
import type { DataOrigin } from '../session/events.ts';
import { infusionStartedAt, type Session } from '../session/session.ts';
import type { EpochMs } from '../time.ts';
import { visitSummary } from '../visit/summary.ts';
import type { VisitFigures } from './course.ts';
import type { CuffPoint, VisitCurves } from './visit-curves.ts';

/** A score around the infusion; null: none was entered then. */
export interface ScorePair {
  /** The last one up to the start of the infusion. */
  readonly before: number | null;
  /** The last one after the drug had stopped. */
  readonly after: number | null;
}

/** A value with its minute since the start of the infusion. */
export interface AtMinute {
  readonly value: number;
  readonly minute: number;
}

export interface OverlayVisit extends VisitCurves {
  readonly sessionId: SessionId;
  /** Which of the course's visits; null: no drug was given, and there are no curves. */
  readonly number: number | null;
  readonly openedAt: EpochMs;
  readonly origin: DataOrigin;
  /** False: the visit goes on, and everything is as of now. */
  readonly isOver: boolean;
  /** By the entries; null: no dose was planned in figures. `isPartial`: more was given before the plan was entered. */
  readonly dose: {
    readonly drug: string;
    readonly mg: number;
    readonly mgPerKg: number;
    readonly isPartial: boolean;
  } | null;
  /** What was typed about the dose, oldest first. */
  readonly doseNotes: readonly string[];
  readonly baseline: { readonly systolic: number; readonly diastolic: number } | null;
  /** Highest systolic from the start of the infusion (mmHg). */
  readonly peak: AtMinute | null;
  /** Peak less baseline (mmHg); null without both. */
  readonly rise: number | null;
  readonly lowestSpo2: AtMinute | null;
  readonly sideEffects: readonly string[];
  readonly mood: ScorePair;
  readonly pain: ScorePair;
  /** What the patient said later about the effect. */
  readonly response: string | null;
  readonly isSigned: boolean;
  readonly pressures: readonly CuffPoint[];
}

export interface CourseOverlay {
  readonly course: {
    readonly id: CourseId;
    readonly title: string;
    readonly planned: number;
    readonly isClosed: boolean;
  };
  /** Null: not for whoever asks. */
  readonly patient: {
    readonly id: PatientId;
    readonly name: string;
    readonly birthDate: string;
    readonly mrn: string | null;
  } | null;
  /** Oldest first. */
  readonly visits: readonly OverlayVisit[];
}

export interface OverlayInput {
  readonly session: Session;
  readonly visit: VisitFigures;
  readonly figures: SessionFigures;
  readonly doseNotes: readonly string[];
  readonly number: number | null;
  readonly response: string | null;
  readonly curves: VisitCurves;
  readonly pressures: readonly CuffPoint[];
  readonly now: EpochMs;
}

/** One visit of the overlay. Its figures are those of the review: artefacts are in none of them. */
export const overlayVisit = ({
  session,
  visit,
  figures,
  doseNotes,
  number,
  response,
  curves,
  pressures,
  now,
}: OverlayInput): OverlayVisit => {
  const { dose } = visitSummary(session, now);
  return {
    ...curves,
    sessionId: session.id,
    number,
    openedAt: session.openedAt,
    origin: session.origin,
    isOver: session.closedAt !== null,
    dose:
      dose === null
        ? null
        : {
            drug: dose.drug,
            mg: dose.deliveredMg,
            mgPerKg: dose.deliveredMgPerKg,
            isPartial: dose.isPartial,
          },
    doseNotes,
    baseline: visit.baseline,
    peak: atMinute(figures.peak.systolic),
    rise: figures.peakRise?.mmHg ?? null,
    lowestSpo2: atMinute(figures.lowest.spo2),
    sideEffects: visit.sideEffects,
    mood: scorePair(session, 'mood'),
    pain: scorePair(session, 'pain'),
    response,
    isSigned: visit.isSigned,
    pressures,
  };
};

const atMinute = (extreme: SessionFigures['peak']['systolic']): AtMinute | null =>
  extreme === null || extreme.sinceInfusionMs === null
    ? null
    : { value: extreme.value, minute: Math.floor(extreme.sinceInfusionMs / 60_000) };

/** A score while the drug runs is neither before nor after. */
const scorePair = (session: Session, scale: ScaleId): ScorePair => {
  const started = infusionStartedAt(session);
  const stopped = session.spans.find(({ phase }) => phase === 'recovery')?.startedAt ?? null;
  const scores = session.visit.scores.filter((score) => score.scale === scale);
  const before = scores.findLast(({ at }) => started === null || at <= started);
  const after = stopped === null ? undefined : scores.findLast(({ at }) => at >= stopped);
  return { before: before?.value ?? null, after: after?.value ?? null };
};
