/**
 * Is the record whole? The file (SQLite's own check), the schema (nobody took a trigger away), each session's
 * chain, the station's chain, and that the station's record and the sessions name each other.
 */
import { type ChainBreak, type ChainRow, firstBreak } from './chain.ts';
import type { DatabaseKind } from './kind.ts';
import { schemaVersion } from './migrate.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { type Connection, connect } from './native.ts';
import { recordDigest } from './record-digest.ts';
import { REGISTRY_CHAIN, REGISTRY_ROWS } from './registry.ts';
import { SESSION_ROWS, sessionChain } from './session-events.ts';
import { STATION_CHAIN, STATION_ROWS } from './station-log.ts';
import { asStorageError, StorageError } from './storage-error.ts';
import { brokenSignatures, signedBy } from './verify-signatures.ts';

/** The first entry of one record that does not fit. */
export interface BrokenEntry extends ChainBreak {
  readonly record: 'session' | 'station' | 'registry';
  /** Null for the station's record and the register. */
  readonly sessionId: string | null;
}

export interface VerifyReport {
  readonly ok: boolean;
  readonly path: string;
  readonly kind: DatabaseKind;
  readonly schemaVersion: number;
  readonly sessions: number;
  readonly sessionEvents: number;
  readonly stationEvents: number;
  readonly registryEvents: number;
  readonly signatures: number;
  /** Damage to the file or its schema, in words; empty when there is none. */
  readonly problems: readonly string[];
  /** The first broken entry of each broken record; empty when all chains hold. */
  readonly broken: readonly BrokenEntry[];
}

/** Checks everything. Damage is reported, not thrown. @throws StorageError `busy`, `io`. */
export const verifyDatabase = (connection: Connection, path: string, kind: DatabaseKind): VerifyReport => {
  const check = (): VerifyReport => {
    const problems = [...collect(path, () => fileProblems(connection))];
    const counts = { sessions: 0, sessionEvents: 0, stationEvents: 0, registryEvents: 0, signatures: 0 };
    const broken: BrokenEntry[] = [];
    problems.push(
      ...collect(path, () => {
        const ids = sessionIds(connection);
        const rowsOf = connection.prepare<[string], ChainRow>(
          `${SESSION_ROWS} WHERE session_id = ? ORDER BY sequence`,
        );
        const hashes = new Map<string, readonly string[]>();
        for (const id of ids) {
          const rows = rowsOf.all(id);
          counts.sessions += 1;
          counts.sessionEvents += rows.length;
          hashes.set(
            id,
            rows.map((row) => row.hash),
          );
          const broke = firstBreak(sessionChain(id), rows);
          counts.signatures += rows.filter((row) => row.type === 'record-signed').length;
          if (broke !== null) {
            const reason = `${broke.reason}${signedBy(rows, broke.sequence)}`;
            broken.push({ record: 'session', sessionId: id, ...broke, reason });
          } else {
            const spoiled = brokenSignatures(id, rows, recordDigest(connection));
            broken.push(
              ...spoiled.map((item): BrokenEntry => ({ record: 'session', sessionId: id, ...item })),
            );
          }
        }
        const stationRows = connection.prepare<[], ChainRow>(`${STATION_ROWS} ORDER BY sequence`).all();
        counts.stationEvents = stationRows.length;
        const broke = firstBreak(STATION_CHAIN, stationRows);
        if (broke !== null) broken.push({ record: 'station', sessionId: null, ...broke });
        else broken.push(...crossCheck(stationRows, hashes, new Set(broken.map((entry) => entry.sessionId))));
        broken.push(...registryBreaks(connection, stationRows, counts));
        return [];
      }),
    );
    return {
      ok: problems.length === 0 && broken.length === 0,
      path,
      kind,
      schemaVersion: schemaVersion(connection),
      ...counts,
      problems,
      broken,
    };
  };
  // One read transaction, so that a station that writes meanwhile does not look like damage.
  connection.exec('BEGIN');
  try {
    return check();
  } finally {
    if (connection.inTransaction) connection.exec('ROLLBACK');
  }
};

/** Runs a check; damage that SQLite throws becomes a line of the report. */
const collect = (path: string, check: () => readonly string[]): readonly string[] => {
  try {
    return check();
  } catch (error) {
    const known = asStorageError(error, path);
    if (known instanceof StorageError && ['corrupt', 'not-a-database'].includes(known.code))
      return [known.message];
    throw error;
  }
};

