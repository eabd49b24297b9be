import { describe, expect, it } from 'vitest';
import { epochMs } from '../../../core/time.ts';
import { LONGEST_REST_MS, restAsked, SHORTEST_REST_MS } from '../../../station/sending/retry-after.ts';

const NOW = epochMs(Date.UTC(2026, 2, 1, 14));
const rest = (retryAfter: string | null, date: string | null = null) => restAsked({ retryAfter, date }, NOW);

describe('the rest that a server asks for', () => {
  it.each<[string | null, string | null, number | null]>([
    ['120', null, 120_000],
    [' 7 ', null, 7_000],
    ['0', null, SHORTEST_REST_MS],
    ['86400', null, LONGEST_REST_MS],
    ['Sun, 01 Mar 2026 14:10:00 GMT', null, 600_000],
    // By the server's own clock, which is an hour ahead of ours.
    ['Sun, 01 Mar 2026 15:10:00 GMT', 'Sun, 01 Mar 2026 15:00:00 GMT', 600_000],
    ['Sun, 01 Mar 2026 15:00:10 GMT', 'nonsense', LONGEST_REST_MS],
    ['Sun, 01 Mar 2026 13:00:00 GMT', null, SHORTEST_REST_MS],
    ['Mon, 01 Mar 2027 14:00:00 GMT', null, LONGEST_REST_MS],
    [null, null, null],
    ['', null, null],
    ['-5', null, null],
    ['1.5', null, null],
    ['soon', null, null],
    ['2026-03-01T15:00:00Z', null, null],
    ['99999999999999999999', null, null],
  ])('in %s (its clock: %s) is %s ms', (retryAfter, date, expected) => {
    expect(rest(retryAfter, date)).toBe(expected);
  });
});
