/**
 * One station per data folder. The lock is an open write transaction on a small SQLite file: the operating
 * system takes it back when the process ends in whatever way, so there is nothing stale to guess about and a
 * re-used process id cannot fool it. Readers of the record (`sessions`, `verify`) do not need it.
 */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { EpochMs } from '../core/time.ts';
import { type Connection, connect } from './native.ts';
import { guarded, StorageError } from './storage-error.ts';

export interface StationLock {
  /** Gives the folder free. Idempotent. */
  release(): void;
}

export const LOCK_FILE = 'station.lock';

/**
 * Makes this process the only station of `dataDir` (created if need be).
 * @throws StorageError `busy` when another one runs, with its process id; `read-only`, `io`, `wrong-node`.
 */
export const acquireStationLock = (
  dataDir: string,
  options: { readonly processId: number; readonly readClockWall: () => EpochMs },
): StationLock => {
  const folder = resolve(dataDir);
  return guarded(folder, () => {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const connection = connect(join(folder, LOCK_FILE), { timeout: 0 });
    try {
      lock(connection, folder);
      connection.exec(
        'CREATE TABLE IF NOT EXISTS holder (process_id INTEGER, since_ms REAL); DELETE FROM holder',
      );
      connection
        .prepare<[number, number]>('INSERT INTO holder (process_id, since_ms) VALUES (?, ?)')
        .run(options.processId, options.readClockWall());
      connection.exec('COMMIT');
      lock(connection, folder); // held from here; whoever was quicker in between has it
    } catch (error) {
      connection.close();
      throw error;
    }
    return {
      release: () => {
        if (connection.open) connection.close();
      },
    };
  });
};

const lock = (connection: Connection, folder: string): void => {
  try {
    connection.exec('BEGIN IMMEDIATE');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'SQLITE_BUSY')) throw error;
    throw new StorageError(
      'busy',
      `${folder}: another station${holder(connection)} uses this data folder; stop it or choose another folder with --data`,
      { cause: error },
    );
  }
};

/** " (process 123)", or nothing in the instant in which the other one is just writing itself down. */
const holder = (connection: Connection): string => {
  try {
    const row = connection.prepare<[], { process_id: number }>('SELECT process_id FROM holder').get();
    return row === undefined ? '' : ` (process ${row.process_id})`;
  } catch (error) {
    if (error instanceof Error && 'code' in error) return '';
    throw error;
  }
};
