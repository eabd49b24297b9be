/**
 * Everything that is on record of one session, gathered once: what the review, every export and everything that is
 * sent are made from, so that no two of them can disagree.
 */
import type { AlarmLogRow, ControlLogRow } from '../alarm/log.ts';
import type { MonitorId } from '../ids.ts';
import type { StoredFrame } from '../observation/stored-frame.ts';
import type { SignOff } from '../record/sign-off.ts';
import type { NibpReading, SessionEvent } from '../session/events.ts';
import type { Session } from '../session/session.ts';
import type { EpochMs } from '../time.ts';
import type { Exclusion } from './exclusions.ts';
import type { SessionFigures } from './figures.ts';

/** A monitor that gave values in this session. Null: it was never said. */
export interface DocumentMonitor {
  readonly id: MonitorId;
  /** What the clinic calls it. */
  readonly name: string | null;
  readonly family: string | null;
  readonly manufacturer: string | null;
  readonly model: string | null;
  readonly serialNumber: string | null;
  readonly software: string | null;
}

export interface SessionDocument {
  readonly session: Session;
  readonly events: readonly SessionEvent[];
  readonly signOff: SignOff;
  readonly monitors: readonly DocumentMonitor[];
  /** Every complete cuff reading, also those that are left out of the figures. */
  readonly readings: readonly NibpReading[];
  /** Every frame at full resolution, in order of receipt, also what is left out of the figures. */
  readonly frames: readonly StoredFrame[];
  readonly exclusions: readonly Exclusion[];
  readonly alarms: { readonly rows: readonly AlarmLogRow[]; readonly controls: readonly ControlLogRow[] };
  readonly figures: SessionFigures;
  /** In words, one thing each, what the reader must know is not here: "No respiration was recorded." Empty: nothing. */
  readonly missing: readonly string[];
  /** The last entry's hash: two documents with the same one were made from the same record. */
  readonly headHash: string;
  readonly writtenAt: EpochMs;
  readonly product: { readonly name: 'Chairside'; readonly version: string };
}
