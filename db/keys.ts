/** Short keys of sessions and monitors for rows that come by the thousand. */
import type { MonitorId, SessionId } from '../core/ids.ts';
import type { Connection } from './native.ts';
import { StorageError } from './storage-error.ts';

export interface Keys {
  /** @throws StorageError `unknown-session` when the session has no record yet. */
  session(id: SessionId): number;
  /** The monitor's key; made when it has none. */
  monitor(id: MonitorId): number;
}

export const keysOf = (connection: Connection): Keys => {
  const findSession = connection.prepare<[string], { key: number }>(
    'SELECT session_key AS key FROM session WHERE id = ?',
  );
  const findMonitor = connection.prepare<[string], { key: number }>(
    'SELECT monitor_key AS key FROM monitor WHERE id = ?',
  );
  const insertMonitor = connection.prepare<[string], { key: number }>(
    'INSERT INTO monitor (id) VALUES (?) RETURNING monitor_key AS key',
  );
  return {
    session: (id) => {
      const key = findSession.get(id)?.key;
      if (key === undefined) {
        throw new StorageError(
          'unknown-session',
          `session ${id} has no record yet; its numbers cannot be stored`,
        );
      }
      return key;
    },
    monitor: (id) => {
      const key = findMonitor.get(id)?.key ?? insertMonitor.get(id)?.key;
      if (key === undefined) throw new Error(`monitor ${id} got no key`);
      return key;
    },
  };
};
