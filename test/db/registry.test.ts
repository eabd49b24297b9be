import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { patientId, personId } from '../../core/ids.ts';
import type { SignatureMeaning, SignOffBody } from '../../core/record/sign-off.ts';
import { patientSubject, personSubject, type RegistryBody } from '../../core/registry/events.ts';
import { epochMs } from '../../core/time.ts';
import { migrate, SCHEMA_VERSION } from '../../db/migrate.ts';
import { MIGRATIONS } from '../../db/migrations/index.ts';
import { type Connection, connect } from '../../db/native.ts';
import { type ChairsideDb, signedRecord } from '../../db/open.ts';
import { digestAtOnce } from '../../db/record-digest.ts';
import { sessionEventStore } from '../../db/session-events.ts';
import { stationLog } from '../../db/station-log.ts';
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
  START,
  temporaryFolder,
  thrownBy,
  value,
} from './samples.ts';
import { tamper } from './tamper.ts';

const NURSE = personId('p-1');
const added: RegistryBody = {
  type: 'person-added',
  person: { id: NURSE, name: 'N. Okafor', role: 'nurse', active: true },
};
const viewed: RegistryBody = { type: 'patient-viewed', patientId: patientId('x') };

const rawOn = (path: string): Connection => {
  const raw = connect(path);
  onTestFinished(() => {
    raw.close();
  });
  return raw;
};
const broken = (path: string) =>
  opened(path)
    .verify()
    .broken.map(({ record, sequence, reason }) => [record, sequence, reason]);

describe('the register', () => {
  const filled = (): string => {
    const path = join(temporaryFolder(), 'chairside.db');
    const db = opened(path);
    db.registry.append([{ at: at(0), by: 'typed', subject: personSubject(NURSE), body: added }]);
    db.registry.append(
      ['a', 'b', 'c'].map((by) => ({ at: at(1), by, subject: patientSubject(patientId('x')), body: viewed })),
    );
    const head = db.registry.head();
    if (head === null) throw new Error('empty');
    db.appendStationEvent({ at: at(2), by: 'station', body: { type: 'registry-reached', ...head } });
    db.close();
    return path;
  };

  test('gives back what was written, by kind and by subject', () => {
    const { registry, ...db } = opened(filled());
    expect(registry.ofTypes(['person-added'])).toEqual([
      { sequence: 1, at: at(0), by: 'typed', subject: 'person:p-1', body: added },
    ]);
    expect(registry.about('patient:x', 2).map(({ by }) => by)).toEqual(['c', 'b']);
    expect(registry.newestOf(['patient-viewed'], 2).map(({ by }) => by)).toEqual(['b', 'c']);
    expect(db.verify()).toMatchObject({ ok: true, registryEvents: 4 });
  });

  test('refuses to change or delete its rows, also by replacing them', () => {
    const raw = rawOn(filled());
    for (const sql of [
      `UPDATE registry_event SET by = 'x'`,
      'DELETE FROM registry_event',
      'INSERT OR REPLACE INTO registry_event SELECT * FROM registry_event WHERE sequence = 2',
    ]) {
      expect(() => raw.exec(sql), sql).toThrow('append-only');
    }
  });

  test.each([
    [
      'a changed name',
      `UPDATE registry_event SET body = replace(body, 'Okafor', 'Okofar') WHERE sequence = 1`,
      1,
    ],
    ['another subject', `UPDATE registry_event SET subject = 'patient:y' WHERE sequence = 2`, 2],
    ['a look that was removed', 'DELETE FROM registry_event WHERE sequence = 3', 4],
    ['an end that was cut off', 'DELETE FROM registry_event WHERE sequence >= 3', 4],
  ])('misses %s', (_, sql, sequence) => {
    const path = filled();
    tamper(path, sql);
    expect(broken(path).map(([record, number]) => [record, number])).toEqual([['registry', sequence]]);
  });
});

describe('a database of the version before', () => {
  test('gets its register and keeps its record', () => {
    const path = join(temporaryFolder(), 'chairside.db');
    const raw = rawOn(path);
    raw.pragma('journal_mode = WAL');
    migrate(
      raw,
      path,
      epochMs(START),
      MIGRATIONS.filter(({ version }) => version < 4),
    );
    raw.exec(`INSERT INTO meta (key, value) VALUES ('kind', 'live')`);
    const bodies = [openedBody(), moved('intake', 'cancelled')];
    sessionEventStore(raw, 'live', stationLog(raw)).append(
      bodies.map((body, index) => event(index + 1, body)),
    );
    raw.close();
    const db = opened(path);
    db.registry.append([{ at: at(0), by: 'x', subject: personSubject(NURSE), body: added }]);
    expect(db.eventsOf(SESSION)).toHaveLength(2);
    expect(db.unsignedSessions(10)).toMatchObject([{ id: SESSION, isClosedByNurse: false }]);
    expect(db.verify()).toMatchObject({ ok: true, schemaVersion: SCHEMA_VERSION, registryEvents: 1 });
  });
});

