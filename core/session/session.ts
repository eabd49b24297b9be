/**
 * A session as it stands: the fold of its events. Times that matter at the bedside (time infusing, time in
 * recovery) are computed from phase spans; a span across a restart of the station is measured on the wall
 * clock, because the monotonic clock starts anew with each run.
 */
import type { LimitSet } from '../alarm/limits.ts';
import type { ChairId, SessionId } from '../ids.ts';
import type { Vital } from '../nomenclature/vitals.ts';
import type { PatientSnapshot } from '../patient/patient.ts';
import type { EpochMs, Instant } from '../time.ts';
import type { VisitEventBody } from '../visit/events.ts';
import { applyVisit } from '../visit/visit-fold.ts';
import { NO_VISIT, type VisitState } from '../visit/visit-state.ts';
import type { BloodPressureBaseline, DataOrigin, SessionCourse, SessionEvent } from './events.ts';
import { isClosed, type Phase } from './phase.ts';

/** A stretch of one phase; `endedAt` is null for the running one. */
export interface PhaseSpan {
  readonly phase: Phase;
  readonly startedAt: EpochMs;
  readonly endedAt: EpochMs | null;
}

export interface Session {
  readonly id: SessionId;
  readonly chairId: ChairId;
  readonly patientInitials: string;
  readonly indication: string;
  /** Null: opened with initials only. */
  readonly patient: PatientSnapshot | null;
  readonly course: SessionCourse | null;
  readonly origin: DataOrigin;
  readonly openedAt: EpochMs;
  readonly closedAt: EpochMs | null;
  readonly phase: Phase;
  readonly spans: readonly PhaseSpan[];
  readonly plannedInfusionMs: number;
  readonly plannedRecoveryMs: number;
  readonly nibpIntervalMs: number;
  readonly baseline: BloodPressureBaseline | null;
  readonly limits: LimitSet | null;
  /** Vitals that the infusion was knowingly begun without. */
  readonly withoutVitals: readonly Vital[];
  /** Protocol, checklist, dose, scores, side effects: what people entered besides phases and notes. */
  readonly visit: VisitState;
  /** Sequence of the last event folded in. */
  readonly sequence: number;
}

/** Default time between cuff readings while infusing (ms): 5 min, our choice after ASA-style practice. */
export const DEFAULT_NIBP_INTERVAL_MS = 5 * 60_000;
/** Recovery may not end earlier than this after the stop of the infusion without a reason (ms). */
export const MINIMUM_RECOVERY_MS = 15 * 60_000;

/** The shortest recovery without a reason: the protocol's, or the product's where the visit has none (ms). */
export const minimumRecoveryMs = (session: Pick<Session, 'visit'>): number =>
  session.visit.protocol?.recovery.minimumMs ?? MINIMUM_RECOVERY_MS;

/**
 * Folds the events of one session, in order.
 * @throws Error when the list is empty, does not begin with `session-opened`, or has a gap in its sequence.
 */
export const foldSession = (events: readonly SessionEvent[]): Session => {
  const [first, ...rest] = events;
  if (first === undefined || first.body.type !== 'session-opened') {
    throw new Error('a session begins with its session-opened event');
  }
  const opened: Session = {
    id: first.sessionId,
    chairId: first.body.chairId,
    patientInitials: first.body.patientInitials,
    indication: first.body.indication,
    patient: first.body.patient ?? null,
    course: first.body.course ?? null,
    origin: first.body.origin,
    openedAt: first.at.wall,
    closedAt: null,
    phase: 'intake',
    spans: [{ phase: 'intake', startedAt: first.at.wall, endedAt: null }],
    plannedInfusionMs: first.body.plannedInfusionMs,
    plannedRecoveryMs: first.body.plannedRecoveryMs,
    nibpIntervalMs: DEFAULT_NIBP_INTERVAL_MS,
    baseline: null,
    limits: null,
    withoutVitals: [],
    visit: NO_VISIT,
    sequence: first.sequence,
  };
  return rest.reduce(applyEvent, opened);
};

/** The session after one more event. @throws Error when the sequence has a gap. */
export const applyEvent = (session: Session, event: SessionEvent): Session => {
  if (event.sequence !== session.sequence + 1) {
    throw new Error(`event ${event.sequence} does not follow ${session.sequence} in session ${session.id}`);
  }
  const visit = applyVisit(session.visit, event, {
    isRunning: session.phase === 'infusing',
    hasRun: infusionStartedAt(session) !== null,
  });
  return { ...session, ...change(session, event), visit, sequence: event.sequence };
};

/** What an entry changes besides `visit`. */
const change = (session: Session, event: SessionEvent): Partial<Session> => {
  const { body } = event;
  switch (body.type) {
    case 'phase-changed':
      return {
        phase: body.to,
        spans: nextSpans(session.spans, body.to, event.at.wall),
        closedAt: isClosed(body.to) ? event.at.wall : null,
        withoutVitals: body.withoutVitals ?? session.withoutVitals,
      };
    case 'baseline-frozen':
      return { baseline: body.baseline };
    case 'limits-changed':
      return { limits: body.after };
    case 'nibp-interval-set':
      return { nibpIntervalMs: body.intervalMs };
    case 'recovery-extended':
      return { plannedRecoveryMs: body.plannedRecoveryMs };
    case 'chair-moved':
      return { chairId: body.to };
    case 'baseline-renewed':
      return { baseline: body.baseline };
    case 'cuff-interval-in-force':
      return { nibpIntervalMs: body.intervalMs };
    case 'session-opened':
    case 'note-added':
    case 'record-signed':
    case 'addendum-added':
    case 'alarm':
    case 'link-changed':
    case 'source-changed':
    case 'monitor-identified':
    case 'cuff-requested':
    case 'monitor-confirmed':
    case 'monitor-changed':
    case 'source-order-changed':
    case 'station-restarted':
    case 'clock-jumped':
    case 'preset-approval':
    case 'artefact-excluded':
    case 'artefact-restored':
      return {};
    default:
      body satisfies VisitEventBody;
      return {};
  }
};

const nextSpans = (spans: readonly PhaseSpan[], to: Phase, at: EpochMs): readonly PhaseSpan[] => [
  ...spans.map((span) => (span.endedAt === null ? { ...span, endedAt: at } : span)),
  { phase: to, startedAt: at, endedAt: isClosed(to) ? at : null },
];

/** Milliseconds spent in any of `phases` up to `now`, on the wall clock, never negative. */
export const timeInPhases = (session: Session, phases: readonly Phase[], now: Instant): number =>
  session.spans
    .filter((span) => phases.includes(span.phase))
    .reduce((total, span) => total + Math.max(0, (span.endedAt ?? now.wall) - span.startedAt), 0);

/** When the infusion first started; null before. The zero of the trend's time axis. */
export const infusionStartedAt = (session: Session): EpochMs | null =>
  session.spans.find((span) => span.phase === 'infusing')?.startedAt ?? null;
