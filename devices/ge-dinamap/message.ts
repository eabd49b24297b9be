/** The messages of DINAMAP host communication in the monitor's own terms. */

/** What a host may say. `TD` and other figures after `NC` exist, but what they do is not known: they are not here. */
export const COMMANDS = ['NA', 'OA', 'RA', 'RC', 'TC', 'NC0', 'ND'] as const;
export type Command = (typeof COMMANDS)[number];

/** Determination status (reply NA, offset 3). 2 is not used, 5 does not exist. */
export const NIBP_STATUS = { busy: 0, done: 1 } as const;
/** Oximeter status (reply OA, offset 3). */
export const OXIMETER_STATUS = { standby: 0, operating: 1, noData: 3, unplugged: 6 } as const;
/** Where a rate comes from (reply RA, offset 3). */
export const RATE_SOURCE = { oximeter: 2, cuff: 3 } as const;

export interface NibpReply {
  readonly kind: 'NA';
  readonly status: number;
  /** 0 unknown, 1 adult, 2 neonate. */
  readonly patient: number;
  readonly isStat: boolean;
  /** Seconds since the last determination, 0 to 5400; null: none that is recent. */
  readonly ageS: number | null;
  /** mmHg; null for blanks. Zero stands for nothing too; the driver knows. */
  readonly systolic: number | null;
  readonly diastolic: number | null;
  readonly mean: number | null;
}

export interface OximeterReply {
  readonly kind: 'OA';
  readonly status: number;
  /** Per cent; null for blanks. */
  readonly spo2: number | null;
  /** 0 to 9; null for a blank. */
  readonly strength: number | null;
  readonly averagingS: number | null;
}

export interface RateReply {
  readonly kind: 'RA';
  readonly source: number;
  /** 1/min; null: no data (0, -99 or blanks). */
  readonly rate: number | null;
}

/** The rate of a DINAMAP Pro: the same place, but what stands before it is not known. */
export interface PlainRateReply {
  readonly kind: 'RC';
  readonly before: string;
  readonly rate: number | null;
}

export interface TemperatureReply {
  readonly kind: 'TC';
  /** 0 idle, 1 in progress, 2 timed out, 3 contact lost or out of range, 4 aborted or unplugged. */
  readonly status: number;
  readonly isMonitorMode: boolean;
  /** One character that steps at each start of a determination. */
  readonly counter: string;
  /** Seconds since the last determination; null: none. */
  readonly ageS: number | null;
  /** Tenths of a degree Fahrenheit, always, whatever the bedside shows. */
  readonly tenthsF: number;
  readonly bedsideUnit: 'F' | 'C';
}

export type Reply = NibpReply | OximeterReply | RateReply | PlainRateReply | TemperatureReply;

export type DinamapMessage =
  | Reply
  | { readonly kind: 'command'; readonly command: Command }
  /** Whole, with the right check, and not one of those above: the answer to a cuff command, say. */
  | { readonly kind: 'other'; readonly body: string };
