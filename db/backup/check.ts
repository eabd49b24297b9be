/** Is a backup whole? Every byte of it, then every database in it, as `verify` would look at it. */
import { closeSync, existsSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { EpochMs } from '../../core/time.ts';
import { openConnection } from '../connection.ts';
import { guarded, StorageError } from '../storage-error.ts';
import { type VerifyReport, verifyDatabase } from '../verify.ts';
import { extract, hashOf } from './files.ts';
import {
  type BackupManifest,
  type BackupPart,
  chainHeads,
  MANIFEST_NAME,
  MANIFEST_SEAL,
  parseManifest,
  sealOf,
} from './manifest.ts';
import { damaged, piecesOf, readTar, type TarEntry } from './tar.ts';

/** A backup that was opened and whose bytes are as its manifest says. */
export interface OpenBackup {
  readonly path: string;
  readonly descriptor: number;
  readonly manifest: BackupManifest;
  readonly parts: readonly { readonly part: BackupPart; readonly entry: TarEntry }[];
}

/**
 * Opens a backup, checks every byte of it, and closes it after `use`.
 * @throws StorageError `bad-backup`, `newer-version`, `io`.
 */
export const withBackup = <T>(file: string, use: (backup: OpenBackup) => T): T => {
  const path = resolve(file);
  return guarded(path, () => {
    if (!existsSync(path)) throw new StorageError('io', `${path}: there is no such backup`);
    const descriptor = openSync(path, 'r');
    try {
      return use(openBackup(path, descriptor));
    } finally {
      closeSync(descriptor);
    }
  });
};

const openBackup = (path: string, descriptor: number): OpenBackup => {
  const entries = readTar(path, descriptor);
  const [first, ...rest] = entries;
  const last = rest.pop();
  if (first?.name !== MANIFEST_NAME || last?.name !== MANIFEST_SEAL)
    throw damaged(path, 'in its list of files');
  const textOf = (entry: TarEntry): string =>
    Buffer.concat([...piecesOf(descriptor, entry)]).toString('utf8');
  const text = textOf(first);
  if (sealOf(text) !== textOf(last)) throw damaged(path, 'in its manifest');
  const manifest = parseManifest(path, text);
  if (rest.length !== manifest.parts.length) throw damaged(path, 'in its list of files');
  const parts = manifest.parts.map((part, index) => {
    const entry = rest[index];
    if (entry === undefined || entry.name !== part.name || entry.bytes !== part.bytes) {
      throw damaged(path, 'in its list of files');
    }
    if (hashOf(descriptor, entry) !== part.sha256) throw damaged(path, `in ${part.name}`);
    return { part, entry };
  });
  return { path, descriptor, manifest, parts };
};

/**
 * Unpacks every database into a folder of its own, opens it there (an older schema is brought up to date in the copy),
 * checks the record, and gives the copies to `use`; then the folder goes.
 * @throws StorageError `bad-backup` when a record in it is not whole; `newer-version`.
 */
export const withDatabases = <T>(
  backup: OpenBackup,
  now: EpochMs,
  use: (copies: ReadonlyMap<string, string>, reports: readonly VerifyReport[]) => T,
): T => {
  const scratch = mkdtempSync(join(tmpdir(), 'chairside-backup-'));
  try {
    const copies = new Map<string, string>();
    const reports: VerifyReport[] = [];
    for (const { part, entry } of backup.parts) {
      if (part.kind === 'config') continue;
      const copy = join(scratch, part.name);
      extract(backup, entry, part.sha256, copy);
      const connection = openConnection(copy, { kind: part.kind, readClockWall: () => now });
      try {
        const report = verifyDatabase(connection, `${backup.path}: ${part.name}`, part.kind);
        const isAsTold = JSON.stringify(chainHeads(connection)) === JSON.stringify(part.heads);
        if (!report.ok || !isAsTold) throw damaged(backup.path, `in the record of ${part.name}`);
        reports.push(report);
      } finally {
        connection.close();
      }
      copies.set(part.name, copy);
    }
    return use(copies, reports);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
};

/** Checks a backup from end to end. @throws StorageError `bad-backup`, `newer-version`, `io`. */
export const checkBackup = (
  file: string,
  now: EpochMs,
): { readonly manifest: BackupManifest; readonly databases: readonly VerifyReport[] } =>
  withBackup(file, (backup) =>
    withDatabases(backup, now, (_, databases) => ({ manifest: backup.manifest, databases })),
  );
