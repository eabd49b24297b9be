/** A file of vitals as it was understood, before it becomes a session. */
import type { MonitorId } from '../../core/ids.ts';
import type { Observation } from '../../core/observation/observation.ts';
import type { ArtefactTarget } from '../../core/review/exclusions.ts';
import type { DataOrigin } from '../../core/session/events.ts';
import type { ImportKind } from '../../core/session/import-source.ts';
import type { Phase } from '../../core/session/phase.ts';
import { type EpochMs, type Instant, instant } from '../../core/time.ts';

/** A file that cannot be imported; the message is one line that names the row and column. */
export class ImportError extends Error {
  override readonly name = 'ImportError';
}

export interface ImportedFrame {
  readonly monitorId: MonitorId;
  readonly at: Instant;
  readonly values: readonly Observation[];
}

export interface ImportedTable {
  readonly kind: ImportKind;
  readonly fileOrigin: DataOrigin | null;
  readonly from: EpochMs;
  readonly to: EpochMs;
  /** In order of time; the first row is at 0 on the monotonic clock. */
  readonly frames: readonly ImportedFrame[];
  /** What was left out of the figures where the file came from. */
  readonly excluded: readonly ArtefactTarget[];
  /** Each change of phase that the file tells, the first one included; empty: it tells nothing. */
  readonly phases: readonly { readonly at: EpochMs; readonly phase: Phase }[];
  readonly rows: number;
  readonly notes: readonly string[];
}

/** The moment of a row; durations count from the first one. */
export const rowInstant = (wall: number, from: number): Instant => instant(wall, wall - from);
