/**
 * A visit as somebody sees it who may not know whom it is about: what was given, scored and is due stays, since a locked
 * screen beside the patient must show it; names of drivers, words that somebody typed and the reasons go.
 */
import type { VisitView } from '../api/visit-views.ts';
import type { ChecklistAnswer, ChecklistEntry } from '../checklist/items.ts';
import type { ItemState } from '../checklist/state.ts';
import type { DoseState } from '../dose/dose-state.ts';
import type { Objection } from '../session/guards.ts';
import type { VisitState } from '../visit/visit-state.ts';
import { HIDDEN, hiddenReason } from './mask-words.ts';

/** Fields hold names and numbers; the other kinds of answer hold none. */
export const maskedAnswerOf = (answer: ChecklistAnswer): ChecklistAnswer =>
  answer.kind === 'fields'
    ? {
        kind: 'fields',
        values: Object.fromEntries(Object.keys(answer.values).map((key) => [key, HIDDEN])),
      }
    : answer;

const maskedEntry = (entry: ChecklistEntry): ChecklistEntry => ({
  ...entry,
  answer: entry.answer === null ? null : maskedAnswerOf(entry.answer),
  exception: entry.exception === null ? null : { ...entry.exception, reason: HIDDEN },
});

const maskedDose = (dose: DoseState): DoseState => ({
  ...dose,
  boluses: dose.boluses.map((bolus) => ({ ...bolus, reason: hiddenReason(bolus.reason) })),
  changes: dose.changes.map((change) => ({ ...change, reason: HIDDEN })),
  stopped: dose.stopped === null ? null : { ...dose.stopped, reason: hiddenReason(dose.stopped.reason) },
});

/** Each field has its row: a new one does not compile before somebody decided. */
const STATE_FIELDS: { readonly [K in keyof VisitState]: (value: VisitState[K]) => VisitState[K] } = {
  protocol: (protocol) => protocol,
  protocolApproval: (approval) => approval,
  checklist: (entries) =>
    Object.fromEntries(Object.entries(entries).map(([id, entry]) => [id, maskedEntry(entry)])),
  dose: (dose) => (dose === null ? null : maskedDose(dose)),
  drugs: (drugs) => drugs.map((drug) => ({ ...drug, name: HIDDEN, reason: hiddenReason(drug.reason) })),
  scores: (scores) => scores,
  sideEffects: (effects) => effects.map((effect) => ({ ...effect, text: hiddenReason(effect.text) })),
  skipped: (skipped) => skipped,
  cuffIntervals: (intervals) => intervals,
  informed: (informed) => informed.map((entry) => ({ ...entry, physician: HIDDEN, about: HIDDEN })),
  moves: (moves) => moves.map((move) => ({ ...move, reason: HIDDEN })),
  leftEarly: (left) => (left === null ? null : { ...left, reason: HIDDEN }),
  drugSequence: (sequence) => sequence,
  drugNews: () => HIDDEN,
};

/** The state of a visit without names and typed words. */
export const maskedVisit = (visit: VisitState): VisitState => {
  const field = <K extends keyof VisitState>(key: K): readonly [K, VisitState[K]] => [
    key,
    STATE_FIELDS[key](visit[key]),
  ];
  // Every key of the table is one of the state's; `fromEntries` forgets that.
  return Object.fromEntries(
    (Object.keys(STATE_FIELDS) as (keyof VisitState)[]).map((key) => field(key)),
  ) as unknown as VisitState;
};

const maskedItem = (state: ItemState): ItemState => ({
  ...state,
  answer: state.answer === null ? null : maskedAnswerOf(state.answer),
  text: state.item.kind === 'fields' && state.answer !== null ? HIDDEN : state.text,
  ...(state.state === 'exception' ? { reason: HIDDEN } : {}),
});

const maskedObjection = (objection: Objection): Objection => ({ ...objection, text: HIDDEN });

/** What a window is shown of a visit, without names and typed words. */
export const maskedVisitView = (view: VisitView): VisitView => ({
  ...view,
  checklist: view.checklist.map(maskedItem),
  discharge: view.discharge.map(maskedItem),
  startObjections: view.startObjections.map(maskedObjection),
  dischargeObjections: view.dischargeObjections.map(maskedObjection),
});
