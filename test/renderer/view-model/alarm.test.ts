import { describe, expect, it } from 'vitest';
import { alarmLine, alarmOn, foremost, soundDemand } from '../../../renderer/view-model/alarm.ts';
import { clockText } from '../../../renderer/view-model/time-text.ts';
import { alarm, alarms, at, chair, chairId } from '../support.ts';

describe('an alarm in words', () => {
  it('has its mark, its age and nothing more while it is plainly active; then it flashes', () => {
    const line = alarmLine(alarm('sys', 'high', { message: 'SYS 184 > 180' }), at(40));
    expect(line).toMatchObject({ mark: '***', age: '40 s ago', stateText: null, flash: true });
    expect(alarmLine(alarm('x', 'medium'), at(0)).mark).toBe('**');
    expect(alarmLine(alarm('x', 'low'), at(0)).mark).toBe('*');
  });

  it('reads RESOLVED with the time, not acknowledged, when it is latched; steady', () => {
    const latched = alarm('sys', 'high', { state: 'latched', clearedAt: at(30) });
    expect(alarmLine(latched, at(60))).toMatchObject({
      age: '',
      stateText: `RESOLVED ${clockText(at(30).wall)}, not acknowledged`,
      flash: false,
    });
  });

  it('reads UNCONFIRMED until a repeat reading came', () => {
    expect(alarmLine(alarm('sys', 'medium', { state: 'unconfirmed' }), at(1)).stateText).toBe('UNCONFIRMED');
  });

  it('says who acknowledged it and when, and is steady from then on', () => {
    const done = alarm('sys', 'high', { acknowledged: { at: at(5), by: 'JD' } });
    expect(alarmLine(done, at(9))).toMatchObject({
      stateText: `ACKNOWLEDGED ${clockText(at(5).wall)} by JD`,
      flash: false,
      isAcknowledged: true,
    });
  });

  it('counts how often it came back, and has no age while the station is not heard', () => {
    expect(alarmLine(alarm('sys', 'high', { occurrence: 3 }), null)).toMatchObject({
      title: 'SYS ×3',
      age: '',
    });
  });
});

describe('which alarm comes first', () => {
  it('never hides a high one behind a medium one, nor an open one behind an acknowledged one', () => {
    const high = alarm('a', 'high');
    const medium = alarm('b', 'medium');
    const done = alarm('c', 'high', { acknowledged: { at: at(0), by: 'JD' } });
    expect(foremost([medium, done, high])?.key).toBe('a');
    expect(foremost([done, medium])?.key).toBe('b');
    expect(foremost([])).toBeNull();
  });

  it('colours a number by the alarm on its own metric', () => {
    const spo2 = alarm('s', 'medium', { metric: 'MDC_PULS_OXIM_SAT_O2' });
    expect(alarmOn([spo2], ['MDC_PULS_OXIM_SAT_O2'])).toBe('medium');
    expect(alarmOn([spo2], ['MDC_ECG_HEART_RATE'])).toBeNull();
    expect(alarmOn([{ ...spo2, state: 'latched' }], ['MDC_PULS_OXIM_SAT_O2'])).toBeNull();
    const breaths = alarm('r', 'low', { metric: 'MDC_RESP_RATE' });
    expect(alarmOn([breaths], ['MDC_TTHOR_RESP_RATE'])).toBe('low');
  });
});

describe('what must be heard', () => {
  const loud = (id: string, priority: 'high' | 'medium' | 'low', key: string) =>
    chair({
      id: chairId(id),
      alarms: alarms({ alarms: [alarm(key, priority)], sounding: priority }),
    });

  it('is the highest sounding priority over all chairs', () => {
    expect(soundDemand([loud('1', 'low', 'a'), loud('2', 'high', 'b'), loud('3', 'medium', 'c')])).toEqual({
      priority: 'high',
      keys: ['2 b 1'],
      standing: ['2 b 1'],
    });
  });

  it('is nothing when the station says so, whatever alarms there are', () => {
    const paused = chair({ alarms: alarms({ alarms: [alarm('a', 'high')] }) });
    expect(soundDemand([paused])).toBeNull();
  });
});
