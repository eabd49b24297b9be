import { describe, expect, it } from 'vitest';
import { DEFAULT_PRESET } from '../../../core/alarm/presets.ts';
import {
  atSeconds,
  chair,
  HR,
  M1,
  M2,
  PI,
  PR,
  RR,
  RR_CO2,
  RR_IMP,
  SPO2,
  type Values,
} from './bench-chair.ts';

/** key, conditionId, value on the safe side, value that violates, delay in seconds, priority. */
const LIMITS: readonly (readonly [string, string, Values, Values, number, string])[] = [
  ['spo2-low', 'spo2-low-advisory', { [SPO2]: 92 }, { [SPO2]: 91 }, 15, 'low'],
  ['spo2-low', 'spo2-low-medium-priority', { [SPO2]: 90 }, { [SPO2]: 89 }, 15, 'medium'],
  ['spo2-low', 'spo2-low-high-priority', { [SPO2]: 85 }, { [SPO2]: 84 }, 5, 'high'],
  ['hr-low', 'hr-low-medium-priority', { [HR]: 50 }, { [HR]: 49 }, 10, 'medium'],
  ['hr-low', 'hr-low-high-priority', { [HR]: 40 }, { [HR]: 39 }, 10, 'high'],
  ['hr-high', 'hr-high-medium-priority', { [HR]: 120 }, { [HR]: 121 }, 30, 'medium'],
  ['hr-high', 'hr-high-high-priority', { [HR]: 150 }, { [HR]: 151 }, 10, 'high'],
  ['hr-low', 'hr-low-medium-priority', { [PR]: 50 }, { [PR]: 49 }, 10, 'medium'],
  ['rr-low', 'rr-low-advisory', { [RR]: 10 }, { [RR]: 9 }, 15, 'low'],
  ['rr-low', 'rr-low-medium-priority', { [RR]: 8 }, { [RR]: 7 }, 15, 'medium'],
  ['rr-high', 'rr-high-medium-priority', { [RR_IMP]: 30 }, { [RR_IMP]: 31 }, 15, 'medium'],
  ['rr-low', 'apnoea-capnography', { [RR_CO2]: 1 }, { [RR_CO2]: 0 }, 20, 'high'],
  [
    'etco2-low',
    'etco2-low-medium-priority',
    { MDC_CONC_AWAY_CO2_ET: 25 },
    { MDC_CONC_AWAY_CO2_ET: 24 },
    15,
    'medium',
  ],
  [
    'etco2-high',
    'etco2-high-medium-priority',
    { MDC_CONC_AWAY_CO2_ET: 50 },
    { MDC_CONC_AWAY_CO2_ET: 51 },
    15,
    'medium',
  ],
];

describe.each(LIMITS)('%s: %s', (key, conditionId, safe, bad, delay, priority) => {
  const words = `${JSON.stringify(bad)} for ${delay} s`;
  it(`is raised with ${priority} priority by ${words}`, () => {
    const c = chair();
    c.hold(bad, delay);
    expect(c.alarm(key)).toMatchObject({ conditionId, priority, state: 'active' });
  });
  it(`is not raised a tick earlier than ${delay} s`, () => {
    const c = chair();
    c.hold(bad, delay - 1);
    c.see(bad);
    c.wait(0.75);
    expect(c.alarm(key)?.conditionId).not.toBe(conditionId);
  });
  it(`is never raised by ${JSON.stringify(safe)}`, () => {
    const c = chair();
    c.hold(safe, delay + 60);
    expect(c.alarm(key)?.conditionId).not.toBe(conditionId);
  });
});

