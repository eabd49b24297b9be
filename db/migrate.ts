/** Brings a database to the newest schema, forward only, one transaction per step, after a copy was made. */
import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import type { EpochMs } from '../core/time.ts';
import { MIGRATIONS } from './migrations/index.ts';
import type { Migration } from './migrations/migration.ts';
import type { Connection } from './native.ts';
import { StorageError } from './storage-error.ts';

/** "CHSD": marks the file as Chairside's in SQLite's header (`PRAGMA application_id`). */
export const APPLICATION_ID = 0x43485344;

/** The schema this program writes. */
export const SCHEMA_VERSION = MIGRATIONS.length;

/** `user_version` of an open database; 0 for a fresh one. */
export const schemaVersion = (connection: Connection): number =>
  Number(connection.pragma('user_version', { simple: true }));

/**
 * Refuses a file that this program must not touch.
 * @throws StorageError `newer-version` or `not-a-database`.
 */
export const refuseForeign = (
  path: string,
  header: { readonly applicationId: number; readonly version: number; readonly empty: boolean },
): void => {
  if (header.empty) return;
  if (header.applicationId !== APPLICATION_ID) {
    throw new StorageError(
      'not-a-database',
      `${path}: this SQLite file belongs to another program; choose another data folder`,
    );
  }
  if (header.version > SCHEMA_VERSION) {
    throw new StorageError(
      'newer-version',
      `${path}: written by a newer Chairside (schema ${header.version}, this one knows ${SCHEMA_VERSION}); update Chairside, the file was not touched`,
    );
  }
};

/**
 * Applies every step above the file's version. A database that holds anything is copied first to
 * `<path>.schema-<version>.<wall clock>.backup`, which stays there.
 * @returns the copy's path; null when none was needed.
 */
export const migrate = (
  connection: Connection,
  path: string,
  now: EpochMs,
  migrations: readonly Migration[] = MIGRATIONS,
): string | null => {
  const version = schemaVersion(connection);
  const pending = migrations.filter((migration) => migration.version > version);
  if (pending.length === 0) return null;
  const copy =
    version === 0 || connection.memory
      ? null
      : backupTo(connection, `${path}.schema-${version}.${now}.backup`);
  for (const migration of pending) apply(connection, migration);
  return copy;
};

const apply = (connection: Connection, migration: Migration): void => {
  connection
    .transaction(() => {
      if (migration.version === 1) connection.pragma(`application_id = ${APPLICATION_ID}`);
      connection.exec(migration.sql);
      connection.pragma(`user_version = ${migration.version}`);
    })
    .exclusive();
};

/** A complete copy (with what is still in the write-ahead log), on disk when it returns. */
const backupTo = (connection: Connection, target: string): string => {
  const partial = `${target}.partial`;
  if (existsSync(partial)) rmSync(partial);
  connection.prepare('VACUUM INTO ?').run(partial);
  const file = openSync(partial, 'r+'); // VACUUM INTO itself does not flush
  fsyncSync(file);
  closeSync(file);
  renameSync(partial, target);
  return target;
};
