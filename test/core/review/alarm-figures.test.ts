import { describe, expect, it } from 'vitest';
import { foldAlarmLog } from '../../../core/alarm/log-fold.ts';
import type { AlarmPriority } from '../../../core/alarm/types.ts';
import { chairId, eventId, sessionId } from '../../../core/ids.ts';
import { alarmFiguresOf } from '../../../core/review/alarm-figures.ts';
import type { SessionEvent, SessionEventBody } from '../../../core/session/events.ts';
import type { Instant } from '../../../core/time.ts';
import { atSeconds, type Chair, chair, HR, RR, SPO2 } from '../alarm/bench-chair.ts';

const WELL = { [SPO2]: 98, [HR]: 70, [RR]: 14 } as const;
const LOW = { ...WELL, [SPO2]: 80 } as const;

const entry = (sequence: number, at: Instant, body: SessionEventBody): SessionEvent => ({
  id: eventId(`e${sequence}`),
  sessionId: sessionId('s'),
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

const burdenOf = (c: Chair, priority: AlarmPriority = 'high'): number => {
  const events = [
    entry(1, atSeconds(0), OPENED),
    ...c.events.map((event, index) => entry(index + 2, event.at, { type: 'alarm', alarm: event })),
  ];
  return alarmFiguresOf(foldAlarmLog(events, c.now().wall), c.now().wall).burdenMs[priority];
};

describe('the time in alarm', () => {
  it('is that of the condition, not the time for which the alarm stayed on the screen', () => {
    const c = chair();
    c.hold(LOW, 20);
    c.hold(WELL, 600);
    c.acknowledge('spo2-low');
    expect(burdenOf(c)).toBeGreaterThan(10_000);
    expect(burdenOf(c)).toBeLessThan(30_000);
  });

  it('begins with the raising, also of an alarm that waits for its repeat', () => {
    const c = chair();
    c.cuff(165, 90);
    c.wait(100);
    c.cuff(166, 91);
    c.wait(100);
    expect(burdenOf(c, 'medium')).toBeCloseTo(200_000, -4);
  });

  it('of an alarm that nobody acknowledged and that came back has not the time between in it', () => {
    const c = chair();
    c.hold(LOW, 20);
    c.hold(WELL, 600);
    c.hold(LOW, 20);
    c.acknowledge('spo2-low');
    c.hold(WELL, 60);
    expect(burdenOf(c)).toBeGreaterThan(20_000);
    expect(burdenOf(c)).toBeLessThan(60_000);
  });
});
