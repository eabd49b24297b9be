/**
 * What an acknowledgement means for the message that waits for one (HL7 v2.6, chapter 2, sections 2.9.2 and 2.9.3). MSH-15
 * and MSH-16 of the message say which kind ends its turn:
 *
 * - The accept acknowledgement (CA, CE, CR) tells that the receiver holds the message safely, or could not; not what its
 *   application makes of it. IHE PCD-01 asks for this one and for no other (AL, NE).
 * - The application acknowledgement (AA, AE, AR) tells that. Where it is asked for, a CA before it means that the message
 *   is held and waits. It comes alone from receivers that know the original mode only, whatever was asked for.
 */
import type { AckCode, Acknowledgement } from './mllp-answer.ts';
import type { OutgoingMessage } from './mllp-message.ts';
import type { Outcome } from './outcome.ts';

/** Which acknowledgement says that a message is taken. */
export const ACKNOWLEDGEMENTS = ['accept', 'application'] as const;
export type AwaitedAck = (typeof ACKNOWLEDGEMENTS)[number];

/** MSH-15 and MSH-16 (HL7 table 0155): always, never. */
export const ASKED: Readonly<Record<AwaitedAck, readonly [accept: string, application: string]>> = {
  accept: ['AL', 'NE'],
  application: ['AL', 'AL'],
};

export type Turn =
  /** The message is taken: the next one. */
  | { readonly kind: 'taken'; readonly words: string }
  /** The receiver holds it; its application has not spoken yet. */
  | { readonly kind: 'held' }
  /** Says nothing new: it is waited on. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'over'; readonly outcome: Outcome };

/**
 * @param messages all of the conversation; `current` waits for its acknowledgement, those before it are taken.
 */
export const judgeAck = (
  ack: Acknowledgement,
  messages: readonly Pick<OutgoingMessage, 'controlId'>[],
  current: number,
  awaited: AwaitedAck,
): Turn => {
  const index = messages.slice(0, current + 1).findIndex(({ controlId }) => controlId === ack.controlId);
  if (index < 0) {
    const problem = 'The acknowledgement is for another message (MSA-2): it does not count.';
    return { kind: 'over', outcome: { kind: 'refused', problem } };
  }
  const which = messageWords(index, messages.length);
  const problem = refusal(ack, which);
  // Also of an earlier message: what was called taken is not.
  if (problem !== null) return { kind: 'over', outcome: problem };
  if (index < current) return { kind: 'nothing' };
  if (ack.code === 'CA' && awaited === 'application') return { kind: 'held' };
  const meaning = ack.code === 'CA' ? ' (held safely; what the application makes of it was not asked)' : '';
  return { kind: 'taken', words: `${ack.code}${meaning}${ack.words === '' ? '' : ` ${ack.words}`}` };
};

/** "message 1 of 2", for people. */
export const messageWords = (index: number, count: number): string =>
  count === 1 ? 'the message' : `message ${index + 1} of ${count}`;

const refusal = ({ code, words: said }: Acknowledgement, which: string): Outcome | null => {
  const words = said === '' ? '' : `: ${said}`;
  switch (code) {
    case 'AA':
    case 'CA':
      return null;
    case 'AE':
    case 'CE':
      return {
        kind: 'refused',
        problem: `The receiver could not take ${which} (${code})${words}`,
      };
    case 'AR':
    case 'CR':
      return { kind: 'gave-up', problem: `The receiver rejects ${which} (${code})${words}` };
    default:
      return code satisfies never;
  }
};

/** Codes that an application says. */
export const isApplicationCode = (code: AckCode): boolean => code.startsWith('A');