/** The register's chain, and that it goes as far as the station's record says it went. */
const registryBreaks = (
  connection: Connection,
  stationRows: readonly ChainRow[],
  counts: { registryEvents: number },
): readonly BrokenEntry[] => {
  const rows = connection.prepare<[], ChainRow>(`${REGISTRY_ROWS} ORDER BY sequence`).all();
  counts.registryEvents = rows.length;
  const broke = firstBreak(REGISTRY_CHAIN, rows);
  if (broke !== null) return [{ record: 'registry', sessionId: null, ...broke }];
  for (const row of stationRows) {
    if (row.type !== 'registry-reached') continue;
    const reached = JSON.parse(row.body) as { sequence: number; hash: string };
    if (rows[reached.sequence - 1]?.hash === reached.hash) continue;
    const reason = 'is not the entry that the station recorded (removed or replaced)';
    return [{ record: 'registry', sessionId: null, sequence: reached.sequence, id: null, reason }];
  }
  return [];
};

const sessionIds = (connection: Connection): readonly string[] =>
  connection
    .prepare<[], { id: string }>(
      'SELECT id FROM session UNION SELECT session_id FROM session_event ORDER BY 1',
    )
    .all()
    .map((row) => row.id);

const fileProblems = (connection: Connection): readonly string[] => {
  const integrity = connection.prepare<[], { integrity_check: string }>('PRAGMA integrity_check(10)').all();
  const orphans = connection.prepare<[], { table: string }>('PRAGMA foreign_key_check').all();
  return [
    ...integrity.map((row) => row.integrity_check).filter((line) => line !== 'ok'),
    ...new Set(orphans.map((row) => `${row.table} has rows that belong to nothing`)),
    ...schemaProblems(connection),
  ];
};

interface SchemaRow {
  readonly type: string;
  readonly name: string;
  readonly sql: string | null;
}

/** The file's schema against the one that its migrations make. */
const schemaProblems = (connection: Connection): readonly string[] => {
  const version = schemaVersion(connection);
  const fresh = connect(':memory:');
  try {
    for (const migration of MIGRATIONS) if (migration.version <= version) fresh.exec(migration.sql);
    const expected = schemaOf(fresh);
    const found = schemaOf(connection);
    return [...new Set([...expected.keys(), ...found.keys()])]
      .filter((name) => expected.get(name) !== found.get(name))
      .map(
        (name) => `the schema was changed: ${name} is ${found.has(name) ? 'not as it was made' : 'missing'}`,
      );
  } finally {
    fresh.close();
  }
};

const schemaOf = (connection: Connection): ReadonlyMap<string, string | null> =>
  new Map(
    connection
      .prepare<[], SchemaRow>(
        `SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_stat%' ESCAPE '\\'`,
      )
      .all()
      .map((row) => [`${row.type} ${row.name}`, row.sql]),
  );

/** What the station's record says about sessions, against the sessions that are there. */
const crossCheck = (
  stationRows: readonly ChainRow[],
  hashes: ReadonlyMap<string, readonly string[]>,
  alreadyBroken: ReadonlySet<string | null>,
): readonly BrokenEntry[] => {
  const broken: BrokenEntry[] = [];
  const begun = new Set<string>();
  const report = (sessionId: string, sequence: number, reason: string) => {
    if (!alreadyBroken.has(sessionId))
      broken.push({ record: 'session', sessionId, sequence, id: null, reason });
  };
  for (const row of stationRows) {
    const named = namedEntry(row);
    if (named === null) continue;
    begun.add(named.sessionId);
    if (hashes.get(named.sessionId)?.[named.sequence - 1] === named.hash) continue;
    report(
      named.sessionId,
      named.sequence,
      row.type === 'record-signed'
        ? 'is not the signature that the station recorded (removed, replaced, or the record rewritten around it)'
        : 'is not the entry that the station recorded (removed or replaced)',
    );
  }
  for (const id of hashes.keys())
    if (!begun.has(id)) report(id, 1, 'the station never recorded this session');
  return broken;
};

/** The session entry that a station entry vouches for; null for entries about other things. */
const namedEntry = (row: ChainRow): { sessionId: string; sequence: number; hash: string } | null => {
  if (!['session-begun', 'session-ended', 'record-signed'].includes(row.type)) return null;
  // The chain was checked before this: the body is as the database wrote it.
  const body = JSON.parse(row.body) as { sessionId: string; sequence?: number; hash: string };
  return { sessionId: body.sessionId, sequence: body.sequence ?? 1, hash: body.hash };
};
