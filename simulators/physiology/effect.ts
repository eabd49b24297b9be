/**
 * The action of ketamine on the circulation, as an effect-compartment model: infusion → plasma → effect site,
 * two first-order steps, then a mild saturation. Our choice of constants, fitted to what cohorts report for
 * 0.5 mg/kg over 40 min: pressure is up within minutes, highest at the end of the infusion (about 40 min), and
 * back at the resting value 60 to 90 min later. It is a source of plausible test data, not a dosing model.
 */

/** The rate of infusion from a moment on. */
export interface RateStep {
  readonly atMs: number;
  readonly rateMgPerKgPerH: number;
}

/** Half-life of the driving concentration: a quarter of the effect is left 30 min after the stop. */
const PLASMA_PER_MIN = Math.LN2 / 15;
/** Half-life of the lag between concentration and effect. */
const EFFECT_SITE_PER_MIN = Math.LN2 / 2;
/** The dose the response is stated for: 0.5 mg/kg over 40 min. */
const REFERENCE = { rateMgPerKgPerH: 0.75, minutes: 40 };
/** Emax shape: double the concentration gives 1.5 times the effect, and no dose gives more than 3 times. */
const SATURATION = 2;

/**
 * The effect at a moment: 0 without drug, 1 at 40 min of 0.5 mg/kg over 40 min, at most 3.
 * `steps` in order of time; each holds until the next.
 */
export const drugEffect = (steps: readonly RateStep[], atMs: number): number => {
  let level = 0;
  let rate = 0;
  for (const step of steps) {
    if (step.atMs >= atMs) break;
    level += (step.rateMgPerKgPerH - rate) * stepResponse((atMs - step.atMs) / 60_000);
    rate = step.rateMgPerKgPerH;
  }
  const relative = Math.max(0, level) / REFERENCE_LEVEL;
  return (relative * (1 + SATURATION)) / (relative + SATURATION);
};

/** The answer of the two first-order steps to a rate of 1 that began `minutes` ago; tends to 1. */
const stepResponse = (minutes: number): number =>
  1 -
  (EFFECT_SITE_PER_MIN * Math.exp(-PLASMA_PER_MIN * minutes) -
    PLASMA_PER_MIN * Math.exp(-EFFECT_SITE_PER_MIN * minutes)) /
    (EFFECT_SITE_PER_MIN - PLASMA_PER_MIN);

const REFERENCE_LEVEL = REFERENCE.rateMgPerKgPerH * stepResponse(REFERENCE.minutes);
