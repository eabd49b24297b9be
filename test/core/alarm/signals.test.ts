import { describe, expect, it } from 'vitest';
import { alarmSnapshot, isActive, stepAlarms } from '../../../core/alarm/engine.ts';
import { type Chair, chair, HR, SPO2 } from './bench-chair.ts';

const desaturated = (): Chair => {
  const c = chair();
  c.hold({ [SPO2]: 83 }, 6);
  return c;
};

describe('acknowledging', () => {
  it('stops the sound of this alarm and says who did it', () => {
    const c = desaturated();
    c.acknowledge('spo2-low');
    expect(c.sounding()).toBeNull();
    expect(c.alarm('spo2-low')?.acknowledged).toEqual({ at: c.now(), by: 'Nurse A' });
    expect(c.events.at(-1)).toMatchObject({ type: 'acknowledged', by: 'Nurse A' });
  });
  it.each(['nothing', '', 'constructor', '__proto__'])('of "%s", which is not on, does nothing', (key) => {
    const c = desaturated();
    const step = stepAlarms(c.state, { type: 'acknowledge', key, by: 'Nurse A', at: c.now() });
    expect([step.state === c.state, step.events, isActive(c.state, key)]).toEqual([true, [], false]);
  });
  it('twice is one acknowledgement', () => {
    const c = desaturated();
    c.acknowledge('spo2-low');
    c.acknowledge('spo2-low');
    expect(c.story()).toEqual(['raised spo2-low high', 'acknowledged spo2-low high']);
  });
  it('concerns one condition, not the others (C-1)', () => {
    const c = chair();
    c.hold({ [SPO2]: 83, [HR]: 39 }, 11);
    c.acknowledge('spo2-low');
    expect(c.sounding()).toBe('high');
  });
  it('lasts until the alarm clears; then it clears without latching', () => {
    const c = desaturated();
    c.acknowledge('spo2-low');
    c.hold({ [SPO2]: 97 }, 6);
    expect(c.story().slice(-1)).toEqual(['cleared spo2-low high']);
  });
  it.each([
    ['high', 83, 120],
    ['medium', 88, 300],
  ])('of a %s alarm that stays true is asked for again', (priority, value, seconds) => {
    const c = chair();
    c.hold({ [SPO2]: value }, 16);
    c.acknowledge('spo2-low');
    c.hold({ [SPO2]: value }, seconds - 1);
    c.see({ [SPO2]: value });
    c.wait(0.75);
    expect(c.sounding()).toBeNull();
    c.wait(0.25);
    expect([c.sounding(), c.story().at(-1)]).toEqual([priority, `realarmed spo2-low ${priority}`]);
  });
  it('ends when the same thing gets worse', () => {
    const c = chair();
    c.hold({ [SPO2]: 88 }, 16);
    c.acknowledge('spo2-low');
    c.hold({ [SPO2]: 83 }, 6);
    expect(c.sounding()).toBe('high');
  });
});

describe('latching (C-4)', () => {
  it('keeps a high alarm that has gone, sounding, until it is acknowledged', () => {
    const c = desaturated();
    c.hold({ [SPO2]: 97 }, 600);
    expect(c.alarm('spo2-low')).toMatchObject({ state: 'latched', clearedAt: expect.anything() });
    expect(c.sounding()).toBe('high');
    c.acknowledge('spo2-low');
    expect([c.keys(), c.story().slice(-2)]).toEqual([
      [],
      ['acknowledged spo2-low high', 'cleared spo2-low high'],
    ]);
  });
  it('does not keep a medium one', () => {
    const c = chair();
    c.hold({ [SPO2]: 88 }, 16);
    c.hold({ [SPO2]: 97 }, 6);
    expect(c.keys()).toEqual([]);
  });
  it('re-opens a latched alarm whose condition is there again', () => {
    const c = desaturated();
    c.hold({ [SPO2]: 97 }, 6);
    c.hold({ [SPO2]: 83 }, 6);
    expect(c.alarm('spo2-low')).toMatchObject({ state: 'active', occurrence: 2, clearedAt: null });
  });
});

