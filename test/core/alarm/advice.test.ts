import { describe, expect, it } from 'vitest';
import { repeatRequest, tailorHints } from '../../../core/alarm/engine.ts';
import { elapsedMs } from '../../../core/time.ts';
import { type Chair, chair, HR, PI, SPO2 } from './bench-chair.ts';

/** Seconds from now until the next cuff reading is wanted. */
const wantedIn = (c: Chair): number | null => {
  const request = repeatRequest(c.state);
  return request === null ? null : elapsedMs(c.now(), request.dueAt) / 1000;
};

describe('the next cuff reading', () => {
  it('is wanted at no special time after a normal one', () => {
    const c = chair();
    c.cuff(120, 80);
    expect(wantedIn(c)).toBeNull();
  });
  it('is wanted in 2 min to confirm a first high one', () => {
    const c = chair();
    c.cuff(165, 90);
    expect(wantedIn(c)).toBe(120);
  });
  it('is wanted every 3 min after a spike, until two are normal', () => {
    const c = chair();
    const wanted: (number | null)[] = [];
    for (const [systolic, diastolic] of [
      [165, 90],
      [165, 90],
      [150, 85],
      [145, 85],
    ] as const) {
      c.cuff(systolic, diastolic, 105);
      wanted.push(wantedIn(c));
      c.wait(120);
    }
    expect(wanted).toEqual([120, 180, 180, null]);
  });
  it('is wanted every 2 min for three readings after a fast rise', () => {
    const c = chair();
    const wanted: (number | null)[] = [];
    for (const systolic of [110, 132, 133, 134, 135]) {
      c.cuff(systolic, 80);
      wanted.push(wantedIn(c));
      c.wait(120);
    }
    expect(wanted).toEqual([null, 120, 120, 120, null]);
  });
  it('is wanted at once after one that cannot be believed', () => {
    const c = chair();
    c.cuff(120, 115, null);
    expect(wantedIn(c)).toBe(0);
  });
});

describe('the hint to look at the limits (F-9)', () => {
  it('comes with the third medium alarm of one kind in 10 min, and goes again', () => {
    const c = chair();
    const counts: number[] = [];
    for (let time = 0; time < 3; time += 1) {
      c.hold({ [SPO2]: 88 }, 16);
      c.hold({ [SPO2]: 97 }, 70);
      counts.push(tailorHints(c.events, c.now())[0]?.count ?? 0);
    }
    expect(counts).toEqual([0, 0, 3]);
    c.wait(600);
    expect(tailorHints(c.events, c.now())).toEqual([]);
  });
  it('never changes a limit by itself (F-10)', () => {
    const c = chair();
    const { limits } = c.state;
    for (let time = 0; time < 5; time += 1) {
      c.hold({ [SPO2]: 88 }, 16);
      c.hold({ [SPO2]: 97 }, 10);
    }
    expect(c.state.limits).toBe(limits);
  });
});

describe('a symptom with a high pressure (BP-10)', () => {
  const tap = (c: Chair): void => c.send({ type: 'symptom', symptom: 'Headache', at: c.now() });
  it('is a high alarm that latches', () => {
    const c = chair();
    c.cuff(160, 90);
    tap(c);
    expect(c.alarm('bp-symptom')).toMatchObject({ priority: 'high', message: 'Headache with SYS 160' });
    c.cuff(120, 80);
    expect(c.alarm('bp-symptom')?.state).toBe('latched');
  });
  it('is none with a normal pressure, and becomes one when the pressure rises within 10 min', () => {
    const c = chair();
    c.cuff(130, 80);
    tap(c);
    expect(c.keys()).toEqual([]);
    c.wait(300);
    c.cuff(165, 90);
    expect(c.keys()).toContain('bp-symptom');
  });
  it('does not count for longer than 10 min', () => {
    const c = chair();
    tap(c);
    c.wait(600);
    c.cuff(165, 90);
    expect(c.keys()).toEqual(['bp-high']);
  });
});

describe('a heart rate that stays high', () => {
  it('sounds again after 5 min, also when it was acknowledged', () => {
    const c = chair();
    c.hold({ [HR]: 130 }, 200);
    c.acknowledge('hr-high');
    c.hold({ [HR]: 130 }, 99);
    expect(c.sounding()).toBeNull();
    c.hold({ [HR]: 130 }, 1);
    expect([c.alarm('hr-high')?.conditionId, c.sounding()]).toEqual(['hr-high-sustained', 'medium']);
  });
});

describe('a saturation that falls as no patient’s does (F-11)', () => {
  it('while perfusion falls too holds the medium alarm like a doubtful signal', () => {
    const c = chair();
    c.hold({ [SPO2]: 98, [PI]: 3 }, 5);
    c.hold({ [SPO2]: 77, [PI]: 1 }, 1);
    c.hold({ [SPO2]: 87, [PI]: 1 }, 20);
    expect(c.keys()).toEqual(['spo2-low']); // 77 is back within 20 of 98 at 87
    const d = chair();
    d.hold({ [SPO2]: 99, [PI]: 3 }, 5);
    d.hold({ [SPO2]: 78, [PI]: 1 }, 4);
    expect(d.keys()).toEqual([]);
  });
  it('never holds the high alarm', () => {
    const c = chair();
    c.hold({ [SPO2]: 98, [PI]: 3 }, 5);
    c.hold({ [SPO2]: 70, [PI]: 1 }, 6);
    expect(c.alarm('spo2-low')?.priority).toBe('high');
  });
});

describe('a pressure that goes from very high to immediate (BP-2 to BP-3)', () => {
  it('sounds again although it was acknowledged', () => {
    const c = chair();
    c.cuff(185, 90);
    c.acknowledge('bp-high');
    expect(c.sounding()).toBeNull();
    c.wait(120);
    c.cuff(203, 95);
    expect([c.alarm('bp-high')?.conditionId, c.sounding()]).toEqual(['nibp-sys-high-immediate', 'high']);
  });
});

describe('a chair without a monitor', () => {
  it('has no alarm of respiration or heart rate; while infusing a sent value always counts (F-12)', () => {
    const c = chair('infusing');
    c.wait(60);
    expect(c.keys()).toEqual([]);
    c.hold({ [HR]: 45 }, 12);
    expect(c.keys()).toEqual(['hr-low']);
  });
});
