import { describe, expect, it } from 'vitest';
import { alarmSnapshot, restoreAlarms, stepAlarms } from '../../../core/alarm/engine.ts';
import { ALARM_PARAMETERS, type AlarmParameter, PARAMETER_ROWS } from '../../../core/alarm/parameters.ts';
import { DEFAULT_PRESET } from '../../../core/alarm/presets.ts';
import { addMs, instant } from '../../../core/time.ts';
import { type Chair, chair, HR, M1, RR, SPO2 } from './bench-chair.ts';

const MINUTE = 60;
const WELL = { [SPO2]: 98, [HR]: 70, [RR]: 14 } as const;
const LOW = { ...WELL, [SPO2]: 80 } as const;
const SLOW = { ...WELL, [HR]: 35 } as const;

const pause = (c: Chair, parameters: readonly AlarmParameter[], durationMs = 120_000): void =>
  c.send({ type: 'pause-alarms', parameters, durationMs, by: 'Nurse A', reason: 'Cuff move', at: c.now() });
const resume = (c: Chair, parameters: readonly AlarmParameter[]): void =>
  c.send({ type: 'resume-alarms', parameters, by: 'Nurse B', at: c.now() });
const off = (c: Chair, parameter: AlarmParameter): void =>
  c.send({ type: 'alarm-off', parameter, by: 'Nurse A', reason: 'Pacemaker', at: c.now() });
const on = (c: Chair, parameter: AlarmParameter): void =>
  c.send({ type: 'alarm-on', parameter, by: 'Nurse B', at: c.now() });
const audioOff = (c: Chair): void =>
  c.send({ type: 'audio-off', by: 'Nurse A', reason: 'MRI next door', at: c.now() });
const shown = (c: Chair) => alarmSnapshot(c.state, c.now());
const told = (c: Chair, type: string) => c.events.filter((event) => event.type === type);

