/** The course of a visit beside its phases: cuff timetable, new baseline, another chair, leaving early, the sheet. */
import type { Handlers } from '../core/api/commands.ts';
import { RefusedError } from '../core/api/serve.ts';
import type { VISIT_PARAMS } from '../core/api/visit-commands.ts';
import { proposeBaseline } from '../core/session/baseline.ts';
import type { BloodPressureBaseline } from '../core/session/events.ts';
import { objections } from '../core/session/guards.ts';
import { canMove, isUnderTreatment, type Phase } from '../core/session/phase.ts';
import { foldSession } from '../core/session/session.ts';
import { dischargeSheet } from '../core/visit/discharge-sheet.ts';
import { moveFacts } from '../core/visit/visit-view.ts';
import { authorised } from './authoriser.ts';
import { checklistCommands } from './checklist-commands.ts';
import { doseCommands } from './dose-commands.ts';
import { databaseOf } from './history-commands.ts';
import { observationCommands } from './observation-commands.ts';
import type { Databases } from './ports.ts';
import { openSession, refuseOtherPhase, type VisitDeps } from './visit-deps.ts';

export type VisitCommand = keyof typeof VISIT_PARAMS;

export const visitCommands = (deps: VisitDeps, databases: Databases): Pick<Handlers, VisitCommand> => ({
  ...checklistCommands(deps),
  ...doseCommands(deps),
  ...observationCommands(deps),

  'cuff.interval': ({ sessionId, phase, intervalMs, reason, by }) => {
    const chair = deps.chairOfSession(sessionId);
    if (openSession(chair).visit.protocol === null) {
      throw new RefusedError('not-allowed', 'This visit has one cuff interval for all phases: set that.');
    }
    return chair.enter([{ type: 'cuff-interval-edited', phase, intervalMs, reason }], by);
  },

  'baseline.renew': ({ sessionId, reason, authorisations, by }) => {
    const chair = deps.chairOfSession(sessionId);
    const session = openSession(chair);
    if (!isUnderTreatment(session.phase)) {
      throw new RefusedError(
        'not-allowed',
        'The baseline is frozen at the start; until then every reading renews it.',
      );
    }
    const { baseline, agreed, advice } = proposeBaseline(chair.readings());
    if (baseline === null || !agreed) {
      throw new RefusedError('not-allowed', `There is no new baseline: ${advice}`);
    }
    const before = session.baseline;
    const agreedBy = authorised(
      deps.authoriser,
      authorisations,
      before !== null && isMuchHigher(before, baseline) ? 'physician' : 'none',
      `The new baseline ${baseline.systolic}/${baseline.diastolic} is far above the old one: it would hide the rise it is there to show.`,
    );
    const heartRate = chair.facts(deps.now()).heartRate ?? baseline.heartRate;
    const renewed = { ...baseline, heartRate };
    return chair.enter(
      [{ type: 'baseline-renewed', before, baseline: renewed, reason, authorisations: agreedBy }],
      by,
    );
  },

  'session.leaveEarly': ({ sessionId, from, reason, by }) => {
    const chair = deps.chairOfSession(sessionId);
    const session = openSession(chair);
    refuseOtherPhase(session, from);
    const to = endOf(from);
    if (!canMove(from, to)) throw new RefusedError('not-allowed', 'The visit cannot end from here.');
    const now = deps.now();
    const facts = moveFacts({ ...session, phase: 'recovery' }, chair.facts(now), 'discharged', now);
    const unmet = objections(facts).map(({ text }) => text);
    return chair.enter(
      [
        ...(from === 'infusing' || from === 'paused'
          ? ([{ type: 'infusion-stopped', cause: 'patient-request', reason, pumpVolumeMl: null }] as const)
          : []),
        { type: 'left-early', reason, unmet },
        { type: 'phase-changed', from, to, reason: `Left early: ${reason}` },
      ],
      by,
    );
  },

  'session.moveChair': ({ sessionId, toChairId, reason, by }) => {
    const from = deps.chairOfSession(sessionId);
    const session = openSession(from);
    const to = deps.chair(toChairId);
    if (to.id === from.id) throw new RefusedError('not-allowed', 'The patient is on this chair already.');
    if (to.session() !== null) throw new RefusedError('conflict', 'Another session is open on that chair.');
    if ((to.view().origin === 'live') !== (session.origin === 'live')) {
      throw new RefusedError('not-allowed', 'A visit is either real or simulated: that chair is the other.');
    }
    // On disk first: if the station dies after this line, the visit is taken up again on the new chair.
    const leftBehind = from.monitors();
    from.enter([{ type: 'chair-moved', from: from.id, to: to.id, leftBehind, reason }], by);
    return to.adopt(from.handOver());
  },

  'visit.dischargeSheet': ({ sessionId }) =>
    dischargeSheet(foldSession(databaseOf(databases, sessionId).eventsOf(sessionId))),
});

/** A baseline that rises like this under the drug is the drug's doing until a physician says otherwise (mmHg; approve). */
const RENEWAL_RISE = { systolic: 20, diastolic: 15 } as const;

const isMuchHigher = (before: BloodPressureBaseline, after: BloodPressureBaseline): boolean =>
  after.systolic - before.systolic >= RENEWAL_RISE.systolic ||
  after.diastolic - before.diastolic >= RENEWAL_RISE.diastolic;

/** How a visit that is left ends: fit or not, before any drug, or with drug in the body. */
const endOf = (from: Phase): Phase => {
  if (from === 'recovery') return 'discharged';
  return from === 'intake' || from === 'baseline' ? 'cancelled' : 'aborted';
};
