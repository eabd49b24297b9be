import { describe, expect, it } from 'vitest';
import { BASELINE, type Chair, chair, DIA, M1, MAP, SYS } from './bench-chair.ts';

const withBaseline = (): Chair => {
  const c = chair();
  c.send({ type: 'baseline', baseline: BASELINE, at: c.now() });
  return c;
};

/** rule, systolic, diastolic, mean, key → condition, priority, state; baseline 120/75 (90). */
type FirstReading = readonly [
  rule: string,
  systolic: number,
  diastolic: number,
  mean: number,
  key: string,
  conditionId?: string,
  priority?: string,
  state?: string,
];
const FIRST_READINGS: readonly FirstReading[] = [
  ['BP-1', 149, 94, 110, 'bp-high'],
  ['BP-4 systolic', 150, 90, 108, 'bp-high', 'nibp-sys-rise-medium-priority', 'medium', 'unconfirmed'],
  ['BP-4 diastolic', 140, 95, 108, 'bp-high', 'nibp-dia-rise-medium-priority', 'medium', 'unconfirmed'],
  ['BP-5 systolic', 160, 90, 108, 'bp-high', 'nibp-sys-rise-high-priority', 'high', 'active'],
  ['BP-5 diastolic', 140, 100, 114, 'bp-high', 'nibp-dia-rise-high-priority', 'high', 'active'],
  ['BP-2 systolic', 180, 90, 114, 'bp-high', 'nibp-sys-high-high-priority', 'high', 'active'],
  ['BP-2 diastolic', 150, 110, 125, 'bp-high', 'nibp-dia-high-high-priority', 'high', 'active'],
  ['BP-3 systolic', 200, 90, 114, 'bp-high', 'nibp-sys-high-immediate', 'high', 'active'],
  ['BP-3 diastolic', 150, 120, 130, 'bp-high', 'nibp-dia-high-immediate', 'high', 'active'],
  ['BP-7', 90, 60, 70, 'bp-low'],
  ['BP-7 fall of 25 %', 89, 60, 70, 'bp-low', 'nibp-sys-low-medium-priority', 'medium', 'active'],
  ['BP-7 systolic', 79, 55, 62, 'bp-low', 'nibp-sys-low-high-priority', 'high', 'active'],
  ['BP-7 diastolic', 95, 49, 65, 'bp-low', 'nibp-dia-low-medium-priority', 'medium', 'active'],
  ['BP-7 mean', 95, 50, 59, 'bp-low', 'nibp-map-low-medium-priority', 'medium', 'active'],
  ['BP-7 very low mean', 92, 40, 49, 'bp-low', 'nibp-map-low-high-priority', 'high', 'active'],
];

describe('the first cuff reading', () => {
  for (const [rule, systolic, diastolic, mean, key, conditionId, priority, state] of FIRST_READINGS) {
    it(`${rule}: ${systolic}/${diastolic} (${mean}) is ${conditionId ?? 'no alarm'}`, () => {
      const c = withBaseline();
      c.cuff(systolic, diastolic, mean);
      const alarm = c.alarm(key);
      expect([alarm?.conditionId, alarm?.priority, alarm?.state]).toEqual([conditionId, priority, state]);
    });
  }
  it.each([
    [159, 99, undefined],
    [160, 99, 'nibp-sys-high-medium-priority'],
    [159, 100, 'nibp-dia-high-medium-priority'],
  ])(
    'without a baseline, %d/%d is judged by the absolute limits alone',
    (systolic, diastolic, conditionId) => {
      const c = chair();
      c.cuff(systolic, diastolic, 114);
      expect(c.alarm('bp-high')?.conditionId).toBe(conditionId);
    },
  );
  it('is one alarm, however many rules it meets, and names the others', () => {
    const c = withBaseline();
    c.cuff(184, 112, 136);
    expect(c.keys()).toEqual(['bp-high']);
    expect(c.alarm('bp-high')?.message).toBe(
      'SYS 184 ≥ 180 · also DIA 112 ≥ 110, MAP 136 ≥ 130, SYS 184 = baseline 120 + 64',
    );
  });
  it('says the rise over the baseline', () => {
    const c = withBaseline();
    c.cuff(155, 88, 110);
    expect(c.alarm('bp-high')).toMatchObject({
      message: 'SYS 155 = baseline 120 + 35',
      limit: 150,
      value: 155,
    });
  });
});

