import { expect, it } from 'vitest';
import { isEnough } from '../../../core/visit/authorisation.ts';

const physician = { name: 'Dr Osei', role: 'physician' } as const;

it.each([
  ['Nurse M', true],
  ['Dr Osei', false],
  ['dr  osei', false],
  ['Dr\u00a0Osei', false],
])('a physician and "%s" are two people: %s', (name, expected) => {
  expect(isEnough('physician-and-second', [physician, { name, role: 'nurse' }])).toBe(expected);
});