describe('ALARM PAUSED', () => {
  it('hides the alarms of its parameters, logs them, and shows them when its time is up', () => {
    const c = chair();
    pause(c, ['spo2-low']);
    expect(shown(c).paused).toMatchObject([{ parameter: 'spo2-low', by: 'Nurse A', reason: 'Cuff move' }]);
    c.hold(LOW, 30);
    expect([c.keys(), c.sounding()]).toEqual([[], null]);
    expect(c.story()).toEqual(['alarms-paused', 'raised spo2-low high']);
    c.hold(LOW, 91);
    expect([c.keys(), c.sounding()]).toEqual([['spo2-low'], 'high']);
    expect(c.events.at(-1)).toMatchObject({ type: 'alarms-resumed', parameters: ['spo2-low'], by: null });
    expect(shown(c).paused).toEqual([]);
  });

  it('ends by its timer to the second, whether or not data come', () => {
    const c = chair();
    c.hold(LOW, 10);
    pause(c, ['spo2-low']);
    expect(c.keys()).toEqual([]);
    c.wait(119.75);
    expect(c.keys()).not.toContain('spo2-low');
    c.wait(0.5);
    expect(c.keys()).toContain('spo2-low');
    expect(c.sounding()).toBe('high');
  });

  it('hides nothing a moment longer, also where no tick has come yet', () => {
    const c = chair();
    c.hold(LOW, 10);
    pause(c, ['spo2-low']);
    const late = alarmSnapshot(c.state, addMs(c.now(), 120_000));
    expect(late).toMatchObject({ paused: [], sounding: 'high', alarms: [{ key: 'spo2-low' }] });
  });

  it('lasts at most 3 min, however long was asked for', () => {
    const c = chair();
    pause(c, ['spo2-low'], 3_600_000);
    c.hold(LOW, 3 * MINUTE - 1);
    expect(c.keys()).toEqual([]);
    c.hold(LOW, 2);
    expect(c.keys()).toEqual(['spo2-low']);
  });

  it('hides nothing of another parameter', () => {
    const c = chair();
    pause(c, ['spo2-low', 'cuff', 'oximeter-probe']);
    c.hold(SLOW, 12);
    c.cuff(205, 100);
    expect(c.keys()).toEqual(expect.arrayContaining(['hr-low', 'bp-high']));
    expect(c.sounding()).toBe('high');
  });

  it('is ended by anybody, by name, for some of its parameters', () => {
    const c = chair();
    pause(c, ['spo2-low', 'hr-low']);
    c.hold({ ...LOW, [HR]: 35 }, 12);
    expect(c.keys()).toEqual([]);
    resume(c, ['spo2-low', 'rr-low']);
    expect(c.keys()).toEqual(['spo2-low']);
    expect(told(c, 'alarms-resumed')).toMatchObject([{ parameters: ['spo2-low'], by: 'Nurse B' }]);
  });

  it('shows what came and went behind it as resolved and not acknowledged', () => {
    const c = chair();
    pause(c, ['spo2-low']);
    c.hold(LOW, 10);
    c.hold(WELL, 20);
    expect(c.keys()).toEqual([]);
    resume(c, ['spo2-low']);
    expect(c.alarm('spo2-low')).toMatchObject({ state: 'latched', acknowledged: null });
    expect(c.sounding()).toBe('high');
  });

  it('does not let an alarm that nobody could see be silenced by an audio pause of that time', () => {
    const c = chair();
    pause(c, ['spo2-low'], 30_000);
    c.hold(LOW, 10);
    c.send({ type: 'pause-audio', by: 'Nurse A', at: c.now() });
    c.hold(LOW, 21);
    expect(shown(c).audio.kind).toBe('paused');
    expect(c.sounding()).toBe('high');
  });

  it('puts a cuff or a probe on hold while somebody moves it', () => {
    const c = chair();
    pause(c, ['oximeter-probe', 'cuff']);
    c.report('sensor-off', SPO2);
    c.report('cuff-fault', null);
    c.hold({ [HR]: 70, [RR]: 14 }, 30);
    expect(c.keys()).toEqual([]);
    expect(told(c, 'raised').length).toBeGreaterThan(1);
    resume(c, ['oximeter-probe', 'cuff']);
    expect(c.keys()).toEqual(expect.arrayContaining([`sensor:${M1}:oximeter`, `cuff-fault:${M1}:cuff`]));
  });

  it('cannot hide a lost line, a record that is not saved, or a symptom', () => {
    const c = chair();
    c.link('associated');
    pause(c, ALARM_PARAMETERS);
    c.cuff(175, 90);
    c.send({ type: 'symptom', symptom: 'Chest pain', at: c.now() });
    c.send({ type: 'storage', fault: 'disk full', at: c.now() });
    c.link('not-associated');
    c.wait(12);
    expect(c.keys()).toEqual(expect.arrayContaining(['storage-fault', 'bp-symptom', `link-lost:${M1}`]));
  });

  it('is nothing outside a session', () => {
    const c = chair(null);
    pause(c, ['spo2-low']);
    audioOff(c);
    off(c, 'hr-low');
    expect(c.events).toEqual([]);
  });
});

