/** Files that are complete or absent: written beside, flushed, renamed, and the folder flushed after it. */
import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { StorageError } from '../storage-error.ts';
import { damaged, piecesOf, type TarEntry } from './tar.ts';

/** SHA-256 of an entry of an open file, hexadecimal. */
export const hashOf = (descriptor: number, entry: TarEntry): string => {
  const hash = createHash('sha256');
  for (const piece of piecesOf(descriptor, entry)) hash.update(piece);
  return hash.digest('hex');
};

/**
 * Writes an entry to a file of its own and flushes it. @throws StorageError `bad-backup` when what was written does
 * not have the hash it must have.
 */
export const extract = (
  archive: { readonly path: string; readonly descriptor: number },
  entry: TarEntry,
  sha256: string,
  target: string,
): void => {
  const hash = createHash('sha256');
  const out = openSync(target, 'wx', 0o600);
  try {
    for (const piece of piecesOf(archive.descriptor, entry)) {
      hash.update(piece);
      for (let done = 0; done < piece.length; ) done += writeSync(out, piece, done);
    }
    fsyncSync(out);
  } finally {
    closeSync(out);
  }
  if (hash.digest('hex') !== sha256) throw damaged(archive.path, `in ${entry.name}`);
};

/** Makes what was renamed in a folder outlast a power cut. Windows has no such call and needs none. */
export const flushFolder = (folder: string): void => {
  if (process.platform === 'win32') return;
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
};

/** The folder of a file, flushed. */
export const flushFolderOf = (path: string): void => flushFolder(dirname(path));

/** Refuses to write over a file. */
export const existing = (path: string): StorageError =>
  new StorageError(
    'exists',
    `${path}: there is such a file already, and it is not overwritten; choose another name`,
  );
