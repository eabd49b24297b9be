/** Opens a database file carefully: what is not ours, too new or of the other kind is refused before it is touched. */
import { closeSync, existsSync, mkdirSync, openSync, readSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { EpochMs } from '../core/time.ts';
import { type DatabaseKind, requireKind } from './kind.ts';
import { migrate, refuseForeign, SCHEMA_VERSION, schemaVersion } from './migrate.ts';
import { type Connection, connect } from './native.ts';
import { StorageError } from './storage-error.ts';

export interface OpenOptions {
  readonly kind: DatabaseKind;
  /** For the date of creation and the name of a backup. */
  readonly readClockWall: () => EpochMs;
  /** For the command line beside a running station: no writing, no migration, the file must exist. */
  readonly readonly?: boolean;
  /**
   * Readers beside a connection of this same process (another thread): the file is opened by SQLite only. On POSIX systems
   * closing any other descriptor of a file takes the locks of the whole process away; the next program that closes the
   * database would take its write-ahead log for left over (sqlite.org, How To Corrupt An SQLite Database File, 2.2).
   */
  readonly isOpenInThisProcess?: boolean;
}

/** How long a call waits for another process before it gives up as `busy` (ms); our choice. */
const BUSY_TIMEOUT_MS = 1000;

/**
 * A connection to a database of the newest schema and the right kind, with our settings.
 * @throws StorageError and SQLite's own errors, with the connection closed.
 */
export const openConnection = (file: string, options: OpenOptions): Connection => {
  const readonly = options.readonly ?? false;
  if (file !== ':memory:') {
    if (readonly) requireExisting(file);
    else createPrivate(file);
    if (options.isOpenInThisProcess !== true) refuseHeader(file);
  }
  const connection = connect(file, { readonly, timeout: BUSY_TIMEOUT_MS });
  try {
    refuseForeign(file, readHeader(connection));
    connection.pragma('foreign_keys = ON');
    connection.pragma('trusted_schema = OFF');
    connection.pragma('cell_size_check = ON');
    if (readonly) requireCurrent(connection, file);
    else makeDurable(connection, file);
    if (!readonly) migrate(connection, file, options.readClockWall());
    requireKind(connection, file, options);
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
};

/** Patient data: the folder and the file are made for this user only. */
const createPrivate = (file: string): void => {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  if (!existsSync(file)) closeSync(openSync(file, 'a', 0o600));
};

const requireExisting = (file: string): void => {
  if (!existsSync(file)) throw new StorageError('io', `${file}: there is no such database`);
};

/** Looks at the first 100 bytes only, so that a foreign or newer file is not opened at all. */
const refuseHeader = (file: string): void => {
  if (statSync(file).size === 0) return;
  const header = Buffer.alloc(100);
  const descriptor = openSync(file, 'r');
  const length = readSync(descriptor, header, 0, header.length, 0);
  closeSync(descriptor);
  // SQLite file format, section 1.3: magic at 0, user version at 60, application id at 68, big-endian.
  if (length < header.length || header.toString('latin1', 0, 16) !== 'SQLite format 3\0') {
    throw new StorageError(
      'not-a-database',
      `${file}: this is not a Chairside database; choose another file or data folder`,
    );
  }
  const version = header.readUInt32BE(60);
  const applicationId = header.readUInt32BE(68);
  refuseForeign(file, { applicationId, version, empty: version === 0 && applicationId === 0 });
};

const readHeader = (connection: Connection) => ({
  applicationId: Number(connection.pragma('application_id', { simple: true })),
  version: schemaVersion(connection),
  empty: connection.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined,
});

const requireCurrent = (connection: Connection, file: string): void => {
  const version = schemaVersion(connection);
  if (version < SCHEMA_VERSION) {
    throw new StorageError(
      'older-version',
      `${file}: schema ${version} is older than this Chairside's ${SCHEMA_VERSION}; start the station once to bring it up to date`,
    );
  }
};

/** Write-ahead log and a flush at every commit; on macOS a real one (F_FULLFSYNC). */
const makeDurable = (connection: Connection, file: string): void => {
  const mode = connection.pragma('journal_mode = WAL', { simple: true });
  if (file !== ':memory:' && mode !== 'wal') {
    throw new StorageError('io', `${file}: this disk cannot hold a write-ahead log; use a local disk`);
  }
  connection.pragma('synchronous = FULL');
  connection.pragma('fullfsync = ON');
  connection.pragma('checkpoint_fullfsync = ON');
  connection.pragma('journal_size_limit = 67108864');
};
