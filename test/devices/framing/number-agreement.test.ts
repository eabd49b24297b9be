import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createNumberAgreement } from '../../../devices/framing/number-agreement.ts';
import { at } from '../drive.ts';

/** Which of these numbers, one a second, are told. */
const told = (values: readonly (number | null)[], gapMs = 1000): readonly (number | null)[] => {
  const judge = createNumberAgreement({ tolerance: 2, maxGapMs: 5000 });
  return values.filter((value, index) => judge.offer(value, at(index * gapMs)));
};

describe('the agreement of successive answers', () => {
  it.each<[string, (number | null)[], (number | null)[]]>([
    ['tells a number that the one before supports', [98, 98, 97, 99], [98, 97, 99]],
    ['holds a leap until the next answer agrees with it', [98, 98, 84, 84], [98, 84]],
    ['drops a number that comes once', [98, 98, 18, 98, 98], [98, 98]],
    ['does not hold a fall that goes on at no greater pace', [98, 98, 94, 90, 86], [98, 90, 86]],
    ['does not take the way back from a damaged number for a trend', [72, 72, 250, 72, 20, 72, 72], [72, 72]],
    ['tells at once that a number is gone', [98, 98, null, 98, 98], [98, null, 98]],
  ])('%s', (_name, values, expected) => {
    expect(told(values)).toEqual(expected);
  });

  it('takes no support from an answer that is too old', () => {
    expect(told([98, 98, 98], 6000)).toEqual([]);
  });

  it('for any one damaged answer among equal ones tells nothing that is wrong by more than its tolerance', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 0, max: 300 }), (place, wrong) => {
        const values = Array.from({ length: 9 }, (_, index) => (index === place ? wrong : 98));
        for (const value of told(values)) expect(Math.abs((value ?? 0) - 98)).toBeLessThanOrEqual(2);
      }),
    );
  });
});
