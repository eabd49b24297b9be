/** What a backup says about itself: its first file, `manifest.json`, guarded by the last, `manifest.sha256`. */
import { createHash } from 'node:crypto';
import type { DatabaseKind } from '../kind.ts';
import { SCHEMA_VERSION } from '../migrate.ts';
import type { Connection } from '../native.ts';
import { StorageError } from '../storage-error.ts';

export const MANIFEST_NAME = 'manifest.json';
export const MANIFEST_SEAL = 'manifest.sha256';

/** The format of the backup itself; one that is newer is refused. */
export const BACKUP_VERSION = 1;

/** The last entry of a chain. */
export interface ChainHead {
  readonly sequence: number;
  readonly hash: string;
}

/** Every chain of a database: two databases with the same heads hold the same entries. */
export interface ChainHeads {
  /** Null: no entry. */
  readonly station: ChainHead | null;
  readonly registry: ChainHead | null;
  readonly sessions: readonly (ChainHead & { readonly id: string })[];
}

interface PartCommon {
  /** The file's name in the backup and in the data folder. */
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

export type BackupPart =
  | (PartCommon & {
      readonly kind: DatabaseKind;
      readonly schemaVersion: number;
      readonly counts: {
        readonly sessions: number;
        readonly sessionEvents: number;
        readonly stationEvents: number;
        readonly registryEvents: number;
        readonly signatures: number;
      };
      readonly heads: ChainHeads;
    })
  | (PartCommon & { readonly kind: 'config' });

export interface BackupManifest {
  readonly format: 'chairside-backup';
  readonly version: number;
  readonly product: { readonly name: 'Chairside'; readonly version: string };
  /** ISO 8601, UTC. */
  readonly madeAt: string;
  readonly parts: readonly BackupPart[];
}

export const manifestText = (manifest: BackupManifest): string => `${JSON.stringify(manifest, null, 2)}\n`;

/** What guards the manifest, as `sha256sum` writes it. */
export const sealOf = (text: string): string =>
  `${createHash('sha256').update(text, 'utf8').digest('hex')}  ${MANIFEST_NAME}\n`;

/**
 * Reads a manifest whose seal was checked: what is in it was written by a Chairside.
 * @throws StorageError `bad-backup`, `newer-version`.
 */
export const parseManifest = (path: string, text: string): BackupManifest => {
  const strange = new StorageError(
    'bad-backup',
    `${path}: this is not a backup of Chairside; nothing was changed`,
  );
  const value: unknown = parsed(text);
  if (!isObject(value) || value.format !== 'chairside-backup' || !Array.isArray(value.parts)) throw strange;
  if (typeof value.version !== 'number' || value.version > BACKUP_VERSION) {
    throw new StorageError(
      'newer-version',
      `${path}: the backup was made by a newer Chairside (format ${String(value.version)}, this one knows ${BACKUP_VERSION}); update Chairside, nothing was changed`,
    );
  }
  const manifest = value as unknown as BackupManifest; // sealed: as `manifestText` wrote it
  for (const part of manifest.parts) {
    if (part.kind === 'config' || part.schemaVersion <= SCHEMA_VERSION) continue;
    throw new StorageError(
      'newer-version',
      `${path}: ${part.name} in the backup was written by a newer Chairside (schema ${part.schemaVersion}, this one knows ${SCHEMA_VERSION}); update Chairside, nothing was changed`,
    );
  }
  return manifest;
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null; // said by the caller
    throw error;
  }
};

/** The heads of every chain in a database. */
export const chainHeads = (connection: Connection): ChainHeads => ({
  station: headOf(connection, 'station_event'),
  registry: headOf(connection, 'registry_event'),
  sessions: connection
    .prepare<[], ChainHead & { readonly id: string }>(
      `SELECT session_id AS id, sequence, hash FROM session_event AS entry
       WHERE sequence = (SELECT max(sequence) FROM session_event WHERE session_id = entry.session_id)
       ORDER BY session_id`,
    )
    .all(),
});

/** Null as well where a database of an older schema has no such table. */
const headOf = (connection: Connection, table: 'station_event' | 'registry_event'): ChainHead | null => {
  const exists = connection.prepare<[string]>('SELECT 1 FROM sqlite_schema WHERE name = ?').get(table);
  if (exists === undefined) return null;
  return (
    connection
      .prepare<[], ChainHead>(`SELECT sequence, hash FROM ${table} ORDER BY sequence DESC LIMIT 1`)
      .get() ?? null
  );
};
