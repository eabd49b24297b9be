/** Folds the entries of a visit into its state. Entries it does not know change nothing. */
import { applyDose, type DrugRun } from '../dose/dose-fold.ts';
import { SCALES } from '../scales/scales.ts';
import { SEVERITIES, type Severity } from '../scales/side-effects.ts';
import type { SessionEvent } from '../session/events.ts';
import type { EpochMs } from '../time.ts';
import { doseNews } from './drug-words.ts';
import type { SideEffect, VisitState } from './visit-state.ts';

/** The visit after one more entry. */
export const applyVisit = (visit: VisitState, event: SessionEvent, run: DrugRun): VisitState => {
  const news = doseNews(event);
  const dose = applyDose(visit.dose, event, run);
  const changed = change(visit, event);
  if (news === null && dose === visit.dose && changed === null) return visit;
  return {
    ...visit,
    ...changed,
    dose,
    ...(news === null ? {} : { drugSequence: event.sequence, drugNews: news }),
  };
};

const change = (visit: VisitState, event: SessionEvent): Partial<VisitState> | null => {
  const { body, id, by } = event;
  const at = event.at.wall;
  const entry = { id, at, by };
  switch (body.type) {
    case 'visit-planned':
      return { protocol: body.protocol, protocolApproval: body.approval };
    case 'checklist-answered': {
      const answer = body.answer.kind === 'cleared' ? null : body.answer;
      return { checklist: { ...visit.checklist, [body.itemId]: { at, by, answer, exception: null } } };
    }
    case 'checklist-excepted': {
      const { itemId, reason, authorisations } = body;
      const answer = visit.checklist[itemId]?.answer ?? null;
      const exception = { reason, authorisations };
      return { checklist: { ...visit.checklist, [itemId]: { at, by, answer, exception } } };
    }
    case 'drug-given': {
      const { name, amount, unit, route, reason } = body;
      return { drugs: [...visit.drugs, { ...entry, name, amount, unit, route, reason }] };
    }
    case 'score-recorded': {
      const { scale, value, parts } = body;
      return { scores: [...visit.scores, { ...entry, scale, value, parts }] };
    }
    case 'side-effect-noted': {
      const { kind, severity, onsetAt, text } = body;
      const noted: SideEffect = {
        ...entry,
        kind,
        text,
        onsetAt,
        endedAt: null,
        severity,
        worst: severity,
        course: [{ at: onsetAt, by, severity }],
      };
      return { sideEffects: [...visit.sideEffects, noted] };
    }
    case 'side-effect-changed':
      return onEffect(visit, body.effect, (effect) => ({
        ...effect,
        severity: body.severity,
        worst: worse(effect.worst, body.severity),
        course: [...effect.course, { at, by, severity: body.severity }],
      }));
    case 'side-effect-ended':
      return onEffect(visit, body.effect, (effect) => ({ ...effect, endedAt: at }));
    case 'prompt-skipped':
      return { skipped: { ...visit.skipped, [body.scale]: at } };
    case 'entry-struck':
      return {
        drugs: visit.drugs.filter((one) => one.id !== body.entry),
        scores: visit.scores.filter((one) => one.id !== body.entry),
        sideEffects: visit.sideEffects.filter((one) => one.id !== body.entry),
      };
    case 'cuff-interval-edited': {
      const { [body.phase]: _before, ...others } = visit.cuffIntervals;
      return {
        cuffIntervals: body.intervalMs === null ? others : { ...others, [body.phase]: body.intervalMs },
      };
    }
    case 'physician-informed':
      return { informed: [...visit.informed, { ...entry, physician: body.physician, about: body.about }] };
    case 'chair-moved':
      return {
        moves: [...visit.moves, { ...entry, from: body.from, to: body.to, reason: body.reason }],
      };
    case 'left-early':
      return { leftEarly: { at, reason: body.reason } };
    default:
      return null;
  }
};

const onEffect = (
  visit: VisitState,
  id: string,
  change: (effect: SideEffect) => SideEffect,
): Partial<VisitState> => ({
  sideEffects: visit.sideEffects.map((effect) => (effect.id === id ? change(effect) : effect)),
});

const worse = (a: Severity, b: Severity): Severity =>
  SEVERITIES.indexOf(a) >= SEVERITIES.indexOf(b) ? a : b;

/** The worst score on a scale so far and when; null: none. */
export const worstScore = (
  visit: VisitState,
  scale: keyof typeof SCALES,
): { readonly value: number; readonly at: EpochMs } | null =>
  visit.scores
    .filter((score) => score.scale === scale)
    .reduce<{ readonly value: number; readonly at: EpochMs } | null>((worst, { value, at }) => {
      if (worst === null) return { value, at };
      const isWorse = SCALES[scale].worse === 'high' ? value > worst.value : value < worst.value;
      return isWorse ? { value, at } : worst;
    }, null);
