/** Coming to a window and leaving it: signing in, switching, locking, vouching, emergency access. */
import type { Handlers } from '../../core/api/commands.ts';
import { RefusedError } from '../../core/api/serve.ts';
import { emergency, locked } from '../../core/people/presence.ts';
import { emergencySubject, personSubject } from '../../core/registry/events.ts';
import type { Instant } from '../../core/time.ts';
import type { Accounts } from './accounts.ts';
import type { Desk } from './desk.ts';
import type { Register } from './register.ts';
import type { Vouchers } from './vouchers.ts';

export interface AuthDeps {
  readonly accounts: Accounts;
  readonly vouchers: Vouchers;
  /** The register of people. */
  readonly register: Register;
  readonly now: () => Instant;
  readonly newId: () => string;
  readonly peopleChanged: () => void;
}

type AuthCommand = Extract<keyof Handlers, `auth.${string}` | 'identity.get'>;

export const authCommands = (deps: AuthDeps, desk: Desk): Pick<Handlers, AuthCommand> => {
  const { accounts, register, now } = deps;
  const requireAccounts = (): void => {
    if (accounts.exist()) return;
    throw new RefusedError(
      'not-allowed',
      'There are no accounts yet: add the first administrator under People.',
    );
  };
  return {
    'identity.get': desk.view,

    'auth.signIn': async ({ personId, secret }) => {
      requireAccounts();
      const { person, kind } = await accounts.check(personId, secret, 'sign-in');
      const at = now();
      register.write(personSubject(person.id), { type: 'signed-in', personId, kind }, person.name, at);
      desk.become({ kind: 'signed-in', personId, activeAt: at, place: 'work' });
      return desk.view();
    },

    'auth.signOut': () => {
      desk.become({ kind: 'nobody' });
      return desk.view();
    },

    'auth.lock': () => {
      desk.become(locked(desk.presence()));
      return desk.view();
    },

    'auth.active': ({ place }) => {
      desk.tick();
      desk.touch(place);
      return {};
    },

    'auth.changeSecret': async ({ secret, kind, newSecret }) => {
      requireAccounts();
      const person = desk.requirePerson();
      await accounts.check(person.id, secret, 'signature');
      await accounts.setSecret(person.id, { kind, value: newSecret }, person.name);
      deps.peopleChanged();
      return {};
    },

    'auth.vouch': ({ personId, secret, meaning }) => {
      requireAccounts();
      return deps.vouchers.issue(personId, secret, meaning);
    },

    'auth.emergency': ({ name }) => {
      requireAccounts();
      const at = now();
      const id = deps.newId();
      // On disk before anything is shown.
      register.write(
        emergencySubject(id),
        { type: 'emergency-opened', emergencyId: id, who: name },
        name,
        at,
      );
      desk.become(emergency(id, name, at));
      deps.peopleChanged();
      return desk.view();
    },

    'auth.emergencies': () =>
      register
        .emergencies()
        .filter(({ isExplained }) => !isExplained)
        .map(({ id, at, who }) => ({ id, at: at.wall, who })),

    'auth.explainEmergency': ({ emergencyId, reason, by }) => {
      const found = register.emergencies().find(({ id }) => id === emergencyId);
      if (found === undefined) throw new RefusedError('not-found', 'There is no such emergency access.');
      if (found.isExplained) throw new RefusedError('conflict', 'Somebody has given the reason already.');
      register.write(
        emergencySubject(emergencyId),
        { type: 'emergency-explained', emergencyId, reason },
        by,
        now(),
      );
      deps.peopleChanged();
      return {};
    },
  };
};

/** What the administrator does to accounts. */
export const peopleCommands = (
  deps: Pick<AuthDeps, 'accounts' | 'peopleChanged'>,
): Pick<Handlers, Extract<keyof Handlers, `people.${string}`>> => {
  const { accounts } = deps;
  const told = <T>(result: T): T => {
    deps.peopleChanged();
    return result;
  };
  return {
    'people.list': () => accounts.views(),
    'people.add': async ({ name, role, secret, by }) => told(await accounts.add(name, role, secret, by)),
    'people.change': ({ personId: id, name, role, active, reason, by }) =>
      told(accounts.change({ id, name, role, active }, reason, by)),
    'people.setSecret': async ({ personId: id, kind, secret, by }) => {
      if (!accounts.exist()) throw new RefusedError('not-found', 'There is no such account.');
      return told(await accounts.setSecret(id, { kind, value: secret }, by));
    },
  };
};
