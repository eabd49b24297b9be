import { describe, expect, it } from 'vitest';
import { chair, HR, M1, M2, PR, RR, RR_IMP, SPO2, SYS } from './bench-chair.ts';

describe('a lost line', () => {
  it('is an alarm 8 s after the monitor was last heard, so that it is seen within 10 s', () => {
    const c = chair();
    c.link('associated');
    c.hold({ [SPO2]: 97, [PR]: 70 }, 5);
    c.see({ [SPO2]: 97, [PR]: 70 });
    c.wait(3);
    c.link('not-associated');
    c.wait(4.75);
    expect(c.keys()).toEqual([]);
    c.wait(0.25);
    expect(c.alarm('link-lost:m1')).toMatchObject({
      priority: 'medium',
      category: 'technical',
      message: 'The line is silent. Not watched: SpO₂, PR',
    });
  });
  it('is one alarm: the numbers it took with it have none of their own (F-7)', () => {
    const c = chair();
    c.link('associated', [SPO2, PR, HR, RR]);
    c.hold({ [SPO2]: 97, [PR]: 70, [HR]: 70, [RR]: 12 }, 5);
    c.link('not-associated', [SPO2, PR, HR, RR]);
    c.wait(45);
    expect(c.keys()).toEqual(['link-lost:m1']);
  });
  it('is a high alarm after 60 s while infusing or paused, not before', () => {
    const c = chair();
    c.link('associated');
    c.link('not-associated');
    c.wait(60);
    expect(c.alarm('link-lost:m1')?.priority).toBe('medium');
    c.wait(0.25);
    expect([c.alarm('link-lost:m1')?.priority, c.sounding()]).toEqual(['high', 'high']);
    const d = chair('recovery');
    d.link('associated');
    d.link('not-associated');
    d.wait(300);
    expect(d.alarm('link-lost:m1')?.priority).toBe('medium');
  });
  it('is over when the line is back, without latching', () => {
    const c = chair();
    c.link('not-associated');
    c.wait(90);
    c.link('associated');
    expect(c.keys()).toEqual([]);
    expect(c.story()).toEqual([
      'raised link-lost:m1 medium',
      'escalated link-lost:m1 high',
      'cleared link-lost:m1 high',
    ]);
  });
  it('without a session is shown with low priority and silent', () => {
    const c = chair(null);
    c.link('associated');
    c.link('not-associated');
    c.wait(120);
    expect([c.alarm('link-lost:m1')?.priority, c.sounding()]).toEqual(['low', null]);
  });
  it('that is back leaves the numbers 10 s to come', () => {
    const c = chair();
    c.link('associated');
    c.see({ [SPO2]: 97 });
    c.link('not-associated');
    c.wait(30);
    c.link('associated');
    c.wait(10);
    expect(c.keys()).toEqual([]);
    c.wait(0.25);
    expect(c.keys()).toEqual([`metric-stale:m1:${SPO2}`]);
  });
  it('that flickers without bringing a value is still lost', () => {
    const c = chair();
    c.link('associated');
    c.see({ [SPO2]: 97 });
    for (let second = 0; second < 94; second += 1) {
      c.link(second % 8 < 2 ? 'associated' : 'not-associated');
      c.wait(1);
    }
    expect(c.alarm('link-lost:m1')?.priority).toBe('high');
  });
  it('of a cuff that was last heard minutes ago counts from the loss', () => {
    const c = chair();
    c.link('associated', [SYS]);
    c.cuff(120, 80);
    c.wait(240);
    c.link('not-associated', [SYS]);
    c.wait(45);
    expect(c.alarm('link-lost:m1')?.priority).toBe('medium');
  });
  it('of one monitor does not stop the judging of another', () => {
    const c = chair();
    c.link('associated', [SPO2], M1);
    c.link('associated', [SPO2], M2);
    c.see({ [SPO2]: 97 }, M1);
    c.link('not-associated', [SPO2], M1);
    c.hold({ [SPO2]: 83 }, 12, M2);
    expect(c.keys()).toEqual(['spo2-low', 'link-lost:m1']);
  });
});

