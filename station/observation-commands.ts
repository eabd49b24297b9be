/** What people see and write down: scores, side effects, notes to the physician, and what was struck. */
import type { Handlers } from '../core/api/commands.ts';
import { RefusedError } from '../core/api/serve.ts';
import type { EventId } from '../core/ids.ts';
import { SCALES, scoreOf } from '../core/scales/scales.ts';
import { SIDE_EFFECTS } from '../core/scales/side-effects.ts';
import type { Session } from '../core/session/session.ts';
import { lastScore, runningEffects, type SideEffect } from '../core/visit/visit-state.ts';
import { openSession, type VisitDeps } from './visit-deps.ts';

type ObservationCommand = Extract<
  keyof Handlers,
  | 'score.record'
  | 'sideEffect.note'
  | 'sideEffect.change'
  | 'sideEffect.end'
  | 'prompt.skip'
  | 'entry.strike'
  | 'physician.inform'
>;

/** The same score within this time is the same observation (ms). */
const SAME_SCORE_MS = 5000;

export const observationCommands = (deps: VisitDeps): Pick<Handlers, ObservationCommand> => ({
  'score.record': ({ sessionId, scale, draft, by }) => {
    const chair = deps.chairOfSession(sessionId);
    const { visit } = openSession(chair);
    const score = scoreOf(scale, draft);
    if (!score.ok) throw new RefusedError('invalid-params', `score.record: ${score.message}`);
    // A glove that taps twice, or two nurses at the same moment, saw one thing.
    const last = lastScore(visit, scale);
    if (last !== null && last.value === score.value && deps.now().wall - last.at < SAME_SCORE_MS) {
      throw new RefusedError(
        'conflict',
        `${SCALES[scale].short} ${score.value} was entered a moment ago by ${last.by}.`,
      );
    }
    const parts = draft.kind === 'parts' ? draft.parts : null;
    return chair.enter([{ type: 'score-recorded', scale, value: score.value, parts }], by);
  },

  'sideEffect.note': ({ sessionId, kind, severity, onsetAt, text, by }) => {
    const chair = deps.chairOfSession(sessionId);
    const session = openSession(chair);
    const now = deps.now();
    if (onsetAt !== null && onsetAt > now.wall) {
      throw new RefusedError('invalid-params', 'sideEffect.note: onsetAt: lies in the future');
    }
    if (kind === 'other' && text === null) {
      throw new RefusedError('invalid-params', 'sideEffect.note: text: say what it is');
    }
    // Two nurses may see the same nausea: it is one side effect, not two.
    const same = runningEffects(session.visit).find(
      (effect) => effect.kind === kind && (kind !== 'other' || effect.text === text),
    );
    if (same !== undefined) {
      throw new RefusedError(
        'conflict',
        `${SIDE_EFFECTS[kind].label} is already noted by ${same.by} (${same.severity}): change its severity instead.`,
      );
    }
    const noted = chair.enter(
      [{ type: 'side-effect-noted', kind, severity, onsetAt: onsetAt ?? now.wall, text }],
      by,
    );
    // With a high pressure a symptom is an emergency of its own (BP-10); the engine judges that.
    if (SIDE_EFFECTS[kind].alarming) {
      chair.alarm({ type: 'symptom', symptom: SIDE_EFFECTS[kind].label, at: now });
    }
    return chair.session() ?? noted;
  },

  'sideEffect.change': ({ sessionId, effect, severity, by }) => {
    const chair = deps.chairOfSession(sessionId);
    const found = runningEffect(openSession(chair), effect);
    if (found.severity === severity) {
      throw new RefusedError('conflict', `${SIDE_EFFECTS[found.kind].label} is already ${severity}.`);
    }
    return chair.enter([{ type: 'side-effect-changed', effect, severity }], by);
  },

  'sideEffect.end': ({ sessionId, effect, by }) => {
    const chair = deps.chairOfSession(sessionId);
    runningEffect(openSession(chair), effect);
    return chair.enter([{ type: 'side-effect-ended', effect }], by);
  },

  'prompt.skip': ({ sessionId, scale, reason, by }) => {
    const chair = deps.chairOfSession(sessionId);
    openSession(chair);
    return chair.enter([{ type: 'prompt-skipped', scale, reason }], by);
  },

  'entry.strike': ({ sessionId, entry, reason, by }) => {
    const chair = deps.chairOfSession(sessionId);
    const { visit } = openSession(chair);
    const entries = [...visit.drugs, ...visit.scores, ...visit.sideEffects, ...(visit.dose?.boluses ?? [])];
    if (!entries.some(({ id }) => id === entry)) {
      throw new RefusedError(
        'not-found',
        'There is no such entry that could be struck; it may be struck already.',
      );
    }
    return chair.enter([{ type: 'entry-struck', entry, reason }], by);
  },

  'physician.inform': ({ sessionId, physician, about, by }) => {
    const chair = deps.chairOfSession(sessionId);
    openSession(chair);
    return chair.enter([{ type: 'physician-informed', physician, about }], by);
  },
});

const runningEffect = ({ visit }: Session, id: EventId): SideEffect => {
  const effect = visit.sideEffects.find((one) => one.id === id);
  if (effect === undefined) throw new RefusedError('not-found', 'There is no such side effect.');
  if (effect.endedAt !== null) {
    throw new RefusedError('conflict', `${SIDE_EFFECTS[effect.kind].label} has already ended.`);
  }
  return effect;
};
