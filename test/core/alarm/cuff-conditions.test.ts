import { describe, expect, it } from 'vitest';
import { chair, SYS } from './bench-chair.ts';

describe('the cuff', () => {
  it('that failed is an alarm until a reading comes', () => {
    const c = chair();
    c.report('cuff-fault', SYS);
    expect(c.alarm('cuff-fault:m1:cuff')?.priority).toBe('medium');
    c.cuff(120, 80);
    expect(c.keys()).toEqual([]);
  });
  it('is overdue after 1.5 intervals, high after 2.5 (BP-8)', () => {
    const c = chair();
    c.send({ type: 'nibp-schedule', intervalMs: 300_000, at: c.now() });
    c.cuff(120, 80);
    c.wait(450);
    expect(c.keys()).toEqual([]);
    c.wait(0.25);
    expect(c.alarm('nibp-overdue')).toMatchObject({
      priority: 'medium',
      message: 'No valid cuff reading within 1.5 × the interval of 5 min',
    });
    c.wait(300);
    expect(c.alarm('nibp-overdue')?.priority).toBe('high');
    c.cuff(120, 80);
    expect(c.keys()).toEqual([]);
  });
  it('is overdue also when no reading ever came in this infusion', () => {
    const c = chair('baseline');
    c.send({ type: 'nibp-schedule', intervalMs: 300_000, at: c.now() });
    c.wait(900);
    expect(c.keys()).toEqual([]);
    c.phase('infusing');
    c.wait(451);
    expect(c.keys()).toEqual(['nibp-overdue']);
  });
  it('is still overdue after a reading that cannot be believed', () => {
    const c = chair();
    c.send({ type: 'nibp-schedule', intervalMs: 300_000, at: c.now() });
    c.wait(440);
    c.cuff(120, 118, null);
    c.wait(11);
    expect(c.keys()).toContain('nibp-overdue');
  });
});
