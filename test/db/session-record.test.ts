import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sessionId } from '../../core/ids.ts';
import { foldSession } from '../../core/session/session.ts';
import { storableText } from '../../db/canonical.ts';
import { StorageError } from '../../db/open.ts';
import {
  alarm,
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
  thrownBy,
  value,
} from './samples.ts';

const codeOf = (error: unknown) => (error instanceof StorageError ? error.code : error);

describe('the record of a session', () => {
  test('gives back what was written, in order, ready to be folded', () => {
    const db = opened();
    const events = [
      event(1, openedBody()),
      event(2, moved('intake', 'baseline')),
      event(3, { type: 'limits-changed', before: LIMITS, after: LIMITS, reason: 'agreed' }),
      event(4, alarm('raised')),
      event(5, moved('baseline', 'infusing')),
    ];
    db.appendEvents(events.slice(0, 2));
    db.appendEvents(events.slice(2));
    expect(db.eventsOf(SESSION)).toStrictEqual(events);
    expect(foldSession(db.eventsOf(SESSION)).phase).toBe('infusing');
  });

  test('keeps any text that a person may type, and its chain holds', () => {
    const db = opened();
    openSession(db);
    let sequence = 1;
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 40 }),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        (text, number) => {
          sequence += 1;
          const written = {
            ...event(sequence, { ...note(text), type: 'clock-jumped' as const, byMs: number + 0 }),
            by: text,
          };
          db.appendEvents([written]);
          const read = db.eventsOf(SESSION).at(-1);
          expect(read?.body).toEqual(written.body);
          expect(read?.by).toBe(storableText(text));
        },
      ),
      { numRuns: 150 },
    );
    expect(db.verify()).toMatchObject({ ok: true, sessionEvents: sequence });
  });

  test.each([
    ['a gap', [event(2, openedBody()), event(4, note('x'))]],
    ['a repeated sequence', [event(1, note('x'))]],
    ['a second opening', [event(2, openedBody())]],
    ['a repeated id', [{ ...event(2, note('x')), id: event(1, note('x')).id }]],
    ['a session that does not begin with its opening', [event(1, note('x'), sessionId('other'))]],
  ])('refuses %s and keeps nothing of the batch', (_, events) => {
    const db = opened();
    openSession(db);
    const before = db.eventsOf(SESSION);
    const error = thrownBy(() => db.appendEvents([event(2, note('good')), ...events]));
    expect(codeOf(error)).toBe('out-of-sequence');
    expect(db.eventsOf(SESSION)).toStrictEqual(before);
    expect(db.verify().ok).toBe(true);
  });

  test('of an unknown session is empty', () => {
    const db = opened();
    expect(db.eventsOf(SESSION)).toEqual([]);
    expect(db.lastWriteWall(SESSION)).toBeNull();
  });

  test('a live database takes no simulated or replayed session, a simulated one no live session', () => {
    const live = opened(':memory:', 'live');
    const simulated = opened(':memory:', 'simulated');
    expect(codeOf(thrownBy(() => live.appendEvents([event(1, openedBody('simulated'))])))).toBe('wrong-kind');
    expect(codeOf(thrownBy(() => live.appendEvents([event(1, openedBody('replayed'))])))).toBe('wrong-kind');
    expect(codeOf(thrownBy(() => simulated.appendEvents([event(1, openedBody('live'))])))).toBe('wrong-kind');
    simulated.appendEvents([event(1, openedBody('simulated'))]);
    live.appendEvents([event(1, openedBody('live'))]);
    expect([live.openSessions(), simulated.openSessions()]).toEqual([[SESSION], [SESSION]]);
  });
});