describe('a number that stops coming', () => {
  it('is an alarm when it is older than 10 s, and over with the next number', () => {
    const c = chair();
    c.link('associated');
    c.see({ [SPO2]: 97 });
    c.wait(10);
    expect(c.keys()).toEqual([]);
    c.wait(0.25);
    expect(c.alarm(`metric-stale:m1:${SPO2}`)).toMatchObject({
      priority: 'medium',
      message: 'SpO₂: no number from the monitor',
    });
    c.see({ [SPO2]: 97 });
    expect(c.keys()).toEqual([]);
  });
  it('is the same whether the monitor says nothing or says that it has none', () => {
    const c = chair();
    c.see({ [HR]: 70 });
    c.hold({ [HR]: 'invalid' }, 11);
    expect(c.keys()).toEqual([`metric-stale:m1:${HR}`]);
  });
  it('is one alarm for an oximeter, not one for saturation and one for pulse', () => {
    const c = chair();
    c.see({ [SPO2]: 97, [PR]: 70 });
    c.wait(20);
    expect(c.keys()).toEqual([`metric-stale:m1:${SPO2}`]);
  });
  it('that never came is no alarm', () => {
    const c = chair();
    c.hold({ [SPO2]: 'unavailable' }, 60);
    expect(c.keys()).toEqual([]);
  });
  it('is held while the cuff is inflated, for at most 60 s (T-2)', () => {
    const c = chair();
    c.see({ [SPO2]: 97 });
    c.wait(5);
    c.see({ [SYS]: 'ongoing' });
    c.wait(60);
    expect(c.keys()).toEqual([]);
    c.wait(0.5);
    expect(c.keys()).toEqual([`metric-stale:m1:${SPO2}`]);
  });
  it('never holds back a low saturation while the cuff is inflated (T-2)', () => {
    const c = chair();
    c.see({ [SYS]: 'ongoing' });
    c.hold({ [SPO2]: 83 }, 6);
    expect(c.keys()).toEqual(['spo2-low']);
  });
});

describe('a sensor that is off', () => {
  it('is one alarm after 10 s and explains the missing numbers', () => {
    const c = chair();
    c.see({ [SPO2]: 97, [PR]: 70 });
    c.report('sensor-off', SPO2);
    c.see({ [SPO2]: 'unavailable', [PR]: 'unavailable' });
    c.wait(9.75);
    expect(c.keys()).toEqual([]);
    c.wait(30);
    expect(c.keys()).toEqual(['sensor:m1:oximeter']);
  });
  it('takes the judging of its numbers with it: probe off is never SpO₂ low', () => {
    const c = chair();
    c.report('sensor-off', SPO2);
    c.hold({ [SPO2]: 60 }, 30);
    expect(c.keys()).toEqual(['sensor:m1:oximeter']);
  });
  it('does not end an alarm that was on before', () => {
    const c = chair();
    c.hold({ [SPO2]: 83 }, 6);
    c.report('sensor-off', SPO2);
    c.hold({ [SPO2]: 'unavailable' }, 120);
    expect(c.alarm('spo2-low')).toMatchObject({ state: 'active', priority: 'high' });
  });
  it('is no news while the patient is being connected (F-6)', () => {
    const c = chair('intake');
    c.see({ [SPO2]: 97, [HR]: 70 });
    c.report('sensor-off', SPO2);
    c.report('leads-off', HR);
    c.wait(30);
    expect(c.keys()).toEqual([]);
    c.phase('baseline');
    c.wait(10);
    expect(c.keys()).toEqual(['sensor:m1:ecg', 'sensor:m1:oximeter']);
  });
  it('leaves the number 10 s to come when it is back', () => {
    const c = chair();
    c.see({ [SPO2]: 97 });
    c.report('sensor-off', SPO2);
    c.wait(60);
    c.report('sensor-off', SPO2, false);
    c.wait(10);
    expect(c.keys()).toEqual([]);
    c.wait(0.25);
    expect(c.keys()).toEqual([`metric-stale:m1:${SPO2}`]);
  });
  it('on and off every few seconds does not hide that there is no number', () => {
    const c = chair();
    c.see({ [SPO2]: 97 });
    for (let second = 0; second < 60; second += 1) {
      c.report('sensor-off', SPO2, second % 8 < 4);
      c.wait(1);
    }
    expect(c.story().filter((line) => line.includes('metric-stale')).length).toBeGreaterThan(5);
  });
  it('in another way than before is still off, without a new delay', () => {
    const c = chair();
    c.report('sensor-disconnected', SPO2);
    c.wait(20);
    c.report('sensor-disconnected', SPO2, false);
    c.report('sensor-off', SPO2);
    expect(c.alarm('sensor:m1:oximeter')?.conditionId).toBe('sensor-off');
  });
  it('of the ECG leads explains the impedance respiration too', () => {
    const c = chair();
    c.see({ [HR]: 70, [RR_IMP]: 12 });
    c.report('leads-off', HR);
    c.wait(30);
    expect(c.keys()).toEqual(['sensor:m1:ecg']);
  });
});