describe('ALARM OFF', () => {
  it('ends the alarms of its parameter, by name and with the reason, and makes no new ones', () => {
    const c = chair();
    c.hold(SLOW, 12);
    off(c, 'hr-low');
    expect(told(c, 'alarm-off')).toMatchObject([{ parameter: 'hr-low', by: 'Nurse A', reason: 'Pacemaker' }]);
    expect(c.events.at(-1)).toMatchObject({ type: 'cleared', by: 'Nurse A' });
    c.hold(SLOW, 60);
    expect([c.keys(), c.sounding()]).toEqual([[], null]);
    expect(shown(c).off).toMatchObject([{ parameter: 'hr-low', reason: 'Pacemaker' }]);
  });

  it('when it ends, an alarm whose cause is there is there at once', () => {
    const c = chair();
    off(c, 'hr-low');
    off(c, 'nibp-low');
    c.cuff(70, 40);
    c.hold(SLOW, 60);
    expect(c.keys()).toEqual([]);
    on(c, 'hr-low');
    on(c, 'nibp-low');
    expect(c.keys()).toEqual(expect.arrayContaining(['hr-low', 'bp-low']));
    expect(c.sounding()).toBe('high');
  });

  it.each(['infusing', 'paused'] as const)(
    'is impossible for SpO₂ low and blood pressure high in phase %s',
    (phase) => {
      const c = chair(phase);
      for (const parameter of ['spo2-low', 'nibp-high'] as const) off(c, parameter);
      expect(c.events).toEqual([]);
    },
  );

  it('of SpO₂, set before, ends by itself when the infusion starts', () => {
    const c = chair('baseline');
    off(c, 'spo2-low');
    c.hold(LOW, 20);
    expect(c.keys()).toEqual([]);
    c.phase('infusing');
    expect(told(c, 'alarm-on')).toMatchObject([{ parameter: 'spo2-low', by: null }]);
    expect(c.keys()).toEqual(['spo2-low']);
  });

  it('is never for a sensor', () => {
    const c = chair('recovery');
    for (const parameter of ALARM_PARAMETERS) off(c, parameter);
    const sensors = ALARM_PARAMETERS.filter((parameter) => PARAMETER_ROWS[parameter].kind === 'sensor');
    expect(sensors.length).toBeGreaterThan(2);
    expect(shown(c).off.map((entry) => entry.parameter)).toEqual(
      ALARM_PARAMETERS.filter((parameter) => !sensors.includes(parameter)),
    );
  });

  it('does not silence a doubtful signal of another parameter', () => {
    const c = chair();
    off(c, 'hr-high');
    c.hold({ ...WELL, [SPO2]: { doubtful: 87 } }, 60);
    expect(c.keys()).toEqual([`poor-signal:${SPO2}`]);
  });
});

describe('ALARM OFF of a limit', () => {
  it('takes the technical alarms that stand in its place with it', () => {
    const c = chair();
    c.hold({ ...WELL, [HR]: { doubtful: 130 } }, 70);
    expect(c.keys()).toEqual([`poor-signal:${HR}`]);
    off(c, 'hr-high');
    c.hold({ ...WELL, [HR]: { doubtful: 130 } }, 5);
    expect(c.keys()).toEqual([]);
  });
});

describe('AUDIO OFF', () => {
  it('silences everything, new alarms too, and leaves every picture', () => {
    const c = chair();
    audioOff(c);
    c.hold(LOW, 20);
    expect([c.keys(), c.sounding()]).toEqual([['spo2-low'], null]);
    expect(shown(c).audio).toMatchObject({ kind: 'off', by: 'Nurse A', reason: 'MRI next door' });
    c.send({ type: 'resume-audio', by: 'Nurse B', at: c.now() });
    expect(c.sounding()).toBe('high');
  });

  it('is not turned into a pause by the way', () => {
    const c = chair();
    audioOff(c);
    c.send({ type: 'pause-audio', by: 'Nurse B', at: c.now() });
    expect(shown(c).audio.kind).toBe('off');
    expect(c.story()).toEqual(['audio-off']);
  });
});

describe('the reminder', () => {
  const counts = (c: Chair, minutes: number) =>
    Array.from({ length: minutes }, () => {
      c.wait(MINUTE);
      return shown(c).reminder?.count ?? null;
    });

  it('is due every 2 min while anything is off, and not a moment longer', () => {
    const c = chair('recovery');
    expect(shown(c).reminder).toBeNull();
    off(c, 'hr-low');
    expect(counts(c, 5)).toEqual([0, 1, 1, 2, 2]);
    audioOff(c);
    on(c, 'hr-low');
    expect(counts(c, 1)).toEqual([3]);
    expect(shown(c).reminder?.lastAt?.mono).toBe(c.now().mono);
    c.send({ type: 'resume-audio', by: 'Nurse B', at: c.now() });
    expect(shown(c).reminder).toBeNull();
  });

  it('comes as often as the configuration says', () => {
    const c = chair('recovery');
    c.send({ type: 'reminder-interval', everyMs: 5 * 60_000, at: c.now() });
    off(c, 'hr-low');
    expect(counts(c, 10)).toEqual([0, 0, 0, 0, 1, 1, 1, 1, 1, 2]);
  });
});

