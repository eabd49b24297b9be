/** What people do to a session, from any window. */
import { DEFAULT_PRESET } from '../core/alarm/presets.ts';
import { isAlarmingSymptom } from '../core/alarm/symptoms.ts';
import type { Handlers } from '../core/api/commands.ts';
import { RefusedError } from '../core/api/serve.ts';
import { durationWords } from '../core/checklist/state.ts';
import { VITALS } from '../core/nomenclature/vitals.ts';
import { proposeBaseline } from '../core/session/baseline.ts';
import type { SessionEventBody } from '../core/session/events.ts';
import { authorityFor, objections } from '../core/session/guards.ts';
import { canMove, PHASE_LABELS } from '../core/session/phase.ts';
import { moveFacts } from '../core/visit/visit-view.ts';
import { authorised } from './authoriser.ts';
import { knownPreset } from './limit-commands.ts';
import type { WhoseSessionOf } from './people/session-patient.ts';
import type { Presets } from './presets.ts';
import { openSession, refuseOtherPhase, type VisitDeps } from './visit-deps.ts';

type SessionCommand = Extract<
  keyof Handlers,
  'session.open' | 'session.move' | 'session.note' | 'session.nibpInterval' | 'session.extendRecovery'
>;

export interface SessionCommandDeps extends VisitDeps {
  readonly presets: Presets;
  /** The patient of a new session, from the register or as initials. */
  readonly whoseSession: WhoseSessionOf;
}

export const sessionCommands = (deps: SessionCommandDeps): Pick<Handlers, SessionCommand> => ({
  'session.open': async ({
    chairId,
    presetId,
    protocolId,
    by,
    patientInitials,
    patientId,
    courseId,
    ...plan
  }) => {
    const chair = deps.chair(chairId);
    const { origin } = chair.view();
    const whose = await deps.whoseSession(origin, { patientInitials, patientId, courseId });
    if (chair.view().origin !== origin) {
      // The patient was looked up in the register of what the chair was before.
      throw new RefusedError(
        'conflict',
        'The monitors of this chair were changed meanwhile. Open the session again.',
      );
    }
    if (chair.session() !== null) {
      throw new RefusedError('conflict', 'There is already an open session on this chair.');
    }
    // Whatever the last patient had: a new session begins with the default, or with what was chosen for it.
    const after = presetId === null ? DEFAULT_PRESET : knownPreset(deps.presets, presetId);
    // Whole, as it is today: what the protocol says next year changes no record.
    const followed = protocolId === null ? null : deps.protocols.known(protocolId);
    const opened: SessionEventBody = {
      type: 'session-opened',
      chairId,
      ...plan,
      ...whose,
      origin,
    };
    // The limits in force are part of the record from its first second.
    const inForce: SessionEventBody = {
      type: 'limits-changed',
      before: DEFAULT_PRESET,
      after,
      reason: 'In force when the session was opened',
    };
    const planned: readonly SessionEventBody[] =
      followed === null ? [] : [{ type: 'visit-planned', ...followed }];
    return chair.open([opened, inForce, ...planned], by);
  },

  'session.move': ({ sessionId, from, to, reason, authorisations, by }) => {
    const chair = deps.chairOfSession(sessionId);
    const session = openSession(chair);
    refuseOtherPhase(session, from);
    if (!canMove(from, to)) {
      throw new RefusedError(
        'not-allowed',
        `A session cannot go from ${PHASE_LABELS[from]} to ${PHASE_LABELS[to]}.`,
      );
    }
    const now = deps.now();
    const facts = chair.facts(now);
    const found = objections(moveFacts(session, facts, to, now));
    const words = found.map(({ text }) => text);
    if (words.length > 0 && reason === null) {
      throw new RefusedError('not-allowed', `${words.join(' ')} Give a reason to go on.`);
    }
    const bodies: SessionEventBody[] = [];
    if (session.visit.protocol !== null) {
      const agreed = authorised(deps.authoriser, authorisations, authorityFor(found), words.join(' '));
      if (agreed.length > 0) {
        bodies.push({ type: 'move-authorised', to, objections: words, authorisations: agreed });
      }
    }
    if (from === 'baseline' && to === 'infusing') {
      const { baseline } = proposeBaseline(chair.readings());
      if (baseline !== null) {
        const heartRate = facts.heartRate ?? baseline.heartRate;
        bodies.push({ type: 'baseline-frozen', baseline: { ...baseline, heartRate } });
      }
    }
    const recorded = [...words, ...(reason === null ? [] : [`Reason: ${reason}`])].join(' ') || null;
    const missing =
      from === 'baseline' && to === 'infusing' ? VITALS.filter((vital) => !facts.vitals[vital]) : [];
    bodies.push({
      type: 'phase-changed',
      from,
      to,
      reason: recorded,
      ...(missing.length === 0 ? {} : { withoutVitals: missing }),
    });
    return chair.enter(bodies, by);
  },

  'session.note': ({ sessionId, kind, text, corrects, by }) => {
    const chair = deps.chairOfSession(sessionId);
    const entry = chair.enterOne({ type: 'note-added', kind, text, corrects }, by);
    // With a high pressure a symptom is an emergency of its own (BP-10); the engine judges that.
    if (kind === 'side-effect' && corrects === null && isAlarmingSymptom(text)) {
      chair.alarm({ type: 'symptom', symptom: text, at: entry.at });
    }
    return entry;
  },

  'session.nibpInterval': ({ sessionId, intervalMs, by }) => {
    const chair = deps.chairOfSession(sessionId);
    const { phase, visit } = openSession(chair);
    // A protocol has an interval for each phase: what is set is that of the phase the patient is in.
    const isWatched = phase === 'infusing' || phase === 'paused' || phase === 'recovery';
    return visit.protocol === null
      ? chair.enter([{ type: 'nibp-interval-set', intervalMs }], by)
      : chair.enter(
          [{ type: 'cuff-interval-edited', phase: isWatched ? phase : 'baseline', intervalMs, reason: null }],
          by,
        );
  },

  'session.extendRecovery': ({ sessionId, plannedRecoveryMs, reason, by }) => {
    const chair = deps.chairOfSession(sessionId);
    const planned = openSession(chair).plannedRecoveryMs;
    if (plannedRecoveryMs <= planned) {
      // Two nurses at once, too: the later one with less would take back what the first has added.
      const words = `${durationWords(planned)} are planned already: extend to more.`;
      throw new RefusedError('conflict', words);
    }
    return chair.enter([{ type: 'recovery-extended', plannedRecoveryMs, reason }], by);
  },
});