describe('limit alarms', () => {
  it('say the value against the limit, never an age', () => {
    const c = chair();
    c.hold({ [SPO2]: 84 }, 6);
    expect(c.alarm('spo2-low')).toMatchObject({
      title: 'SpO₂ VERY LOW',
      message: 'SpO₂ 84 < 85',
      value: 84,
      limit: 85,
      peak: 84,
    });
  });
  it('clear only after 5 s well inside the limit', () => {
    const c = chair();
    c.hold({ [SPO2]: 89 }, 16);
    c.hold({ [SPO2]: 90 }, 60);
    expect(c.alarm('spo2-low')?.priority).toBe('medium');
    c.hold({ [SPO2]: 93 }, 4);
    expect(c.alarm('spo2-low')?.priority).toBe('medium');
    c.hold({ [SPO2]: 93 }, 2);
    expect(c.alarm('spo2-low')).toBeUndefined();
  });
  it('rise from medium to high as one alarm, and keep the worst value', () => {
    const c = chair();
    c.hold({ [SPO2]: 89 }, 16);
    c.hold({ [SPO2]: 82 }, 6);
    c.hold({ [SPO2]: 84 }, 2);
    expect(c.story()).toEqual(['raised spo2-low medium', 'escalated spo2-low high']);
    expect(c.alarm('spo2-low')).toMatchObject({ peak: 82, value: 84 });
  });
  it('stay high while nobody acknowledged, fall to medium after that', () => {
    const c = chair();
    c.hold({ [SPO2]: 84 }, 16);
    c.hold({ [SPO2]: 88 }, 20);
    expect(c.alarm('spo2-low')).toMatchObject({
      priority: 'high',
      message: 'SpO₂ 88 < 90 · was SpO₂ 84 < 85',
    });
    c.acknowledge('spo2-low');
    expect(c.alarm('spo2-low')).toMatchObject({ priority: 'medium', message: 'SpO₂ 88 < 90' });
    expect(c.sounding()).toBeNull();
  });
  it('do not restart their delay at a short gap in the numbers', () => {
    const c = chair();
    c.hold({ [SPO2]: 89 }, 8);
    c.hold({ [SPO2]: 'invalid' }, 3);
    c.hold({ [SPO2]: 89 }, 4);
    c.see({ [SPO2]: 89 });
    expect(c.alarm('spo2-low')?.priority).toBe('medium');
  });
  it('come in time from a monitor that sends every 10 s and a little more', () => {
    const c = chair();
    for (let sample = 0; sample < 3; sample += 1) {
      c.see({ [SPO2]: 88 });
      c.wait(10.5);
    }
    const raised = c.events.find((event) => 'alarm' in event && event.alarm.key === 'spo2-low');
    expect(raised?.at).toEqual(atSeconds(15));
  });
  it('begin their delay anew after 10 s without a sensor or 30 s without a number', () => {
    for (const [silence, isOff, raised] of [
      [20, false, true],
      [31, false, false],
      [9, true, true],
      [20, true, false],
    ] as const) {
      const c = chair();
      c.hold({ [SPO2]: 89 }, 1);
      if (isOff) c.report('sensor-off', SPO2);
      c.hold({ [SPO2]: 'unavailable' }, silence);
      if (isOff) c.report('sensor-off', SPO2, false);
      c.hold({ [SPO2]: 89 }, 7);
      expect([silence, isOff, c.keys().includes('spo2-low')]).toEqual([silence, isOff, raised]);
    }
  });
  it('of a limit that a clinic added under its own id are alarms of their own', () => {
    const own = { id: 'fever', metric: 'MDC_TEMP_BODY', side: 'high', priority: 'medium' } as const;
    const limits = [...DEFAULT_PRESET.limits, { ...own, threshold: 38.5, inclusive: false, delayMs: 5000 }];
    const c = chair('infusing', { ...DEFAULT_PRESET, limits });
    c.hold({ MDC_TEMP_BODY: 38.6 }, 6);
    expect(c.alarm('MDC_TEMP_BODY-high')).toMatchObject({
      conditionId: 'fever',
      title: 'Temp HIGH',
      message: 'Temp 38.6 > 38.5',
    });
  });
  it('never round a violation away', () => {
    const c = chair();
    c.hold({ [SPO2]: 89.6 }, 16);
    expect(c.alarm('spo2-low')?.message).toBe('SpO₂ 89.6 < 90');
  });
  it('are off where the limit is off', () => {
    const limits = DEFAULT_PRESET.limits.map((limit) => ({ ...limit, threshold: null }));
    const c = chair('infusing', { ...DEFAULT_PRESET, limits });
    c.hold({ [SPO2]: 50, [HR]: 30 }, 60);
    expect(c.keys()).toEqual([]);
  });
  it('are not raised without a session, and end with it', () => {
    const c = chair(null);
    c.hold({ [SPO2]: 80 }, 60);
    expect(c.keys()).toEqual([]);
    c.phase('intake');
    c.hold({ [SPO2]: 80 }, 6);
    expect(c.keys()).toEqual(['spo2-low']);
    c.phase('cancelled');
    expect(c.keys()).toEqual([]);
  });
});