describe('a signed record', () => {
  const signature = (db: ChairsideDb, meaning: SignatureMeaning): SignOffBody => {
    const head = db.headOf(SESSION);
    if (head === null) throw new Error('no session');
    const record = signedRecord(SESSION, head, digestAtOnce(db.digestOf(SESSION)));
    const signer = { personId: NURSE, name: 'Dr Pereira', role: 'physician' as const };
    return { type: 'record-signed', meaning, signer, record, remark: null };
  };
  const signed = (): string => {
    const path = join(temporaryFolder(), 'chairside.db');
    const db = opened(path);
    openSession(db, SESSION, [moved('intake', 'baseline'), note('calm'), moved('baseline', 'cancelled')]);
    db.writeNumerics(
      Array.from({ length: 1203 }, (_, second) =>
        frame(second * 1000, [value('MDC_PULS_OXIM_SAT_O2', 90 + (second % 10), second * 1000)]),
      ),
    );
    db.writeNumerics([
      frame(5, [value('MDC_PRESS_BLD_NONINV_SYS', 140, 5), value('MDC_PRESS_BLD_NONINV_DIA', 80, 5)]),
    ]);
    db.appendEvents([event(5, signature(db, 'infusion-nurse'))]);
    db.appendEvents([event(6, signature(db, 'reviewed-by-physician'))]);
    db.close();
    return path;
  };

  test('verifies, and says of every vital sign that it was signed', () => {
    const db = opened(signed());
    expect(db.verify()).toMatchObject({ ok: true, signatures: 2 });
    const [, , , , , last] = db.eventsOf(SESSION);
    expect(last?.body).toMatchObject({ record: { sequence: 5, frames: 1203, readings: 1 } });
  });

  test('takes addenda only, from the program and past it', () => {
    const path = signed();
    const db = opened(path);
    const error = thrownBy(() => db.appendEvents([event(7, note('late'))]));
    expect(error).toMatchObject({ code: 'signed' });
    const signer = { personId: NURSE, name: 'Dr Pereira', role: 'physician' as const };
    db.appendEvents([event(7, { type: 'addendum-added', text: 'late', signer, afterSignature: true })]);
    expect(db.verify().ok).toBe(true);
    expect(() =>
      rawOn(path).exec(
        `INSERT INTO session_event SELECT 99, 'new', session_id, 8, wall_ms, mono_ms, by, 'note-added', body, previous_hash, hash
         FROM session_event WHERE sequence = 3`,
      ),
    ).toThrow('addenda only');
  });

  test.each([
    ['a note', `UPDATE session_event SET body = replace(body, 'calm', 'wild') WHERE sequence = 3`, 3],
    [
      'one number of 1203',
      'UPDATE numeric_frame SET mdc_puls_oxim_sat_o2 = 99 WHERE wall_ms = (SELECT max(wall_ms) - 7000 FROM numeric_frame)',
      5,
    ],
    [
      'a frame that was removed',
      'DELETE FROM numeric_frame WHERE wall_ms = (SELECT min(wall_ms) FROM numeric_frame)',
      5,
    ],
    ['a cuff reading', 'UPDATE nibp_reading SET systolic = 120', 5],
    [
      'the time of a frame',
      'UPDATE numeric_frame SET wall_ms = wall_ms + 1 WHERE wall_ms = (SELECT min(wall_ms) FROM numeric_frame)',
      5,
    ],
  ])('that was changed afterwards is reported with who had signed it: %s', (_, sql, sequence) => {
    const path = signed();
    tamper(path, sql);
    const [first] = broken(path);
    expect(first?.slice(0, 2)).toEqual(['session', sequence]);
    expect(String(first?.[2])).toContain('Dr Pereira');
    expect(String(first?.[2])).toContain('Infusion nurse');
  });

  test('whose signature was taken off again is missed', () => {
    const path = signed();
    tamper(path, `DELETE FROM session_event WHERE sequence = 6`);
    expect(String(broken(path)[0]?.[2])).toContain('signature that the station recorded');
  });

  test('has the same hash under a later schema with more metrics', () => {
    const path = signed();
    const before = digestAtOnce(opened(path).digestOf(SESSION));
    rawOn(path).exec('ALTER TABLE numeric_frame ADD COLUMN mdc_new_metric REAL');
    expect(digestAtOnce(opened(path).digestOf(SESSION))).toEqual(before);
  });
});
