/** A sending as it is stored, and as everybody else sees it. */
import { sessionId } from '../core/ids.ts';
import { type Sending, type SendingState, sendingId } from '../core/sending/sending.ts';
import { epochMs } from '../core/time.ts';
import type { DatabaseKind } from './kind.ts';

/** A row of `sending`. */
export interface SendingRow {
  readonly entry: number;
  readonly destination: string;
  readonly session_id: string;
  readonly head_sequence: number;
  readonly head_hash: string;
  readonly formats: string;
  readonly state: SendingState;
  readonly attempts: number;
  readonly queued_ms: number;
  readonly queued_by: string;
  readonly changed_ms: number;
  readonly next_attempt_ms: number | null;
  readonly problem: string | null;
  readonly acknowledgement: string | null;
  readonly payload: string;
}

/** @param kind the database's, part of the id: two databases count alike. */
export const asSending = (kind: DatabaseKind, row: SendingRow): Sending => ({
  id: sendingId(`${kind}-${row.entry}`),
  destination: row.destination,
  sessionId: sessionId(row.session_id),
  headSequence: row.head_sequence,
  headHash: row.head_hash,
  formats: JSON.parse(row.formats) as readonly string[],
  state: row.state,
  attempts: row.attempts,
  queuedAt: epochMs(row.queued_ms),
  queuedBy: row.queued_by,
  changedAt: epochMs(row.changed_ms),
  nextAttemptAt: row.next_attempt_ms === null ? null : epochMs(row.next_attempt_ms),
  problem: row.problem,
  acknowledgement: row.acknowledgement,
});

/** The row's number in this database; -1, which is no row, for an id of another one. */
export const entryOf = (kind: DatabaseKind, id: Sending['id']): number => {
  const [, entry = ''] = new RegExp(`^${kind}-(\\d{1,15})$`).exec(id) ?? [];
  return entry === '' ? -1 : Number(entry);
};
