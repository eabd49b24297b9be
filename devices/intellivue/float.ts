/**
 * FLOAT-Type of ISO/IEEE 11073: a signed 8-bit decimal exponent and a signed 24-bit mantissa; value = mantissa × 10^exponent.
 * Five mantissas are no numbers, whatever the exponent. Source: README, "Values".
 */

/** Why a FLOAT is no number. */
export type FloatSpecial = 'nan' | 'no-resolution' | 'plus-infinity' | 'minus-infinity' | 'reserved';

/** A number, or the special value that stands in its place. */
export type Float = { readonly value: number } | { readonly special: FloatSpecial };

const SPECIALS: ReadonlyMap<number, FloatSpecial> = new Map([
  [0x7fffff, 'nan'],
  [0x800000, 'no-resolution'],
  [0x7ffffe, 'plus-infinity'],
  [0x800002, 'minus-infinity'],
  [0x800001, 'reserved'],
]);

/** The bits of "no number". */
export const FLOAT_NAN = 0x007fffff;

/** Reads the 32 bits of a FLOAT. Decimal fractions come out exactly as written: 0.1 is 0.1. */
export const parseFloat32 = (bits: number): Float => {
  const mantissaBits = bits & 0xffffff;
  const special = SPECIALS.get(mantissaBits);
  if (special !== undefined) return { special };
  const exponent = bits >> 24;
  const mantissa = (mantissaBits << 8) >> 8;
  // 10 ** -n is not exact in binary; a division by 10 ** n rounds once.
  const value = exponent < 0 ? mantissa / 10 ** -exponent : mantissa * 10 ** exponent;
  return { value };
};

/** A FLOAT's bits for a number with `decimals` decimal places. Throws a RangeError when it does not fit 24 bits. */
export const buildFloat32 = (value: number, decimals = 0): number => {
  const mantissa = Math.round(value * 10 ** decimals);
  if (!(Math.abs(mantissa) < 0x7ffffe)) throw new RangeError(`${value} does not fit a FLOAT`);
  return (((-decimals & 0xff) << 24) | (mantissa & 0xffffff)) >>> 0;
};
