/** Which records go to a destination by themselves: found by reading on in the sessions' entries, never twice. */
import { type PatientId, type SessionId, sessionId } from '../core/ids.ts';
import type { DataOrigin } from '../core/session/events.ts';
import { isClosed, PHASES } from '../core/session/phase.ts';
import type { Connection } from './native.ts';
import type { SweepRule } from './sending.ts';

const CLOSED_PHASES = PHASES.filter(isClosed);

/** Entries that are read past without a record to send before that is written down: saves a write a second. */
const UNWRITTEN_MOST = 500;
/** Entries that one sweep reads at most: a station that was told of a destination late does not stand still. */
const SWEEP_MOST = 2000;

/** What is shown of a session beside its sending. */
export interface SendingOpening {
  readonly patientInitials: string;
  readonly origin: DataOrigin;
  /** Null: opened with initials only. */
  readonly patientId: PatientId | null;
}

export interface SendingSessions {
  opening(id: SessionId): SendingOpening | null;
  /** The last entry of a session's record; null for an unknown one. */
  head(id: SessionId): { readonly sequence: number; readonly hash: string } | null;
  /** Calls `queue` for each record that is due, in one transaction with how far it has read. How many were new. */
  sweep(rule: SweepRule, queue: (id: SessionId) => boolean): number;
  sweepOnly(destinations: readonly string[]): void;
}

export const sendingSessions = (connection: Connection): SendingSessions => {
  const head = connection.prepare<[string], { sequence: number; hash: string }>(
    'SELECT sequence, hash FROM session_event WHERE session_id = ? ORDER BY sequence DESC LIMIT 1',
  );
  const opening = connection.prepare<[string], SendingOpening>(
    `SELECT json_extract(body, '$.patientInitials') AS patientInitials, json_extract(body, '$.origin') AS origin,
       json_extract(body, '$.patient.patientId') AS patientId
     FROM session_event WHERE session_id = ? AND sequence = 1`,
  );
  const lastEntry = connection.prepare<[], { entry: number }>(
    'SELECT coalesce(max(entry), 0) AS entry FROM session_event',
  );
  const reached = connection.prepare<[string], { entry: number }>(
    'SELECT entry FROM sending_reached WHERE destination = ?',
  );
  const reach = connection.prepare<[string, number]>(
    `INSERT INTO sending_reached (destination, entry) VALUES (?, ?)
     ON CONFLICT (destination) DO UPDATE SET entry = excluded.entry`,
  );
  const forget = connection.prepare<[string]>(
    'DELETE FROM sending_reached WHERE destination NOT IN (SELECT value FROM json_each(?))',
  );
  const touched = connection.prepare<[number, number], { id: string }>(
    'SELECT session_id AS id FROM session_event WHERE entry > ? AND entry <= ? GROUP BY session_id ORDER BY min(entry)',
  );
  const isLive = connection.prepare<[string], { found: number }>(
    `SELECT 1 AS found FROM session_event
     WHERE session_id = ? AND sequence = 1 AND json_extract(body, '$.origin') = 'live'`,
  );
  const isOver = connection.prepare<string[], { found: number }>(
    `SELECT 1 AS found FROM session_event WHERE session_id = ? AND type = 'phase-changed'
       AND json_extract(body, '$.to') IN (${CLOSED_PHASES.map(() => '?').join(', ')}) LIMIT 1`,
  );
  const isSigned = connection.prepare<[string], { found: number }>(
    `SELECT 1 AS found FROM session_event WHERE session_id = ? AND type = 'record-signed'
       AND json_extract(body, '$.meaning') = 'reviewed-by-physician' LIMIT 1`,
  );
  /** Read since the last write, by destination. */
  const ahead = new Map<string, number>();

  const isDue = ({ rule }: SweepRule, id: string): boolean =>
    isLive.get(id) !== undefined &&
    (rule === 'when-signed' ? isSigned.get(id) : isOver.get(id, ...CLOSED_PHASES)) !== undefined;

  return {
    head: (id) => head.get(id) ?? null,
    opening: (id) => opening.get(id) ?? null,
    sweep: (rule, queue) => {
      const { destination } = rule;
      const end = lastEntry.get()?.entry ?? 0;
      const written = reached.get(destination)?.entry ?? null;
      if (written === null) {
        // First seen today: what was closed before is not sent behind people's backs.
        reach.run(destination, end);
        return 0;
      }
      const from = Math.max(written, ahead.get(destination) ?? 0);
      if (from >= end) return 0;
      const to = Math.min(end, from + SWEEP_MOST);
      const due = touched.all(from, to).filter(({ id }) => isDue(rule, id));
      if (due.length === 0 && to - written < UNWRITTEN_MOST) {
        ahead.set(destination, to);
        return 0;
      }
      const queued = connection
        .transaction(() => {
          const fresh = due.filter(({ id }) => queue(sessionId(id))).length;
          reach.run(destination, to);
          return fresh;
        })
        .immediate();
      ahead.set(destination, to);
      return queued;
    },
    sweepOnly: (destinations) => {
      forget.run(JSON.stringify(destinations));
    },
  };
};
