/**
 * The two check characters at the end of every message. The rule was derived from command strings that work in the
 * field; it gives all eight of them. That replies follow the same rule is inferred (README, "What is unsure").
 */

const OFFSET = 0x1f;
const FIRST = 0x20;

/** The check characters of a message body (with its unit identifier, without the check and the CR). */
export const checkOf = (body: string): string => {
  let sum = 0;
  for (let index = 0; index < body.length; index += 1) sum += body.charCodeAt(index) - OFFSET;
  return String.fromCharCode(FIRST + Math.floor(sum / 64), FIRST + (sum % 64));
};