describe('the same condition again (F-8)', () => {
  it('within 60 s of clearing is the same row with one more occurrence', () => {
    const c = chair();
    c.hold({ [SPO2]: 88 }, 16);
    c.hold({ [SPO2]: 97 }, 6);
    c.hold({ [SPO2]: 88 }, 16);
    expect(c.alarm('spo2-low')?.occurrence).toBe(2);
    expect(c.story()).toEqual([
      'raised spo2-low medium',
      'cleared spo2-low medium',
      'reopened spo2-low medium',
    ]);
  });
  it('later is a new alarm', () => {
    const c = chair();
    c.hold({ [SPO2]: 88 }, 16);
    c.hold({ [SPO2]: 97 }, 66);
    c.hold({ [SPO2]: 88 }, 16);
    expect(c.alarm('spo2-low')?.occurrence).toBe(1);
  });
});

describe('AUDIO PAUSED', () => {
  it('silences what is on for 120 s and ends by its timer, without any data', () => {
    const c = desaturated();
    c.send({ type: 'pause-audio', by: 'Nurse A', at: c.now() });
    expect(c.sounding()).toBeNull();
    c.wait(119.75);
    expect(alarmSnapshot(c.state, c.now()).audio.kind).toBe('paused');
    c.wait(0.25);
    expect([c.sounding(), c.story().at(-1), c.events.at(-1)]).toEqual([
      'high',
      'audio-resumed',
      { type: 'audio-resumed', at: c.now(), by: null },
    ]);
  });
  it('is over in a snapshot taken after its end, also before the next tick', () => {
    const c = desaturated();
    c.send({ type: 'pause-audio', by: 'Nurse A', at: c.now() });
    c.seconds += 130;
    expect([c.sounding(), alarmSnapshot(c.state, c.now()).audio.kind]).toEqual(['high', 'on']);
  });
  it('does not hold a new condition back, and stays for the old one', () => {
    const c = desaturated();
    c.send({ type: 'pause-audio', by: 'Nurse A', at: c.now() });
    c.hold({ [SPO2]: 83, [HR]: 45 }, 12);
    expect([c.sounding(), alarmSnapshot(c.state, c.now()).audio.kind]).toEqual(['medium', 'paused']);
  });
  it('does not hold a higher priority of the same thing back', () => {
    const c = chair();
    c.hold({ [SPO2]: 88 }, 16);
    c.send({ type: 'pause-audio', by: 'Nurse A', at: c.now() });
    c.hold({ [SPO2]: 83 }, 6);
    expect(c.sounding()).toBe('high');
  });
  it('can be ended by a person, and that is logged', () => {
    const c = desaturated();
    c.send({ type: 'pause-audio', by: 'Nurse A', at: c.now() });
    c.send({ type: 'resume-audio', by: 'Nurse B', at: c.now() });
    expect([c.sounding(), c.events.at(-1)]).toEqual([
      'high',
      { type: 'audio-resumed', at: c.now(), by: 'Nurse B' },
    ]);
  });
  it('does not survive into the next session', () => {
    const c = desaturated();
    c.send({ type: 'pause-audio', by: 'Nurse A', at: c.now() });
    c.phase('aborted');
    c.phase(null);
    c.phase('intake');
    expect(alarmSnapshot(c.state, c.now()).audio.kind).toBe('on');
  });
});

describe('a snapshot', () => {
  it('has the highest priority first, the newest first within one', () => {
    const c = chair();
    c.hold({ [SPO2]: 88 }, 16);
    c.hold({ [SPO2]: 88, [HR]: 45 }, 11);
    c.report('asystole', HR);
    expect(c.keys()).toEqual(['asystole', 'hr-low', 'spo2-low']);
  });
  it('sounds nothing for advisories', () => {
    const c = chair();
    c.hold({ [SPO2]: 91 }, 20);
    expect([c.alarm('spo2-low')?.priority, c.sounding()]).toEqual(['low', null]);
  });
});

describe('a step', () => {
  it('that changes nothing gives the same state back', () => {
    const c = desaturated();
    const before = c.state;
    c.seconds += 0.25;
    expect(stepAlarms(c.state, { type: 'tick', at: c.now() })).toEqual({ state: before, events: [] });
    expect(stepAlarms(c.state, { type: 'tick', at: c.now() }).state).toBe(before);
  });
});
