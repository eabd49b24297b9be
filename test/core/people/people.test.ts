import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { personId } from '../../../core/ids.ts';
import { LOCKOUT, lockedUntil, triesLeft } from '../../../core/people/lockout.ts';
import { ACTIONS, may, mayInEmergency, seesNames } from '../../../core/people/permissions.ts';
import { ROLES, secretProblem } from '../../../core/people/person.ts';
import {
  afterTime,
  DEFAULT_IDLE,
  EMERGENCY_MS,
  emergency,
  locked,
  type Presence,
  touched,
} from '../../../core/people/presence.ts';
import { addMs, type EpochMs, epochMs, instant } from '../../../core/time.ts';

const START = instant(1_700_000_000_000, 5_000);
const here = (part: Partial<Extract<Presence, { kind: 'signed-in' }>> = {}): Presence => ({
  kind: 'signed-in',
  personId: personId('p'),
  activeAt: START,
  place: 'work',
  ...part,
});

describe('a new secret', () => {
  it.each([
    ['pin', '258', 'at least 4'],
    ['pin', '25a8', 'digits only'],
    ['pin', '1111', 'first that anybody'],
    ['pin', '1234', 'first that anybody'],
    ['pin', '9876', 'first that anybody'],
    ['pin', '1234567890123', 'at most 12'],
    ['password', 'short', 'at least 8'],
    ['password', 'aaaaaaaaaa', 'four different'],
  ] as const)('of kind %s is refused: %s', (kind, secret, words) => {
    expect(secretProblem(kind, secret)).toContain(words);
  });

  it.each([
    ['pin', '2580'],
    ['password', 'correct horse'],
  ] as const)('of kind %s is taken: %s', (kind, secret) => {
    expect(secretProblem(kind, secret)).toBeNull();
  });
});

describe('the lock after wrong tries', () => {
  const at = (ms: number): EpochMs => epochMs(1_700_000_000_000 + ms);

  it('comes with the fifth within 15 min and ends 15 min after it', () => {
    const failures = [0, 1, 2, 3, 4].map((minute) => at(minute * 60_000));
    expect(lockedUntil(failures.slice(0, 4), at(4 * 60_000))).toBeNull();
    expect(lockedUntil(failures, at(4 * 60_000))).toBe(at(4 * 60_000 + LOCKOUT.lockedMs));
    expect(lockedUntil(failures, at(4 * 60_000 + LOCKOUT.lockedMs))).toBeNull();
  });

  it('never lets more than five tries into any 15 min, however they are spread', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 600_000 }), { maxLength: 60 }), (gaps) => {
        const failures: EpochMs[] = [];
        let now = 0;
        for (const gap of gaps) {
          now += gap;
          if (lockedUntil(failures, at(now)) === null) failures.push(at(now));
        }
        for (const from of failures) {
          const within = failures.filter((time) => time >= from && time - from < LOCKOUT.lockedMs);
          expect(within.length).toBeLessThanOrEqual(LOCKOUT.tries);
        }
      }),
    );
  });

  it('counts down the tries that are left', () => {
    const failures = [at(0), at(1000)];
    expect(triesLeft(failures, at(2000))).toBe(3);
    expect(triesLeft(failures, at(LOCKOUT.lockedMs + 2000))).toBe(5);
  });
});

describe('a window', () => {
  it('locks itself after 5 min, after 2 min where records are read, and remembers who it was', () => {
    const before = addMs(START, DEFAULT_IDLE.workMs - 1);
    expect(afterTime(here(), before, DEFAULT_IDLE)).toEqual(here());
    expect(afterTime(here(), addMs(START, DEFAULT_IDLE.workMs), DEFAULT_IDLE)).toEqual({
      kind: 'locked',
      personId: 'p',
    });
    const review = here({ place: 'review' });
    expect(afterTime(review, addMs(START, DEFAULT_IDLE.reviewMs), DEFAULT_IDLE).kind).toBe('locked');
  });

  it('never unlocks by time or by touch', () => {
    const away = locked(here());
    expect(touched(away, addMs(START, 1), 'work')).toEqual(away);
    expect(afterTime(away, addMs(START, 86_400_000), DEFAULT_IDLE)).toEqual(away);
  });

  it('in emergency access is nobody’s after 15 min and when it is locked', () => {
    const open = emergency('e', 'Somebody', START);
    expect(afterTime(open, addMs(START, EMERGENCY_MS - 1), DEFAULT_IDLE)).toBe(open);
    expect(afterTime(open, addMs(START, EMERGENCY_MS), DEFAULT_IDLE)).toEqual({ kind: 'nobody' });
    expect(locked(open)).toEqual({ kind: 'nobody' });
  });
});

describe('the table of permissions', () => {
  it('gives every action to somebody, and people to the administrator alone', () => {
    for (const action of ACTIONS)
      expect(
        ROLES.some((role) => may(role, action)),
        action,
      ).toBe(true);
    expect(ROLES.filter((role) => may(role, 'people'))).toEqual(['administrator']);
  });

  it('gives an engineer nothing that needs a name, and an emergency nothing that changes a record but acknowledging', () => {
    expect(ACTIONS.filter((action) => may('engineer', action))).toEqual(['equipment', 'review', 'export']);
    expect(ROLES.filter((role) => !seesNames(role))).toEqual(['engineer']);
    expect(ACTIONS.filter(mayInEmergency)).toEqual(['acknowledge', 'review', 'read-patients']);
  });
});
