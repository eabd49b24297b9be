/** Stored sessions that fit a query, without a station: facts that are behind are made in memory, and nothing is written. */
import type { SessionSummary } from '../../core/api/views.ts';
import { createSessionFinder, type SessionQuery } from '../../core/finding/find.ts';
import { sessionFacts } from '../../core/finding/session-facts.ts';
import type { ChairsideDb } from '../../db/open.ts';

export interface FoundStored {
  readonly sessions: readonly SessionSummary[];
  /** Closed sessions whose numbers were not looked through: their gaps are not known. */
  readonly pending: number;
}

/** @throws StorageError; Error as `sessionFacts` for a record that is not whole. */
export const findStored = (db: ChairsideDb, query: SessionQuery): FoundStored => {
  const finder = createSessionFinder();
  for (const facts of db.facts.all()) finder.put(facts);
  let pending = 0;
  for (const { id, isClosed } of db.facts.stale()) {
    const known = finder.get(id);
    if (known === undefined || known.sequence !== db.headOf(id)?.sequence) {
      finder.put(sessionFacts(db.eventsOf(id), null));
    }
    if (isClosed) pending += 1;
  }
  const ids = new Set(finder.all(query).map(({ id }) => id));
  return { sessions: db.sessions(Number.MAX_SAFE_INTEGER).filter(({ id }) => ids.has(id)), pending };
};
