/** Gathers everything that is on record of a session: what the review, the exports and what is sent are made from. */
import { foldAlarmLog } from '../alarm/log-fold.ts';
import type { StoredFrame } from '../observation/stored-frame.ts';
import { foldSignOff } from '../record/sign-off.ts';
import type { NibpReading, SessionEvent } from '../session/events.ts';
import { foldSession } from '../session/session.ts';
import type { EpochMs } from '../time.ts';
import { foldExclusions } from './exclusions.ts';
import type { SessionFigures } from './figures.ts';
import { missingWords } from './missing.ts';
import { documentMonitors } from './monitors.ts';
import type { SessionDocument } from './session-document.ts';
import { sessionFigures } from './session-figures.ts';

export interface GatherInput {
  /** The whole record, in order. */
  readonly events: readonly SessionEvent[];
  readonly readings: readonly NibpReading[];
  /** Every frame, in order of receipt. */
  readonly frames: readonly StoredFrame[];
  /** Worked out while the frames were read, by `beginFigures`; left out: they are worked out here, all at once. */
  readonly figures?: SessionFigures;
  /** The hash of the last entry. */
  readonly headHash: string;
  readonly now: EpochMs;
  /** The program's. */
  readonly version: string;
}

/**
 * The document of a session. The same input gives the same document.
 * @throws Error when the events are not one whole record.
 */
export const gatherDocument = ({
  events,
  readings,
  frames,
  figures: known,
  headHash,
  now,
  version,
}: GatherInput): SessionDocument => {
  const session = foldSession(events);
  const signOff = foldSignOff(events);
  const exclusions = foldExclusions(events);
  const figures = known ?? sessionFigures({ session, events, readings, now }, frames);
  const heard = new Set([...frames, ...readings].map(({ monitorId }) => monitorId));
  const monitors = documentMonitors(events, heard);
  const { rows, controls } = foldAlarmLog(events, session.closedAt ?? now);
  return {
    session,
    events,
    signOff,
    monitors,
    readings,
    frames,
    exclusions,
    alarms: { rows, controls },
    figures,
    missing: missingWords({ session, events, signOff, monitors, exclusions, figures }),
    headHash,
    writtenAt: now,
    product: { name: 'Chairside', version },
  };
};
