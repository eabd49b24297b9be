/** An interval between cuff readings in words: exactly the one in force, "1.5 min" for 90 s and never "1" or "2 min". */
import { durationWords } from '../checklist/state.ts';

const MINUTE_MS = 60_000;

/** @param ms a tenth of a minute is the finest that is told. */
export const intervalWords = (ms: number): string =>
  ms % MINUTE_MS === 0 ? durationWords(ms) : `${Number((ms / MINUTE_MS).toFixed(1))} min`;
