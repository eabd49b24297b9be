import { describe, expect, it } from 'vitest';
import type { AlarmLog } from '../../../core/alarm/log.ts';
import { foldAlarmLog } from '../../../core/alarm/log-fold.ts';
import { chairId, eventId, sessionId } from '../../../core/ids.ts';
import type { SessionEvent, SessionEventBody } from '../../../core/session/events.ts';
import { epochMs, type Instant, instant } from '../../../core/time.ts';
import { atSeconds, type Chair, chair, HR, RR, SPO2, WALL } from './bench-chair.ts';

const WELL = { [SPO2]: 98, [HR]: 70, [RR]: 14 } as const;
const LOW = { ...WELL, [SPO2]: 80 } as const;

const ID = sessionId('s');
const entry = (sequence: number, at: Instant, body: SessionEventBody): SessionEvent => ({
  id: eventId(`e${sequence}`),
  sessionId: ID,
  sequence,
  at,
  by: 'station',
  body,
});
const OPENED: SessionEventBody = {
  type: 'session-opened',
  chairId: chairId('c'),
  patientInitials: 'AB',
  indication: 'Pain',
  plannedInfusionMs: 1,
  plannedRecoveryMs: 1,
  origin: 'live',
};

const record = (c: Chair): readonly SessionEvent[] => [
  entry(1, atSeconds(0), OPENED),
  ...c.events.map((event, index) => entry(index + 2, event.at, { type: 'alarm', alarm: event })),
];
const logOf = (c: Chair): AlarmLog => foldAlarmLog(record(c), c.now().wall);
const second = (value: number) => epochMs(WALL + value * 1000);

