/** A second person's word: given with their own secret at somebody else's window, good for one use within 2 min. */
import { randomBytes } from 'node:crypto';
import type { VoucherView } from '../../core/api/people-views.ts';
import type { PersonId } from '../../core/ids.ts';
import type { Role } from '../../core/people/person.ts';
import { personSubject } from '../../core/registry/events.ts';
import { addMs, elapsedMs, type Instant } from '../../core/time.ts';
import type { Accounts } from './accounts.ts';
import type { Register } from './register.ts';

/** Who vouched, and for what as they were told. */
export interface Authorisation {
  readonly personId: PersonId;
  readonly name: string;
  readonly role: Role;
  readonly meaning: string;
}

/** What other commands need of vouchers. */
export interface Authoriser {
  /** True from the first account on: a typed name is no authorisation any more. */
  isRequired(): boolean;
  /** Uses a voucher up; null when it is unknown, used, or older than 2 min. */
  redeem(voucher: string): Authorisation | null;
}

export interface Vouchers extends Authoriser {
  /** @throws RefusedError as `Accounts.check`. */
  issue(id: PersonId, secret: string, meaning: string): Promise<VoucherView>;
}

/** How long a voucher waits for its use (ms); our choice: the second person stands at the chair. */
export const VOUCHER_MS = 2 * 60_000;

export const createVouchers = (register: Register, accounts: Accounts, now: () => Instant): Vouchers => {
  const open = new Map<
    string,
    { readonly by: PersonId; readonly meaning: string; readonly until: Instant }
  >();
  const sweep = (at: Instant): void => {
    for (const [voucher, { until }] of open) if (elapsedMs(until, at) > 0) open.delete(voucher);
  };
  return {
    isRequired: accounts.exist,
    issue: async (id, secret, meaning) => {
      const { person } = await accounts.check(id, secret, 'vouch');
      const at = now();
      sweep(at);
      register.write(personSubject(id), { type: 'vouched', personId: id, meaning }, person.name, at);
      const voucher = randomBytes(24).toString('base64url');
      const until = addMs(at, VOUCHER_MS);
      open.set(voucher, { by: person.id, meaning, until });
      return { voucher, until, name: person.name, role: person.role };
    },
    redeem: (voucher) => {
      sweep(now());
      const found = open.get(voucher);
      open.delete(voucher);
      if (found === undefined) return null;
      // As they are now: an account may have been changed or retired since.
      const by = accounts.active(found.by);
      return by === null ? null : { personId: by.id, name: by.name, role: by.role, meaning: found.meaning };
    },
  };
};
