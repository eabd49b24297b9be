/** Reads everything that is on record of a session: what is handed on, printed and sent is made from it. */
import { setImmediate } from 'node:timers/promises';
import type { SessionId } from '../core/ids.ts';
import type { StoredFrame } from '../core/observation/stored-frame.ts';
import { gatherDocument } from '../core/review/gather.ts';
import type { SessionDocument } from '../core/review/session-document.ts';
import { beginFigures } from '../core/review/session-figures.ts';
import { foldSession } from '../core/session/session.ts';
import { type EpochMs, epochMs } from '../core/time.ts';
import type { ChairsideDb } from '../db/open.ts';

/** How much of a record is read without a rest (ms of the record): chairs are watched in between. */
const PIECE_MS = 10 * 60_000;
/** Later than any stored moment: the largest time that a date can have (ECMA-262, Time Values). */
const NEVER = epochMs(8.64e15);

export interface DocumentFacts {
  readonly now: EpochMs;
  readonly version: string;
}

/**
 * The document of a session as it is now; what comes while it is read is not in it. The session must be on record.
 * Rejects with StorageError.
 */
export const readDocument = async (
  db: ChairsideDb,
  sessionId: SessionId,
  { now, version }: DocumentFacts,
): Promise<SessionDocument> => {
  const events = db.eventsOf(sessionId);
  const readings = db.nibpReadings(sessionId);
  const headHash = db.headOf(sessionId)?.hash ?? '';
  const opened = events[0]?.at.wall ?? now;
  const last = Math.min(now, db.lastWriteWall(sessionId) ?? now) + 1;
  const frames: StoredFrame[] = [];
  const run = beginFigures({ session: foldSession(events), events, readings, now });
  // A clock that was set back has put frames before the opening or behind the present: nothing is passed over.
  const edges = [0];
  for (let at: number = opened; at < last; at += PIECE_MS) edges.push(at);
  edges.push(Math.max(last, opened), NEVER);
  for (const [index, from] of edges.entries()) {
    const to = edges[index + 1];
    if (to === undefined) break;
    for (const frame of db.frames(sessionId, epochMs(from), epochMs(to))) {
      frames.push(frame);
      run.takeFrame(frame);
    }
    await setImmediate();
  }
  return gatherDocument({ events, readings, frames, figures: run.finish(), headHash, now, version });
};
