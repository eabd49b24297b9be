/** A file that takes the raw bytes of the monitor. */
import { closeSync, openSync, writeSync } from 'node:fs';
import { messageOf, OutletError, systemErrorCode } from './outlet.ts';

/** A file open for writing, emptied first. */
export interface FileSink {
  write(bytes: Uint8Array): void;
  close(): void;
}

/** Opens the file. Throws `OutletError` here and on writing (a full disk), in one line that names the file. */
export const openFileSink = (path: string): FileSink => {
  const guarded = <Result>(action: () => Result): Result => {
    try {
      return action();
    } catch (error) {
      throw new OutletError(`${path}: ${REASONS[systemErrorCode(error)] ?? messageOf(error)}`);
    }
  };
  const file = guarded(() => openSync(path, 'w'));
  return {
    write: (bytes) =>
      guarded(() => {
        for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
      }),
    close: () => guarded(() => closeSync(file)),
  };
};

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'the folder does not exist',
  EACCES: 'no permission to write it',
  EISDIR: 'is a folder',
  ENOSPC: 'the disk is full',
  EROFS: 'the disk is read-only',
};
