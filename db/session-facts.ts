/** Keeps what can be looked for about each session beside the record, and says which of it is behind. */
import { FACTS_VERSION, type SessionFacts } from '../core/finding/session-facts.ts';
import { type SessionId, sessionId } from '../core/ids.ts';
import { isClosed, PHASES } from '../core/session/phase.ts';
import type { Connection } from './native.ts';

/** Facts that are missing, of another version, or older than the record; closed sessions also without their numbers. */
export interface StaleFacts {
  readonly id: SessionId;
  /** The numbers may be looked through: the visit is over. */
  readonly isClosed: boolean;
}

export interface SessionFactsStore {
  /** Every stored row of the present version, also those that are behind. */
  all(): readonly SessionFacts[];
  /** Newest sessions first. */
  stale(): readonly StaleFacts[];
  /** Writes or replaces, in one transaction. */
  put(facts: readonly SessionFacts[]): void;
}

const CLOSED = PHASES.filter(isClosed);

/** The last entry of each session comes from the index over (session, sequence): one look each. */
const STALE = `
SELECT session.id AS id, coalesce((
  SELECT CASE WHEN json_valid(phase.body) THEN json_extract(phase.body, '$.to') END IN (${CLOSED.map((phase) => `'${phase}'`).join(', ')})
  FROM session_event AS phase
  WHERE phase.session_id = session.id AND phase.type = 'phase-changed'
  ORDER BY phase.sequence DESC LIMIT 1), 0) AS is_closed
FROM session
LEFT JOIN session_facts AS known ON known.session_id = session.id
WHERE known.version IS NOT ${FACTS_VERSION}
  OR known.sequence IS NOT (SELECT max(sequence) FROM session_event WHERE session_id = session.id)
  OR (known.has_numbers = 0 AND json_extract(known.facts, '$.closedAt') IS NOT NULL)
ORDER BY session.session_key DESC`;

export const sessionFactsStore = (connection: Connection): SessionFactsStore => {
  const all = connection.prepare<[], { facts: string }>(
    `SELECT facts FROM session_facts WHERE version = ${FACTS_VERSION}`,
  );
  const stale = connection.prepare<[], { id: string; is_closed: number }>(STALE);
  const put = connection.prepare<[string, number, number, number, string]>(
    `INSERT OR REPLACE INTO session_facts (session_id, version, sequence, has_numbers, facts) VALUES (?, ?, ?, ?, ?)`,
  );
  const putAll = connection.transaction((rows: readonly SessionFacts[]) => {
    for (const facts of rows) {
      put.run(facts.id, facts.version, facts.sequence, facts.numbers === null ? 0 : 1, JSON.stringify(facts));
    }
  });
  return {
    all: () => all.all().map(({ facts }) => JSON.parse(facts) as SessionFacts),
    stale: () => stale.all().map((row) => ({ id: sessionId(row.id), isClosed: row.is_closed === 1 })),
    put: (rows) => {
      if (rows.length > 0) putAll.immediate(rows);
    },
  };
};
