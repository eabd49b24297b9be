/**
 * Who may stand for a step that a guard holds back. Without accounts the typed name is taken at its word and
 * recorded as typed; with accounts a voucher proves the person. The station asks this port and nothing else.
 */
import { RefusedError } from '../core/api/serve.ts';
import type { Role } from '../core/people/person.ts';
import {
  AUTHORITY_WORDS,
  type Authorisation,
  type AuthorisationClaim,
  type AuthorisingRole,
  type Authority,
  isEnough,
} from '../core/visit/authorisation.ts';
import type { Authoriser as Vouchers } from './people/vouchers.ts';

export interface Authoriser {
  /**
   * The claims as the record keeps them.
   * @throws RefusedError `not-allowed` when a voucher is not good, or is missing where names alone do not count.
   */
  confirm(claims: readonly AuthorisationClaim[]): readonly Authorisation[];
}

/** Where nobody has an account: names count as typed. A voucher cannot be checked here and is refused. */
export const typedNames: Authoriser = {
  confirm: (claims) =>
    claims.map(({ name, role, voucher }) => {
      if (voucher !== null) {
        throw new RefusedError('not-allowed', `${name}: there are no accounts here that could vouch.`);
      }
      return { name, role, verified: false };
    }),
};

const asAuthorising = (role: Role): AuthorisingRole => (role === 'engineer' ? 'other' : role);

/** With accounts a name counts only with a voucher that the person's own secret made; without any, names are typed. */
export const vouchedNames = (vouchers: Vouchers): Authoriser => ({
  confirm: (claims) => {
    if (!vouchers.isRequired()) return typedNames.confirm(claims);
    return claims.map(({ name, voucher }) => {
      if (voucher === null) {
        throw new RefusedError(
          'not-allowed',
          `${name}: a name alone does not count here; enter the PIN too.`,
        );
      }
      const found = vouchers.redeem(voucher);
      if (found === null) {
        throw new RefusedError('not-allowed', `${name}: the PIN was entered too long ago: enter it again.`);
      }
      return { name: found.name, role: asAuthorising(found.role), verified: true };
    });
  },
});

/**
 * The people who agree, when they are enough.
 * @throws RefusedError `not-allowed` with `words` when they are not.
 */
export const authorised = (
  authoriser: Authoriser,
  claims: readonly AuthorisationClaim[],
  authority: Authority,
  words: string,
): readonly Authorisation[] => {
  const given = authoriser.confirm(claims);
  if (isEnough(authority, given)) return given;
  throw new RefusedError('not-allowed', `${words} Give a reason, and ${AUTHORITY_WORDS[authority]}.`);
};
