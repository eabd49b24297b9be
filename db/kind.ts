/** A database holds either sessions of patients or simulated ones; never both. */
import type { DataOrigin } from '../core/session/events.ts';
import type { EpochMs } from '../core/time.ts';
import type { Connection } from './native.ts';
import { StorageError } from './storage-error.ts';

export type DatabaseKind = 'live' | 'simulated';

/**
 * Which database takes sessions of which origin. What was imported was not received here: nobody vouches for its
 * clock, its monitor or its patient, so it lies with the recordings and can never count as a patient's visit.
 */
const ACCEPTED: Readonly<Record<DatabaseKind, readonly DataOrigin[]>> = {
  live: ['live'],
  simulated: ['simulated', 'replayed', 'imported'],
};

/** @throws StorageError `wrong-kind` when a session of this origin does not belong into this database. */
export const requireOrigin = (kind: DatabaseKind, origin: DataOrigin): void => {
  if (ACCEPTED[kind].includes(origin)) return;
  throw new StorageError(
    'wrong-kind',
    `a ${origin} session does not belong into the database of ${kind} sessions; open it in the other one`,
  );
};

/**
 * Writes the kind into a fresh database, compares it in any other.
 * @throws StorageError `wrong-kind`.
 */
export const requireKind = (
  connection: Connection,
  path: string,
  options: { readonly kind: DatabaseKind; readonly readClockWall: () => EpochMs },
): void => {
  const stored = connection
    .prepare<[], { value: string }>(`SELECT value FROM meta WHERE key = 'kind'`)
    .get()?.value;
  if (stored === options.kind) return;
  if (stored !== undefined) {
    throw new StorageError(
      'wrong-kind',
      `${path}: this database holds ${stored} sessions, not ${options.kind} ones; choose another data folder`,
    );
  }
  const write = connection.prepare<[string, string]>('INSERT INTO meta (key, value) VALUES (?, ?)');
  connection
    .transaction(() => {
      write.run('kind', options.kind);
      write.run('created_at_ms', String(options.readClockWall()));
    })
    .immediate();
};
