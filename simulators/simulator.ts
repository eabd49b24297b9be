/**
 * A simulated monitor: a patient in, the monitor's bytes out. It emits bytes through the family's own codec
 * and takes no short cut; it has no timer and no clock (a runner or a test drives it).
 */
import type { Patient } from './patient.ts';

export interface DeviceSimulator {
  /** The bytes the monitor sends in (last call, elapsedMs]; milliseconds of simulated time since power-on. */
  advanceTo(elapsedMs: number): Uint8Array;
  /** Bytes from the host; returns what the monitor answers at once (mostly it answers in `advanceTo`). */
  receive(bytes: Uint8Array): Uint8Array;
}

export interface SimulatorOptions {
  /** Wall time of elapsedMs = 0, for the monitor's own clock (ms since the epoch). */
  readonly startEpochMs: number;
  readonly seed: number;
}

/** What a simulated monitor can say about itself on its line. */
export type MonitorSaying = 'battery-low' | 'alarm-text';

/** One simulator per device family; `profileId` is the family's id. */
export interface SimulatorProfile {
  readonly profileId: string;
  /** Absent: nothing, because its protocol has no words for it or they are not known. */
  readonly says?: readonly MonitorSaying[];
  create(patient: Patient, options: SimulatorOptions): DeviceSimulator;
}
