/** Stored sessions that fit a query, without a station: facts that are behind are made in memory, and nothing is written. */
import type { SessionSummary } from '../../core/api/views.ts';
import { createSessionFinder, type SessionFinder, type SessionQuery } from '../../core/finding/find.ts';
import { sessionFacts } from '../../core/finding/session-facts.ts';
import type { SessionId } from '../../core/ids.ts';
import { type ChairsideDb, StorageError } from '../../db/open.ts';

/** A session whose record cannot be read, and why in one line. */
export interface DamagedSession {
  readonly id: SessionId;
  readonly why: string;
}

export interface FoundStored {
  readonly sessions: readonly SessionSummary[];
  /** Closed sessions whose numbers were not looked through: their gaps are not known. */
  readonly pending: number;
  /** Not looked at: whether they fit is not known. */
  readonly damaged: readonly DamagedSession[];
}

/** The newest sessions, at most `limit`. @throws StorageError when the database cannot be read. */
export const listStored = (db: ChairsideDb, limit: number): FoundStored => {
  const { sessions, damaged } = db.readableSessions(limit);
  return { sessions, pending: 0, damaged: damaged.map((id) => ({ id, why: UNREADABLE })) };
};

const UNREADABLE = 'an entry is damaged or missing';

/** @throws StorageError when the database cannot be read; one damaged record is none of its reasons. */
export const findStored = (db: ChairsideDb, query: SessionQuery): FoundStored => {
  const finder = createSessionFinder();
  for (const facts of db.facts.all()) finder.put(facts);
  let pending = 0;
  const damaged = new Map<SessionId, string>();
  for (const { id, isClosed } of db.facts.stale()) {
    const why = bringUpToDate(db, finder, id);
    if (why !== null) damaged.set(id, why);
    else if (isClosed) pending += 1;
  }
  const all = db.readableSessions(Number.MAX_SAFE_INTEGER);
  for (const id of all.damaged) damaged.set(id, damaged.get(id) ?? UNREADABLE);
  const fits = new Set(finder.all(query).map(({ id }) => id));
  return {
    sessions: all.sessions.filter(({ id }) => fits.has(id) && !damaged.has(id)),
    pending,
    damaged: [...damaged].map(([id, why]) => ({ id, why })),
  };
};

/** Why the record of a session cannot be read; null: what is looked for is known now. */
const bringUpToDate = (db: ChairsideDb, finder: SessionFinder, id: SessionId): string | null => {
  try {
    const known = finder.get(id);
    if (known === undefined || known.sequence !== db.headOf(id)?.sequence) {
      finder.put(sessionFacts(db.eventsOf(id), null));
    }
    return null;
  } catch (error) {
    // A file that is locked or gone is no matter of this record.
    if (error instanceof StorageError && error.code !== 'corrupt') throw error;
    return error instanceof Error ? error.message.replace(/\s+/g, ' ') : UNREADABLE;
  }
};
