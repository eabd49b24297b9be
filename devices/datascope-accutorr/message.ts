/** The messages of the Accutorr "PC interface" in the monitor's own terms. */

/** What a host may ask: patient data, alarm limits, or just the prompt (Ctrl-C). */
export type Request = 'P' | 'L' | 'prompt';

/** Reply to `P`. Null: the field is dashes. */
export interface PatientData {
  readonly kind: 'P';
  readonly spo2: number | null;
  readonly pulse: number | null;
  readonly systolic: number | null;
  /** Mean and diastolic pressure, in an order on which the sources contradict each other. */
  readonly fourth: number | null;
  readonly fifth: number | null;
  /** Three digits each, whose number base is not stated. */
  readonly status: readonly [string, string, string];
  /** Whole minutes since the last cuff reading. */
  readonly minutes: number | null;
}

export interface LimitPair {
  readonly high: number | null;
  readonly low: number | null;
}

/** Reply to `L`: SpO2, pulse, systolic, and two pairs in the doubtful order of the pressures. */
export interface Limits {
  readonly kind: 'L';
  readonly pairs: readonly [LimitPair, LimitPair, LimitPair, LimitPair, LimitPair];
}

export type AccutorrMessage =
  | PatientData
  | Limits
  /** The monitor takes a command now. */
  | { readonly kind: 'prompt' }
  /** It was switched on. */
  | { readonly kind: 'greeting' }
  | { readonly kind: 'request'; readonly request: Request };
