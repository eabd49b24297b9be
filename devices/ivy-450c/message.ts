/** One block of the ANSAR-B stream, in the monitor's own terms. */

/** Samples of one second, one byte each, as they are sent. */
export interface WaveBytes {
  /** 200 bytes, 200 a second. */
  readonly ecg: Uint8Array;
  /** 50 bytes, 50 a second; so are the next three. */
  readonly respiration: Uint8Array;
  readonly pleth: Uint8Array;
  readonly p1: Uint8Array;
  readonly p2: Uint8Array;
}

/** What every line has. */
interface LineBase {
  /** One digit after the name. Its meaning is not known; it is kept and never interpreted. */
  readonly state: string;
  /** The monitor's own words while the line is in alarm; else empty. */
  readonly alarm: string;
}

/** HR, RR, ETCO2, T1 and T2. */
export interface ValueLine extends LineBase {
  /** Null: blank, not available. */
  readonly value: number | null;
  /** The source of HR (`ECG-II-DIAG`), the apnoea delay of RR; else mostly empty. */
  readonly label: string;
}

export interface OximetryLine extends LineBase {
  /** Per cent. */
  readonly saturation: number | null;
  /** Beats a minute. */
  readonly pulse: number | null;
}

/** P1 and P2, invasive, in mmHg. */
export interface PressureLine extends LineBase {
  readonly systolic: number | null;
  readonly diastolic: number | null;
  readonly mean: number | null;
  readonly label: string;
}

/** The last cuff reading; neither its time nor whether it is new is sent. */
export interface CuffLine extends PressureLine {
  readonly pulse: number | null;
}

export interface Block {
  readonly waves: WaveBytes;
  readonly hr: ValueLine;
  readonly rr: ValueLine;
  readonly etco2: ValueLine;
  readonly spo2: OximetryLine;
  readonly nibp: CuffLine;
  readonly p1: PressureLine;
  readonly p2: PressureLine;
  readonly t1: ValueLine;
  readonly t2: ValueLine;
}

/** A sample for which there is no signal. */
export const NO_TRACE = 0xfb;
/** A sample of the ECG at 0 mV. */
export const ECG_ZERO = 100;
/** One step of the ECG (mV). */
export const ECG_STEP_MV = 0.02;
