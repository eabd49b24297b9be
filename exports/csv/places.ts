/** Where a moment lies in a session: which phase, and how long since it began. */
import type { SessionDocument } from '../../core/review/session-document.ts';
import type { Phase } from '../../core/session/phase.ts';
import { infusionStartedAt } from '../../core/session/session.ts';
import type { EpochMs } from '../../core/time.ts';

export interface Place {
  readonly phase: Phase;
  /** Since the session was opened (ms); like phases on the wall clock, which alone spans a restart. */
  readonly elapsedMs: number;
  /** Since the infusion first started (ms), negative before; null: it never started. */
  readonly sinceInfusionMs: number | null;
}

export const placesOf = ({ session }: SessionDocument): ((at: EpochMs) => Place) => {
  const infusion = infusionStartedAt(session);
  return (at) => ({
    phase: session.spans.findLast((span) => span.startedAt <= at)?.phase ?? 'intake',
    elapsedMs: at - session.openedAt,
    sinceInfusionMs: infusion === null ? null : at - infusion,
  });
};
