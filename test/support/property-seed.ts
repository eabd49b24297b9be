/**
 * Random properties run on one seed, so that a test run says something of the change and not of the day. Other
 * inputs: CHAIRSIDE_SEED=7, or CHAIRSIDE_SEED=random (the seed of a failure is printed with it).
 */
import fc from 'fast-check';

const USUAL_SEED = 20_260_301;
const asked = process.env.CHAIRSIDE_SEED ?? String(USUAL_SEED);

if (asked !== 'random' && !/^-?\d{1,10}$/.test(asked)) {
  throw new Error(`CHAIRSIDE_SEED="${asked}" is neither "random" nor a whole number`);
}
fc.configureGlobal(asked === 'random' ? {} : { seed: Number(asked) });
