/** One line of Masimo ASCII 1, in the oximeter's own terms. */

/** Bits of EXC, the oximeter's exceptions (Rad-8 and Rad-87 operator's manuals, serial output; low 12 bits). */
export const EXC = {
  noSensor: 0x001,
  defectiveSensor: 0x002,
  lowPerfusion: 0x004,
  pulseSearch: 0x008,
  interference: 0x010,
  sensorOff: 0x020,
  ambientLight: 0x040,
  unrecognisedSensor: 0x080,
  lowSignalIq: 0x400,
  /** The measurement runs: set when all is well. */
  setRunning: 0x800,
} as const;

/** Bits of ALARM, found by experiment on a Rad-8; the vendor's list is not public. */
export const ALARM = {
  spo2High: 0x01,
  spo2Low: 0x02,
  pulseHigh: 0x04,
  pulseLow: 0x08,
  sounding: 0x10,
  silenced: 0x20,
} as const;

/** A field that we carry as it was sent and never read. */
export interface RawField {
  readonly key: string;
  readonly text: string;
}

export interface MasimoLine {
  /** The oximeter's clock, read as UTC (ms since the epoch). */
  readonly clockMs: number;
  /** Ten digits; null where the oximeter prints dashes. */
  readonly serial: string | null;
  /** Per cent; null for dashes. */
  readonly spo2: number | null;
  /** 1/min; null for dashes. */
  readonly pulseRate: number | null;
  /** Per cent; null for dashes, undefined when the line has no PI. */
  readonly perfusionIndex: number | null | undefined;
  readonly alarm: number;
  readonly exceptions: number;
  /** The fields between PI and ALARM, in their order. */
  readonly others: readonly RawField[];
  /** How the line is built; one stream never mixes two of these. */
  readonly form: LineForm;
}

export interface LineForm {
  /** `PI=03.60%` or `PI=00.55`. */
  readonly piHasPercent: boolean;
  /** `BPM=---%`, seen in one log, instead of `BPM=---`. */
  readonly bpmHasPercent: boolean;
  /** `wide`: ALARM has six digits, EXC seven, and EXC1 follows (Radical-7 with colour screen). */
  readonly status: 'narrow' | 'wide';
}
