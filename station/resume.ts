/**
 * Takes up the sessions that were open when the station last stopped. One that cannot be taken up (its chair is
 * gone from the configuration, or is something else now) stays as it is in the record, and every window says so.
 */
import type { StrandedSession } from '../core/api/views.ts';
import type { SessionId } from '../core/ids.ts';
import type { SessionEvent } from '../core/session/events.ts';
import { foldSession } from '../core/session/session.ts';
import { type ChairsideDb, StorageError } from '../db/open.ts';
import type { Chair } from './chair.ts';
import type { StationDeps } from './ports.ts';
import { chairOf } from './session-record.ts';

/** @returns the open sessions that nobody watches now. */
export const resumeOpenSessions = (
  chairs: readonly Chair[],
  deps: StationDeps,
): readonly StrandedSession[] => {
  const { live, synthetic } = deps.databases;
  const stranded: StrandedSession[] = [];
  for (const db of [live, synthetic]) {
    for (const id of db.openSessions()) {
      const events = readable(db, id, deps);
      if (events === null) {
        // One damaged record must not keep the station from watching all the others.
        stranded.push({ sessionId: id, chairId: null, reason: DAMAGED });
        continue;
      }
      const owner = chairOf(events);
      const chair = chairs.find((item) => item.id === owner);
      const reason = obstacle(chair, db === live);
      if (chair === undefined || reason !== null) {
        deps.log.warn('an open session cannot be taken up again', { session: id, chair: owner, reason });
        stranded.push({ sessionId: id, chairId: owner, reason: reason ?? 'unknown' });
      } else {
        takeUp(chair, id, events, db, deps);
      }
    }
  }
  return stranded;
};

const DAMAGED = 'its record is damaged; "chairside verify" says where';

/** The entries of an open session; null: they make no session. A database that cannot be read at all throws. */
const readable = (db: ChairsideDb, id: SessionId, { log }: StationDeps): readonly SessionEvent[] | null => {
  try {
    const events = db.eventsOf(id);
    foldSession(events);
    return events;
  } catch (error) {
    if (error instanceof StorageError && error.code !== 'corrupt') throw error;
    log.error('an open session cannot be read', { session: id, error: String(error) });
    return null;
  }
};

const obstacle = (chair: Chair | undefined, isLive: boolean): string | null => {
  if (chair === undefined) return 'its chair is no longer in the configuration';
  if ((chair.view().origin === 'live') !== isLive) {
    return 'its chair has become simulated instead of real, or real instead of simulated';
  }
  return chair.session() === null ? null : 'another open session was found on its chair';
};

const takeUp = (
  chair: Chair,
  id: SessionId,
  events: readonly SessionEvent[],
  db: ChairsideDb,
  { clock, log }: StationDeps,
): void => {
  const now = clock.now();
  const last = Math.max(events.at(-1)?.at.wall ?? 0, db.lastWriteWall(id) ?? 0);
  const downForMs = now.wall >= last ? now.wall - last : null;
  chair.resume(events, db.nibpReadings(id), downForMs);
  log.info('took up an open session again', { session: id, downForMs });
};