describe('the end of a session', () => {
  it('ends everything that silences, each with an entry, and the next session begins without any', () => {
    const c = chair('recovery');
    pause(c, ['spo2-low', 'cuff']);
    off(c, 'hr-low');
    audioOff(c);
    c.events.length = 0;
    c.phase('discharged');
    expect(c.story()).toEqual(['audio-resumed', 'alarms-resumed', 'alarm-on']);
    c.phase(null);
    c.phase('intake');
    expect(shown(c)).toMatchObject({ audio: { kind: 'on' }, paused: [], off: [], reminder: null });
    c.phase('baseline');
    c.hold({ ...LOW, [HR]: 35 }, 20);
    expect(c.keys()).toEqual(expect.arrayContaining(['spo2-low', 'hr-low']));
    expect(c.sounding()).toBe('high');
  });

  it('an audio pause from before a session does not reach into it', () => {
    const c = chair(null);
    c.send({ type: 'pause-audio', by: 'Nurse A', at: c.now() });
    c.phase('intake');
    expect(shown(c).audio.kind).toBe('on');
  });
});

describe('a restart of the station', () => {
  /** The log of a chair, taken up `downSeconds` later on a monotonic clock that began anew. */
  const restart = (c: Chair, downSeconds: number) => {
    const at = instant(c.now().wall + downSeconds * 1000, 500);
    const restored = restoreAlarms(DEFAULT_PRESET, c.events, at);
    const { state, events } = stepAlarms(restored, { type: 'phase', phase: 'recovery', at });
    return { snapshot: alarmSnapshot(state, at), events };
  };

  it('leaves what was paused and off as it was, with the time that is left', () => {
    const c = chair('recovery');
    pause(c, ['cuff', 'spo2-low'], 120_000);
    off(c, 'hr-low');
    audioOff(c);
    c.wait(30);
    resume(c, ['cuff']);
    const { snapshot, events } = restart(c, 20);
    expect(events).toEqual([]);
    expect(snapshot.paused.map(({ parameter, until }) => [parameter, until.mono])).toEqual([
      ['spo2-low', 500 + 70_000],
    ]);
    expect(snapshot.off).toMatchObject([{ parameter: 'hr-low', by: 'Nurse A', reason: 'Pacemaker' }]);
    expect(snapshot.audio).toMatchObject({ kind: 'off', by: 'Nurse A' });
  });

  it('that took longer than a pause ends it, in the log too, and shows what it hid', () => {
    const c = chair('recovery');
    pause(c, ['spo2-low']);
    c.hold(LOW, 20);
    const { snapshot, events } = restart(c, 300);
    expect(events.map((event) => event.type)).toContain('alarms-resumed');
    expect(snapshot.paused).toEqual([]);
    expect(snapshot.alarms.map((alarm) => alarm.key)).toEqual(['spo2-low']);
    expect(snapshot.sounding).toBe('high');
  });

  it('leaves loud what came out of a pause into an audio pause', () => {
    const c = chair('recovery');
    pause(c, ['spo2-low'], 30_000);
    c.hold(LOW, 10);
    c.send({ type: 'pause-audio', by: 'Nurse A', at: c.now() });
    c.hold(LOW, 21);
    const { snapshot } = restart(c, 5);
    expect(snapshot.audio.kind).toBe('paused');
    expect(snapshot.sounding).toBe('high');
  });

  it('reminds at once of what has been off for long', () => {
    const c = chair('recovery');
    off(c, 'hr-low');
    expect(restart(c, 300).snapshot.reminder).toMatchObject({ count: 2 });
  });
});

describe('a quiet chair', () => {
  it('keeps its state object when nothing changed', () => {
    const c = chair('recovery');
    off(c, 'hr-low');
    pause(c, ['cuff']);
    c.wait(1);
    const before = c.state;
    c.wait(1);
    expect(c.state).toBe(before);
  });
});
