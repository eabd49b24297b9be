import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { sessionId } from '../../core/ids.ts';
import { type Sending, sendingId } from '../../core/sending/sending.ts';
import type { SessionEventBody } from '../../core/session/events.ts';
import { connect } from '../../db/native.ts';
import { type ChairsideDb, StorageError } from '../../db/open.ts';
import {
  at,
  event,
  moved,
  note,
  opened,
  openedBody,
  openSession,
  SESSION,
  temporaryFolder,
  thrownBy,
} from './samples.ts';

const DESTINATION = 'archive';
const queue = (db: ChairsideDb, session = SESSION, ms = 0) =>
  db.sending.queue({
    destination: DESTINATION,
    sessionId: session,
    formats: ['csv'],
    by: 'N. Okafor',
    at: at(ms),
  });
const steps = (db: ChairsideDb) =>
  db
    .stationEvents(100)
    .toReversed()
    .flatMap(({ body }) => (body.type === 'sending' ? [body.step] : []));
const states = (db: ChairsideDb, session = SESSION) =>
  db.sending.ofSession(session).map(({ state }) => state);
/** One attempt that the receiver takes. */
const send = (db: ChairsideDb, { id }: Sending) => {
  expect(db.sending.begin(id, { csv: 'aa' }, at(1))).toBe(true);
  expect(db.sending.change(id, { step: 'sent', acknowledgement: 'taken' }, 'station', at(2))).toBe(true);
};

const closing = [moved('intake', 'cancelled')];
const signature = {
  type: 'record-signed',
  meaning: 'reviewed-by-physician',
  signer: { personId: 'p-1', name: 'Dr P', role: 'physician' },
  record: {
    sequence: 2,
    headHash: '0'.repeat(64),
    frames: 0,
    readings: 0,
    waves: 0,
    dataHash: 'x',
    hash: 'y',
  },
  remark: null,
} as unknown as SessionEventBody;
const addendum = { type: 'addendum-added', text: 'x', afterSignature: true } as unknown as SessionEventBody;

describe('the queue of sendings', () => {
  test('holds a record once for each destination, and each step is in the station’s record too', () => {
    const db = opened();
    openSession(db, SESSION, closing);
    const first = queue(db);
    expect(first).toMatchObject({
      isNew: true,
      sending: { state: 'queued', attempts: 0, headSequence: 2, queuedBy: 'N. Okafor', formats: ['csv'] },
    });
    expect(queue(db)).toMatchObject({ isNew: false, sending: { id: first.sending.id } });
    send(db, first.sending);
    expect(db.sending.get(first.sending.id)).toMatchObject({
      state: 'sent',
      attempts: 1,
      acknowledgement: 'taken',
      problem: null,
    });
    expect(queue(db).isNew).toBe(false);
    expect(steps(db)).toEqual(['queued', 'sent']);
    expect(db.verify()).toMatchObject({ ok: true });
  });

  test('takes a record again that gained an entry, and drops what still waited for the older state of it', () => {
    const db = opened();
    openSession(db, SESSION, closing);
    const { sending } = queue(db);
    db.appendEvents([event(3, note('later'))]);
    expect(queue(db)).toMatchObject({ isNew: true, sending: { headSequence: 3 } });
    expect(db.sending.get(sending.id)).toMatchObject({ state: 'cancelled' });
    expect(steps(db)).toEqual(['queued', 'queued', 'superseded']);
  });

  test('refuses a session that there is not', () => {
    const error = thrownBy(() => queue(opened(), sessionId('nobody')));
    expect(error instanceof StorageError ? error.code : error).toBe('unknown-session');
  });

  test('lets nobody send again what was handed on, not even past the program', () => {
    const path = join(temporaryFolder(), 'chairside.db');
    const db = opened(path);
    openSession(db, SESSION, closing);
    const { sending } = queue(db);
    send(db, sending);
    expect(db.sending.change(sending.id, { step: 'asked-again' }, 'x', at(3))).toBe(false);
    expect(db.sending.begin(sending.id, {}, at(3))).toBe(false);
    const raw = connect(path);
    onTestFinished(() => {
      raw.close();
    });
    expect(() => raw.exec(`UPDATE sending SET state = 'queued'`)).toThrow('not handed on again');
    expect(() => raw.exec('DELETE FROM sending')).toThrow('not deleted');
    db.sending.queue({ destination: 'other', sessionId: SESSION, formats: [], by: 'x', at: at(4) });
    expect(() =>
      raw.exec(`UPDATE sending SET head_hash = '${'1'.repeat(64)}' WHERE state = 'queued'`),
    ).toThrow('stays that of its record');
  });

  test('keeps the hashes of what was sent before, for whoever finds it at the receiver', () => {
    const db = opened();
    openSession(db, SESSION, closing);
    send(db, queue(db).sending);
    expect(db.sending.payloadsOf(DESTINATION, SESSION)).toEqual([{ csv: 'aa' }]);
  });

  test('counts what waits and what failed by destination, and lists them before what is done', () => {
    const db = opened();
    const ids = ['a', 'b', 'c'].map((name) => sessionId(name));
    for (const id of ids) openSession(db, id, []);
    const [a, b, c] = ids.map((id, index) => queue(db, id, index * 10).sending);
    if (a === undefined || b === undefined || c === undefined) throw new Error('three were queued');
    db.sending.begin(a.id, {}, at(40));
    db.sending.change(a.id, { step: 'failed', problem: 'no' }, 'station', at(50));
    db.sending.begin(c.id, {}, at(60));
    db.sending.change(c.id, { step: 'sent', acknowledgement: 'yes' }, 'station', at(70));
    expect(db.sending.counts()).toEqual(
      expect.arrayContaining([
        { destination: DESTINATION, state: 'failed', attempts: 1, count: 1 },
        { destination: DESTINATION, state: 'queued', attempts: 0, count: 1 },
      ]),
    );
    expect(db.sending.newest(10).map(({ id }) => id)).toEqual([a.id, b.id, c.id]);
    expect(db.sending.open(DESTINATION).map(({ id }) => id)).toEqual([b.id]);
  });

  test('of the other database knows nothing of this one’s ids', () => {
    const db = opened();
    openSession(db);
    const { id } = queue(db).sending;
    expect(id).toBe('live-1');
    for (const other of ['simulated-1', 'live-2', 'live-', '1', 'live-1; DROP']) {
      expect(db.sending.get(sendingId(other))).toBeNull();
    }
  });

  test('gives back what was on its way when the station stopped, and a person’s word begins the count anew', () => {
    const path = join(temporaryFolder(), 'chairside.db');
    const first = opened(path);
    openSession(first, SESSION, closing);
    const { id } = queue(first).sending;
    first.sending.begin(id, {}, at(1));
    first.close();
    const db = opened(path);
    expect(db.sending.get(id)?.state).toBe('sending');
    expect(db.sending.interrupted(at(2))).toBe(1);
    expect(db.sending.interrupted(at(3))).toBe(0);
    expect(db.sending.get(id)).toMatchObject({ state: 'queued', attempts: 1 });
    db.sending.change(id, { step: 'cancelled', problem: 'by hand' }, 'N', at(4));
    expect(db.sending.begin(id, {}, at(5))).toBe(false);
    db.sending.change(id, { step: 'asked-again' }, 'N', at(6));
    expect(db.sending.get(id)).toMatchObject({ state: 'queued', attempts: 0, problem: null });
    expect(steps(db)).toEqual(['queued', 'interrupted', 'cancelled', 'asked-again']);
  });
});

