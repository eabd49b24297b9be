import { describe, expect, it } from 'vitest';
import { soundingBesides, unheardOf } from '../../../core/alarm/unheard.ts';
import type { Phase } from '../../../core/session/phase.ts';
import { type Chair, chair, M1, SPO2 } from './bench-chair.ts';

const disk = (c: Chair, megabytes: number | null) =>
  c.send({ type: 'disk', freeBytes: megabytes === null ? null : megabytes * 1_000_000, at: c.now() });

describe('a disk with less than 1 GB left', () => {
  it('is a low alarm that says what to do, also without a session, and silent there', () => {
    const c = chair(null);
    disk(c, 1000);
    expect(c.keys()).toEqual([]);
    disk(c, 999);
    expect(c.alarm('disk-low')).toMatchObject({
      priority: 'low',
      category: 'technical',
      message: '0.9 GB left for the record. Make room on this computer’s disk',
    });
    expect(c.sounding()).toBeNull();
    c.phase('infusing');
    expect(c.sounding()).toBe('low');
  });
  it('is over only when there is clearly more, and does not flap', () => {
    const c = chair();
    for (const megabytes of [990, 1010, 995, 1190, 1199]) disk(c, megabytes);
    expect(c.keys()).toEqual(['disk-low']);
    disk(c, 1200);
    expect(c.keys()).toEqual([]);
    expect(c.story()).toEqual(['raised disk-low low', 'cleared disk-low low']);
  });
  it('is medium below 100 MB, until there are 150 MB again', () => {
    const c = chair();
    disk(c, 500);
    disk(c, 99);
    expect([c.alarm('disk-low')?.priority, c.sounding()]).toEqual(['medium', 'medium']);
    disk(c, 149);
    expect(c.alarm('disk-low')?.priority).toBe('medium');
    disk(c, 150);
    expect(c.alarm('disk-low')?.priority).toBe('low');
  });
  it('stays as it was known while nobody can measure', () => {
    const c = chair();
    disk(c, 500);
    disk(c, null);
    c.wait(60);
    expect(c.keys()).toEqual(['disk-low']);
  });
});

const unheard = (c: Chair, why: string | null = 'No window is open') =>
  c.send({
    type: 'audibility',
    unheard: why === null ? null : { since: c.now(), why },
    at: c.now(),
  });

describe('no window that can sound', () => {
  it('is an alarm after 15 s, says why and what to do, and is over at once', () => {
    const c = chair('baseline');
    unheard(c);
    c.wait(14.75);
    expect(c.keys()).toEqual([]);
    c.wait(0.25);
    expect(c.alarm('no-sound')).toMatchObject({
      priority: 'medium',
      message: 'No window is open. Open a window and tap into it',
    });
    unheard(c, null);
    expect(c.keys()).toEqual([]);
  });
  it('is none for the seconds that a page takes to load anew', () => {
    const c = chair();
    for (let load = 0; load < 20; load += 1) {
      unheard(c);
      c.wait(12);
      unheard(c, null);
      c.wait(1);
    }
    expect(c.events).toEqual([]);
  });
  it.each([
    ['intake', 0],
    ['baseline', 1],
    ['infusing', 1],
    ['paused', 1],
    ['recovery', 1],
    [null, 0],
  ] as const)('counts from the baseline to the end of recovery (%s)', (phase: Phase | null, alarms) => {
    const c = chair(phase);
    unheard(c);
    c.wait(60);
    expect(c.keys()).toHaveLength(alarms);
  });
  it('is high while there is an alarm that must be heard, and medium again when that is acknowledged', () => {
    const c = chair();
    unheard(c);
    c.wait(16);
    c.acknowledge('no-sound');
    c.hold({ [SPO2]: 88 }, 17);
    expect(c.alarm('no-sound')).toMatchObject({ priority: 'high', acknowledged: null });
    c.acknowledge('spo2-low');
    c.wait(0.25);
    expect(c.alarm('no-sound')?.priority).toBe('medium');
  });
  it('is told to those who sound in its place', () => {
    const c = chair();
    const told = () => {
      const alarms = Object.values(c.state.alarms).map(({ alarm }) => alarm);
      const chairs = [{ alarms: { alarms, sounding: c.sounding() } }];
      return [unheardOf(chairs), soundingBesides(chairs)];
    };
    expect(told()).toEqual([null, null]);
    unheard(c);
    c.wait(16);
    expect(told()).toEqual(['quiet', null]);
    c.hold({ [SPO2]: 88 }, 17);
    expect(told()).toEqual(['alarm', 'high']);
    c.acknowledge('spo2-low');
    c.acknowledge('no-sound');
    expect(told()).toEqual([null, null]);
  });
});

describe('a monitor that may be another patient’s', () => {
  const doubt = (c: Chair, text: string | null) =>
    c.send({ type: 'identity', monitorId: M1, doubt: text, at: c.now() });
  it('is an alarm at once in a session, and over when nothing speaks for it any more', () => {
    const c = chair('intake');
    doubt(c, 'Toy is another device now');
    expect(c.alarm('patient-mismatch:m1')).toMatchObject({
      priority: 'medium',
      monitorId: M1,
      message: 'Toy is another device now. Look, then confirm it or put it right',
    });
    doubt(c, null);
    expect(c.keys()).toEqual([]);
  });
  it('is none without a session, and goes with its monitor', () => {
    const c = chair(null);
    doubt(c, 'Toy is another device now');
    expect(c.keys()).toEqual([]);
    c.phase('intake');
    expect(c.keys()).toEqual(['patient-mismatch:m1']);
    c.send({ type: 'monitor-removed', monitorId: M1, at: c.now() });
    expect(c.keys()).toEqual([]);
  });
});
