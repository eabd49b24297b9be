/**
 * Puts a backup back into a data folder. Everything is checked before anything is touched; what was in the folder
 * stays beside under another name.
 */
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { EpochMs } from '../../core/time.ts';
import { openConnection } from '../connection.ts';
import { type Connection, connect } from '../native.ts';
import { acquireStationLock } from '../station-lock.ts';
import { guarded, StorageError } from '../storage-error.ts';
import { type OpenBackup, withBackup, withDatabases } from './check.ts';
import { extract, flushFolder } from './files.ts';
import { type BackupManifest, chainHeads } from './manifest.ts';
import { finishMoves, type Move, moveAll } from './moves.ts';

export interface RestoreOptions {
  /** Also when the folder holds what the backup does not. */
  readonly replace: boolean;
  readonly processId: number;
  readonly now: EpochMs;
}

export interface Restored {
  readonly manifest: BackupManifest;
  /** What was in the folder, under its new names. */
  readonly kept: readonly string[];
}

/**
 * @throws StorageError, with nothing changed: `bad-backup`, `newer-version`; `busy` while a station holds the folder;
 * `would-lose`; `disk-full`, `read-only`, `io`.
 */
export const restoreBackup = (file: string, dataDir: string, options: RestoreOptions): Restored => {
  const folder = resolve(dataDir);
  return withBackup(file, (backup) =>
    withDatabases(backup, options.now, (copies) =>
      guarded(folder, () => {
        const lock = acquireStationLock(folder, {
          processId: options.processId,
          readClockWall: () => options.now,
        });
        try {
          finishMoves(folder);
          if (!options.replace) refuseLoss(folder, backup, copies, options.now);
          return { manifest: backup.manifest, kept: putBack(folder, backup, options.now) };
        } finally {
          lock.release();
        }
      }),
    ),
  );
};

const putBack = (folder: string, backup: OpenBackup, now: EpochMs): readonly string[] => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const moves = backup.parts.map(
    ({ part: { name } }): Move => ({
      name,
      fresh: `${name}.restoring`,
      beside: freeName(
        folder,
        `${name}.before-restore-${new Date(now).toISOString().replaceAll(/[:.]/g, '-')}`,
      ),
    }),
  );
  const drafts = moves.map(({ fresh }) => join(folder, fresh));
  const clear = (): void => {
    for (const draft of drafts) rmSync(draft, { force: true }); // of a restore that was killed
  };
  clear();
  try {
    for (const { part, entry } of backup.parts) {
      extract(backup, entry, part.sha256, join(folder, `${part.name}.restoring`));
    }
    flushFolder(folder);
  } catch (error) {
    clear();
    throw error;
  }
  const kept = moves
    .filter(({ name }) => existsSync(join(folder, name)))
    .map(({ beside }) => join(folder, beside));
  moveAll(folder, moves);
  return kept;
};

const freeName = (folder: string, wanted: string): string => {
  let name = wanted;
  for (let count = 2; existsSync(join(folder, name)); count += 1) name = `${wanted}-${count}`;
  return name;
};

/** @throws StorageError `would-lose`, with what would be lost, when the folder holds what the backup does not. */
const refuseLoss = (
  folder: string,
  backup: OpenBackup,
  copies: ReadonlyMap<string, string>,
  now: EpochMs,
): void => {
  for (const { part } of backup.parts) {
    const path = join(folder, part.name);
    const copy = copies.get(part.name);
    if (part.kind === 'config' || copy === undefined || !existsSync(path)) continue;
    const saved = openConnection(copy, { kind: part.kind, readClockWall: () => now });
    try {
      const lost = lossOf(path, saved);
      if (lost === null) continue;
      throw new StorageError(
        'would-lose',
        `${path}: ${lost}; nothing was changed. With --replace it is restored all the same, and the old files stay beside`,
      );
    } finally {
      saved.close();
    }
  }
};

/** What is in the database at `path` and not in `saved`, in words; null: nothing. */
const lossOf = (path: string, saved: Connection): string | null => {
  let opened: Connection | null = null;
  try {
    const own = connect(path, { readonly: true });
    opened = own;
    const { sessions, registry } = chainHeads(own);
    const lost = sessions.filter(
      (session) => !holds(saved, session) || framesOf(own, session.id) > framesOf(saved, session.id),
    );
    const [first] = lost;
    if (first !== undefined) {
      return `the folder holds ${lost.length} session${lost.length === 1 ? '' : 's'} that the backup does not, or not wholly (the first: ${first.id})`;
    }
    const entry = saved.prepare<[number], { hash: string }>(
      'SELECT hash FROM registry_event WHERE sequence = ?',
    );
    const isRegisterLost = registry !== null && entry.get(registry.sequence)?.hash !== registry.hash;
    return isRegisterLost
      ? 'the register of people and patients has entries that the backup does not have'
      : null;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    return `the database in the folder cannot be read (${error.message}), so nobody can say what would be lost`;
  } finally {
    opened?.close();
  }
};

const holds = (
  saved: Connection,
  { id, sequence, hash }: { readonly id: string; readonly sequence: number; readonly hash: string },
): boolean =>
  saved
    .prepare<[string, number], { hash: string }>(
      'SELECT hash FROM session_event WHERE session_id = ? AND sequence = ?',
    )
    .get(id, sequence)?.hash === hash;

const framesOf = (connection: Connection, id: string): number =>
  connection
    .prepare<[string], { count: number }>(
      `SELECT count(*) AS count FROM numeric_frame
       WHERE session_key = (SELECT session_key FROM session WHERE id = ?)`,
    )
    .get(id)?.count ?? 0;
