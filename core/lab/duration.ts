/** Lengths of time as people write them: "3 min", "30 s", "500 ms", "1 h", or a bare number of seconds. */
import { z } from 'zod';

const SECONDS: Readonly<Record<string, number>> = { ms: 0.001, s: 1, min: 60, h: 3600 };
const FORM = /^(\d+(?:\.\d+)?)\s*(ms|s|min|h)$/;
/** The longest that a command of the lab may last (s): the longest simulation. */
const LONGEST_S = 7 * 24 * 3600;

/** Seconds of a text; null: it is no length of time. */
export const secondsOf = (text: string): number | null => {
  const [, number, unit] = FORM.exec(text.trim()) ?? [];
  return number === undefined || unit === undefined ? null : Number(number) * (SECONDS[unit] ?? 1);
};

/** A length of time in seconds, not negative. */
export const durationSchema = z
  .union([z.number(), z.string()])
  .transform((given) => (typeof given === 'number' ? given : (secondsOf(given) ?? Number.NaN)))
  .refine(
    (seconds) => seconds >= 0 && seconds <= LONGEST_S,
    'must be a length of time up to 7 days, like "3 min", "30 s", "500 ms", or a number of seconds',
  );
