/**
 * A backup of a data folder, made while its station runs: SQLite's online backup of each database, checked, and
 * packed with a manifest into one file.
 */
import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdtempSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { EpochMs } from '../../core/time.ts';
import { openConnection } from '../connection.ts';
import type { DatabaseKind } from '../kind.ts';
import { schemaVersion } from '../migrate.ts';
import { asStorageError, StorageError } from '../storage-error.ts';
import { verifyDatabase } from '../verify.ts';
import { existing, flushFolderOf, hashOf } from './files.ts';
import {
  BACKUP_VERSION,
  type BackupManifest,
  type BackupPart,
  chainHeads,
  MANIFEST_NAME,
  MANIFEST_SEAL,
  manifestText,
  sealOf,
} from './manifest.ts';
import { readTar, type TarSource, writeTar } from './tar.ts';

/** What is put into a backup. */
export interface BackupSource {
  readonly databases: readonly { readonly kind: DatabaseKind; readonly path: string }[];
  /** The station's configuration; null: there is none. */
  readonly config: string | null;
}

export interface BackupStamp {
  readonly version: string;
  readonly now: EpochMs;
}

/**
 * Makes the backup at `target`, which is complete when this resolves and absent when it rejects.
 * @throws StorageError `exists`; `corrupt` when a database is not whole; `disk-full`, `read-only`, `io` …
 */
export const makeBackup = async (
  source: BackupSource,
  target: string,
  stamp: BackupStamp,
): Promise<BackupManifest> => {
  const out = resolve(target);
  try {
    if (existsSync(out)) throw existing(out);
    const scratch = mkdtempSync(`${out}.partial-`);
    try {
      const manifest = await pack(source, scratch, stamp);
      if (existsSync(out)) throw existing(out);
      renameSync(join(scratch, PACKED), out);
      flushFolderOf(out);
      return manifest;
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  } catch (error) {
    throw asStorageError(error, out);
  }
};

const PACKED = 'packed';

interface Piece {
  readonly part: BackupPart;
  readonly path: string;
}

const pack = async (source: BackupSource, scratch: string, stamp: BackupStamp): Promise<BackupManifest> => {
  const pieces: Piece[] = [];
  for (const { kind, path } of source.databases) {
    pieces.push(await copyDatabase(kind, path, join(scratch, basename(path)), stamp.now));
  }
  if (source.config !== null) pieces.push(copyConfig(source.config, scratch));
  const manifest: BackupManifest = {
    format: 'chairside-backup',
    version: BACKUP_VERSION,
    product: { name: 'Chairside', version: stamp.version },
    madeAt: new Date(stamp.now).toISOString(),
    parts: pieces.map(({ part }) => part),
  };
  const text = manifestText(manifest);
  const seal = sealOf(text);
  const asText = (name: string, content: string): TarSource => ({
    name,
    bytes: Buffer.byteLength(content),
    content: { kind: 'text', text: content },
  });
  const sources: readonly TarSource[] = [
    asText(MANIFEST_NAME, text),
    ...pieces.map(
      ({ part, path }): TarSource => ({
        name: part.name,
        bytes: part.bytes,
        content: { kind: 'file', path },
      }),
    ),
    asText(MANIFEST_SEAL, seal),
  ];
  const packed = join(scratch, PACKED);
  const descriptor = openSync(packed, 'wx+', 0o600);
  try {
    writeTar(descriptor, sources, Math.floor(stamp.now / 1000));
    fsyncSync(descriptor);
    // Read back what is on the disk: a backup that cannot be read is none.
    for (const [index, entry] of readTar(packed, descriptor).entries()) {
      const part = pieces[index - 1]?.part;
      if (part !== undefined && hashOf(descriptor, entry) !== part.sha256) {
        throw new StorageError('io', `${packed}: what was written reads back differently; check the disk`);
      }
    }
  } finally {
    closeSync(descriptor);
  }
  return manifest;
};

/** All pages at once: a copy in small steps begins anew whenever the station writes, and would never end. */
const ALL_PAGES = 0x7fff_ffff;

const copyDatabase = async (kind: DatabaseKind, path: string, copy: string, now: EpochMs): Promise<Piece> => {
  const readClockWall = () => now;
  const source = openConnection(path, { kind, readonly: true, readClockWall });
  try {
    await source.backup(copy, { progress: () => ALL_PAGES });
  } finally {
    source.close();
  }
  // One file without a log beside it; the station turns the log on again.
  const own = openConnection(copy, { kind, readClockWall });
  try {
    own.pragma('journal_mode = DELETE');
    const report = verifyDatabase(own, path, kind);
    if (!report.ok) {
      throw new StorageError(
        'corrupt',
        `${path}: the record is not whole, so no backup was made of it; run verify, and keep a copy of the folder as it is`,
      );
    }
    const { sessions, sessionEvents, stationEvents, registryEvents, signatures } = report;
    const version = schemaVersion(own);
    const heads = chainHeads(own);
    own.close();
    return {
      path: copy,
      part: {
        kind,
        ...measured(copy, basename(path)),
        schemaVersion: version,
        counts: { sessions, sessionEvents, stationEvents, registryEvents, signatures },
        heads,
      },
    };
  } finally {
    if (own.open) own.close();
  }
};

/** The station replaces its configuration by renaming, so a copy is always of one whole file. */
const copyConfig = (path: string, scratch: string): Piece => {
  const copy = join(scratch, basename(path));
  copyFileSync(path, copy);
  return { path: copy, part: { kind: 'config', ...measured(copy, basename(path)) } };
};

const measured = (path: string, name: string) => {
  const descriptor = openSync(path, 'r');
  try {
    const bytes = statSync(path).size;
    return { name, bytes, sha256: hashOf(descriptor, { name, bytes, offset: 0 }) };
  } finally {
    closeSync(descriptor);
  }
};