describe("the monitor's own findings", () => {
  it('asystole is a high alarm at once, and latches', () => {
    const c = chair();
    c.report('asystole', HR);
    expect(c.alarm('asystole')?.priority).toBe('high');
    c.report('asystole', HR, false);
    c.wait(6);
    expect(c.alarm('asystole')?.state).toBe('latched');
  });
  it('asystole is not taken back by a lost line', () => {
    const c = chair();
    c.link('associated', [HR]);
    c.report('asystole', HR);
    c.acknowledge('asystole');
    c.link('not-associated', [HR]);
    c.wait(60);
    expect(c.alarm('asystole')?.state).toBe('active');
  });
  it('apnoea is high from capnography, else medium', () => {
    const c = chair();
    c.report('apnea', 'MDC_CO2_RESP_RATE');
    expect(c.alarm('rr-low')).toMatchObject({ priority: 'high', title: 'APNOEA (MONITOR)' });
    const d = chair();
    d.report('apnea', RR_IMP);
    expect(d.alarm('rr-low')?.priority).toBe('medium');
  });
  it('silenced bedside alarms are shown, without a sound', () => {
    const c = chair();
    c.report('alarm-silenced', null);
    expect([c.keys(), c.sounding()]).toEqual([['alarm-silenced:m1:monitor'], null]);
  });
});

describe('the station', () => {
  it('that cannot write the record is a high alarm, session or not', () => {
    const c = chair(null);
    c.send({ type: 'storage', fault: 'the disk is full', at: c.now() });
    expect([c.alarm('storage-fault')?.message, c.sounding()]).toEqual([
      'The record cannot be written: the disk is full',
      'high',
    ]);
    c.send({ type: 'storage', fault: null, at: c.now() });
    expect(c.keys()).toEqual([]);
  });
  it('shows a jump of the clock for 5 min, without a sound', () => {
    const c = chair();
    c.send({ type: 'clock-jump', byMs: 3_600_000, at: c.now() });
    c.wait(299);
    expect([c.alarm('clock-jump')?.priority, c.sounding()]).toEqual(['low', null]);
    c.wait(1);
    expect(c.keys()).toEqual([]);
  });
});

describe('a removed monitor', () => {
  it('takes its technical alarms with it and leaves unacknowledged high ones latched', () => {
    const c = chair();
    c.link('associated');
    c.hold({ [SPO2]: 83 }, 6);
    c.link('not-associated');
    c.wait(20);
    expect(c.keys()).toEqual(['spo2-low', 'link-lost:m1']);
    c.send({ type: 'monitor-removed', monitorId: M1, at: c.now() });
    c.wait(6);
    expect([c.keys(), c.alarm('spo2-low')?.state]).toEqual([['spo2-low'], 'latched']);
  });
});

describe('alarms of the monitor itself', () => {
  const tell = (c: ReturnType<typeof chair>, text: string, present: boolean) =>
    c.send({
      type: 'device-condition',
      monitorId: M1,
      condition: { code: 'monitor-alarm', metric: null, present, text },
      at: c.now(),
    });

  it('that stand together are one alarm with all their words, and it stands until the last of them is gone', () => {
    const c = chair();
    c.link('associated');
    tell(c, 'SpO2 LOW', true);
    tell(c, 'APNEA', true);
    expect(c.alarm('monitor-alarm:m1:')?.message).toMatch(/SpO2 LOW, APNEA$/);
    tell(c, 'APNEA', false);
    c.wait(1);
    expect(c.alarm('monitor-alarm:m1:')?.message).toMatch(/: SpO2 LOW$/);
    tell(c, 'SpO2 LOW', false);
    c.wait(1);
    expect(c.keys()).toEqual([]);
  });
});
