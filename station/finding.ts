/**
 * Finding sessions. Facts are read once, kept in memory, and brought up to the record before each answer: entries of the few
 * sessions that changed are folded at once, numbers are looked through one session after the other while nothing else
 * waits. What is behind is said with the answer.
 */
import { setImmediate } from 'node:timers/promises';
import type { Handlers } from '../core/api/commands.ts';
import type { FoundSessions } from '../core/api/finding-commands.ts';
import { createSessionFinder, EVERY_SESSION, type SessionQuery } from '../core/finding/find.ts';
import {
  type NumberFacts,
  numberFacts,
  type SessionFacts,
  sessionFacts,
} from '../core/finding/session-facts.ts';
import type { SessionId } from '../core/ids.ts';
import type { SessionFigures } from '../core/review/figures.ts';
import { type ChairsideDb, StorageError } from '../db/open.ts';
import type { StaleFacts } from '../db/session-facts.ts';
import type { Databases, Log } from './ports.ts';

/** So many sessions are brought up to date within an answer; more are left to the background (a new version, a first start). */
const AT_ONCE = 100;

export interface Finding {
  readonly commands: Pick<Handlers, 'sessions.find' | 'sessions.findPatient'>;
  /** All facts that fit, up to date as far as an answer can wait. */
  all(
    query: SessionQuery,
  ): { readonly facts: readonly SessionFacts[] } & Pick<FoundSessions, 'pending' | 'unreadable'>;
  /** Begins to look through what is behind, unless that is running. */
  catchUp(): void;
  /** Ends the looking through after the session at hand. */
  stop(): Promise<void>;
}

export interface FindingDeps {
  readonly databases: Databases;
  /** What a session comes to, read piece by piece. */
  readonly figuresOf: (db: ChairsideDb, id: SessionId) => Promise<SessionFigures>;
  readonly log: Log;
}

/** One database, and what was found out about it. */
interface Shelf {
  readonly db: ChairsideDb;
  hasRead: boolean;
  /** Records that could not be read, as they were then; tried again once they have grown. */
  readonly unreadable: Map<SessionId, number>;
}

export const createFinding = ({ databases, figuresOf, log }: FindingDeps): Finding => {
  const shelves = [databases.live, databases.synthetic].map(
    (db): Shelf => ({ db, hasRead: false, unreadable: new Map() }),
  );
  const finder = createSessionFinder();
  let running: Promise<void> | null = null;
  let isStopped = false;
  let hasSaidUnkept = false;

  const headOf = (db: ChairsideDb, id: SessionId): number => db.headOf(id)?.sequence ?? 0;

  /** What is in memory answers; a disk that takes nothing costs the work of the next start, not the answer. */
  const keep = (db: ChairsideDb, facts: SessionFacts): void => {
    finder.put(facts);
    try {
      db.facts.put([facts]);
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
      if (!hasSaidUnkept) log.error('what sessions are found by could not be kept', { error: error.message });
      hasSaidUnkept = true;
    }
  };

  /** Facts of the entries as they are now; numbers only as far as they are still true. */
  const refresh = (db: ChairsideDb, id: SessionId, numbers: NumberFacts | null): void =>
    keep(db, sessionFacts(db.eventsOf(id), numbers));

  /** One record that cannot be read must not hide the others; `verify` says what is wrong with it. */
  const setAside = ({ db, unreadable }: Shelf, id: SessionId, error: unknown): void => {
    unreadable.set(id, headOf(db, id));
    log.error('a session could not be looked through', { session: id, error: String(error) });
  };

  /** What is behind, without what could not be read. */
  const staleOf = ({ db, unreadable }: Shelf): readonly StaleFacts[] =>
    db.facts.stale().filter(({ id }) => {
      const failedAt = unreadable.get(id);
      if (failedAt === undefined) return true;
      if (failedAt === headOf(db, id)) return false;
      unreadable.delete(id);
      return true;
    });

  /** Brings the entries of one session up to date; whether its numbers are still to be looked through. */
  const bringUp = (shelf: Shelf, { id, isClosed }: StaleFacts): boolean => {
    const { db } = shelf;
    const known = finder.get(id);
    try {
      if (known === undefined || known.sequence !== headOf(db, id)) {
        refresh(db, id, null);
        return isClosed;
      }
    } catch (error) {
      setAside(shelf, id, error);
      return false;
    }
    if (isClosed && known.numbers === null) return true;
    // Known here and not there: the row is gone, or could not be written.
    keep(db, known);
    return false;
  };

  /** How many sessions are still behind, and how many cannot be read. */
  const update = (): Pick<FoundSessions, 'pending' | 'unreadable'> => {
    let pending = 0;
    let unreadable = 0;
    for (const shelf of shelves) {
      if (!shelf.hasRead) {
        for (const facts of shelf.db.facts.all()) finder.put(facts);
        shelf.hasRead = true;
      }
      const stale = staleOf(shelf);
      pending += stale.slice(0, AT_ONCE).filter((one) => bringUp(shelf, one)).length;
      pending += Math.max(0, stale.length - AT_ONCE);
      unreadable += shelf.unreadable.size;
    }
    if (pending > 0) catchUp();
    return { pending, unreadable };
  };

  const isLookedThrough = (db: ChairsideDb, id: SessionId): boolean => {
    const known = finder.get(id);
    return known !== undefined && known.numbers !== null && known.sequence === headOf(db, id);
  };

  const lookAt = async (shelf: Shelf, id: SessionId): Promise<void> => {
    const { db } = shelf;
    try {
      const head = headOf(db, id);
      const figures = await figuresOf(db, id);
      // Entries written meanwhile may have changed the figures: the next round reads them again.
      if (headOf(db, id) === head) refresh(db, id, numberFacts(figures));
    } catch (error) {
      setAside(shelf, id, error);
    }
  };

  const lookThrough = async (): Promise<void> => {
    for (const shelf of shelves) {
      const next = () =>
        staleOf(shelf).filter(({ id, isClosed }) => isClosed && !isLookedThrough(shelf.db, id));
      for (let behind = next(); behind.length > 0; behind = next()) {
        for (const { id } of behind) {
          if (isStopped) return;
          await lookAt(shelf, id);
          await setImmediate();
        }
      }
    }
  };

  const catchUp = (): void => {
    if (running !== null || isStopped) return;
    running = lookThrough()
      .catch((error: unknown) => log.error('sessions could not be looked through', { error: String(error) }))
      .finally(() => {
        running = null;
      });
  };

  const answer = (query: SessionQuery, limit: number, offset: number): FoundSessions => {
    const state = update();
    return { ...finder.find(query, limit, offset), ...state };
  };

  return {
    commands: {
      'sessions.find': ({ limit, offset, ...query }) => answer({ ...EVERY_SESSION, ...query }, limit, offset),
      'sessions.findPatient': ({ limit, offset, ...query }) => answer(query, limit, offset),
    },
    all: (query) => {
      const state = update();
      return { facts: finder.all(query), ...state };
    },
    catchUp,
    stop: async () => {
      isStopped = true;
      await running;
    },
  };
};