describe('confirmation by a repeat reading', () => {
  it('keeps a medium first reading silent', () => {
    const c = chair();
    c.cuff(165, 90);
    expect(c.sounding()).toBeNull();
  });
  it('sounds a high first reading at once', () => {
    const c = chair();
    c.cuff(185, 90);
    expect(c.sounding()).toBe('high');
  });
  it('confirms a medium one by a repeat that still meets it', () => {
    const c = chair();
    c.cuff(165, 90);
    c.wait(120);
    c.cuff(162, 90);
    expect([c.alarm('bp-high')?.state, c.sounding()]).toEqual(['active', 'medium']);
    expect(c.story()).toEqual(['raised bp-high medium', 'confirmed bp-high medium']);
  });
  it('takes a medium one back by a repeat more than 5 mmHg below', () => {
    const c = chair();
    c.cuff(165, 90);
    c.wait(120);
    c.cuff(154, 90, 105);
    expect(c.story()).toEqual(['raised bp-high medium', 'not-confirmed bp-high medium']);
    expect(c.keys()).toEqual([]);
  });
  it('neither confirms nor takes back at 5 mmHg below', () => {
    const c = chair();
    c.cuff(165, 90);
    c.wait(120);
    c.cuff(155, 90);
    expect(c.alarm('bp-high')?.state).toBe('unconfirmed');
  });
  it('promotes an unrepeated one at 3 min and not a tick before (fail loud)', () => {
    const c = chair();
    c.cuff(165, 90);
    c.wait(179.75);
    expect(c.alarm('bp-high')?.state).toBe('unconfirmed');
    c.wait(0.25);
    expect([c.alarm('bp-high')?.state, c.sounding()]).toEqual(['active', 'medium']);
  });
  it('ends an unconfirmed high one without latching, a confirmed one latched', () => {
    const c = chair();
    c.cuff(185, 90);
    c.wait(60);
    c.cuff(150, 85);
    expect(c.story()).toEqual(['raised bp-high high', 'not-confirmed bp-high high']);
    const d = chair();
    d.cuff(185, 90);
    d.wait(60);
    d.cuff(182, 90);
    d.wait(60);
    d.cuff(150, 85);
    expect(d.story()).toEqual(['raised bp-high high', 'confirmed bp-high high', 'latched bp-high high']);
    expect([d.alarm('bp-high')?.state, d.sounding()]).toEqual(['latched', 'high']);
  });
  it('keeps a confirmed spike confirmed when another high rule waits for its repeat', () => {
    const c = chair();
    c.cuff(185, 90);
    c.wait(60);
    c.cuff(182, 90);
    c.wait(60);
    c.cuff(150, 112);
    c.wait(60);
    c.cuff(140, 85);
    expect(c.alarm('bp-high')).toMatchObject({ priority: 'high', state: 'latched' });
  });
  it('does not take back a latched spike with a later one that its repeat does not confirm', () => {
    const c = chair();
    c.cuff(205, 100);
    c.wait(60);
    c.cuff(140, 85);
    expect(c.alarm('bp-high')?.state).toBe('latched');
    c.wait(60);
    c.cuff(185, 90);
    expect(c.alarm('bp-high')).toMatchObject({
      state: 'active',
      message: expect.stringMatching(/185.* was SYS 205 ≥ 200$/),
    });
    c.wait(60);
    c.cuff(140, 85);
    expect(c.alarm('bp-high')).toMatchObject({ priority: 'high', state: 'latched' });
    expect(c.story()).toEqual([
      'raised bp-high high',
      'latched bp-high high',
      'reopened bp-high high',
      'latched bp-high high',
    ]);
  });
  it('speaks in the words of the later spike once its repeat confirms it', () => {
    const c = chair();
    c.cuff(205, 100);
    c.wait(60);
    c.cuff(140, 85);
    c.wait(60);
    c.cuff(185, 90);
    c.wait(60);
    c.cuff(186, 90);
    expect(c.alarm('bp-high')).toMatchObject({
      state: 'active',
      message: expect.stringMatching(/^SYS 186 ≥ 180/),
    });
    c.wait(60);
    c.cuff(140, 85);
    expect(c.alarm('bp-high')?.state).toBe('latched');
  });
  it('does not end an alarm because the same limits and baseline are told again', () => {
    const c = chair();
    c.cuff(165, 90);
    c.wait(60);
    c.cuff(157, 90);
    c.wait(121);
    c.send({ type: 'limits', limits: structuredClone(c.state.limits), at: c.now() });
    expect(c.alarm('bp-high')).toMatchObject({ priority: 'medium', state: 'active' });
  });
  it('latches BP-3 from a single reading', () => {
    const c = chair();
    c.cuff(205, 100);
    c.wait(60);
    c.cuff(140, 85);
    expect(c.alarm('bp-high')?.state).toBe('latched');
  });
  it('falls to medium when the repeat meets only the lower rule', () => {
    const c = chair();
    c.cuff(185, 90);
    c.wait(60);
    c.cuff(170, 90);
    expect(c.alarm('bp-high')).toMatchObject({ priority: 'medium', state: 'active' });
  });
  it('is not given by the same measurement seen again', () => {
    const c = chair();
    c.cuff(165, 90, 112);
    c.wait(20);
    const again = [
      [SYS, 165],
      [DIA, 90],
      [MAP, 112],
    ] as const;
    c.send({
      type: 'observations',
      monitorId: M1,
      at: c.now(),
      observations: again.map(([metric, value]) => ({
        metric,
        unit: 'mm[Hg]',
        validity: 'valid',
        value,
        receivedAt: c.now(),
        deviceTime: null,
        ageAtReceiptMs: 60_000,
      })),
    });
    expect(c.alarm('bp-high')?.state).toBe('unconfirmed');
  });
});

