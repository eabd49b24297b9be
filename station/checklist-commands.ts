/** Checklists, protocols and their approval. */

import type { Handlers } from '../core/api/commands.ts';
import { RefusedError } from '../core/api/serve.ts';
import type { ChecklistAnswer, ChecklistItem } from '../core/checklist/items.ts';
import type { Session } from '../core/session/session.ts';
import type { Instant } from '../core/time.ts';
import { itemOf } from '../core/visit/protocol-lookup.ts';
import { authorised } from './authoriser.ts';
import { openSession, type VisitDeps } from './visit-deps.ts';

type ChecklistCommand = Extract<
  keyof Handlers,
  'protocol.list' | 'protocol.approve' | 'checklist.answer' | 'checklist.except'
>;

export const checklistCommands = (deps: VisitDeps): Pick<Handlers, ChecklistCommand> => ({
  'protocol.list': () => deps.protocols.list(),
  'protocol.approve': ({ protocolId, protocolVersion, by }) => {
    const { protocol } = deps.protocols.known(protocolId);
    if (protocol.version !== protocolVersion) {
      throw new RefusedError(
        'conflict',
        `${protocol.name} is version ${protocol.version} now: look at it again.`,
      );
    }
    deps.protocols.approve(protocol, by, deps.now());
    return {};
  },

  'checklist.answer': ({ sessionId, itemId, answer, by }) => {
    const chair = deps.chairOfSession(sessionId);
    const item = knownItem(openSession(chair), itemId);
    refuseTooEarly(openSession(chair), item);
    refuseMisfit(item, answer, deps.now());
    return chair.enter([{ type: 'checklist-answered', itemId, answer }], by);
  },

  'checklist.except': ({ sessionId, itemId, reason, authorisations, by }) => {
    const chair = deps.chairOfSession(sessionId);
    const item = knownItem(openSession(chair), itemId);
    refuseTooEarly(openSession(chair), item);
    const agreed = authorised(
      deps.authoriser,
      authorisations,
      item.hard ? 'physician' : 'none',
      `"${item.label}" may not be left out by one person.`,
    );
    return chair.enter([{ type: 'checklist-excepted', itemId, reason, authorisations: agreed }], by);
  },
});

const knownItem = ({ visit: { protocol } }: Session, id: string): ChecklistItem => {
  if (protocol === null)
    throw new RefusedError('not-allowed', 'This visit has no protocol and no checklist.');
  const item = itemOf(protocol, id);
  if (item === null) throw new RefusedError('not-found', `${protocol.name} has no item "${id}".`);
  return item;
};

/** Whether the patient may go is judged at the end: a tick from before the start would say nothing. */
const refuseTooEarly = ({ phase, visit }: Session, item: ChecklistItem): void => {
  const isDischarge = visit.protocol?.discharge.includes(item) === true;
  if (!isDischarge || phase === 'recovery') return;
  throw new RefusedError('not-allowed', `"${item.label}" is answered in recovery, before the patient goes.`);
};

const KIND_OF_ANSWER = {
  confirm: 'confirmed',
  'time-since': 'time',
  choice: 'choice',
  fields: 'fields',
} as const satisfies Record<Exclude<ChecklistItem['kind'], 'computed'>, ChecklistAnswer['kind']>;

/** @throws RefusedError when the answer is not one of this item's. */
const refuseMisfit = (item: ChecklistItem, answer: ChecklistAnswer, now: Instant): void => {
  const refuse = (message: string): never => {
    throw new RefusedError('invalid-params', `checklist.answer: ${item.label}: ${message}`);
  };
  if (answer.kind === 'cleared') return;
  if (item.kind === 'computed') {
    refuse('this is read off the data and cannot be ticked; leave it out with a reason instead.');
  } else if (KIND_OF_ANSWER[item.kind] !== answer.kind) {
    refuse(`wants "${KIND_OF_ANSWER[item.kind]}", not "${answer.kind}".`);
  } else if (answer.kind === 'time' && answer.at > now.wall) {
    refuse('the time lies in the future.');
  } else if (answer.kind === 'choice' && item.kind === 'choice') {
    if (!item.options.some(({ value }) => value === answer.value))
      refuse(`"${answer.value}" cannot be chosen.`);
  } else if (answer.kind === 'fields' && item.kind === 'fields') {
    const unknown = Object.keys(answer.values).filter((id) => !item.fields.some((field) => field.id === id));
    if (unknown.length > 0) refuse(`there is no field "${unknown.join(', ')}".`);
  }
};
