import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { epochMs } from '../../core/time.ts';
import { openConnection } from '../../db/connection.ts';
import { APPLICATION_ID, migrate, SCHEMA_VERSION } from '../../db/migrate.ts';
import { initial } from '../../db/migrations/0001-initial.ts';
import { MIGRATIONS } from '../../db/migrations/index.ts';
import { type Connection, connect, runtimeProblem } from '../../db/native.ts';
import { databaseOn, openDatabase, StorageError } from '../../db/open.ts';
import { sessionEventStore } from '../../db/session-events.ts';
import { stationLog } from '../../db/station-log.ts';
import {
  alarm,
  event,
  frame,
  moved,
  note,
  opened,
  openSession,
  readClockWall,
  SESSION,
  START,
  temporaryFolder,
  thrownBy,
  value,
} from './samples.ts';

const codeOf = (error: unknown) => (error instanceof StorageError ? error.code : error);
const refusal = (path: string, kind: 'live' | 'simulated' = 'live', readonly = false) => {
  const error = thrownBy(() => openDatabase(path, { kind, readClockWall, readonly }));
  if (!(error instanceof StorageError)) throw error;
  expect(error.message).not.toContain('\n');
  return error;
};
const rawOn = (path: string): Connection => {
  const raw = connect(path);
  onTestFinished(() => {
    raw.close();
  });
  return raw;
};

/** What version 1 left behind: a file that only the first migration made, with a session in it. */
const versionOne = (path: string): void => {
  const raw = rawOn(path);
  raw.pragma('journal_mode = WAL');
  migrate(raw, path, epochMs(START), [initial]);
  raw.exec(`INSERT INTO meta (key, value) VALUES ('kind', 'live')`);
  // Only what version 1 had: the stores of later versions want their tables.
  const events = sessionEventStore(raw, 'live', stationLog(raw));
  openSession({ appendEvents: events.append }, SESSION, [
    moved('intake', 'baseline'),
    note('from version 1'),
  ]);
  raw.close();
};

describe('a fresh database', () => {
  test('is made with its folder, for this user only, and marked as ours', () => {
    const path = join(temporaryFolder(), 'new', 'chairside.db');
    opened(path).close();
    const raw = rawOn(path);
    expect(raw.pragma('application_id', { simple: true })).toBe(APPLICATION_ID);
    expect(raw.pragma('user_version', { simple: true })).toBe(SCHEMA_VERSION);
    expect(raw.pragma('journal_mode', { simple: true })).toBe('wal');
    if (process.platform !== 'win32') {
      expect(statSync(path).mode & 0o077).toBe(0);
      expect(statSync(join(path, '..')).mode & 0o077).toBe(0);
    }
  });

  test('is also made from an empty file, as a crash in the first instant leaves it', () => {
    const path = join(temporaryFolder(), 'chairside.db');
    writeFileSync(path, '');
    const db = opened(path);
    openSession(db);
    expect(db.verify().ok).toBe(true);
  });

  test('gives back everything after it was closed, however often', () => {
    const path = join(temporaryFolder(), 'chairside.db');
    const first = opened(path);
    openSession(first);
    first.close();
    first.close();
    const second = opened(path);
    second.appendEvents([event(2, note('next day'))]);
    expect(second.eventsOf(SESSION)).toHaveLength(2);
  });

  test('is written with a flush at every commit, with foreign keys on', () => {
    const path = join(temporaryFolder(), 'chairside.db');
    const connection = openConnection(path, { kind: 'live', readClockWall });
    onTestFinished(() => {
      connection.close();
    });
    const settings = ['synchronous', 'journal_mode', 'foreign_keys', 'trusted_schema'].map((name) =>
      connection.pragma(name, { simple: true }),
    );
    expect(settings).toEqual([2, 'wal', 1, 0]); // 2 is FULL
  });
});

