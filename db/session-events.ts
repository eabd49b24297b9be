/** The records of sessions: append, read back. */
import type { SessionId } from '../core/ids.ts';
import { eventId } from '../core/ids.ts';
import type { SessionEvent, SessionEventBody } from '../core/session/events.ts';
import { isClosed } from '../core/session/phase.ts';
import type { Instant } from '../core/time.ts';
import { canonicalJson, storableText } from './canonical.ts';
import { type ChainRow, entryHash, GENESIS_HASH } from './chain.ts';
import { type DatabaseKind, requireOrigin } from './kind.ts';
import type { Connection } from './native.ts';
import type { StationLog } from './station-log.ts';
import { StorageError } from './storage-error.ts';
import { storedJson } from './stored-json.ts';

/** Name of a session's chain, part of what is hashed. */
export const sessionChain = (sessionId: string): string => `session:${sessionId}`;

/** Columns of `session_event` in the shape of a chain's row. */
export const SESSION_ROWS =
  'SELECT sequence, id, wall_ms, mono_ms, by, type, body, previous_hash, hash FROM session_event';

export interface SessionEventStore {
  append(events: readonly SessionEvent[]): void;
  read(sessionId: SessionId): readonly SessionEvent[];
  /** The last entry; null for an unknown session. */
  head(sessionId: SessionId): { readonly sequence: number; readonly hash: string } | null;
}

export const sessionEventStore = (
  connection: Connection,
  kind: DatabaseKind,
  station: StationLog,
): SessionEventStore => {
  const head = connection.prepare<[string], { sequence: number; hash: string }>(
    'SELECT sequence, hash FROM session_event WHERE session_id = ? ORDER BY sequence DESC LIMIT 1',
  );
  const isTaken = connection.prepare<[string], { sequence: number }>(
    'SELECT sequence FROM session_event WHERE id = ?',
  );
  const isSigned = connection.prepare<[string], { sequence: number }>(
    `SELECT sequence FROM session_event WHERE session_id = ? AND type = 'record-signed'
       AND json_extract(body, '$.meaning') = 'reviewed-by-physician'`,
  );
  const insertSession = connection.prepare<[string]>('INSERT INTO session (id) VALUES (?)');
  const insert = connection.prepare<
    [string, string, number, number, number, string, string, string, string, string]
  >(
    `INSERT INTO session_event (id, session_id, sequence, wall_ms, mono_ms, by, type, body, previous_hash, hash)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const read = connection.prepare<[string], ChainRow>(
    `${SESSION_ROWS} WHERE session_id = ? ORDER BY sequence`,
  );

  const refuseAfterSignature = ({ sessionId, body }: SessionEvent): void => {
    if (body.type === 'addendum-added' || isSigned.get(sessionId) === undefined) return;
    throw new StorageError(
      'signed',
      `session ${sessionId}: its record is signed and takes addenda only, not ${body.type}`,
    );
  };

  const appendOne = (event: SessionEvent): void => {
    const last = head.get(event.sessionId);
    refuseMisplaced(event, last?.sequence ?? 0);
    refuseAfterSignature(event);
    if (isTaken.get(event.id) !== undefined) {
      throw new StorageError('out-of-sequence', `entry ${event.id} is already in the record`);
    }
    const { id, sessionId, sequence, at, body } = event;
    const by = storableText(event.by);
    const previous = last?.hash ?? GENESIS_HASH;
    const hash = entryHash(previous, { chain: sessionChain(sessionId), sequence, id, at, by, body });
    if (body.type === 'session-opened') {
      requireOrigin(kind, body.origin);
      insertSession.run(sessionId);
      station.append({ at, by: 'station', body: { type: 'session-begun', sessionId, hash } });
    }
    insert.run(id, sessionId, sequence, at.wall, at.mono, by, body.type, canonicalJson(body), previous, hash);
    if (body.type === 'record-signed') {
      const { meaning, record } = body;
      station.append({
        at,
        by: 'station',
        body: { type: 'record-signed', sessionId, sequence, hash, recordHash: record.hash, meaning },
      });
    }
    if (body.type === 'phase-changed' && isClosed(body.to)) {
      station.append({ at, by: 'station', body: { type: 'session-ended', sessionId, sequence, hash } });
    }
  };
  const appendAll = connection.transaction((events: readonly SessionEvent[]) => {
    for (const event of events) appendOne(event);
  });

  return {
    append: (events) => {
      if (events.length > 0) appendAll.immediate(events);
    },
    head: (sessionId) => head.get(sessionId) ?? null,
    read: (sessionId) => read.all(sessionId).map((row) => sessionEvent(sessionId, row)),
  };
};

const refuseMisplaced = (event: SessionEvent, lastSequence: number): void => {
  if (event.sequence !== lastSequence + 1) {
    throw new StorageError(
      'out-of-sequence',
      `session ${event.sessionId}: entry ${event.sequence} does not follow ${lastSequence}`,
    );
  }
  if ((event.body.type === 'session-opened') !== (event.sequence === 1)) {
    throw new StorageError(
      'out-of-sequence',
      `session ${event.sessionId}: a record begins with session-opened, once; entry ${event.sequence} is ${event.body.type}`,
    );
  }
};

/** Body and times as they were written; the chain, not the reader, vouches for their shape. */
const sessionEvent = (sessionId: SessionId, row: ChainRow): SessionEvent => ({
  id: eventId(row.id ?? ''),
  sessionId,
  sequence: row.sequence,
  at: { wall: row.wall_ms, mono: row.mono_ms } as Instant,
  by: row.by,
  body: storedJson<SessionEventBody>(row.body, `session ${sessionId}, entry ${row.sequence},`),
});
