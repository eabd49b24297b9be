/**
 * What the sensors of a monitor would meet at one moment. The physiology makes it, the wire simulators turn
 * it into their protocol's bytes. A `Patient` may be shared by all monitors of one chair.
 */

/** A finished cuff measurement. */
export type CuffResult =
  | {
      readonly kind: 'reading';
      /** Counts finished measurements from 1, so that a repeated report is recognised as the same reading. */
      readonly number: number;
      readonly systolic: number;
      readonly diastolic: number;
      readonly mean: number;
      readonly pulseRate: number;
      /** Simulated time when the measurement ended (ms). */
      readonly endedAtMs: number;
    }
  | {
      readonly kind: 'failed';
      readonly number: number;
      readonly cause: 'loose' | 'leak' | 'motion';
      readonly endedAtMs: number;
    };

export interface PatientState {
  readonly elapsedMs: number;
  readonly ecg: {
    readonly leads: 'on' | 'off';
    /** 1/min; 0 in asystole. */
    readonly heartRate: number;
    readonly artefact: boolean;
  };
  readonly oximeter: {
    readonly probe: 'on' | 'off' | 'disconnected';
    /** True in the first seconds after the probe went on, or when the pulse is lost: no numbers yet. */
    readonly searching: boolean;
    /** Per cent. */
    readonly spo2: number;
    readonly pulseRate: number;
    /** Per cent, 0.02 to 20. */
    readonly perfusionIndex: number;
    readonly motion: boolean;
  };
  readonly respiration: {
    /** Breaths per minute; 0 during apnoea; null: nothing measures it (a recording without it). */
    readonly rate: number | null;
    /** Time since the last breath (ms). */
    readonly sinceBreathMs: number;
    /** mmHg; null when no capnography line is on the patient. */
    readonly etco2MmHg: number | null;
  };
  readonly cuff: {
    readonly measuring: boolean;
    readonly auto: boolean;
    /** The last finished measurement; null before the first. */
    readonly last: CuffResult | null;
  };
  readonly temperatureCel: number | null;
  /** What the monitor has to say about itself, where its family can. */
  readonly monitor: {
    readonly batteryLow: boolean;
    /** A message of its own, in plain ASCII; null: none. */
    readonly alarmText: string | null;
  };
}

/** What is true inside the patient, before any sensor; null: not measured by anything, or not in the recording. */
export interface Truth {
  readonly heartRate: number | null;
  readonly systolic: number | null;
  readonly diastolic: number | null;
  readonly spo2: number | null;
  readonly respiratoryRate: number | null;
  readonly perfusionIndex: number | null;
  readonly etco2MmHg: number | null;
  readonly temperatureCel: number | null;
}

/** What a person or the lab can do to the patient or the sensors while the simulation runs. */
export type PatientCommand =
  | { readonly kind: 'start-cuff' }
  | { readonly kind: 'stop-cuff' }
  /** The ketamine infusion starts, changes or stops (0) in the simulated patient (mg/kg/h). */
  | { readonly kind: 'infusion'; readonly rateMgPerKgPerH: number };

/** A simulated patient: advances monotonically; the same seed, scenario and commands give the same states. */
export interface Patient {
  /** The state at a simulated time (ms) that is not before the last one asked for by more than 10 s. */
  stateAt(elapsedMs: number): PatientState;
  command(command: PatientCommand, elapsedMs: number): void;
}

/** A patient whose inside can be looked at, as only an engineer can. */
export interface LivingPatient extends Patient {
  truthAt(elapsedMs: number): Truth;
}
