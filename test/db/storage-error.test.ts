import { describe, expect, test } from 'vitest';
import { asStorageError, guarded, StorageError } from '../../db/storage-error.ts';
import { thrownBy } from './samples.ts';

const withCode = (code: string) => Object.assign(new Error('first line\nsecond line'), { code });

describe('an error of the surroundings', () => {
  test.each([
    ['SQLITE_FULL', 'disk-full'],
    ['ENOSPC', 'disk-full'],
    ['SQLITE_READONLY', 'read-only'],
    ['SQLITE_READONLY_DBMOVED', 'read-only'],
    ['EACCES', 'read-only'],
    ['EROFS', 'read-only'],
    ['SQLITE_BUSY', 'busy'],
    ['SQLITE_BUSY_SNAPSHOT', 'busy'],
    ['SQLITE_NOTADB', 'not-a-database'],
    ['SQLITE_CORRUPT_VTAB', 'corrupt'],
    ['SQLITE_CANTOPEN', 'io'],
    ['SQLITE_IOERR_FSYNC', 'io'],
    ['EIO', 'io'],
  ])('%s becomes %s, in one line with the file', (code, expected) => {
    const cause = withCode(code);
    const error = thrownBy(() =>
      guarded('/data/chairside.db', () => {
        throw cause;
      }),
    );
    expect(error).toBeInstanceOf(StorageError);
    expect(error).toMatchObject({ code: expected, cause });
    expect(String(error)).toMatch(/^StorageError: \/data\/chairside\.db: .+\(.*first line\)$/);
  });

  test.each([new TypeError('a bug'), withCode('ERR_INVALID_ARG_TYPE'), 'thrown text'])(
    'anything else stays what it is: %s',
    (error) => {
      expect(asStorageError(error, '/x')).toBe(error);
    },
  );

  test('a storage error is not wrapped again', () => {
    const error = new StorageError('busy', 'one line');
    expect(asStorageError(error, '/x')).toBe(error);
  });
});
