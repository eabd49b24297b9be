import { describe, expect, it } from 'vitest';
import type { ChecklistAnswer, ChecklistItem } from '../../../core/checklist/items.ts';
import { checklistState, durationWords, type ItemState } from '../../../core/checklist/state.ts';
import { epochMs } from '../../../core/time.ts';
import { computeFacts } from '../../../core/visit/facts.ts';
import { at, chair, MINUTE, visit } from '../visit/make.ts';

const NOW = at(0);
const HOUR = 60 * MINUTE;
const common = { id: 'x', label: 'Item', hint: null, hard: true } as const;
const FOOD: ChecklistItem = { ...common, kind: 'time-since', minimumMs: 6 * HOUR };
const DRIVER: ChecklistItem = {
  ...common,
  kind: 'fields',
  fields: [
    { id: 'name', label: 'Name', required: true, input: 'text' },
    { id: 'phone', label: 'Phone', required: true, input: 'phone' },
    { id: 'note', label: 'Note', required: false, input: 'text' },
  ],
};

const stateOf = (
  item: ChecklistItem,
  answer: ChecklistAnswer | null,
  options: { readonly exception?: string; readonly spo2?: boolean } = {},
): ItemState => {
  const vitals = { heartRate: true, spo2: options.spo2 ?? true, respiration: true, bloodPressure: true };
  const facts = computeFacts(visit([]), chair({ vitals }), NOW);
  const exception =
    options.exception === undefined ? null : { reason: options.exception, authorisations: [] };
  const entries = { x: { at: NOW.wall, by: 'Nurse N', answer, exception } };
  const [state] = checklistState([item], entries, facts, NOW.wall);
  if (state === undefined) throw new Error('no state');
  return state;
};
const ago = (ms: number): ChecklistAnswer => ({ kind: 'time', at: epochMs(NOW.wall - ms) });

describe('an item of a checklist', () => {
  it('is open until it is answered', () => {
    expect(checklistState([FOOD], {}, computeFacts(visit([]), chair(), NOW), NOW.wall)).toMatchObject([
      { state: 'open', answer: null, by: null, text: 'Time not entered', doneAt: null },
    ]);
  });

  it.each([
    ['one millisecond short of 6 h', 6 * HOUR - 1, 'open', '5 h 59 min ago, at least 6 h wanted'],
    ['exactly 6 h', 6 * HOUR, 'done', '6 h ago'],
    ['7 h 20 min', 7 * HOUR + 20 * MINUTE, 'done', '7 h 20 min ago'],
  ])('with a time since %s', (_, ms, state, text) => {
    expect(stateOf(FOOD, ago(ms))).toMatchObject({ state, text });
  });

  it('says when a fasting time will be enough, and is done by itself then', () => {
    expect(stateOf(FOOD, ago(4 * HOUR))).toMatchObject({ doneAt: NOW.wall + 2 * HOUR });
  });

  it('takes no time from the future', () => {
    expect(stateOf(FOOD, ago(-1))).toMatchObject({ state: 'open', text: 'The time lies in the future' });
  });

  it('names the fields that are missing, and asks only for those that are required', () => {
    const half = stateOf(DRIVER, { kind: 'fields', values: { name: 'Kim', phone: ' ' } });
    expect(half).toMatchObject({ state: 'open', text: 'Missing: Phone' });
    const whole = stateOf(DRIVER, { kind: 'fields', values: { name: 'Kim', phone: '555 0100' } });
    expect(whole).toMatchObject({ state: 'done', text: 'Kim, 555 0100' });
  });

  it('stays open with an answer that does not pass, and keeps it', () => {
    const item: ChecklistItem = {
      ...common,
      kind: 'choice',
      options: [
        { value: 'negative', label: 'Test negative', passes: true },
        { value: 'positive', label: 'Test positive', passes: false },
      ],
    };
    expect(stateOf(item, { kind: 'choice', value: 'negative' }).state).toBe('done');
    expect(stateOf(item, { kind: 'choice', value: 'positive' })).toMatchObject({
      state: 'open',
      text: 'Test positive',
    });
  });

  it('is an exception with its reason; and done, not an exception, once it is in order', () => {
    expect(stateOf(FOOD, ago(HOUR), { exception: 'A biscuit' })).toMatchObject({
      state: 'exception',
      reason: 'A biscuit',
      text: '1 h ago, at least 6 h wanted',
    });
    expect(stateOf(FOOD, ago(7 * HOUR), { exception: 'A biscuit' }).state).toBe('done');
  });

  it('is read off the data where it is computed, whatever was answered', () => {
    const item: ChecklistItem = { ...common, kind: 'computed', fact: 'vital-spo2' };
    expect(stateOf(item, { kind: 'confirmed' }, { spo2: false })).toMatchObject({ state: 'open' });
    expect(stateOf(item, null).state).toBe('done');
  });

  it('counts an answer of another kind as none', () => {
    expect(stateOf(FOOD, { kind: 'confirmed' })).toMatchObject({ state: 'open', text: 'Time not entered' });
  });

  it('never says a longer time than it was', () => {
    expect(durationWords(2 * HOUR - 1)).toBe('1 h 59 min');
  });
});
