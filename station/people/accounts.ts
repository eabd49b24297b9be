/** Accounts of the staff: made, changed, and their secrets checked, with a lock after too many wrong ones. */
import type { PersonView, SignInTile } from '../../core/api/people-views.ts';
import { RefusedError } from '../../core/api/serve.ts';
import { type PersonId, personId } from '../../core/ids.ts';
import { lockedUntil, triesLeft } from '../../core/people/lockout.ts';
import {
  nameKey,
  type Person,
  ROLE_LABELS,
  type Role,
  type SecretKind,
  secretProblem,
} from '../../core/people/person.ts';
import { personSubject } from '../../core/registry/events.ts';
import { type EpochMs, epochMs, type Instant } from '../../core/time.ts';
import type { Register } from './register.ts';
import { hashSecret, isSecret, type ScryptCost } from './secrets.ts';

/** What a secret is entered for. */
export type SecretUse = 'sign-in' | 'signature' | 'vouch';

export interface Accounts {
  /** From the first account on, everybody signs in. */
  exist(): boolean;
  /** Who it is; null for nobody and for a retired person. */
  active(id: PersonId): Person | null;
  tiles(): readonly SignInTile[];
  views(): readonly PersonView[];
  view(id: PersonId): PersonView;
  add(name: string, role: Role, secret: NewSecret, by: string): Promise<PersonView>;
  change(person: Person, reason: string | null, by: string): PersonView;
  setSecret(id: PersonId, secret: NewSecret, by: string): Promise<PersonView>;
  /**
   * Whose secret this is. Every wrong one is written down before it is answered.
   * @throws RefusedError for a wrong secret, a locked or retired account.
   */
  check(
    id: PersonId,
    secret: string,
    use: SecretUse,
  ): Promise<{ readonly person: Person; readonly kind: SecretKind }>;
}

export interface NewSecret {
  readonly kind: SecretKind;
  readonly value: string;
}

/** Sign-ins and failures that are looked at after a start: many more than a lock needs. */
const REMEMBERED = 2000;