describe('the list of sessions', () => {
  test('open sessions are those whose last phase is not a closed one, also after corrections', () => {
    const db = opened();
    openSession(db, sessionId('fresh'));
    openSession(db, sessionId('running'), [moved('intake', 'baseline'), moved('baseline', 'infusing')]);
    openSession(db, sessionId('cancelled'), [moved('intake', 'cancelled'), note('left before the drug')]);
    openSession(db, sessionId('done'), [moved('recovery', 'discharged')]);
    expect(db.openSessions()).toEqual(['fresh', 'running']);
  });

  test('says of each session what its record says, newest first', () => {
    const db = opened();
    openSession(db, sessionId('first'), [
      moved('intake', 'baseline'),
      alarm('raised'),
      alarm('cleared'),
      alarm('raised', 'medium'),
      moved('baseline', 'cancelled'),
      note('a later correction'),
    ]);
    openSession(db, sessionId('second'));
    db.writeNumerics([
      frame(
        0,
        [value('MDC_PRESS_BLD_NONINV_SYS', 150, 0), value('MDC_PRESS_BLD_NONINV_DIA', 80, 0)],
        sessionId('first'),
      ),
      frame(
        9,
        [value('MDC_PRESS_BLD_NONINV_SYS', 181, 9), value('MDC_PRESS_BLD_NONINV_DIA', 99, 9)],
        sessionId('first'),
      ),
    ]);
    expect(db.sessions(10)).toEqual([
      {
        id: 'second',
        chairId: 'chair-1',
        patientInitials: 'A.B.',
        indication: 'depression',
        origin: 'live',
        openedAt: START + 1000,
        closedAt: null,
        phase: 'intake',
        eventCount: 1,
        alarmCount: 0,
        peakSystolic: null,
      },
      {
        id: 'first',
        chairId: 'chair-1',
        patientInitials: 'A.B.',
        indication: 'depression',
        origin: 'live',
        openedAt: START + 1000,
        closedAt: START + 6000,
        phase: 'cancelled',
        eventCount: 7,
        alarmCount: 2,
        peakSystolic: 181,
      },
    ]);
    expect(db.sessions(1).map(({ id }) => id)).toEqual(['second']);
  });

  test('the last write is the newest of events, frames and cuff readings', () => {
    const db = opened();
    openSession(db);
    const walls = [db.lastWriteWall(SESSION)];
    db.writeNumerics([frame(5000, [value('MDC_PULS_OXIM_SAT_O2', 97, 5000)])]);
    walls.push(db.lastWriteWall(SESSION));
    db.appendEvents([{ ...event(2, note('x')), at: at(7000) }]);
    walls.push(db.lastWriteWall(SESSION));
    expect(walls).toEqual([START + 1000, START + 5000, START + 7000]);
  });
});

describe('the record of the station', () => {
  test('numbers its entries and gives the newest first', () => {
    const db = opened();
    db.appendStationEvent({ at: at(0), by: 'station', body: { type: 'station-started', version: '0.1.0' } });
    const second = db.appendStationEvent({
      at: at(1),
      by: 'station',
      body: { type: 'storage-fault', code: 'disk-full', text: 'full' },
    });
    expect(second.sequence).toBe(2);
    expect(db.stationEvents(1)).toEqual([second]);
    expect(db.stationEvents(9).map(({ body }) => body.type)).toEqual(['storage-fault', 'station-started']);
  });

  test('remembers the last word on each version of a preset', () => {
    const db = opened();
    const say = (presetVersion: number, by: string | null) =>
      db.appendStationEvent({
        at: at(0),
        by: by ?? 'Dr. Lin',
        body: {
          type: 'preset-approval',
          presetId: 'adult',
          presetVersion,
          approval: by === null ? { state: 'not-approved' } : { state: 'approved', by, atEpochMs: START },
        },
      });
    say(1, 'Dr. Lin');
    say(2, 'Dr. Lin');
    say(2, null);
    expect(db.approvals()).toEqual([
      {
        presetId: 'adult',
        presetVersion: 1,
        approval: { state: 'approved', by: 'Dr. Lin', atEpochMs: START },
      },
      { presetId: 'adult', presetVersion: 2, approval: { state: 'not-approved' } },
    ]);
  });

  test('names the beginning and the end of every session', () => {
    const db = opened();
    openSession(db, SESSION, [moved('intake', 'cancelled')]);
    expect(db.stationEvents(9).map(({ body }) => body)).toMatchObject([
      { type: 'session-ended', sessionId: SESSION, sequence: 2 },
      { type: 'session-begun', sessionId: SESSION },
    ]);
  });
});

const LIMITS = { presetId: 'adult', presetName: 'Adult', presetVersion: 1, limits: [] };
