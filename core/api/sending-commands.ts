/** Parameters and results of what windows ask about handing records on. */
import { z } from 'zod';
import type { SessionId } from '../ids.ts';
import type { SendingId } from '../sending/sending.ts';
import { by, id, text } from './fields.ts';
import type { SendingListView, SendingView } from './sending-views.ts';

export const SENDING_PARAMS = {
  /** The destinations, and what was and is to be handed on: of one session, or the newest of all, open and failed first. */
  'sending.list': z.object({
    sessionId: id<SessionId>().nullable().default(null),
    limit: z.int().min(1).max(500).default(100),
  }),
  /**
   * Hands a record on by hand. `confirmed`: the person was asked the second time (`SendingListView.doubts`) and said
   * yes; without it a record with doubts is refused.
   */
  'sending.send': z.object({
    sessionId: id<SessionId>(),
    destination: text(40),
    confirmed: z.boolean().default(false),
    by,
  }),
  /** Tries again at once what failed or was stopped, or waits for its next attempt. */
  'sending.retry': z.object({ sendingId: id<SendingId>(), by }),
  /** Stops what has not been handed on yet. */
  'sending.cancel': z.object({ sendingId: id<SendingId>(), by }),
} as const satisfies Record<string, z.ZodType>;

export interface SendingResults {
  'sending.list': SendingListView;
  'sending.send': SendingView;
  'sending.retry': SendingView;
  'sending.cancel': SendingView;
}
