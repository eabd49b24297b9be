import { describe, expect, it } from 'vitest';
import { createPolling } from '../../../devices/framing/polling.ts';
import { at } from '../drive.ts';

type Question = 'A' | 'B' | 'STOP';
const polling = () =>
  createPolling<Question>({
    timeoutMs: 1000,
    roundMs: 2000,
    quietMs: 500,
    unansweredPauseMs: 10_000,
    round: () => ['A', 'B'],
  });

describe('question and answer with a monitor that is asked', () => {
  it('has one question under way at a time, and asks the round anew when its time has come', () => {
    const one = polling();
    expect(one.next(at(0))).toEqual({ question: 'A', isRetry: false });
    expect(one.next(at(10))).toBeNull();
    expect(one.answered('A', at(50))).toEqual({ kind: 'answer', tookMs: 50 });
    expect(one.next(at(50))?.question).toBe('B');
    one.answered('B', at(90));
    expect(one.next(at(1990))).toBeNull();
    expect(one.next(at(2000))?.question).toBe('A');
  });

  it('asks once more, then passes on', () => {
    const one = polling();
    one.next(at(0));
    expect(one.next(at(999))).toBeNull();
    expect(one.next(at(1000))).toEqual({ question: 'A', isRetry: true });
    expect(one.next(at(2000))).toEqual({ question: 'B', isRetry: false });
  });

  it('calls as many answers late as it gave up questions, and the next ones good after silence', () => {
    const one = polling();
    for (let ms = 0; ms <= 3000; ms += 250) one.next(at(ms));
    expect(one.answered('A', at(3100)).kind).toBe('late');
    expect(one.answered('A', at(3100)).kind).toBe('late');
    expect(one.next(at(3300))).toBeNull();
    expect(one.next(at(3600))?.question).toBe('A');
    expect(one.answered('A', at(3650))).toEqual({ kind: 'answer', tookMs: 50 });
  });

  it('hears an answer to nothing', () => {
    expect(polling().answered('B', at(0))).toEqual({ kind: 'unasked' });
  });

  it('asks what is never answered only now and then, and at once when the monitor is back', () => {
    const one = polling();
    const asked: string[] = [];
    for (let ms = 0; ms < 20_000; ms += 100) {
      const question = one.next(at(ms))?.question;
      if (question === undefined) continue;
      asked.push(question);
      if (question === 'A') one.answered('A', at(ms));
    }
    expect(asked.filter((question) => question === 'B').length).toBeLessThanOrEqual(4);
    expect(asked.filter((question) => question === 'A').length).toBeGreaterThanOrEqual(6);
  });

  it('never asks a second time for what a person commanded, and asks first what came of it', () => {
    const one = polling();
    one.next(at(0));
    one.interrupt('STOP', 'A', at(100));
    expect(one.next(at(900))).toBeNull();
    expect(one.settle('A')).toBe(false);
    expect(one.settle('STOP')).toBe(true);
    expect(one.next(at(900))?.question).toBe('A');
    one.interrupt('STOP', 'A', at(1000));
    const later = [2100, 2800, 4000].map((ms) => one.next(at(ms))?.question);
    expect(later).not.toContain('STOP');
  });

  it('forgets everything when the line opens again', () => {
    const one = polling();
    one.next(at(0));
    one.next(at(1000));
    one.start();
    expect(one.next(at(1100))).toEqual({ question: 'A', isRetry: false });
    expect(one.answered('A', at(1150)).kind).toBe('answer');
  });
});
