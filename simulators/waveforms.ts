/**
 * Shapes of the waves a simulated monitor sends. Pure functions of the phase within one beat or breath (0 up to 1);
 * drawn by hand to look like the textbook, not fitted to anybody's data. A simulator samples them at its protocol's rate
 * and scales them to its protocol's units.
 */

/** Counts beats or breaths by integrating a rate that changes. */
export interface Oscillator {
  /** Advances by `periodMs` at `ratePerMin` and returns the phase, 0 up to 1. A rate of 0 stands still. */
  next(ratePerMin: number, periodMs: number): number;
}

/** An oscillator that starts at `phase`. */
export const createOscillator = (phase = 0): Oscillator => {
  let at = phase;
  return {
    next: (ratePerMin, periodMs) => {
      at = (at + (ratePerMin * periodMs) / 60_000) % 1;
      return at;
    },
  };
};

const bump = (phase: number, centre: number, width: number): number =>
  Math.exp(-(((phase - centre) / width) ** 2));

/** Lead II with P, QRS and T, in mV. */
export const ecgMillivolt = (phase: number): number =>
  0.12 * bump(phase, 0.18, 0.025) -
  0.12 * bump(phase, 0.275, 0.01) +
  1.1 * bump(phase, 0.3, 0.012) -
  0.22 * bump(phase, 0.33, 0.012) +
  0.28 * bump(phase, 0.55, 0.05);

/** Plethysmogram with its dicrotic notch, 0 (foot) to 1 (peak). */
export const plethFraction = (phase: number): number =>
  Math.min(1, 0.95 * bump(phase, 0.32, 0.13) + 0.42 * bump(phase, 0.6, 0.15));

/** Thoracic impedance over one breath, 0 (end of expiration) to 1 (end of inspiration). */
export const breathFraction = (phase: number): number => {
  const rise = 0.4;
  return phase < rise
    ? (1 - Math.cos((Math.PI * phase) / rise)) / 2
    : (1 + Math.cos((Math.PI * (phase - rise)) / (1 - rise))) / 2;
};

/** Airway CO2 over one breath as a fraction of end-tidal: zero while breathing in, a sloping plateau while breathing out. */
export const co2Fraction = (phase: number): number => {
  if (phase < 0.4) return 0;
  if (phase < 0.47) return (0.85 * (phase - 0.4)) / 0.07;
  if (phase < 0.95) return Math.min(1, 0.85 + (0.15 * (phase - 0.47)) / 0.48);
  return Math.min(1, (1 - phase) / 0.05);
};
