/** One window as the station knows it: who is there, what they may do, and whose name goes into the record. */

import { COMMAND_RULES } from '../../core/api/command-rules.ts';
import type { CommandName } from '../../core/api/commands.ts';
import type { IdentityView } from '../../core/api/people-views.ts';
import { RefusedError } from '../../core/api/serve.ts';
import { type Action, may, mayInEmergency, seesNames, whoMay } from '../../core/people/permissions.ts';
import type { Person } from '../../core/people/person.ts';
import { afterTime, type IdleRules, type Place, type Presence, touched } from '../../core/people/presence.ts';
import type { Instant } from '../../core/time.ts';
import type { Accounts } from './accounts.ts';

export interface Desk {
  presence(): Presence;
  /** Somebody came, went, or was locked out; the window is told and gets the whole state as they may see it. */
  become(presence: Presence): void;
  /** Who is signed in now; null for nobody, a locked window, and emergency access. */
  person(): Person | null;
  /** @throws RefusedError `sign-in-needed`. */
  requirePerson(): Person;
  /**
   * Whether this window may do this now, and the name that goes into the record; null: the name that was typed.
   * @throws RefusedError `sign-in-needed` or `not-allowed`.
   */
  authorise(command: CommandName): string | null;
  /** True when a role of somebody signed in here allows it; also true without accounts. */
  may(action: Action): boolean;
  /** Names, MRN, birth dates and free text are not for this window. */
  isMasked(): boolean;
  view(): IdentityView;
  /** A person did something here. */
  touch(place: Place | null): void;
  /** Time has passed. */
  tick(): void;
}

export interface DeskDeps {
  readonly accounts: Accounts;
  readonly idle: IdleRules;
  readonly now: () => Instant;
  readonly unexplained: () => number;
  /** The presence changed. `before` for the register. */
  readonly changed: (before: Presence, after: Presence) => void;
}

/** What is written behind a name that nobody proved. */
export const UNPROVED = '(emergency access, not verified)';

export const createDesk = (deps: DeskDeps): Desk => {
  const { accounts, now } = deps;
  let presence: Presence = { kind: 'nobody' };

  const person = (): Person | null =>
    presence.kind === 'signed-in' ? accounts.active(presence.personId) : null;

  const become = (next: Presence): void => {
    if (next === presence) return;
    const before = presence;
    presence = next;
    deps.changed(before, next);
  };
  const tick = (): void => {
    const next = afterTime(presence, now(), deps.idle);
    const isGone = next.kind === 'signed-in' && accounts.active(next.personId) === null;
    become(isGone ? { kind: 'nobody' } : next);
  };
  const requirePerson = (): Person => {
    const found = person();
    if (found === null) throw new RefusedError('sign-in-needed', 'Sign in at this window first.');
    return found;
  };

  return {
    presence: () => presence,
    become,
    person,
    requirePerson,
    authorise: (command) => {
      // Idle since before the last tick is idle.
      tick();
      const rule = COMMAND_RULES[command];
      if (!accounts.exist()) return null;
      const here = person();
      if (rule === 'anyone') return here?.name ?? null;
      if (presence.kind === 'emergency') {
        if (rule !== 'self' && mayInEmergency(rule)) return `${presence.who} ${UNPROVED}`;
        throw new RefusedError(
          'sign-in-needed',
          'Emergency access is for reading and acknowledging: sign in for this.',
        );
      }
      if (here === null) {
        throw new RefusedError(
          'sign-in-needed',
          presence.kind === 'locked' ? 'This window is locked: sign in.' : 'Sign in at this window first.',
        );
      }
      if (rule !== 'self' && !may(here.role, rule)) {
        throw new RefusedError('not-allowed', `Only ${whoMay(rule)} may do this.`);
      }
      return here.name;
    },
    may: (action) => {
      if (!accounts.exist()) return true;
      const here = person();
      return here !== null && may(here.role, action);
    },
    isMasked: () => {
      if (!accounts.exist() || presence.kind === 'emergency') return false;
      const here = person();
      return here === null || !seesNames(here.role);
    },
    view: () => {
      const isOpen = !accounts.exist();
      const shown =
        presence.kind === 'signed-in' || presence.kind === 'locked'
          ? accounts.active(presence.personId)
          : null;
      return {
        state: isOpen ? 'open' : presence.kind,
        person: shown === null ? null : { id: shown.id, name: shown.name, role: shown.role },
        emergency: presence.kind === 'emergency' ? { who: presence.who, until: presence.until } : null,
        idle: deps.idle,
        people: accounts.tiles(),
        unexplained: deps.unexplained(),
      };
    },
    touch: (place) => {
      if (presence.kind === 'signed-in') presence = touched(presence, now(), place ?? presence.place);
    },
    tick,
  };
};
