import { describe, expect, it } from 'vitest';
import { restoreAlarms } from '../../../core/alarm/engine.ts';
import { DEFAULT_PRESET } from '../../../core/alarm/presets.ts';
import { VITALS, type Vital } from '../../../core/nomenclature/vitals.ts';
import type { Phase } from '../../../core/session/phase.ts';
import { type Chair, chair, HR, M1, M2, PR, RR, SPO2, SYS } from './bench-chair.ts';

const require = (c: Chair, waived: readonly Vital[] = []) =>
  c.send({ type: 'vitals', required: VITALS, waived, at: c.now() });

/** A chair on which all four vitals are required; those in `waived` were knowingly begun without. */
const watched = (phase: Phase | null = 'infusing', waived: readonly Vital[] = []): Chair => {
  const c = chair(phase);
  require(c, waived);
  return c;
};
const ALL = { [HR]: 72, [SPO2]: 98, [RR]: 14 };
const unwatched = (c: Chair) => c.keys().filter((key) => key.startsWith('vital-unwatched'));

describe('a vital that was never connected', () => {
  it('is an alarm 10 s after the start, one for each, and over with its first number', () => {
    const c = watched();
    c.see({ [HR]: 72 });
    c.cuff(120, 80);
    c.wait(9.75);
    expect(unwatched(c)).toEqual([]);
    c.see({ [HR]: 72 });
    c.wait(0.25);
    expect(unwatched(c).toSorted()).toEqual(['vital-unwatched:respiration', 'vital-unwatched:spo2']);
    expect(c.alarm('vital-unwatched:spo2')).toMatchObject({
      priority: 'medium',
      category: 'technical',
      title: 'NOT WATCHED',
      message: 'No monitor gives SpO₂: connect one',
    });
    expect(c.sounding()).toBe('medium');
    c.see({ [SPO2]: 98 });
    expect(unwatched(c)).toEqual(['vital-unwatched:respiration']);
  });
  it.each(['intake', 'baseline', null] as const)('is none before the drug (%s)', (phase) => {
    const c = watched(phase);
    c.wait(120);
    expect(unwatched(c)).toEqual([]);
  });
  it.each(['infusing', 'paused', 'recovery'] as const)('is one while %s', (phase) => {
    const c = watched(phase);
    c.wait(10.25);
    expect(unwatched(c)).toHaveLength(4);
  });
  it('has a pulse rate for a heart rate, and a running cuff for a pressure', () => {
    const c = watched();
    c.see({ [PR]: 72, [SYS]: 'ongoing' });
    c.wait(10.25);
    expect(unwatched(c).toSorted()).toEqual(['vital-unwatched:respiration', 'vital-unwatched:spo2']);
  });
  it('says nothing besides the lost line or the sensor that explains it (F-7)', () => {
    const c = watched();
    c.hold({ [HR]: 72, [RR]: 14 }, 1);
    c.cuff(120, 80);
    c.link('not-associated', [SPO2, PR], M2);
    c.hold({ [HR]: 72, [RR]: 14 }, 15);
    expect(c.keys()).toEqual(['link-lost:m2']);
    const d = watched();
    d.report('sensor-off', SPO2);
    for (let second = 0; second < 15; second += 1) d.hold({ [HR]: 72, [RR]: 14 }, 1);
    expect(d.keys()).toContain('sensor:m1:oximeter');
    expect(unwatched(d)).toEqual(['vital-unwatched:bloodPressure']);
  });
});

describe('a vital that the infusion was knowingly begun without', () => {
  it('is no alarm but a word, and only that vital', () => {
    const c = watched('infusing', ['respiration']);
    c.see({ [HR]: 72 });
    c.cuff(120, 80);
    c.wait(10.25);
    expect(unwatched(c)).toEqual(['vital-unwatched:spo2']);
    expect(c.unwatchedWords()).toEqual(['respiration']);
  });
  it('is an alarm like any other once it had a number and lost its monitor', () => {
    const c = watched('infusing', ['respiration']);
    c.see({ ...ALL, [SYS]: 'ongoing' });
    expect(c.unwatchedWords()).toEqual([]);
    require(c, ['respiration']); // told again, as with every entry of a person
    c.see({ [HR]: 72, [SPO2]: 98, [SYS]: 'ongoing' }, M2);
    c.send({ type: 'monitor-removed', monitorId: M1, at: c.now() });
    c.hold({ [HR]: 72, [SPO2]: 98 }, 11, M2);
    expect(unwatched(c)).toEqual(['vital-unwatched:respiration']);
  });
  it('is forgotten with the session', () => {
    const c = watched('infusing', ['respiration']);
    c.phase('discharged');
    require(c);
    c.phase('infusing');
    c.wait(10.25);
    expect(unwatched(c)).toContain('vital-unwatched:respiration');
    expect(c.unwatchedWords()).toEqual([]);
  });
});

describe('a monitor that is taken away in the middle of an infusion', () => {
  it('leaves an alarm for each vital that it alone gave', () => {
    const c = watched();
    c.see({ [SPO2]: 98, [PR]: 71 }, M2);
    c.see(ALL);
    c.cuff(120, 80);
    c.send({ type: 'monitor-removed', monitorId: M1, at: c.now() });
    c.hold({ [SPO2]: 98, [PR]: 71 }, 9, M2);
    expect(unwatched(c)).toEqual([]);
    c.hold({ [SPO2]: 98, [PR]: 71 }, 1, M2);
    expect(unwatched(c).toSorted()).toEqual(['vital-unwatched:bloodPressure', 'vital-unwatched:respiration']);
  });
  it('is no alarm when another one is there within 10 s', () => {
    const c = watched();
    c.see({ ...ALL, [SYS]: 'ongoing' });
    c.send({ type: 'monitor-removed', monitorId: M1, at: c.now() });
    c.wait(9);
    c.see({ ...ALL, [SYS]: 'ongoing' }, M2);
    c.hold(ALL, 5, M2);
    expect(unwatched(c)).toEqual([]);
  });
});

describe('after a restart', () => {
  it('monitors have 30 s to be heard before a vital counts as unwatched', () => {
    const c = watched();
    c.state = restoreAlarms(DEFAULT_PRESET, [], c.now());
    require(c);
    c.phase('infusing');
    c.wait(39);
    expect(unwatched(c)).toEqual([]);
    c.wait(2);
    expect(unwatched(c)).toHaveLength(4);
  });
  it('an alarm that was on is on at once, and ends with the first number', () => {
    const c = watched();
    c.wait(11);
    const log = [...c.events];
    c.state = restoreAlarms(DEFAULT_PRESET, log, c.now());
    require(c);
    c.phase('infusing');
    c.wait(20);
    expect(unwatched(c)).toHaveLength(4);
    c.see({ [SPO2]: 98 });
    expect(unwatched(c)).not.toContain('vital-unwatched:spo2');
  });
});
