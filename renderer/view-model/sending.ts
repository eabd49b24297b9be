/** Handing records on, in the words of the screens. Pure. */
import type { DestinationView, SendingOverview, SendingView } from '../../core/api/sending-views.ts';
import { wantsAttention } from '../../core/sending/sending.ts';
import { clockText, dateTimeText } from './time-text.ts';

/** How a line is marked besides its words: done, under way, or something a person should look at. Never an alarm. */
export type SendingMark = 'done' | 'waits' | 'look' | 'none';

export interface SendingLine {
  readonly mark: SendingMark;
  /** The state, alone. */
  readonly state: string;
  /** What more there is to know; null: nothing. */
  readonly detail: string | null;
}

const attempts = (count: number): string => (count === 1 ? '1 attempt' : `${count} attempts`);

/** One sending in words. */
export const sendingLine = (sending: SendingView, held: DestinationView['held']): SendingLine => {
  switch (sending.state) {
    case 'sent':
      return {
        mark: sending.isNewest ? 'done' : 'waits',
        state: `Handed on ${dateTimeText(sending.changedAt)}${sending.isNewest ? '' : ', before the record was added to'}`,
        detail: sending.acknowledgement,
      };
    case 'sending':
      return { mark: 'waits', state: 'On its way', detail: null };
    case 'failed':
      return { mark: 'look', state: 'NOT HANDED ON, given up', detail: sending.problem };
    case 'cancelled':
      return { mark: 'none', state: 'Stopped', detail: sending.problem };
    case 'queued':
      return waiting(sending, held);
    default:
      return sending.state satisfies never;
  }
};

const waiting = (sending: SendingView, held: DestinationView['held']): SendingLine => {
  const mark = wantsAttention(sending) || held !== null ? 'look' : 'waits';
  if (held !== null) {
    return { mark, state: `Waits: tried again at ${clockText(held.until)}`, detail: held.problem };
  }
  if (sending.attempts === 0) return { mark, state: 'Waits for its turn', detail: sending.problem };
  const again = sending.nextAttemptAt === null ? '' : `, tried again at ${clockText(sending.nextAttemptAt)}`;
  return {
    mark,
    state: `NOT HANDED ON YET after ${attempts(sending.attempts)}${again}`,
    detail: sending.problem,
  };
};

/** The newest sending of a record to a destination, by the state of the record that it carries. Null: none. */
export const newestFor = (sendings: readonly SendingView[], destination: string): SendingView | null =>
  sendings
    .filter((each) => each.destination === destination)
    .reduce<SendingView | null>(
      (newest, each) => (newest === null || each.headSequence > newest.headSequence ? each : newest),
      null,
    );

/** What a person may do about it now. */
export const sendingActs = (
  newest: SendingView | null,
): { readonly send: boolean; readonly retry: boolean; readonly stop: boolean } => {
  const isOpen = newest?.state === 'queued' || newest?.state === 'sending';
  return {
    send: newest === null || (!newest.isNewest && !isOpen) || newest.state === 'cancelled',
    retry: newest?.isNewest === true && (newest.state === 'failed' || newest.state === 'queued'),
    stop: isOpen || newest?.state === 'failed',
  };
};

/** The sign beside *Sessions*: how many records a person should look at; null: none. */
export const sendingBadge = ({ failed, late }: SendingOverview): string | null => {
  const count = failed + late;
  return count === 0 ? null : `${count} not handed on`;
};

/** What goes there by itself. */
export const RULE_TEXT: Readonly<Record<DestinationView['rule'], string>> = {
  'when-signed': 'by itself once a physician has signed',
  'when-closed': 'by itself once the visit is over',
  'by-hand': 'only by hand',
};