describe('migrations', () => {
  test('are numbered without gaps', () => {
    expect(MIGRATIONS.map(({ version }) => version)).toEqual(MIGRATIONS.map((_, index) => index + 1));
  });

  test('bring a database of the previous version up to date, keep its record and leave a copy', () => {
    const folder = temporaryFolder();
    const path = join(folder, 'chairside.db');
    versionOne(path);
    const db = opened(path);
    db.appendEvents([event(4, note('from version 2'))]);
    expect(db.eventsOf(SESSION).map(({ body }) => body.type)).toEqual([
      'session-opened',
      'phase-changed',
      'note-added',
      'note-added',
    ]);
    expect(db.verify()).toMatchObject({ ok: true, schemaVersion: SCHEMA_VERSION });
    const copies = readdirSync(folder).filter((name) => name.endsWith('.backup'));
    expect(copies).toEqual([`chairside.db.schema-1.${START}.backup`]);
    const copy = rawOn(join(folder, copies[0] ?? ''));
    expect(copy.pragma('user_version', { simple: true })).toBe(1);
    expect(copy.pragma('application_id', { simple: true })).toBe(APPLICATION_ID);
    expect(copy.prepare('SELECT count(*) AS events FROM session_event').get()).toEqual({ events: 3 });
  });

  test('give the alarms of an older record a log to be read from', () => {
    const path = join(temporaryFolder(), 'chairside.db');
    versionOne(path);
    opened(path).appendEvents([event(4, alarm('raised')), event(5, alarm('cleared', 'medium'))]);
    const log = rawOn(path).prepare(
      'SELECT change, condition_id, priority, value, limit_value, onset_wall_ms FROM alarm_log ORDER BY sequence',
    );
    const same = { condition_id: 'spo2-low-high-priority', value: 84, limit_value: 85, onset_wall_ms: START };
    expect(log.all()).toEqual([
      { change: 'raised', priority: 'high', ...same },
      { change: 'cleared', priority: 'medium', ...same },
    ]);
  });

  test('that fail leave the file at its version, with its record', () => {
    const path = join(temporaryFolder(), 'chairside.db');
    versionOne(path);
    const raw = rawOn(path);
    const broken = { version: 2, name: 'broken', sql: 'CREATE TABLE half (a); CREATE TABLE half (a);' };
    expect(() => migrate(raw, path, epochMs(START), [initial, broken])).toThrow(/already exists/);
    expect(raw.pragma('user_version', { simple: true })).toBe(1);
    expect(raw.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'half'`).get()).toBeUndefined();
    raw.close();
    expect(opened(path).eventsOf(SESSION)).toHaveLength(3);
  });

  test('are not for readers: an older file is left as it is', () => {
    const path = join(temporaryFolder(), 'chairside.db');
    versionOne(path);
    expect(refusal(path, 'live', true).code).toBe('older-version');
    expect(rawOn(path).pragma('user_version', { simple: true })).toBe(1);
  });
});

describe('a file that is not ours to write', () => {
  test('of a newer version is refused and not touched', () => {
    const folder = temporaryFolder();
    const path = join(folder, 'chairside.db');
    opened(path).close();
    const raw = rawOn(path);
    raw.pragma(`user_version = ${SCHEMA_VERSION + 1}`);
    raw.close();
    const before = readFileSync(path);
    for (const readonly of [false, true]) expect(refusal(path, 'live', readonly).code).toBe('newer-version');
    expect(refusal(path).message).toContain('update Chairside');
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(readdirSync(folder)).toEqual(['chairside.db']);
  });

  test.each([
    [
      'text',
      Buffer.from('patients: none, but long enough to be mistaken for a page of a database file. '.repeat(3)),
    ],
    ['a few bytes', Buffer.from('SQLite')],
  ])('that holds %s is refused and not touched', (_, bytes) => {
    const path = join(temporaryFolder(), 'chairside.db');
    writeFileSync(path, bytes);
    expect(refusal(path).code).toBe('not-a-database');
    expect(readFileSync(path).equals(bytes)).toBe(true);
  });

  test('of another program is refused and not touched', () => {
    const path = join(temporaryFolder(), 'chairside.db');
    const raw = rawOn(path);
    raw.exec('CREATE TABLE bookmark (url TEXT)');
    raw.close();
    const before = readFileSync(path);
    expect(refusal(path).code).toBe('not-a-database');
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  test('with simulated sessions is not opened as live, nor the other way round', () => {
    const folder = temporaryFolder();
    opened(join(folder, 'a.db'), 'simulated').close();
    opened(join(folder, 'b.db'), 'live').close();
    expect(refusal(join(folder, 'a.db'), 'live').code).toBe('wrong-kind');
    expect(refusal(join(folder, 'b.db'), 'simulated').message).toContain('holds live sessions');
  });

  test('that is damaged is reported as damaged', () => {
    const path = join(temporaryFolder(), 'chairside.db');
    opened(path).close();
    const bytes = readFileSync(path);
    bytes.fill(0xa5, 100, 4096);
    writeFileSync(path, bytes);
    expect(refusal(path).code).toBe('corrupt');
  });

  test('that does not exist is not made for a reader', () => {
    const path = join(temporaryFolder(), 'chairside.db');
    expect(refusal(path, 'live', true).code).toBe('io');
    expect(existsSync(path)).toBe(false);
  });

  test('whose place is a folder, or lies below a file, is an error of the place', () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'chairside.db'));
    writeFileSync(join(folder, 'file'), '');
    expect(refusal(join(folder, 'chairside.db')).code).toBe('io');
    expect(refusal(join(folder, 'file', 'chairside.db')).code).toBe('io');
  });
});

describe('a runtime without Node-API 10', () => {
  test('is told in one line what to do, before the engine is loaded', () => {
    expect(runtimeProblem({ node: '20.20.2', napi: '9' })).toMatch(
      /needs Node 24.*this is Node 20\.20\.2.*npm start/,
    );
    expect(runtimeProblem({ node: '18.0.0' })).not.toBeNull();
    expect(runtimeProblem({ node: '24.21.0', napi: '10' })).toBeNull();
    expect(runtimeProblem(process.versions)).toBeNull();
  });
});

describe('while it is open', () => {
  test('a reader beside the writer sees what is committed and may not write', () => {
    const path = join(temporaryFolder(), 'chairside.db');
    const writer = opened(path);
    openSession(writer);
    const reader = opened(path, 'live', true);
    expect(reader.eventsOf(SESSION)).toHaveLength(1);
    writer.appendEvents([event(2, note('x'))]);
    expect(reader.eventsOf(SESSION)).toHaveLength(2);
    expect(reader.verify().ok).toBe(true);
    expect(codeOf(thrownBy(() => reader.appendEvents([event(3, note('y'))])))).toBe('read-only');
  });

  test('a writer that another process keeps out says busy and has written nothing', () => {
    const path = join(temporaryFolder(), 'chairside.db');
    const db = opened(path);
    openSession(db);
    const other = rawOn(path);
    other.exec('BEGIN IMMEDIATE');
    const error = thrownBy(() => db.appendEvents([event(2, note('x'))]));
    expect(codeOf(error)).toBe('busy');
    other.exec('ROLLBACK');
    db.appendEvents([event(2, note('x'))]);
    expect(db.eventsOf(SESSION)).toHaveLength(2);
  });

  test('a full disk is said in one line, loses nothing, and writing goes on when there is room', () => {
    const path = join(temporaryFolder(), 'chairside.db');
    opened(path).close();
    const raw = rawOn(path);
    const db = databaseOn(raw, path, 'live');
    openSession(db);
    raw.pragma(`max_page_count = ${Number(raw.pragma('page_count', { simple: true })) + 3}`);
    let sequence = 1;
    const fill = () => {
      for (; sequence < 1000; sequence += 1) db.appendEvents([event(sequence + 1, note('x'.repeat(1500)))]);
    };
    const error = thrownBy(fill);
    expect(error).toMatchObject({ code: 'disk-full', message: expect.stringContaining('disk is full') });
    const numerics = Array.from({ length: 500 }, (_, ms) => frame(ms, [value('MDC_TEMP_BODY', 36.6, ms)]));
    expect(codeOf(thrownBy(() => db.writeNumerics(numerics)))).toBe('disk-full');
    expect(db.eventsOf(SESSION)).toHaveLength(sequence);
    expect(db.verify().ok).toBe(true);
    raw.pragma('max_page_count = 100000');
    db.appendEvents([event(sequence + 1, note('room again'))]);
    db.writeNumerics(numerics);
    expect(db.eventsOf(SESSION)).toHaveLength(sequence + 1);
    expect(db.verify().ok).toBe(true);
  });

  test('a checkpoint moves the log into the file', () => {
    const path = join(temporaryFolder(), 'chairside.db');
    const db = opened(path);
    openSession(
      db,
      SESSION,
      Array.from({ length: 200 }, () => note('x'.repeat(500))),
    );
    const before = statSync(path).size;
    db.checkpoint();
    expect(statSync(path).size).toBeGreaterThan(before);
  });
});

/** Permissions do not bind the superuser: then the attempt is made by a process of another user. */
describe.skipIf(process.platform === 'win32')('a place without permission', () => {
  const attempt = (path: string) => {
    const script = new URL('./open-attempt.ts', import.meta.url).pathname;
    const isRoot = process.getuid?.() === 0;
    const result = spawnSync(process.execPath, [script, path], {
      encoding: 'utf8',
      ...(isRoot ? { uid: 65_534, gid: 65_534 } : {}),
    });
    return result.stdout.trim() || result.stderr;
  };

  test('a read-only folder, a read-only file and a file of someone else are said as such', () => {
    const folder = temporaryFolder();
    const locked = join(folder, 'locked');
    mkdirSync(locked);
    const path = join(locked, 'chairside.db');
    opened(path).close();
    chmodSync(folder, 0o755);
    const open = join(folder, 'open');
    mkdirSync(open);
    chmodSync(open, 0o777);
    expect(attempt(join(open, 'new.db'))).toBe('opened');
    chmodSync(path, 0o444);
    chmodSync(locked, 0o555);
    onTestFinished(() => chmodSync(locked, 0o755));
    expect(attempt(join(locked, 'new.db'))).toBe('read-only');
    expect(attempt(path)).toBe('read-only');
    chmodSync(path, 0o000);
    expect(attempt(path)).toBe('read-only');
  });
});
