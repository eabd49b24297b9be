import fc from 'fast-check';
import { expect, it } from 'vitest';
import { civilToMs, fullYear, msToCivil } from '../../../devices/framing/civil-time.ts';

it('turns any second from 1970 to 2099 into a civil time and back, as the runtime does', () => {
  const seconds = fc.integer({ min: 0, max: Date.UTC(2099, 11, 31) / 1000 });
  fc.assert(
    fc.property(seconds, (second) => {
      const civil = msToCivil(second * 1000 + 999);
      const date = new Date(second * 1000);
      expect([civil.year, civil.month, civil.day]).toEqual([
        date.getUTCFullYear(),
        date.getUTCMonth() + 1,
        date.getUTCDate(),
      ]);
      expect(civilToMs(civil)).toBe(second * 1000);
    }),
    { numRuns: 1000 },
  );
});

it.each([
  ['30 February', { year: 2024, month: 2, day: 30 }],
  ['29 February of a common year', { year: 2023, month: 2, day: 29 }],
  ['29 February 2100', { year: 2100, month: 2, day: 29 }],
  ['month 13', { year: 2024, month: 13, day: 1 }],
  ['month 0', { year: 2024, month: 0, day: 1 }],
  ['day 0', { year: 2024, month: 1, day: 0 }],
])('has no time for %s', (_name, date) => {
  expect(civilToMs({ ...date, hour: 0, minute: 0, second: 0 })).toBeNull();
});

it.each([
  ['24:00:00', { hour: 24, minute: 0, second: 0 }],
  ['12:60:00', { hour: 12, minute: 60, second: 0 }],
  ['12:00:60', { hour: 12, minute: 0, second: 60 }],
])('has no time for %s', (_name, time) => {
  expect(civilToMs({ year: 2024, month: 1, day: 1, ...time })).toBeNull();
});

it('reads a year of two digits as one from 1980 to 2079', () => {
  expect([80, 97, 99, 0, 26, 79].map(fullYear)).toEqual([1980, 1997, 1999, 2000, 2026, 2079]);
});
