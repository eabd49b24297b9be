/** The messages of the protocol, in the monitor's own terms. */
import type { AlarmStatus } from './alarm-status.ts';
import type { RecordHeader } from './header.ts';
import type { PhysiologicalSubrecord } from './physiological.ts';
import type { HostRequest } from './requests.ts';
import type { WaveSubrecord } from './wave.ts';

/** Displayed values, trends or auxiliary data. */
export interface PhysiologicalRecord {
  readonly kind: 'physiological';
  readonly header: RecordHeader;
  readonly subrecords: readonly PhysiologicalSubrecord[];
  /** False when bytes after the end of the subrecord list are not zero (never seen). */
  readonly isListClean: boolean;
}

/** Samples of one time span. */
export interface WaveRecord {
  readonly kind: 'wave';
  readonly header: RecordHeader;
  readonly subrecords: readonly WaveSubrecord[];
}

/** The monitor's own alarms. */
export interface AlarmRecord {
  readonly kind: 'alarm';
  readonly header: RecordHeader;
  readonly status: AlarmStatus;
}

/** Everything that can stand in a frame. */
export type DriMessage = PhysiologicalRecord | WaveRecord | AlarmRecord | HostRequest;
