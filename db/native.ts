/**
 * The one door to better-sqlite3. Its prebuilt binary needs Node-API 10; on an older runtime it loads and
 * then kills the process, so the version is looked at before the library is touched.
 */
import { createRequire } from 'node:module';
import type Database from 'better-sqlite3';
import { StorageError } from './storage-error.ts';

/** An open SQLite connection. Stays inside `db/` (and its tests). */
export type Connection = Database.Database;

/** Node-API level that the prebuilt binaries of better-sqlite3 13 are built for. */
const REQUIRED_NAPI = 10;

/** Why this runtime cannot load the database engine, in one line; null when it can. */
export const runtimeProblem = (versions: Readonly<Record<string, string | undefined>>): string | null =>
  Number(versions.napi ?? 0) >= REQUIRED_NAPI
    ? null
    : `Chairside needs Node 24 (Node-API ${REQUIRED_NAPI}); this is Node ${versions.node ?? 'unknown'} (Node-API ${versions.napi ?? 'unknown'}): start it through "npm start" or "npm run chairside", which bring the right one`;

/** @throws StorageError `wrong-node` when this runtime cannot load the database engine. */
export const requireRuntime = (): void => {
  const problem = runtimeProblem(process.versions);
  if (problem !== null) throw new StorageError('wrong-node', problem);
};

/**
 * Opens a connection and nothing else.
 * @throws StorageError `wrong-node`; the library's own errors otherwise.
 */
export const connect = (
  path: string,
  options: { readonly readonly?: boolean; readonly timeout?: number } = {},
): Connection => {
  requireRuntime();
  // Resolved at run time, after the check, and left alone by bundlers.
  const library: typeof Database = createRequire(import.meta.url)('better-sqlite3');
  return new library(path, options);
};