describe('the alarm log', () => {
  it('has one row from onset to acknowledgement and end, with limit, value and peak', () => {
    const c = chair();
    c.hold(WELL, 10);
    c.hold(LOW, 10);
    c.hold({ ...LOW, [SPO2]: 77 }, 20);
    c.acknowledge('spo2-low');
    c.hold(WELL, 20);
    const [row, ...others] = logOf(c).rows;
    expect(others).toEqual([]);
    expect(row).toMatchObject({
      key: 'spo2-low',
      conditionId: 'spo2-low-high-priority',
      priority: 'high',
      metric: SPO2,
      limit: 85,
      value: 80,
      peak: 77,
      onsetAt: second(10),
      raisedAt: second(15),
      acknowledged: { at: second(40), by: 'Nurse A', afterMs: 25_000 },
      occurrences: 1,
      raisedUnder: null,
    });
    expect(row?.clearedAt).not.toBeNull();
    expect(row?.endedAt).toBe(row?.clearedAt);
  });

  it('tells apart when the condition went away and when the alarm left the screen', () => {
    const c = chair();
    c.hold(LOW, 10);
    c.hold(WELL, 30);
    c.acknowledge('spo2-low');
    const [row] = logOf(c).rows;
    expect([row?.clearedAt, row?.endedAt]).toEqual([second(15), second(40)]);
  });

  it('counts what comes back within a minute in the same row, and what comes later in a new one', () => {
    const c = chair();
    const fall = { ...WELL, [SPO2]: 88 };
    c.hold(fall, 20);
    c.hold(WELL, 20);
    c.hold(fall, 20);
    c.hold(WELL, 120);
    c.hold(fall, 20);
    expect(logOf(c).rows.map((row) => [row.priority, row.occurrences])).toEqual([
      ['medium', 2],
      ['medium', 1],
    ]);
  });

  it('keeps escalation, confirmation and what a repeat took back', () => {
    const c = chair();
    c.cuff(165, 90);
    c.wait(100);
    c.cuff(166, 91);
    c.wait(300);
    c.cuff(185, 95);
    const [high] = logOf(c).rows;
    expect(high).toMatchObject({ priority: 'high', conditionId: 'nibp-sys-high-medium-priority' });
    expect(high?.confirmedAt).toBe(second(100));
    expect(high?.escalations).toMatchObject([{ at: second(400), priority: 'high', value: 185 }]);
    const d = chair();
    d.cuff(165, 90);
    d.wait(100);
    d.cuff(130, 80);
    expect(logOf(d).rows).toMatchObject([{ notConfirmed: true, endedAt: second(100) }]);
  });

  it('lists pauses and what was off, and which alarm was raised behind them', () => {
    const c = chair('recovery');
    c.send({
      type: 'pause-alarms',
      parameters: ['spo2-low', 'cuff'],
      durationMs: 60_000,
      by: 'Nurse A',
      reason: 'Toilet',
      at: c.now(),
    });
    c.send({ type: 'alarm-off', parameter: 'hr-low', by: 'Nurse A', reason: 'Athlete', at: c.now() });
    c.hold(LOW, 30);
    c.send({ type: 'resume-alarms', parameters: ['cuff'], by: 'Nurse B', at: c.now() });
    c.send({ type: 'pause-audio', by: 'Nurse B', at: c.now() });
    c.hold(LOW, 40);
    const { rows, controls } = logOf(c);
    expect(rows).toMatchObject([{ key: 'spo2-low', raisedUnder: 'alarm-paused' }]);
    expect(controls).toEqual([
      {
        kind: 'alarm-paused',
        parameter: 'spo2-low',
        from: second(0),
        until: second(60),
        by: 'Nurse A',
        reason: 'Toilet',
        endedAt: second(60),
        endedBy: null,
      },
      {
        kind: 'alarm-paused',
        parameter: 'cuff',
        from: second(0),
        until: second(60),
        by: 'Nurse A',
        reason: 'Toilet',
        endedAt: second(30),
        endedBy: 'Nurse B',
      },
      {
        kind: 'alarm-off',
        parameter: 'hr-low',
        from: second(0),
        until: null,
        by: 'Nurse A',
        reason: 'Athlete',
        endedAt: null,
        endedBy: null,
      },
      {
        kind: 'audio-paused',
        parameter: null,
        from: second(30),
        until: second(150),
        by: 'Nurse B',
        reason: null,
        endedAt: null,
        endedBy: null,
      },
    ]);
  });

  it('gives counts per hour, the share answered within a minute and the median time to it', () => {
    const c = chair();
    for (const [waitFor, answers] of [
      [20, true],
      [90, true],
      [10, false],
    ] as const) {
      c.hold(LOW, 10);
      c.wait(waitFor);
      if (answers) c.acknowledge('spo2-low');
      c.hold(WELL, 120);
      if (!answers) c.acknowledge('spo2-low');
    }
    const { figures, rows } = logOf(c);
    const high = rows.filter((row) => row.priority === 'high');
    expect(high).toHaveLength(3);
    expect(figures.hours).toBeCloseTo(c.seconds / 3600, 6);
    expect(figures.byPriority.high).toMatchObject({
      raised: 3,
      perHour: expect.closeTo((3 * 3600) / c.seconds, 6),
      acknowledged: 3,
      percentWithin60s: expect.closeTo(100 / 3, 6),
    });
    expect(figures.byPriority.low).toEqual({
      raised: 0,
      perHour: 0,
      acknowledged: 0,
      percentWithin60s: null,
    });
    expect(figures.medianTimeToAcknowledgeMs).toBe(95_000);
  });

  it('times the answer to a latched alarm that came back from its raising: it called all the time', () => {
    const c = chair();
    c.hold(LOW, 10);
    c.hold(WELL, 300);
    c.hold(LOW, 10);
    c.acknowledge('spo2-low');
    const { rows, figures } = logOf(c);
    expect(rows).toMatchObject([{ raisedAt: second(5), acknowledged: { afterMs: 315_000 } }]);
    expect(figures.byPriority.high.percentWithin60s).toBe(0);
  });

  it('times the answer to an alarm that had ended and came back within a minute from its coming back', () => {
    const c = chair();
    const fall = { ...WELL, [SPO2]: 88 };
    c.hold(fall, 20);
    c.hold(WELL, 20);
    c.hold(fall, 20);
    c.acknowledge('spo2-low');
    const [row] = logOf(c).rows;
    expect(row?.occurrences).toBe(2);
    expect(row?.acknowledged?.afterMs).toBeLessThan(20_000);
  });

  it('times an answer across a restart of the station by the wall clock', () => {
    const c = chair();
    c.hold(LOW, 10);
    const raised = c.events.find((event) => event.type === 'raised');
    if (raised?.type !== 'raised') throw new Error('nothing was raised');
    const later = instant(raised.at.wall + 45_000, 12);
    const alarm = { ...raised.alarm, acknowledged: { at: later, by: 'Nurse A' } };
    const events = [
      entry(1, atSeconds(0), OPENED),
      entry(2, raised.at, { type: 'alarm', alarm: raised }),
      entry(3, instant(raised.at.wall + 40_000, 5), { type: 'station-restarted', downForMs: 39_000 }),
      entry(4, later, { type: 'alarm', alarm: { type: 'acknowledged', at: later, alarm, by: 'Nurse A' } }),
    ];
    expect(foldAlarmLog(events, later.wall).rows[0]?.acknowledged).toMatchObject({ afterMs: 45_000 });
  });

  it('of a session without alarms is empty, not missing', () => {
    expect(foldAlarmLog([entry(1, atSeconds(0), OPENED)], second(0))).toMatchObject({
      rows: [],
      controls: [],
      figures: { hours: 0, medianTimeToAcknowledgeMs: null },
    });
  });
});
