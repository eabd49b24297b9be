/** The form of every field of a line. A key that stands here must have exactly this form. */

const MASKED = (whole: number, decimals = 0): string =>
  decimals === 0
    ? `(?:[0-9]{${whole}}|-{${whole}})`
    : `(?:[0-9]{${whole}}\\.[0-9]{${decimals}}|-{${whole}}\\.-{${decimals}})`;
const exactly = (pattern: string): RegExp => new RegExp(`^${pattern}$`);

/** Fields that are carried and not read. Forms with digits are those of the dashes, which alone were seen. */
const CARRIED: Readonly<Record<string, RegExp>> = {
  SPCO: exactly(`(?:${MASKED(2)}|${MASKED(2, 1)})%`),
  SPMET: exactly(`${MASKED(2, 1)}%`),
  SPHB: exactly(MASKED(2, 1)),
  SPOC: exactly(MASKED(2)),
  RESVD: exactly(MASKED(3)),
  DESAT: exactly(MASKED(2)),
  PIDELTA: exactly(`[+-]${MASKED(2)}`),
  PVI: exactly(MASKED(3)),
};

/** Fields that are read. */
const READ: Readonly<Record<string, RegExp>> = {
  SN: exactly(MASKED(10)),
  SPO2: exactly(`${MASKED(3)}%`),
  BPM: /^(?:[0-9]{3}|---%?)$/,
  PI: exactly(`${MASKED(2, 2)}%?`),
  ALARM: /^(?:[0-9A-F]{4}|[0-9A-F]{6})$/,
  EXC: /^(?:[0-9A-F]{6}|[0-9A-F]{7})$/,
  EXC1: /^[0-9A-F]{8}$/,
};

/** A key of a newer board: carried unread, so that the numbers we know are not lost with it. */
const UNKNOWN_VALUE = /^[-+0-9.%A-F]{1,10}$/;

export const TOKEN = /^([A-Z][A-Z0-9]{1,7})=([^ ]+)$/;

export const isReadKey = (key: string): boolean => Object.hasOwn(READ, key);

/** True when `value` has the form of `key`. */
export const hasForm = (key: string, value: string): boolean =>
  (READ[key] ?? CARRIED[key] ?? UNKNOWN_VALUE).test(value);

/** The number in a field; null when it shows dashes. */
export const numberIn = (value: string): number | null =>
  value.includes('-') ? null : Number(value.replace('%', ''));
