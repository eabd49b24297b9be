/**
 * How loud: ten steps of 3 dB, and a floor. Alarm rules S-10 (a floor, never nothing for a high one) and S-11
 * (a high one that nobody answers gets louder). The figures are our choice. No step is silent.
 */

export const VOLUME = {
  /** The loudest step: 0 dB. */
  max: 10,
  initial: 8,
  /** The quietest step that can be set while no session is open. */
  min: 2,
  /** While a session is open on any chair, or the station is not heard, nothing sounds more quietly than this. */
  sessionFloor: 5,
  stepDb: 3,
} as const;

/** S-11: by how much, and after how long without an answer. */
export const ESCALATION = { afterMs: 60_000, steps: 1 } as const;

/** A step that exists: whole, not above the loudest, not below the quietest or the floor. */
export const allowedStep = (step: number, isFloorHeld: boolean): number =>
  Math.min(VOLUME.max, Math.max(isFloorHeld ? VOLUME.sessionFloor : VOLUME.min, Math.round(step)));

/** The amplitude of a step, above 0 and at most 1. */
export const stepGain = (step: number): number =>
  10 ** (((Math.min(step, VOLUME.max) - VOLUME.max) * VOLUME.stepDb) / 20);
