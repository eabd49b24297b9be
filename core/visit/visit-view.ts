/** Puts together what a window is shown of a visit: the same pure functions that the station's guards use. */
import { measuredAt } from '../alarm/cuff-reading.ts';
import { startGate } from '../alarm/start-gate.ts';
import type { VisitView } from '../api/visit-views.ts';
import { checklistState } from '../checklist/state.ts';
import { proposeBaseline } from '../session/baseline.ts';
import { type MoveFacts, objections } from '../session/guards.ts';
import type { Phase } from '../session/phase.ts';
import { minimumRecoveryMs, type Session, timeInPhases } from '../session/session.ts';
import { addMs, type Instant } from '../time.ts';
import { cuffInterval } from './cuff-timetable.ts';
import { type ChairFacts, computeFacts } from './facts.ts';
import { nextItems } from './next.ts';

/** A pressure above the start limit is measured again after this rest (ms). */
export const REST_BEFORE_REMEASURE_MS = 5 * 60_000;

/** What the guards need to know of a move to `to`. */
export const moveFacts = (session: Session, chair: ChairFacts, to: Phase, now: Instant): MoveFacts => {
  const { protocol, checklist } = session.visit;
  const facts = computeFacts(session, chair, now);
  const proposed = proposeBaseline(chair.readings);
  return {
    from: session.phase,
    to,
    vitals: chair.vitals,
    gate: startGate(proposed.baseline, { spo2: chair.spo2, heartRate: chair.heartRate }),
    baselineAdvice: proposed.advice,
    recoveryMs: timeInPhases(session, ['recovery'], now),
    minimumRecoveryMs: minimumRecoveryMs(session),
    openHighAlarms: chair.openHighAlarms,
    items:
      protocol === null
        ? null
        : {
            start: checklistState(protocol.checklist, checklist, facts, now.wall),
            discharge: checklistState(protocol.discharge, checklist, facts, now.wall),
          },
  };
};

/** The view at `now`. `cuffDueAt`: when the next cuff reading is due, by whatever makes it due first. */
export const visitView = (
  session: Session,
  chair: ChairFacts,
  cuffDueAt: Instant | null,
  now: Instant,
): VisitView => {
  const start = moveFacts({ ...session, phase: 'baseline' }, chair, 'infusing', now);
  const discharge = moveFacts({ ...session, phase: 'recovery' }, chair, 'discharged', now);
  const isBefore = session.phase === 'intake' || session.phase === 'baseline';
  const last = chair.readings.at(-1);
  const isHeld =
    isBefore && last !== undefined && start.gate.reasons.some(({ quantity }) => quantity !== null);
  const remeasureAt = isHeld ? addMs(measuredAt(last), REST_BEFORE_REMEASURE_MS) : null;
  return {
    checklist: start.items?.start ?? [],
    discharge: discharge.items?.discharge ?? [],
    startObjections: isBefore ? objections(start) : [],
    dischargeObjections: session.phase === 'recovery' ? objections(discharge) : [],
    baseline: proposeBaseline(chair.readings),
    gate: start.gate,
    remeasureAt,
    cuff: cuffInterval(session, now.wall, chair.readings),
    next: nextItems(session, now, cuffDueAt, remeasureAt),
  };
};
