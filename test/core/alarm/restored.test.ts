/** What a restart keeps of each alarm, example by example; in general: properties.test.ts. */
import { describe, expect, it } from 'vitest';
import {
  type AlarmEngineState,
  alarmSnapshot,
  restoreAlarms,
  stepAlarms,
} from '../../../core/alarm/engine.ts';
import { DEFAULT_PRESET } from '../../../core/alarm/presets.ts';
import { addMs, type Instant, instant } from '../../../core/time.ts';
import { chair, HR, SPO2 } from './bench-chair.ts';

const keysOf = (state: AlarmEngineState, at: Instant): readonly string[] =>
  alarmSnapshot(state, at).alarms.map(({ key }) => key);

describe('a restart', () => {
  it('keeps the acknowledgement, the occurrence and what is left of a pause', () => {
    const c = chair();
    c.hold({ [SPO2]: 83 }, 6);
    c.acknowledge('spo2-low');
    c.send({ type: 'pause-audio', by: 'Nurse A', at: c.now() });
    const after = instant(c.now().wall + 30_000, 5);
    const restored = restoreAlarms(DEFAULT_PRESET, c.events, after);
    const snapshot = alarmSnapshot(restored, after);
    expect(snapshot.alarms[0]).toMatchObject({
      key: 'spo2-low',
      acknowledged: { at: addMs(after, -30_000), by: 'Nurse A' },
    });
    expect(snapshot.audio).toMatchObject({ kind: 'paused', until: addMs(after, 90_000) });
  });
  it('re-alarms an acknowledged high alarm by the time since the acknowledgement', () => {
    const c = chair();
    c.hold({ [SPO2]: 83 }, 6);
    c.acknowledge('spo2-low');
    const after = instant(c.now().wall + 100_000, 5);
    let state = restoreAlarms(DEFAULT_PRESET, c.events, after);
    state = stepAlarms(state, { type: 'phase', phase: 'infusing', at: after }).state;
    const early = stepAlarms(state, { type: 'tick', at: addMs(after, 19_000) });
    const late = stepAlarms(early.state, { type: 'tick', at: addMs(after, 20_000) });
    expect([early.events.length, late.events.map((event) => event.type)]).toEqual([0, ['realarmed']]);
  });
  it('does not end an alarm before the monitors are heard again', () => {
    const c = chair();
    c.link('not-associated');
    c.wait(20);
    c.report('sensor-off', SPO2, true);
    c.hold({ [HR]: 45 }, 15);
    const open = keysOf(c.state, c.now());
    const after = instant(c.now().wall + 1000, 5);
    let state = restoreAlarms(DEFAULT_PRESET, c.events, after);
    state = stepAlarms(state, { type: 'phase', phase: 'infusing', at: after }).state;
    for (let quarter = 1; quarter < 120; quarter += 1) {
      state = stepAlarms(state, { type: 'tick', at: addMs(after, quarter * 250) }).state;
    }
    expect(keysOf(state, addMs(after, 29_750))).toEqual(open);
  });
  it('into a session that is over ends what the log left open', () => {
    const c = chair();
    c.hold({ [SPO2]: 83 }, 6);
    c.link('not-associated');
    c.wait(20);
    const restored = restoreAlarms(DEFAULT_PRESET, c.events, c.now());
    const told = stepAlarms(restored, { type: 'phase', phase: 'discharged', at: c.now() });
    expect([keysOf(told.state, c.now()), told.events.map((event) => event.type)]).toEqual([
      [],
      ['cleared', 'cleared'],
    ]);
  });
  it('promotes a reading that was still unconfirmed 3 min after it came', () => {
    const c = chair();
    c.cuff(165, 90, 110);
    c.wait(60);
    const after = instant(c.now().wall + 60_000, 5);
    let state = restoreAlarms(DEFAULT_PRESET, c.events, after);
    state = stepAlarms(state, { type: 'phase', phase: 'infusing', at: after }).state;
    expect(stepAlarms(state, { type: 'tick', at: addMs(after, 59_000) }).events).toEqual([]);
    expect(stepAlarms(state, { type: 'tick', at: addMs(after, 60_000) }).events[0]?.type).toBe('confirmed');
  });
});
