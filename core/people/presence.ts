/**
 * Who is at one window, as the station holds it: per channel, never taken from the window. Pure; durations are
 * measured on the monotonic clock.
 */
import type { PersonId } from '../ids.ts';
import { addMs, elapsedMs, type Instant } from '../time.ts';

/** `review`: recorded sessions, patients, people: what is looked at there is all names. */
export const PLACES = ['work', 'review'] as const;
export type Place = (typeof PLACES)[number];

export type Presence =
  | { readonly kind: 'nobody' }
  | {
      readonly kind: 'signed-in';
      readonly personId: PersonId;
      readonly activeAt: Instant;
      readonly place: Place;
    }
  /** The person is remembered, so that one PIN brings them back; nothing of what they may do is left. */
  | { readonly kind: 'locked'; readonly personId: PersonId }
  /** Emergency access without a secret: `who` is what was typed, believed by nobody. */
  | { readonly kind: 'emergency'; readonly id: string; readonly who: string; readonly until: Instant };

export interface IdleRules {
  readonly workMs: number;
  readonly reviewMs: number;
}

/** Idle times until the lock (ms): 5 min, 2 min where records are read. 45 CFR 164.312(a)(2)(iii), our rules section 12. */
export const DEFAULT_IDLE: IdleRules = { workMs: 5 * 60_000, reviewMs: 2 * 60_000 };
/** How long emergency access lasts (ms); section 12. */
export const EMERGENCY_MS = 15 * 60_000;

/** The presence after time has passed: idle locks, emergency access runs out. The same object when nothing changed. */
export const afterTime = (presence: Presence, now: Instant, idle: IdleRules): Presence => {
  if (presence.kind === 'emergency') {
    return elapsedMs(presence.until, now) >= 0 ? { kind: 'nobody' } : presence;
  }
  if (presence.kind !== 'signed-in') return presence;
  const limit = presence.place === 'review' ? idle.reviewMs : idle.workMs;
  return elapsedMs(presence.activeAt, now) >= limit
    ? { kind: 'locked', personId: presence.personId }
    : presence;
};

/** A person did something at the window. */
export const touched = (presence: Presence, now: Instant, place: Place): Presence =>
  presence.kind === 'signed-in' ? { ...presence, activeAt: now, place } : presence;

/** Locked by hand. Who was here by emergency access has nothing to come back to. */
export const locked = (presence: Presence): Presence => {
  if (presence.kind === 'signed-in') return { kind: 'locked', personId: presence.personId };
  return presence.kind === 'emergency' ? { kind: 'nobody' } : presence;
};

export const emergency = (id: string, who: string, now: Instant): Presence => ({
  kind: 'emergency',
  id,
  who,
  until: addMs(now, EMERGENCY_MS),
});
