/** What the handlers of a visit share: the station's parts they use, and the refusals they have in common. */
import { RefusedError } from '../core/api/serve.ts';
import type { ChairId, SessionId } from '../core/ids.ts';
import { isClosed, PHASE_LABELS, type Phase } from '../core/session/phase.ts';
import type { Session } from '../core/session/session.ts';
import type { Instant } from '../core/time.ts';
import type { Authoriser } from './authoriser.ts';
import type { Chair } from './chair.ts';
import type { Protocols } from './protocols.ts';

export interface VisitDeps {
  readonly now: () => Instant;
  /** @throws RefusedError when there is no such chair. */
  readonly chair: (id: ChairId) => Chair;
  /** The chair on which this session is open. @throws RefusedError when it is open nowhere. */
  readonly chairOfSession: (id: SessionId) => Chair;
  readonly protocols: Protocols;
  readonly authoriser: Authoriser;
}

/** The open session. @throws RefusedError `conflict` when it is closed. */
export const openSession = (chair: Chair): Session => {
  const session = chair.session();
  if (session === null || isClosed(session.phase)) {
    throw new RefusedError('conflict', 'This session is closed; add a note to its record instead.');
  }
  return session;
};

/** @throws RefusedError `conflict` when the session is not (any more) in the phase that the window saw. */
export const refuseOtherPhase = (session: Session, seen: Phase): void => {
  if (session.phase === seen) return;
  throw new RefusedError(
    'conflict',
    `The session is already in ${PHASE_LABELS[session.phase]}; somebody else moved it. Look again.`,
  );
};

/**
 * Two windows, one pump: an entry about drugs counts only when its maker had seen the last one.
 * @throws RefusedError `conflict` naming what was done meanwhile.
 */
export const refuseUnseen = ({ visit }: Session, seenSequence: number): void => {
  if (seenSequence >= visit.drugSequence) return;
  throw new RefusedError(
    'conflict',
    `Meanwhile somebody entered: ${visit.drugNews}. Nothing was changed; look again before you enter it.`,
  );
};
