/** What the simulator lab tells of its monitors: JSON values only, for its page and for scripts. */
import type { Parameter } from './parameters.ts';

/** Bytes that crossed a line in one turn of the lab, in one direction. */
export interface BytesRow {
  /** Counts the rows of a monitor from 1. */
  readonly number: number;
  readonly direction: 'to-host' | 'to-monitor';
  /** Simulated time (s). */
  readonly atS: number;
  /** How many bytes; `hex` may show fewer. */
  readonly byteCount: number;
  /** Two digits a byte, as the host's end of the line sees them. */
  readonly hex: string;
  /** What the family's own decoder makes of them. */
  readonly decoded: readonly DecodedPart[];
}

/** One thing that bytes meant. */
export interface DecodedPart {
  /** `value`: a number or its absence; `refused`: bytes that were not used, with the reason; `asked`: a request of the host. */
  readonly kind: 'value' | 'condition' | 'refused' | 'asked' | 'other';
  readonly text: string;
}

/** What the family's decoder counted on the line to the host. */
export interface LineCounts {
  readonly bytesToHost: number;
  readonly bytesToMonitor: number;
  readonly frames: number;
  readonly refusedBytes: number;
  /** Refusals by reason. */
  readonly refused: Readonly<Record<string, number>>;
}

/** A command that was carried out. */
export interface DoneRow {
  readonly atS: number;
  readonly text: string;
}

/** One monitor of the lab. */
export interface LabMonitorView {
  readonly id: string;
  readonly device: string;
  readonly title: string;
  /** Monitors with the same patient share it. */
  readonly patient: string;
  readonly scenario: string;
  readonly seed: number;
  readonly speed: number;
  readonly outlet: string;
  readonly address: string;
  /** Null: the outlet cannot tell. */
  readonly hosts: number | null;
  /** Simulated time since the patient began (s). */
  readonly atS: number;
  /** Why it ended by itself; null: it runs. */
  readonly failure: string | null;
  /** What is true inside the patient, before any sensor; null: not measured. */
  readonly truth: Readonly<Record<Parameter, number | null>>;
  /** What is the matter with the sensors and the monitor, in words. */
  readonly sensors: readonly string[];
  /** What is the matter with the line, in words. */
  readonly line: readonly string[];
  readonly cuff: string;
  readonly canSay: readonly ('battery-low' | 'alarm-text')[];
  readonly counts: LineCounts;
  /** The last commands, newest last. */
  readonly done: readonly DoneRow[];
}

/** The whole lab. */
export interface LabView {
  readonly monitors: readonly LabMonitorView[];
}

/** What can be added: the families, and the scenarios by name. */
export interface LabCatalogue {
  readonly devices: readonly { readonly id: string; readonly title: string; readonly callsIn: boolean }[];
  readonly scenarios: readonly { readonly name: string; readonly title: string }[];
}
