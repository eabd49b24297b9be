/** What windows ask about the past: trends, events, the list of sessions. */
import { foldAlarmLog } from '../core/alarm/log-fold.ts';
import type { Handlers } from '../core/api/commands.ts';
import { RefusedError } from '../core/api/serve.ts';
import type { SessionId } from '../core/ids.ts';
import { epochMs, type Instant } from '../core/time.ts';
import type { ChairsideDb } from '../db/open.ts';
import type { Databases } from './ports.ts';

/** Which of the two records holds a session. @throws RefusedError when neither does. */
export const databaseOf = (databases: Databases, id: SessionId): ChairsideDb => {
  const found = [databases.live, databases.synthetic].find((db) => db.lastWriteWall(id) !== null);
  if (found === undefined) throw new RefusedError('not-found', `There is no session ${id}.`);
  return found;
};

export const historyCommands = (
  databases: Databases,
  flush: () => void,
  now: () => Instant,
): Pick<Handlers, 'history.trend' | 'history.events' | 'history.waves' | 'alarm.log' | 'sessions.list'> => ({
  'history.trend': ({ sessionId, from, to, buckets }) => {
    if (!(to > from)) throw new RefusedError('invalid-params', 'history.trend: to: must be after from');
    // What has arrived but waits for the next batch belongs to the answer too.
    flush();
    return databaseOf(databases, sessionId).trend(sessionId, epochMs(from), epochMs(to), buckets);
  },
  'history.waves': ({ sessionId, from, to }) => {
    flush();
    return databaseOf(databases, sessionId).waves(sessionId, epochMs(from), epochMs(to));
  },
  'history.events': ({ sessionId }) => databaseOf(databases, sessionId).eventsOf(sessionId),
  'alarm.log': ({ sessionId }) =>
    foldAlarmLog(databaseOf(databases, sessionId).eventsOf(sessionId), now().wall),
  'sessions.list': ({ limit }) => {
    const lists = [databases.live, databases.synthetic].map((db) => db.readableSessions(limit));
    return {
      sessions: lists
        .flatMap(({ sessions }) => sessions)
        .sort((a, b) => b.openedAt - a.openedAt)
        .slice(0, limit),
      damaged: lists.flatMap(({ damaged }) => damaged),
    };
  },
});
