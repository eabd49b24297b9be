import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { monitorId, sessionId } from '../../core/ids.ts';
import { canonicalJson } from '../../db/canonical.ts';
import { entryHash, GENESIS_HASH } from '../../db/chain.ts';
import { type Connection, connect } from '../../db/native.ts';
import {
  at,
  event,
  frame,
  moved,
  note,
  opened,
  openedBody,
  openSession,
  SESSION,
  temporaryFolder,
  value,
} from './samples.ts';
import { tamper } from './tamper.ts';

const APPEND_ONLY = [
  'meta',
  'validity',
  'session',
  'monitor',
  'session_event',
  'station_event',
  'numeric_frame',
  'nibp_reading',
  'wave_block',
];

/** A record with one of everything: s-1 with five entries, closed; s-2 with two, open. */
const record = () => {
  const path = join(temporaryFolder(), 'chairside.db');
  const db = opened(path);
  openSession(db, SESSION, [
    moved('intake', 'baseline'),
    note('slept badly'),
    moved('baseline', 'cancelled'),
    note('left'),
  ]);
  openSession(db, sessionId('s-2'), [note('calm')]);
  db.writeNumerics([
    frame(0, [
      value('MDC_PULS_OXIM_SAT_O2', 97, 0),
      value('MDC_PRESS_BLD_NONINV_SYS', 140, 0),
      value('MDC_PRESS_BLD_NONINV_DIA', 80, 0),
    ]),
  ]);
  db.writeWaves([
    {
      sessionId: SESSION,
      monitorId: monitorId('m-1'),
      block: {
        wave: 'MDC_PULS_OXIM_PLETH',
        unit: '1',
        periodMs: 16,
        samples: [0, 0.5, null],
        range: { low: 0, high: 1 },
        receivedAt: at(0),
        isAfterGap: true,
      },
    },
  ]);
  db.appendStationEvent({ at: at(0), by: 'station', body: { type: 'station-stopped' } });
  db.close();
  return path;
};

const rawOn = (path: string): Connection => {
  const raw = connect(path);
  onTestFinished(() => {
    raw.close();
  });
  return raw;
};

const broken = (path: string) => {
  const report = opened(path).verify();
  expect(report.ok).toBe(report.broken.length === 0 && report.problems.length === 0);
  return report.broken.map(({ record: of, sessionId: id, sequence, reason }) => [of, id, sequence, reason]);
};

describe('an untouched record', () => {
  test('verifies, with what it holds', () => {
    expect(opened(record()).verify()).toMatchObject({
      ok: true,
      kind: 'live',
      sessions: 2,
      sessionEvents: 7,
      stationEvents: 4,
      problems: [],
      broken: [],
    });
  });

  test.each(APPEND_ONLY)('refuses to change or delete rows of %s, also by replacing them', (table) => {
    const raw = rawOn(record());
    const before = raw.prepare(`SELECT * FROM ${table}`).all();
    const [column] = raw.prepare<[], { name: string }>(`PRAGMA table_info(${table})`).all();
    expect(before.length).toBeGreaterThan(0);
    expect(() => raw.exec(`UPDATE ${table} SET ${column?.name} = ${column?.name}`)).toThrow(/append-only/);
    expect(() => raw.exec(`DELETE FROM ${table}`)).toThrow(/append-only/);
    if (table !== 'validity') {
      expect(() => raw.exec(`INSERT OR REPLACE INTO ${table} SELECT * FROM ${table}`)).toThrow(/append-only/);
    }
    expect(raw.prepare(`SELECT * FROM ${table}`).all()).toEqual(before);
  });
});