export const createAccounts = (
  register: Register,
  now: () => Instant,
  newId: () => string,
  cost: ScryptCost,
): Accounts => {
  const failures = new Map<PersonId, readonly EpochMs[]>();
  for (const { body, at } of register.db.registry.newestOf(
    ['signed-in', 'sign-in-failed', 'secret-set'],
    REMEMBERED,
  )) {
    if (body.type === 'sign-in-failed') {
      // Later than now: the clock was set back since. It locks from now on, not until that day comes again.
      const then = epochMs(Math.min(at.wall, now().wall));
      failures.set(body.personId, [...(failures.get(body.personId) ?? []), then]);
    } else if (body.type === 'signed-in' || body.type === 'secret-set') failures.delete(body.personId);
  }
  /** One try after the other for each person: ten at once are no way around the lock. */
  const queues = new Map<PersonId, Promise<unknown>>();

  const known = (id: PersonId): Person => {
    const person = register.person(id);
    if (person === null) throw new RefusedError('not-found', 'There is no such account.');
    return person;
  };
  const tile = ({ id, name, role }: Person): SignInTile => {
    const { pin, password } = register.secretsOf(id);
    return { id, name, role, hasPin: pin !== undefined, hasPassword: password !== undefined };
  };
  const view = (id: PersonId): PersonView => {
    const person = known(id);
    const until = lockedUntil(failures.get(id) ?? [], now().wall);
    return { ...tile(person), active: person.active, lockedUntil: until };
  };
  const refuseName = (name: string, self: PersonId | null): void => {
    const owner = register.nameOwner(nameKey(name));
    const taken = owner === null ? null : register.person(owner);
    if (taken === null || taken.id === self) return;
    throw new RefusedError(
      'conflict',
      `${name} is or was the name of ${taken.name}${taken.active ? '' : ' (retired)'}. Two people never share a name here: add an initial.`,
    );
  };
  const refuseSecret = ({ kind, value }: NewSecret): void => {
    const problem = secretProblem(kind, value);
    if (problem !== null) throw new RefusedError('invalid-params', problem);
  };

  const fail = (person: Person, use: SecretUse): RefusedError => {
    const at = now();
    const before = failures.get(person.id) ?? [];
    failures.set(person.id, [...before, at.wall]);
    register.write(
      personSubject(person.id),
      { type: 'sign-in-failed', personId: person.id, use },
      person.name,
      at,
    );
    const left = triesLeft([...before, at.wall], at.wall);
    return new RefusedError(
      'not-allowed',
      left === 0
        ? 'Wrong. Too many wrong tries: this account is locked for 15 min. Emergency access stays possible.'
        : `Wrong PIN or password. ${left} ${left === 1 ? 'try' : 'tries'} left.`,
    );
  };

  const checkNow = async (id: PersonId, secret: string, use: SecretUse) => {
    const person = known(id);
    if (!person.active) throw new RefusedError('not-allowed', 'This account is retired.');
    const at = now().wall;
    const until = lockedUntil(failures.get(id) ?? [], at);
    if (until !== null) {
      throw new RefusedError(
        'not-allowed',
        `Too many wrong tries: locked for another ${Math.ceil((until - at) / 60_000)} min. Emergency access stays possible.`,
      );
    }
    const secrets = register.secretsOf(id);
    for (const kind of ['pin', 'password'] as const) {
      const kept = secrets[kind];
      if (kept === undefined || (kind === 'pin' && !/^\d+$/.test(secret))) continue;
      if (await isSecret(secret, kept)) {
        failures.delete(id);
        // While the secret was being checked somebody may have retired the account.
        if (!known(id).active) throw new RefusedError('not-allowed', 'This account is retired.');
        return { person: known(id), kind };
      }
    }
    throw fail(person, use);
  };

  return {
    exist: () => register.people().length > 0,
    active: (id) => {
      const person = register.person(id);
      return person?.active === true ? person : null;
    },
    tiles: () =>
      register
        .people()
        .filter(({ active }) => active)
        .map(tile),
    views: () => register.people().map(({ id }) => view(id)),
    view,
    add: async (name, role, secret, by) => {
      refuseSecret(secret);
      const isFirst = register.people().length === 0;
      const kept = await hashSecret(secret.value, cost);
      if (isFirst && register.people().length > 0) {
        // Who asked was let in because there were no accounts yet.
        throw new RefusedError('conflict', 'Somebody has added the first account meanwhile: sign in.');
      }
      // After the wait: somebody else may have been quicker.
      refuseName(name, null);
      if (register.people().length === 0 && role !== 'administrator') {
        throw new RefusedError(
          'not-allowed',
          'The first account is an administrator’s, who then adds the others.',
        );
      }
      const id = personId(newId());
      const at = now();
      const person: Person = { id, name, role, active: true };
      register.writeAll(
        personSubject(id),
        [
          { type: 'person-added', person },
          { type: 'secret-set', personId: id, kind: secret.kind, secret: kept },
        ],
        by,
        at,
      );
      return view(id);
    },
    change: (person, reason, by) => {
      const before = known(person.id);
      refuseName(person.name, person.id);
      const others = register
        .people()
        .some(({ id, role, active }) => id !== person.id && role === 'administrator' && active);
      if (!others && before.role === 'administrator' && (person.role !== 'administrator' || !person.active)) {
        throw new RefusedError(
          'not-allowed',
          `${before.name} is the last ${ROLE_LABELS.administrator.toLowerCase()}: add another first.`,
        );
      }
      register.write(personSubject(person.id), { type: 'person-changed', person, reason }, by, now());
      return view(person.id);
    },
    setSecret: async (id, secret, by) => {
      known(id);
      refuseSecret(secret);
      const kept = await hashSecret(secret.value, cost);
      register.write(
        personSubject(id),
        { type: 'secret-set', personId: id, kind: secret.kind, secret: kept },
        by,
        now(),
      );
      failures.delete(id);
      return view(id);
    },
    check: (id, secret, use) => {
      const before = queues.get(id) ?? Promise.resolve();
      const result = before.then(() => checkNow(id, secret, use));
      const settled = result.catch(() => undefined); // its caller hears of it; the next in the queue need not
      queues.set(id, settled);
      return result;
    },
  };
};
