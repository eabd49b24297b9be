/** A member of the staff with an account, and what a secret must be. */
import type { PersonId } from '../ids.ts';

export const ROLES = ['nurse', 'physician', 'engineer', 'administrator'] as const;
export type Role = (typeof ROLES)[number];

/** The word for a role. */
export const ROLE_LABELS: Readonly<Record<Role, string>> = {
  nurse: 'Nurse',
  physician: 'Physician',
  engineer: 'Engineer',
  administrator: 'Administrator',
};

export const SECRET_KINDS = ['pin', 'password'] as const;
export type SecretKind = (typeof SECRET_KINDS)[number];

/** One account. The name is unique for ever: what a retired person signed stays theirs alone. */
export interface Person {
  readonly id: PersonId;
  readonly name: string;
  readonly role: Role;
  /** False: retired; signs in no more, stays in every record. */
  readonly active: boolean;
}

/** A PIN is for quick switching at the chair, behind a lockout; our choice after 21 CFR 11.300 practice. */
export const PIN_DIGITS = { least: 4, most: 12 } as const;
/** NIST SP 800-63B's least length of a memorised secret. */
export const PASSWORD_LENGTH = { least: 8, most: 128 } as const;

/** What is wrong with a new secret, in words; null: nothing. */
export const secretProblem = (kind: SecretKind, secret: string): string | null => {
  if (kind === 'password') {
    if (secret.length < PASSWORD_LENGTH.least) {
      return `A password has at least ${PASSWORD_LENGTH.least} characters.`;
    }
    return new Set(secret).size < 4 ? 'A password needs at least four different characters.' : null;
  }
  if (!/^\d+$/.test(secret)) return 'A PIN has digits only.';
  if (secret.length < PIN_DIGITS.least) return `A PIN has at least ${PIN_DIGITS.least} digits.`;
  if (secret.length > PIN_DIGITS.most) return `A PIN has at most ${PIN_DIGITS.most} digits.`;
  return isEasy(secret) ? 'This PIN is the first that anybody would try: choose another.' : null;
};

/** All digits the same, or each one more or one less than the one before. */
const isEasy = (pin: string): boolean => {
  const steps = [...pin].slice(1).map((digit, index) => Number(digit) - Number(pin[index]));
  const [first] = steps;
  return first !== undefined && Math.abs(first) <= 1 && steps.every((step) => step === first);
};

/** What the station signs its own entries with: no person's name, or what they did would look like the machine's doing. */
export const isStationsName = (name: string): boolean => nameKey(name) === 'station';

/** Two spellings of one name: what must not be given twice. */
export const nameKey = (name: string): string =>
  name.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, ' ').trim();