describe('rate of rise (BP-6)', () => {
  it.each([
    ['+20 systolic', 130, 80, 'low'],
    ['+19 systolic', 129, 80, undefined],
    ['+15 diastolic', 112, 90, 'low'],
    ['+14 diastolic', 112, 89, undefined],
  ])('%s within 10 min', (_, systolic, diastolic, priority) => {
    const c = chair();
    c.cuff(110, 75);
    c.wait(300);
    c.cuff(systolic, diastolic);
    expect(c.alarm('bp-high')?.priority).toBe(priority);
    expect(c.sounding()).toBeNull();
  });
  it('is not judged over more than 10 min', () => {
    const c = chair();
    c.cuff(110, 75);
    c.wait(601);
    c.cuff(140, 85);
    expect(c.keys()).toEqual([]);
  });
  it('becomes medium at a second rise in a row', () => {
    const c = chair();
    c.cuff(100, 70);
    c.wait(300);
    c.cuff(120, 75);
    c.wait(300);
    c.cuff(141, 80);
    expect(c.alarm('bp-high')).toMatchObject({ conditionId: 'nibp-sys-step-again', priority: 'medium' });
    expect(c.sounding()).toBe('medium');
  });
});

describe('a cuff reading that cannot be believed', () => {
  it.each([
    ['systolic and diastolic too close', 184, 175, null],
    ['mean above systolic', 150, 80, 160],
    ['mean below diastolic', 150, 80, 75],
  ])('%s: makes a technical alarm, not a pressure alarm', (_, systolic, diastolic, mean) => {
    const c = chair();
    c.cuff(systolic, diastolic, mean);
    expect(c.keys()).toEqual(['nibp-rejected']);
  });
  it('that the monitor itself doubts makes a technical alarm too', () => {
    const c = chair();
    c.see({ [SYS]: { doubtful: 190 }, [DIA]: { doubtful: 90 } });
    expect(c.alarm('nibp-rejected')?.message).toBe('190/90 (--): the monitor doubts it. Repeat the reading');
  });
  it('neither confirms nor clears a pressure alarm', () => {
    const c = chair();
    c.cuff(185, 90);
    c.wait(30);
    c.cuff(120, 115, null);
    expect(c.keys()).toEqual(['bp-high', 'nibp-rejected']);
    expect(c.story()).toEqual(['raised bp-high high', 'raised nibp-rejected medium']);
  });
  it('is forgotten at the next valid one', () => {
    const c = chair();
    c.cuff(120, 115, null);
    c.cuff(120, 80);
    expect(c.keys()).toEqual([]);
  });
});
