import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sessionFacts } from '../../core/finding/session-facts.ts';
import { type SessionId, sessionId } from '../../core/ids.ts';
import { connect } from '../../db/native.ts';
import type { ChairsideDb } from '../../db/open.ts';
import { verifyDatabase } from '../../db/verify.ts';
import { event, moved, note, opened, openSession, SESSION, temporaryFolder } from './samples.ts';

const NUMBERS = {
  peakSystolic: 150,
  peakRise: 20,
  hasGap: false,
  burdenMs: { high: 0, medium: 0, low: 0 },
  lastedMs: 1000,
};
const keep = (db: ChairsideDb, id: SessionId = SESSION, numbers: typeof NUMBERS | null = null) => {
  const facts = sessionFacts(db.eventsOf(id), numbers);
  db.facts.put([facts]);
  return facts;
};

describe('the facts kept beside the record', () => {
  it('are missing for a new session, and not once they were put', () => {
    const db = opened();
    openSession(db);
    expect(db.facts.stale()).toEqual([{ id: SESSION, isClosed: false }]);
    const facts = keep(db);
    expect(db.facts.stale()).toEqual([]);
    expect(db.facts.all()).toEqual([facts]);
  });

  it('are behind after each entry, and still given with what they know', () => {
    const db = opened();
    openSession(db);
    const facts = keep(db);
    db.appendEvents([event(2, note('more'))]);
    expect(db.facts.stale()).toEqual([{ id: SESSION, isClosed: false }]);
    expect(db.facts.all()).toEqual([facts]);
    keep(db);
    expect(db.facts.stale()).toEqual([]);
    expect(db.facts.all()).toMatchObject([{ sequence: 2 }]);
  });

  it('of a closed session are behind until its numbers were looked through', () => {
    const db = opened();
    openSession(db, SESSION, [moved('intake', 'cancelled')]);
    keep(db);
    expect(db.facts.stale()).toEqual([{ id: SESSION, isClosed: true }]);
    keep(db, SESSION, NUMBERS);
    expect(db.facts.stale()).toEqual([]);
  });

  it('name the newest sessions first', () => {
    const db = opened();
    const [first, second] = [sessionId('s-b'), sessionId('s-a')];
    openSession(db, first);
    openSession(db, second);
    expect(db.facts.stale().map(({ id }) => id)).toEqual([second, first]);
  });

  it('of another version are not given and are made again', () => {
    const path = join(temporaryFolder(), 'live.db');
    const db = opened(path);
    openSession(db);
    keep(db);
    const other = connect(path, {});
    other.exec('UPDATE session_facts SET version = version + 1');
    other.close();
    expect(db.facts.all()).toEqual([]);
    expect(db.facts.stale()).toEqual([{ id: SESSION, isClosed: false }]);
    keep(db);
    expect(db.facts.stale()).toEqual([]);
  });

  it('may be deleted: they are no part of the record, and missing again', () => {
    const path = join(temporaryFolder(), 'live.db');
    const db = opened(path);
    openSession(db);
    keep(db);
    const other = connect(path, {});
    other.exec('DELETE FROM session_facts');
    expect(verifyDatabase(other, path, 'live')).toMatchObject({ ok: true, problems: [] });
    other.close();
    expect(db.facts.stale()).toEqual([{ id: SESSION, isClosed: false }]);
  });
});
