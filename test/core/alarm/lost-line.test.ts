import { describe, expect, it } from 'vitest';
import { chair, M2, PR, SPO2 } from './bench-chair.ts';

describe('a lost line beside another monitor', () => {
  it('says which of its numbers another monitor still gives, until that one is gone as well', () => {
    const c = chair();
    c.link('associated', [SPO2, PR]);
    c.link('associated', [SPO2], M2);
    c.see({ [SPO2]: 97, [PR]: 70 });
    c.link('not-associated');
    c.hold({ [SPO2]: 96 }, 12, M2);
    const message = () => c.alarm('link-lost:m1')?.message;
    expect(message()).toBe('The line is silent. Not watched: PR. From another monitor now: SpO₂');
    c.wait(11);
    expect(message()).toBe('The line is silent. Not watched: SpO₂, PR');
    c.hold({ [SPO2]: 96, [PR]: 71 }, 2, M2);
    expect(message()).toBe('The line is silent. From another monitor now: SpO₂, PR');
    c.link('not-associated', [SPO2, PR], M2);
    c.wait(1);
    expect(message()).toBe('The line is silent. Not watched: SpO₂, PR');
  });
  it('ends its sentence once, also where the cause is advice with a full stop of its own', () => {
    const c = chair();
    c.link('associated', [SPO2]);
    c.see({ [SPO2]: 97 });
    c.link('not-associated', [SPO2], undefined, 'Check its cable.');
    c.wait(11);
    expect(c.alarm('link-lost:m1')?.message).toBe('Check its cable. Not watched: SpO₂');
  });
});