describe('what goes by itself', () => {
  const rule = { destination: DESTINATION, rule: 'when-signed', formats: ['csv'] } as const;
  const closed = { ...rule, destination: 'closed', rule: 'when-closed' } as const;

  test('is only what happens after the destination was first seen', () => {
    const db = opened();
    openSession(db, sessionId('old'), [...closing, signature]);
    expect(db.sending.sweep(rule, at(0))).toBe(0);
    openSession(db, sessionId('new'), [...closing, signature]);
    expect(db.sending.sweep(rule, at(1))).toBe(1);
    expect(db.sending.sweep(rule, at(2))).toBe(0);
    expect(states(db, sessionId('old'))).toEqual([]);
    expect(db.sending.ofSession(sessionId('new'))).toMatchObject([{ queuedBy: 'station', state: 'queued' }]);
  });

  test('waits for the signature or for the end of the visit, as the clinic chose, and follows each addendum', () => {
    const db = opened();
    for (const each of [rule, closed]) db.sending.sweep(each, at(0));
    openSession(db, SESSION, []);
    expect([rule, closed].map((each) => db.sending.sweep(each, at(1)))).toEqual([0, 0]);
    db.appendEvents([event(2, moved('intake', 'cancelled'))]);
    expect([rule, closed].map((each) => db.sending.sweep(each, at(2)))).toEqual([0, 1]);
    db.appendEvents([event(3, signature)]);
    expect([rule, closed].map((each) => db.sending.sweep(each, at(3)))).toEqual([1, 1]);
    for (const { id } of db.sending.open(DESTINATION)) {
      db.sending.begin(id, {}, at(4));
      db.sending.change(id, { step: 'sent', acknowledgement: '' }, 'station', at(4));
    }
    db.appendEvents([event(4, addendum)]);
    expect(db.sending.sweep(rule, at(5))).toBe(1);
    expect(
      db.sending.ofSession(SESSION).filter(({ destination }) => destination === DESTINATION),
    ).toMatchObject([
      { state: 'sent', headSequence: 3 },
      { state: 'queued', headSequence: 4 },
    ]);
  });

  test.each(['simulated', 'replayed', 'imported'] as const)('is never a %s record', (origin) => {
    const db = opened(':memory:', 'simulated');
    db.sending.sweep(closed, at(0));
    db.appendEvents([openedBody(origin), ...closing].map((body, index) => event(index + 1, body)));
    expect(db.sending.sweep(closed, at(1))).toBe(0);
    expect(states(db)).toEqual([]);
  });

  test('is not made up for when a destination was away for a while', () => {
    const db = opened();
    db.sending.sweep(closed, at(0));
    db.sending.sweepOnly([]);
    openSession(db, SESSION, closing);
    expect(db.sending.sweep(closed, at(1))).toBe(0);
    openSession(db, sessionId('next'), closing);
    expect(db.sending.sweep(closed, at(2))).toBe(1);
  });

  test('is not lost when the station stops between two looks', () => {
    const path = join(temporaryFolder(), 'chairside.db');
    const first = opened(path);
    first.sending.sweep(closed, at(0));
    openSession(first, SESSION, closing);
    first.close();
    const db = opened(path);
    db.sending.sweepOnly(['closed']);
    expect(db.sending.sweep(closed, at(1))).toBe(1);
  });
});
