/** The sentences of the Nellcor data port, in the oximeter's own terms. */

/** Two-letter operating status codes (operator's manuals, data port appendix; BU from the older family manuals). */
export const STATUS_CODES = {
  AO: 'alarm off',
  AS: 'alarm silenced',
  BU: 'on battery',
  LB: 'low battery',
  LM: 'loss of pulse with interference',
  LP: 'loss of pulse',
  MO: 'interference or motion',
  PH: 'pulse rate above its limit',
  PL: 'pulse rate below its limit',
  PS: 'pulse search',
  SD: 'sensor disconnected',
  SH: 'SpO2 above its limit',
  SL: 'SpO2 below its limit',
  SO: 'sensor off',
} as const;

export type StatusCode = keyof typeof STATUS_CODES;

export const isStatusCode = (text: string): text is StatusCode => Object.hasOwn(STATUS_CODES, text);

/** One column of numbers: null for `---`; `starred` when the oximeter marks it as outside of its limit. */
export interface Column {
  readonly value: number | null;
  readonly starred: boolean;
  /** The column just after the last digit, counted from 0. */
  readonly end: number;
}

export interface DataLine {
  readonly kind: 'data';
  /** The oximeter's clock, read as UTC (ms since the epoch). */
  readonly clockMs: number;
  readonly spo2: Column;
  readonly pulseRate: Column;
  /** Pulse amplitude, 0-255 without unit; no perfusion index. */
  readonly amplitude: Column;
  readonly codes: readonly StatusCode[];
  /** Columns where the codes begin; as many as `codes`. */
  readonly codeColumns: readonly number[];
  /** Length of a line that fills all columns or is padded with blanks; null where trailing blanks are not sent. */
  readonly width: number | null;
}

export interface LimitPair {
  readonly low: number;
  readonly high: number;
}

/** First line of the header block: who speaks, and the oximeter's own limits. */
export interface HeaderLine {
  readonly kind: 'header';
  readonly model: string;
  readonly software: string;
  /** Four characters, or literally `XXXX`; its meaning is not documented. */
  readonly crc: string;
  readonly spo2: LimitPair;
  readonly pulseRate: LimitPair;
}

/** Header of a printout of stored values: what follows is hours old and is not live. */
export interface TrendLine {
  readonly kind: 'trend';
}

/** Second line of the header block of an N-560 (and, with the response mode, of an N-595). */
export interface ModeLine {
  readonly kind: 'mode';
  readonly population: 'ADULT' | 'NEO';
  /** The SatSeconds setting as printed, e.g. `0SAT-S`. */
  readonly satSeconds: string;
}

/** The column titles. */
export interface TitleLine {
  readonly kind: 'title';
}

export type NellcorMessage = DataLine | HeaderLine | TrendLine | ModeLine | TitleLine;
