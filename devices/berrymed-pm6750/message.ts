/** What the module and its host say to each other, in the module's own terms. */

/** From the module. */
export type ModuleMessage =
  /** One sample of each lead: I, II, III, aVR, aVL, aVF, V; 0-250, 128 is the base line. */
  | { readonly kind: 'ecg-wave'; readonly leads: readonly number[] }
  | {
      readonly kind: 'ecg';
      readonly status: number;
      /** 1/min; 0: none. */
      readonly heartRate: number;
      /** 1/min; 0: none. */
      readonly respiration: number;
      /** 1/100 mV; null: older firmware does not send it. */
      readonly st: number | null;
      /** A key of `ARRHYTHMIAS`; null: older firmware does not send it. */
      readonly arrhythmia: number | null;
    }
  | {
      readonly kind: 'nibp';
      readonly status: number;
      /** Pressure in the cuff now (mmHg, even). */
      readonly cuff: number;
      /** mmHg; 0: none. */
      readonly systolic: number;
      readonly mean: number;
      readonly diastolic: number;
    }
  | {
      readonly kind: 'spo2';
      readonly status: number;
      /** Per cent; 127: invalid, 0: none. */
      readonly spo2: number;
      /** 1/min; 255: invalid, 0: none. */
      readonly pulse: number;
    }
  | {
      readonly kind: 'temperature';
      readonly status: number;
      /** °C, and tenths of it, 0-9. */
      readonly whole: number;
      readonly tenth: number;
    }
  | { readonly kind: 'pleth'; readonly value: number }
  | { readonly kind: 'respiration'; readonly value: number }
  /** A beat in the ECG or in the pleth. Some firmware sends a byte with it that says nothing. */
  | { readonly kind: 'beat'; readonly of: 'ecg' | 'pleth'; readonly value: number | null };

/** From the host. */
export interface HostCommand {
  readonly code: number;
  readonly value: number;
}

/** Codes of commands. Gains and filters (07, 08, 0F) and versions (FC, FD) are never sent. */
export const COMMAND = {
  ecg: 0x01,
  cuff: 0x02,
  spo2: 0x03,
  temperature: 0x04,
  cuffPatient: 0x09,
  cuffTarget: 0x0a,
  plethWave: 0xfe,
  respirationWave: 0xff,
} as const;

export const ECG_STATUS = { weak: 0x01, leadOff: 0x02 } as const;

/** The state of the cuff: bits 5-2 of its status. */
export const CUFF_STATE = {
  finished: 0,
  measuring: 1,
  stopped: 2,
  overpressure: 3,
  loose: 4,
  tookTooLong: 5,
  error: 6,
  disturbance: 7,
  noResult: 8,
  initialising: 9,
  initialised: 10,
} as const;

export const cuffStateOf = (status: number): number => (status >> 2) & 0x0f;

export const SPO2_STATUS = { ok: 0, unplugged: 1, noFinger: 2, searching: 3, searchTooLong: 4 } as const;
export const SPO2_INVALID = 127;
export const PULSE_INVALID = 255;
/** HR and RR go up to this. */
export const RATE_MAX = 250;

/** Bits: which temperature sensor is off. */
export const TEMPERATURE_STATUS = { t1Off: 0x01, t2Off: 0x02 } as const;

export const ASYSTOLE = 0x02;
/** The module's own findings in the rhythm. 00 and 01 are none. */
export const ARRHYTHMIAS: Readonly<Record<number, string>> = {
  2: 'asystole',
  3: 'ventricular fibrillation',
  4: 'R on T',
  5: 'multiple ventricular extrasystoles',
  6: 'couplet of ventricular extrasystoles',
  7: 'single ventricular extrasystole',
  8: 'bigeminy',
  9: 'trigeminy',
  10: 'tachycardia',
  11: 'bradycardia',
  12: 'missed beat',
};
