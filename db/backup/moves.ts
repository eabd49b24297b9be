/**
 * The last step of a restore: files change places. What is to be moved is written down and flushed first, so that a
 * restore that was killed half-way is finished by whoever comes next, and no station ever starts on half of it.
 */
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { flushFolder } from './files.ts';

/** The list of moves in a data folder; there only while a restore is in its last step. */
export const MOVES_FILE = 'restore-moves.json';

/** The old file goes beside, the new one takes its place. */
export interface Move {
  readonly name: string;
  /** The new content, complete and flushed; a name in the folder. */
  readonly fresh: string;
  /** What the old one is called from now on. */
  readonly beside: string;
}

/** Files that SQLite keeps beside a database: they go where it goes. */
const COMPANIONS = ['-wal', '-shm', '-journal'] as const;

/** Writes the list down, then moves. */
export const moveAll = (folder: string, moves: readonly Move[]): void => {
  const draft = join(folder, `${MOVES_FILE}.new`);
  const descriptor = openSync(draft, 'w', 0o600);
  try {
    writeSync(descriptor, JSON.stringify(moves));
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(draft, join(folder, MOVES_FILE));
  flushFolder(folder);
  finishMoves(folder);
};

/**
 * Finishes a restore that was interrupted in its last step. Nothing to do in a folder without one.
 * @returns true when there was one. The caller holds the folder's lock.
 */
export const finishMoves = (folder: string): boolean => {
  const list = join(folder, MOVES_FILE);
  if (!existsSync(list)) return false;
  const moves = JSON.parse(readFileSync(list, 'utf8')) as readonly Move[]; // written whole by `moveAll`
  for (const { name, fresh, beside } of moves) {
    const [old, next, kept] = [join(folder, name), join(folder, fresh), join(folder, beside)];
    if (!existsSync(next)) continue; // this one was done before
    for (const end of COMPANIONS) {
      if (existsSync(`${old}${end}`)) renameSync(`${old}${end}`, `${kept}${end}`);
    }
    if (existsSync(old)) renameSync(old, kept);
    renameSync(next, old);
  }
  flushFolder(folder);
  rmSync(list);
  flushFolder(folder);
  return true;
};
