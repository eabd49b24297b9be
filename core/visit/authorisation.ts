/**
 * Who stands for a step that a guard holds back. A window claims; the station confirms (`station/authoriser.ts`):
 * with accounts by a voucher that the person's own secret made, without accounts the typed name is all there is, and
 * the record says which of the two it was.
 */
import { nameKey } from '../people/person.ts';

export const AUTHORISING_ROLES = ['physician', 'nurse', 'administrator', 'other'] as const;
export type AuthorisingRole = (typeof AUTHORISING_ROLES)[number];

/** What a window says. `voucher`: what a person's sign-in gave for this; null: only the typed name. */
export interface AuthorisationClaim {
  readonly name: string;
  readonly role: AuthorisingRole;
  readonly voucher: string | null;
}

/** What the record keeps. `verified`: the person proved it; otherwise the name was typed. */
export interface Authorisation {
  readonly name: string;
  readonly role: AuthorisingRole;
  readonly verified: boolean;
}

/** Whose word a step wants besides a reason. */
export type Authority = 'none' | 'physician' | 'physician-and-second';

export const AUTHORITY_WORDS: Readonly<Record<Authority, string>> = {
  none: '',
  physician: 'name the physician who agrees',
  'physician-and-second': 'name the physician and the second person who agree',
};

/** True when these people are enough: a physician; for two, another person (by name) as well. */
export const isEnough = (
  authority: Authority,
  given: readonly { name: string; role: AuthorisingRole }[],
): boolean => {
  if (authority === 'none') return true;
  if (!given.some(({ role }) => role === 'physician')) return false;
  const names = new Set(given.map(({ name }) => nameKey(name)));
  return authority === 'physician' || names.size >= 2;
};

const RANK: readonly Authority[] = ['none', 'physician', 'physician-and-second'];
/** The one that asks for most. */
export const strictest = (authorities: readonly Authority[]): Authority =>
  authorities.reduce<Authority>(
    (most, each) => (RANK.indexOf(each) > RANK.indexOf(most) ? each : most),
    'none',
  );
