/**
 * Everything that can go wrong with the database's surroundings, as one error with a code and one line for
 * people: what happened and what to do. A programming error is not wrapped; it stays what it is.
 */

export type StorageErrorCode =
  | 'wrong-node' // this runtime cannot load the database engine
  | 'newer-version' // written by a newer Chairside
  | 'older-version' // must be brought up to date first, and this is a reader
  | 'not-a-database'
  | 'wrong-kind' // live sessions in a simulated database, or the other way round
  | 'read-only'
  | 'disk-full'
  | 'busy' // another process has it
  | 'corrupt'
  | 'out-of-sequence' // an entry that does not follow the last one of its record
  | 'signed' // a record that a physician has signed takes addenda only
  | 'unknown-session'
  | 'bad-backup' // not a backup, cut off, or damaged
  | 'would-lose' // a restore would take away what is only in the folder
  | 'exists' // a file that is not overwritten
  | 'io';

/** Thrown by everything in `db/`. `message` is one line for people. */
export class StorageError extends Error {
  override readonly name = 'StorageError';
  readonly code: StorageErrorCode;
  constructor(code: StorageErrorCode, message: string, options?: { readonly cause: unknown }) {
    super(message, options);
    this.code = code;
  }
}

/** What each group of SQLite and file-system codes means to us; the first match from the top counts. */
const RULES: readonly (readonly [pattern: RegExp, code: StorageErrorCode, what: string])[] = [
  [/^(SQLITE_FULL|ENOSPC|EDQUOT)/, 'disk-full', 'the disk is full; free some space, nothing stored was lost'],
  [
    /^(SQLITE_READONLY|SQLITE_PERM|SQLITE_AUTH|EACCES|EPERM|EROFS)/,
    'read-only',
    'it may not be written; check the permissions of the file and its folder',
  ],
  [
    /^(SQLITE_BUSY|SQLITE_LOCKED|SQLITE_PROTOCOL)/,
    'busy',
    'another process is using it; close that one first',
  ],
  [
    /^SQLITE_NOTADB/,
    'not-a-database',
    'this is not a Chairside database; choose another file or data folder',
  ],
  [/^SQLITE_CORRUPT/, 'corrupt', 'the file is damaged; keep a copy of it as it is, and restore a backup'],
  [
    /^(SQLITE_CANTOPEN|ENOENT|ENOTDIR|EISDIR|EEXIST)/,
    'io',
    'it cannot be opened; check that the folder exists and may be used',
  ],
  [/^(SQLITE_|E[A-Z]+$)/, 'io', 'the disk or file system reports an error; check the disk'],
];

const codeOf = (error: unknown): string | null =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;

/** The error as a `StorageError` about `path` when its code is SQLite's or the file system's; else unchanged. */
export const asStorageError = (error: unknown, path: string): unknown => {
  const code = codeOf(error);
  if (error instanceof StorageError || code === null || !(error instanceof Error)) return error;
  const rule = RULES.find(([pattern]) => pattern.test(code));
  if (rule === undefined) return error;
  const [, storageCode, what] = rule;
  return new StorageError(storageCode, `${path}: ${what} (${code}: ${firstLine(error.message)})`, {
    cause: error,
  });
};

/** Runs `work`; errors of SQLite and of the file system leave as `StorageError` about `path`. */
export const guarded = <T>(path: string, work: () => T): T => {
  try {
    return work();
  } catch (error) {
    throw asStorageError(error, path);
  }
};

const firstLine = (text: string): string => text.split('\n', 1)[0] ?? '';
