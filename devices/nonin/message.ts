/** What Nonin oximeters send, in their own terms: a line, a packet of formats 2 and 7, a frame of format 8, a spot check. */

export interface AsciiLine {
  readonly kind: 'line';
  /** `HH:MM:SS` of a unit that prints it; without a date it is no time. */
  readonly time: string | null;
  /** Per cent; null: `---`. */
  readonly spo2: number | null;
  /** 1/min; null: `---`. */
  readonly pulse: number | null;
  readonly isFastAveraging: boolean;
  /** A breath was detected in the last interval (9847 with CO2 detector). No rate. */
  readonly hasBreath: boolean;
  readonly isMarked: boolean;
}

/** One of the 25 frames of a packet. */
export interface PacketFrame {
  readonly status: number;
  /** 0-255 in format 2, 0-65535 in format 7. */
  readonly pleth: number;
  readonly value: number;
}

/** A third of a second of formats 2 and 7; its numbers are spread over its frames. */
export interface Packet {
  readonly kind: 'packet';
  readonly format: 2 | 7;
  readonly frames: readonly PacketFrame[];
}

/** One second of format 8, which has no check. */
export interface Format8 {
  readonly kind: 'format-8';
  readonly status: number;
  /** 511: none. */
  readonly pulse: number;
  /** 127: none. */
  readonly spo2: number;
  readonly status2: number;
}

/** Format 13: one measurement of a fingertip unit. */
export interface SpotCheck {
  readonly kind: 'spot-check';
  readonly packetType: number;
  /** Century, year, month, day, hour, minute, second, fraction, as sent: whether they are BCD is not known. */
  readonly clock: readonly number[];
  readonly status: number;
  readonly pulse: number;
  readonly spo2: number;
}

export type NoninMessage = AsciiLine | Packet | Format8 | SpotCheck;

export const FRAMES_PER_PACKET = 25;
export const NO_PULSE = 511;
export const NO_SPO2 = 127;

/** Status of a frame of formats 2 and 7. */
export const STATUS = {
  always: 0x80,
  artefact: 0x20,
  outOfTrack: 0x10,
  sensorAlarm: 0x08,
  redPerfusion: 0x04,
  greenPerfusion: 0x02,
  sync: 0x01,
} as const;

/** Which frame of a packet carries what (counted from 0); the others are not read. */
export const SLOT = { pulseHigh: 0, pulseLow: 1, spo2: 2, firmware: 3, status2: 7 } as const;
export const STATUS2 = { smartPoint: 0x20, sensorAlarm: 0x08, lowBattery: 0x01 } as const;

export const STATUS8 = {
  always: 0x80,
  outOfTrack: 0x20,
  lowPerfusion: 0x10,
  marginalPerfusion: 0x08,
  artefact: 0x04,
} as const;

export const SPOT_STATUS = {
  smartPoint: 0x0200,
  noMeasurement: 0x0100,
  memory: 0x0010,
  lowBattery: 0x0001,
} as const;
