/** Who is at this window, as the station said it, and what follows from it for the screens. */
import type { IdentityView } from '../../core/api/people-views.ts';
import { type Action, may, mayInEmergency } from '../../core/people/permissions.ts';

/** The same text means the same person with the same sight: whatever was read for another must be read anew. */
export const personKey = (identity: IdentityView | null): string =>
  identity === null ? '' : `${identity.state} ${identity.person?.id ?? ''} ${identity.person?.role ?? ''}`;

/** True where the station sends no names: nobody is here, or the window is locked. */
export const isShut = (identity: IdentityView | null): boolean =>
  identity?.state === 'nobody' || identity?.state === 'locked';

/** What to show; the station decides again. Without accounts everything. */
export const mayHere = (identity: IdentityView | null, action: Action): boolean => {
  switch (identity?.state) {
    case undefined:
    case 'open':
      return true;
    case 'nobody':
    case 'locked':
      return false;
    case 'emergency':
      return mayInEmergency(action);
    default:
      return identity?.person !== null && identity !== null && may(identity.person.role, action);
  }
};
