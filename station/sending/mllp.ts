/**
 * Hands records on to a listener for HL7 v2 messages: one line for each attempt, one message at a time, the next one
 * only after the acknowledgement of the one before. All of them again, under the same control ids, when any stays
 * without.
 */
import { readFile } from 'node:fs/promises';
import { connect as connectPlain, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { Clock } from '../clock.ts';
import type { MllpDestination } from './config.ts';
import { frame, frameReader, parseAcknowledgement } from './mllp-answer.ts';
import { acceptOf, controlIdBase, type OutgoingMessage, outgoingMessages } from './mllp-message.ts';
import { isApplicationCode, judgeAck, messageWords } from './mllp-turn.ts';
import { type Carrier, errorCode, isTlsCode, type Outcome } from './outcome.ts';

export interface MllpDeps {
  readonly clock: Pick<Clock, 'after'>;
}

export const mllpCarrier = (destination: MllpDestination, deps: MllpDeps): Carrier => ({
  deliver: async (parcel, stop) => {
    const part = parcel.parts.find(({ name }) => name === 'hl7');
    if (part === undefined) throw new Error('a record for an HL7 listener has no message');
    const base = controlIdBase(destination.id, parcel);
    const messages = outgoingMessages(part.bytes, destination, base, parcel.isLive);
    const authority = await readAuthority(destination);
    if (authority.kind === 'missing') return { kind: 'gave-up', problem: authority.problem };
    return new Promise((resolve) => {
      converse({ destination, deps, messages, ca: authority.pem, stop, done: resolve });
    });
  },
});

type Authority =
  | { readonly kind: 'there'; readonly pem: string | null }
  | { readonly kind: 'missing'; readonly problem: string };

const readAuthority = async ({ tls }: MllpDestination): Promise<Authority> => {
  if (tls === null || tls.ca === null) return { kind: 'there', pem: null };
  try {
    return { kind: 'there', pem: await readFile(tls.ca, 'utf8') };
  } catch (error) {
    const code = errorCode(error);
    if (code === null) throw error;
    return { kind: 'missing', problem: `The certificate ${tls.ca} cannot be read (${code}).` };
  }
};

const openLine = ({ host, port, tls }: MllpDestination, ca: string | null, onOpen: () => void): Socket =>
  tls === null
    ? connectPlain({ host, port }, onOpen)
    : connectTls(
        {
          host,
          port,
          ...(ca === null ? {} : { ca }),
          servername: tls.serverName ?? (/^[\d.]+$|:/.test(host) ? '' : host),
        },
        onOpen,
      );

interface Conversation {
  readonly destination: MllpDestination;
  readonly deps: MllpDeps;
  readonly messages: readonly OutgoingMessage[];
  readonly ca: string | null;
  readonly stop: AbortSignal;
  readonly done: (outcome: Outcome) => void;
}

/** Says every message and calls `done` once. */
const converse = ({ destination, deps, messages, ca, stop, done }: Conversation): void => {
  const reader = frameReader();
  const words: string[] = [];
  let next = 0;
  let isOpen = false;
  /** The receiver holds the message under way; its application has not spoken. */
  let isHeld = false;
  let isOver = false;
  let stopTimer = (): void => undefined;

  const finish = (outcome: Outcome): void => {
    if (isOver) return;
    isOver = true;
    stopTimer();
    stop.removeEventListener('abort', onStop);
    line.destroy();
    done(outcome);
  };
  const onStop = (): void => finish({ kind: 'unanswered', problem: 'Stopped.' });
  const wait = (): void => {
    stopTimer();
    const seconds = destination.answerWithinSeconds;
    stopTimer = deps.clock.after(seconds * 1000, () =>
      finish(
        isOpen
          ? {
              kind: 'unanswered',
              problem: isHeld
                ? `The receiver holds ${messageWords(next, messages.length)} (CA); its application has not said within ${seconds} s that it takes it. It is asked again.`
                : `No acknowledgement within ${seconds} s${progress()}. It may have arrived.`,
            }
          : { kind: 'unreachable', problem: `No line to the listener within ${seconds} s.` },
      ),
    );
  };
  const progress = (): string => (messages.length === 1 ? '' : ` of ${messageWords(next, messages.length)}`);
  const say = (): void => {
    const message = messages[next];
    if (message === undefined) {
      finish({ kind: 'sent', acknowledgement: acknowledged(messages, words) });
      return;
    }
    isHeld = false;
    wait();
    line.write(frame(message.text));
  };
  const hear = (text: string): void => {
    const message = messages[next];
    if (isOver || message === undefined) return;
    const ack = parseAcknowledgement(text);
    if (ack === null) {
      finish({ kind: 'refused', problem: 'What came back is no acknowledgement.' });
      return;
    }
    if (ack.acceptAs !== null && isApplicationCode(ack.code)) {
      line.write(frame(acceptOf(message, ack.acceptAs)));
    }
    const turn = judgeAck(ack, messages, next, destination.acknowledgement);
    switch (turn.kind) {
      case 'taken':
        words.push(turn.words);
        next += 1;
        say();
        return;
      case 'held':
        if (isHeld) return; // said twice: no reason to wait longer
        isHeld = true;
        wait();
        return;
      case 'over':
        finish(turn.outcome);
        return;
      case 'nothing':
        return;
      default:
        turn satisfies never;
    }
  };

  const line = openLine(destination, ca, () => {
    isOpen = true;
    say();
  });
  wait();
  stop.addEventListener('abort', onStop);
  if (stop.aborted) onStop();
  line.on('data', (chunk: Uint8Array) => {
    for (const text of reader.push(chunk)) hear(text);
    if (reader.isOverrun()) finish({ kind: 'refused', problem: 'What came back is not HL7.' });
  });
  line.on('error', (error) => finish(broken(error, isOpen)));
  line.on('close', () =>
    finish({
      kind: 'unanswered',
      problem: isHeld
        ? `The listener closed the line while it held ${messageWords(next, messages.length)} (CA): its application has not said that it takes it.`
        : `The listener closed the line without an acknowledgement${progress()}. It may have arrived.`,
    }),
  );
};

const acknowledged = (messages: readonly OutgoingMessage[], words: readonly string[]): string => {
  const ids = messages.map(({ controlId }) => controlId);
  return `${ids.length === 1 ? ids[0] : `${ids[0]} to ${ids.at(-1)}`}: ${[...new Set(words)].join('; ')}`;
};

const broken = (error: Error, isOpen: boolean): Outcome => {
  const code = errorCode(error) ?? error.message;
  if (isTlsCode(code)) {
    return {
      kind: 'gave-up',
      problem: `The listener’s certificate or encryption is not accepted (${code}).`,
    };
  }
  return isOpen
    ? {
        kind: 'unanswered',
        problem: `The line broke before the acknowledgement (${code}). It may have arrived.`,
      }
    : { kind: 'unreachable', problem: `The listener cannot be reached (${code}).` };
};