describe('several sources', () => {
  it('alarm when any of two monitors violates', () => {
    const c = chair();
    for (let second = 0; second < 16; second += 1) {
      c.see({ [SPO2]: 97 }, M2);
      c.hold({ [SPO2]: 88 }, 1, M1);
    }
    expect(c.alarm('spo2-low')).toMatchObject({ priority: 'medium', monitorId: M1 });
  });
  it('judge respiration by capnography when it has a number', () => {
    const c = chair();
    c.hold({ [RR_CO2]: 14, [RR_IMP]: 4 }, 60);
    expect(c.keys()).toEqual([]);
    c.hold({ [RR_CO2]: 'unavailable', [RR_IMP]: 4 }, 30);
    expect(c.keys()).toContain('rr-low');
  });
  it('never call a zero rate an apnoea unless capnography measured it', () => {
    const c = chair();
    c.hold({ [RR_IMP]: 0 }, 60);
    expect(c.alarm('rr-low')).toMatchObject({ conditionId: 'rr-low-medium-priority', priority: 'medium' });
  });
  it('make a technical alarm when heart rate and pulse disagree and only one is out of limits (F-4)', () => {
    const c = chair();
    c.hold({ [HR]: 38, [PR]: 72 }, 20);
    expect(c.keys()).toEqual(['hr-mismatch']);
    expect(c.alarm('hr-mismatch')).toMatchObject({ category: 'technical', priority: 'high' });
  });
  it('make a physiological alarm when both are out of limits, however far apart', () => {
    const c = chair();
    c.hold({ [HR]: 170, [PR]: 152 }, 20);
    expect(c.alarm('hr-high')).toMatchObject({ category: 'physiological', priority: 'high' });
  });
  it.each([
    // The rate within limits loses its number after 9 s, or is simply not heard any more after the first.
    ['high, no number', { [HR]: 70, [PR]: 155 }, { [HR]: 'invalid', [PR]: 155 }, 9, 'hr-high', 10],
    ['low, no number', { [HR]: 70, [PR]: 35 }, { [HR]: 'invalid', [PR]: 35 }, 9, 'hr-low', 10],
    ['high, not heard', { [HR]: 70, [PR]: 155 }, { [PR]: 155 }, 1, 'hr-high', 10.25],
    ['high, the pulse silent', { [HR]: 155, [PR]: 70 }, { [HR]: 155, [PR]: 'invalid' }, 9, 'hr-high', 10],
    ['low, the pulse not heard', { [HR]: 35, [PR]: 70 }, { [HR]: 35 }, 1, 'hr-low', 10.25],
    ['high, medium', { [HR]: 70, [PR]: 130 }, { [HR]: 'invalid', [PR]: 130 }, 9, 'hr-high', 30],
  ] as const)(
    'count the time held back by a disagreement towards the delay (F-4): %s',
    (_, apart, alone, apartFor, key, due) => {
      const c = chair();
      c.hold({ [HR]: 70, [PR]: 70 }, 10);
      const began = c.seconds;
      c.hold(apart, apartFor);
      while (c.seconds < began + 40 && c.alarm(key) === undefined) c.hold(alone, 1);
      const raised = c.events.find((event) => 'alarm' in event && event.alarm.key === key);
      expect(((raised?.at.mono ?? 0) - 1000) / 1000 - began).toBe(due);
    },
  );
  it('count the time before a disagreement towards its delay too (F-4)', () => {
    const c = chair();
    c.hold({ [PR]: 155 }, 6);
    c.hold({ [HR]: 70, [PR]: 155 }, 3);
    expect(c.keys()).toEqual([]);
    c.hold({ [HR]: 70, [PR]: 155 }, 1);
    expect(c.keys()).toEqual(['hr-mismatch']);
  });
  it('have no new delay when one of two rates that disagree flickers (F-4)', () => {
    const flicker = chair();
    for (let round = 0; round < 4; round += 1) {
      flicker.hold({ [HR]: 70, [PR]: 155 }, 2);
      flicker.hold({ [HR]: 'invalid', [PR]: 155 }, 1);
    }
    expect(flicker.events[0]?.at.mono).toBe(11_000);
    const gaps = chair();
    for (let round = 0; round < 4; round += 1) {
      gaps.hold({ [HR]: 70, [PR]: 155 }, 2);
      gaps.hold({ [HR]: 70, [PR]: 'invalid' }, 1);
    }
    expect(gaps.keys()).toEqual(['hr-mismatch']);
    expect(gaps.events[0]?.at.mono).toBe(11_000);
  });
  it('begin the delay anew when the rate was within its limits in between (F-4)', () => {
    const c = chair();
    c.hold({ [HR]: 70, [PR]: 155 }, 20);
    c.hold({ [HR]: 70, [PR]: 70 }, 2);
    c.hold({ [HR]: 155, [PR]: 155 }, 9);
    expect(c.alarm('hr-high')).toBeUndefined();
    c.hold({ [HR]: 155, [PR]: 155 }, 1);
    expect(c.alarm('hr-high')?.priority).toBe('high');
  });
  it('do not add a disagreement at once to the alarm of the same rate that is on (F-4)', () => {
    const c = chair();
    c.hold({ [HR]: 155, [PR]: 155 }, 15);
    c.hold({ [HR]: 70, [PR]: 155 }, 9);
    expect(c.keys()).toEqual(['hr-high']);
  });
  it('hold a medium alarm of a doubtful signal 30 s, then say so as a technical alarm (F-5)', () => {
    const c = chair();
    c.hold({ [SPO2]: { doubtful: 88 } }, 29);
    expect(c.keys()).toEqual([]);
    c.hold({ [SPO2]: { doubtful: 88 } }, 1);
    expect(c.alarm(`poor-signal:${SPO2}`)).toMatchObject({
      category: 'technical',
      priority: 'medium',
      message: 'SpO₂ 88 < 90, signal doubtful',
    });
  });
  it('never hold a high alarm back for a doubtful signal', () => {
    const c = chair();
    c.hold({ [SPO2]: { doubtful: 83 } }, 6);
    expect(c.alarm('spo2-low')?.priority).toBe('high');
  });
  it('do not call the signal doubtful while the high alarm of it is on', () => {
    const c = chair();
    c.hold({ [SPO2]: { doubtful: 83 } }, 60);
    expect(c.keys()).toEqual(['spo2-low']);
  });
  it('treat a low perfusion index as a doubtful signal', () => {
    const c = chair();
    c.hold({ [SPO2]: 88, [PI]: 0.2 }, 25);
    expect(c.keys()).toEqual([]);
  });
});
