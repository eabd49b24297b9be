/** What host and monitor say to each other. Numbers are the monitor's own; null: 255, no value. */

/** The commands that Chairside sends; the monitor knows more. */
export const COMMANDS = { enable: 0x01, disable: 0x02, start: 0x04, stop: 0x05, alive: 0x06 } as const;
export type Command = keyof typeof COMMANDS;

/** Unit of all CO2 values; in kPa and % they are sent ten times as large. */
export type Co2Unit = 'mmHg' | 'kPa' | '%';

/** Bits of the wave's status. */
export const FAST = {
  invalid: 0x01,
  initialising: 0x02,
  occlusion: 0x04,
  endOfBreath: 0x08,
  selfMaintenance: 0x10,
  purging: 0x20,
  noFilterLine: 0x40,
  fault: 0x80,
} as const;
/** Bits of the numerics' status. */
export const SLOW = {
  neonatal: 0x01,
  silenced: 0x02,
  allSilenced: 0x04,
  highPriority: 0x08,
  lowPriority: 0x10,
  advisory: 0x20,
  beepOff: 0x40,
  masimo: 0x80,
} as const;
export const CO2_ALARM = {
  noBreath: 0x01,
  etco2High: 0x02,
  etco2Low: 0x04,
  rateHigh: 0x08,
  rateLow: 0x10,
  fico2High: 0x20,
} as const;
export const SPO2_ALARM = {
  noPulse: 0x01,
  spo2High: 0x02,
  spo2Low: 0x04,
  pulseHigh: 0x08,
  pulseLow: 0x10,
  offPatient: 0x20,
  disconnected: 0x40,
} as const;
export const EXTENDED = { checkCalibration: 0x01, checkFlow: 0x02, pumpOff: 0x04, batteryLow: 0x80 } as const;

export interface Limit {
  readonly low: number | null;
  readonly high: number | null;
}

/** One numerics message. */
export interface Numerics {
  readonly kind: 'numerics';
  /** The monitor's clock: seconds since 1970 of its local time. */
  readonly timeS: number;
  /** CO2 in `unit`. */
  readonly etco2: number | null;
  readonly fico2: number | null;
  /** Breaths a minute. */
  readonly rate: number | null;
  /** Per cent. */
  readonly spo2: number | null;
  /** Beats a minute. */
  readonly pulse: number | null;
  readonly slow: number;
  readonly co2Alarms: number;
  readonly spo2Alarms: number;
  /** After so many seconds without a breath the monitor alarms. */
  readonly noBreathS: number;
  readonly limits: {
    readonly etco2: Limit;
    readonly rate: Limit;
    readonly fico2High: number | null;
    readonly spo2: Limit;
    readonly pulse: Limit;
  };
  readonly unit: Co2Unit;
  readonly extended: number;
}

export type CapnostreamMessage =
  | { readonly kind: 'command'; readonly command: Command }
  /** One sample of the CO2 wave, in 1/256 of the unit that the numerics name (ten times as large in kPa and %). */
  | { readonly kind: 'wave'; readonly number: number; readonly raw: number; readonly fast: number }
  | Numerics
  /** Who it is, e.g. `V45.67 02/24/2008 B355987654  `. */
  | { readonly kind: 'identity'; readonly text: string }
  | { readonly kind: 'protocol'; readonly revision: Uint8Array };
