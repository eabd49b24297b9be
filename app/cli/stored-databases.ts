/** The databases of a data folder, opened for reading beside a station that may be running. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type ChairsideDb, type DatabaseKind, openDatabase, StorageError } from '../../db/open.ts';
import { DATABASE_FILES, defaultDataDir } from '../data-dir.ts';
import { CliError, type CliIo } from './io.ts';

const KINDS: readonly DatabaseKind[] = ['live', 'simulated'];

/** One line for `--help` of the verbs that read the record. */
export const DATA_OPTION = ['--data <dir>', 'data folder; the one of this user when not given'] as const;

/** Where a database lies and what it holds. */
export interface StoredDatabase {
  readonly kind: DatabaseKind;
  readonly path: string;
}

/** The databases that exist in the folder, live first; empty when there is none. */
export const storedDatabases = (dataDir: string | undefined): readonly StoredDatabase[] =>
  KINDS.map((kind) => ({ kind, path: join(dataDir ?? defaultDataDir(), DATABASE_FILES[kind]) })).filter(
    ({ path }) => existsSync(path),
  );

/** Opens a database for reading, hands it to `read` and closes it. @throws StorageError. */
export const readDatabase = <T>(
  { kind, path }: StoredDatabase,
  io: Pick<CliIo, 'clock'>,
  read: (db: ChairsideDb) => T,
): T => {
  const db = openDatabase(path, { kind, readonly: true, readClockWall: () => io.clock.now().wall });
  try {
    return read(db);
  } finally {
    db.close();
  }
};

/** The error for the command line: the storage's own line and exit status 1; anything else unchanged. */
export const asCliError = (error: unknown): unknown =>
  error instanceof StorageError ? new CliError(1, error.message) : error;
