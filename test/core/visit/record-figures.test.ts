import { expect, it } from 'vitest';
import { milligrams } from '../../../core/dose/units.ts';
import { eventText } from '../../../core/record/event-text.ts';
import type { SessionEventBody } from '../../../core/session/events.ts';
import { doseNews } from '../../../core/visit/drug-words.ts';
import { events } from './make.ts';

it.each<[SessionEventBody, string]>([
  [{ type: 'cuff-interval-in-force', intervalMs: 90_000, why: 'readings' }, 'Cuff every 90 s: readings'],
  [
    { type: 'cuff-interval-edited', phase: 'infusing', intervalMs: 150_000, reason: null },
    'Cuff interval in Infusing: 150 s',
  ],
  [{ type: 'nibp-interval-set', intervalMs: 90_000 }, 'Cuff interval 90 s'],
])('the record says the interval that is in force (%#)', (body, words) => {
  const [opened] = events([]);
  if (opened === undefined) throw new Error('no entry');
  expect(eventText({ ...opened, body }, String)).toBe(words);
});

it('an amount that was entered stands in the record with all its digits', () => {
  const [opened] = events([]);
  if (opened === undefined) throw new Error('no entry');
  const body = {
    type: 'dose-bolus',
    mg: milligrams(12.25),
    findings: [],
    reason: null,
    authorisations: [],
  } as const;
  expect(eventText({ ...opened, body }, String)).toBe('12.25 mg at once');
  expect(doseNews({ ...opened, body })).toBe('12.25 mg at once');
  const drug = {
    type: 'drug-given',
    name: 'Saline',
    amount: 1234.5,
    unit: 'mL',
    route: 'IV',
    reason: null,
  } as const;
  expect(eventText({ ...opened, body: drug }, String)).toBe('Given: Saline 1234.5 mL IV');
});