describe('a record that was tampered with names the first broken entry', () => {
  test.each([
    [
      'one letter of a note',
      `UPDATE session_event SET body = replace(body, 'badly', 'sadly')`,
      's-1',
      3,
      /hash/,
    ],
    [
      'a blank in a body',
      `UPDATE session_event SET body = body || ' ' WHERE id = 's-1/e-2'`,
      's-1',
      2,
      /body/,
    ],
    ['the hand', `UPDATE session_event SET by = 'somebody' WHERE id = 's-1/e-4'`, 's-1', 4, /hash/],
    ['the time', `UPDATE session_event SET wall_ms = wall_ms + 1 WHERE id = 's-1/e-1'`, 's-1', 1, /hash/],
    ['the monotonic time', `UPDATE session_event SET mono_ms = 0 WHERE id = 's-1/e-1'`, 's-1', 1, /hash/],
    ['the type', `UPDATE session_event SET type = 'alarm' WHERE id = 's-1/e-2'`, 's-1', 2, /type/],
    ['the id', `UPDATE session_event SET id = 'x' WHERE id = 's-1/e-2'`, 's-1', 2, /hash/],
    ['a hash', `UPDATE session_event SET hash = '${'0'.repeat(64)}' WHERE id = 's-1/e-2'`, 's-1', 2, /hash/],
    ['an entry taken out', `DELETE FROM session_event WHERE id = 's-1/e-3'`, 's-1', 4, /entry 3 is missing/],
    ['the end cut off', `DELETE FROM session_event WHERE id IN ('s-1/e-4', 's-1/e-5')`, 's-1', 4, /removed/],
    [
      'a session taken out',
      `DELETE FROM session_event WHERE session_id = 's-2'; DELETE FROM session WHERE id = 's-2'`,
      's-2',
      1,
      /removed/,
    ],
    [
      'an entry moved to another session',
      `UPDATE session_event SET session_id = 's-2', sequence = 3 WHERE id = 's-1/e-5'`,
      's-2',
      3,
      /does not follow/,
    ],
  ])('%s', (_, sql, session, sequence, reason) => {
    const path = record();
    tamper(path, sql);
    expect(broken(path)).toEqual([['session', session, sequence, expect.stringMatching(reason)]]);
  });

  test('an entry rewritten with a hash that fits breaks the next one', () => {
    const path = record();
    const body = canonicalJson(note('slept well'));
    const raw = rawOn(path);
    const previous = raw
      .prepare<[], { hash: string }>(`SELECT hash FROM session_event WHERE id = 's-1/e-2'`)
      .get();
    raw.close();
    const hash = entryHash(previous?.hash ?? '', {
      chain: 'session:s-1',
      ...{ sequence: 3, id: 's-1/e-3', at: at(3000), by: 'N. Okafor', body: note('slept well') },
    });
    tamper(path, `UPDATE session_event SET body = '${body}', hash = '${hash}' WHERE id = 's-1/e-3'`);
    expect(broken(path)).toEqual([['session', 's-1', 4, 'does not follow the entry before it']]);
  });

  test("the station's record", () => {
    const path = record();
    tamper(path, `UPDATE station_event SET by = 'x' WHERE sequence = 4`);
    expect(broken(path)).toEqual([['station', null, 4, 'its content does not match its hash']]);
  });

  test('every broken session, not only the first', () => {
    const path = record();
    tamper(path, `UPDATE session_event SET by = 'x' WHERE sequence = 2`);
    expect(broken(path).map(([, id, sequence]) => [id, sequence])).toEqual([
      ['s-1', 2],
      ['s-2', 2],
    ]);
  });

  test('a session that the station never recorded', () => {
    const path = record();
    const smuggled = event(1, openedBody(), sessionId('s-9'));
    const hash = entryHash(GENESIS_HASH, {
      chain: 'session:s-9',
      ...{ sequence: 1, id: smuggled.id, at: smuggled.at, by: smuggled.by, body: smuggled.body },
    });
    const raw = rawOn(path);
    raw.exec(`INSERT INTO session (id) VALUES ('s-9')`);
    raw
      .prepare(
        `INSERT INTO session_event (id, session_id, sequence, wall_ms, mono_ms, by, type, body, previous_hash, hash)
         VALUES (?, 's-9', 1, ?, ?, ?, 'session-opened', ?, ?, ?)`,
      )
      .run(
        smuggled.id,
        smuggled.at.wall,
        smuggled.at.mono,
        smuggled.by,
        canonicalJson(smuggled.body),
        GENESIS_HASH,
        hash,
      );
    raw.close();
    expect(broken(path)).toEqual([['session', 's-9', 1, 'the station never recorded this session']]);
  });

  test('a rule of the schema that was taken away', () => {
    const path = record();
    const raw = rawOn(path);
    raw.exec('DROP TRIGGER session_event_no_update');
    raw.close();
    const report = opened(path).verify();
    expect(report).toMatchObject({ ok: false, broken: [] });
    expect(report.problems).toEqual(['the schema was changed: trigger session_event_no_update is missing']);
  });

  test('a flipped byte of the file, wherever the text of a note lies', () => {
    const path = record();
    const bytes = readFileSync(path);
    const place = bytes.indexOf('slept badly');
    expect(place).toBeGreaterThan(0);
    bytes.writeUInt8(bytes.readUInt8(place) ^ 0x01, place);
    writeFileSync(path, bytes);
    expect(broken(path)).toEqual([['session', 's-1', 3, 'its content does not match its hash']]);
  });

  test('a page of the file that was overwritten is reported, not thrown', () => {
    const path = record();
    const bytes = readFileSync(path);
    const page = Math.floor(bytes.indexOf('slept badly') / 4096);
    bytes.fill(0xff, page * 4096, (page + 1) * 4096);
    writeFileSync(path, bytes);
    const report = opened(path).verify();
    expect(report.ok).toBe(false);
    expect(report.problems.length).toBeGreaterThan(0);
  });
});

describe('canonical JSON', () => {
  const shuffled = (json: unknown): unknown => {
    if (Array.isArray(json)) return json.map(shuffled);
    if (typeof json !== 'object' || json === null) return json;
    return Object.fromEntries(
      Object.entries(json)
        .reverse()
        .map(([key, member]) => [key, shuffled(member)]),
    );
  };

  test('does not depend on the order in which an object was built, and survives being read back', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        const text = canonicalJson(json);
        expect(canonicalJson(shuffled(json))).toBe(text);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
      }),
      { numRuns: 300 },
    );
  });

  test('is pinned: sorted keys, no blanks, shortest numbers (RFC 8785, section 3.2)', () => {
    expect(
      canonicalJson({ b: [1e30, 4.5, 2e-3, 1e-27], a: { '€': null, '\r': true, '1': 'ü"' }, u: undefined }),
    ).toBe('{"a":{"\\r":true,"1":"ü\\"","€":null},"b":[1e+30,4.5,0.002,1e-27]}');
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, () => 1, 1n, [undefined]])('refuses %s', (value) => {
    expect(() => canonicalJson({ value })).toThrow(TypeError);
  });

  test('and the hash of an entry is pinned, so that old records verify for ever', () => {
    const content = { chain: 'session:s-1', sequence: 1, id: 'e', at: at(0), by: 'N', body: note('x') };
    expect(entryHash(GENESIS_HASH, content)).toBe(
      // Computed apart from this code: SHA-256 of the sorted, blank-free JSON.
      '88697d571522b5d9e02a3563b3f93988f5f524a50da0801ba2b3f17f9cbbe728',
    );
    expect(entryHash('f'.repeat(64), content)).not.toBe(entryHash(GENESIS_HASH, content));
  });
});
