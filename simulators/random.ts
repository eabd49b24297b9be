/**
 * Seeded randomness without state: every number is a hash of (seed, channel, tick), so a question asked twice,
 * early, late or out of order has one answer. Nothing here is fit for secrets.
 */

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** One independent source of random numbers: a seed and a channel name, mixed once. */
export type Stream = number & { readonly stream: unique symbol };

/** The stream of a channel ("heart.drift") under a seed. Different names give unrelated numbers. */
export const stream = (seed: number, channel: string): Stream => {
  let mixed = FNV_OFFSET ^ mix(seed | 0);
  for (let index = 0; index < channel.length; index += 1) {
    mixed = Math.imul(mixed ^ channel.charCodeAt(index), FNV_PRIME);
  }
  return mix(mixed) as Stream;
};

/** 32 evenly spread bits for a whole-numbered tick. */
export const bits = (source: Stream, tick: number): number =>
  mix(source ^ mix(Math.imul(tick | 0, 0x9e3779b1) + Math.trunc(tick / 0x100000000)));

/** Evenly distributed in [0, 1). */
export const uniform = (source: Stream, tick: number): number => bits(source, tick) / 0x100000000;

/** Evenly distributed in [low, high). */
export const between = (source: Stream, tick: number, low: number, high: number): number =>
  low + (high - low) * uniform(source, tick);

/** Normally distributed, mean 0, standard deviation 1 (Box and Muller 1958), cut at ±6.7 by the 32 bits. */
export const gaussian = (source: Stream, tick: number): number => {
  const radius = Math.sqrt(-2 * Math.log((bits(source, tick * 2) + 1) / 0x100000001));
  return radius * Math.cos(2 * Math.PI * uniform(source, tick * 2 + 1));
};

/**
 * Smooth noise: normal values at whole `x`, eased between them. Mean 0, standard deviation 1 at every `x`,
 * because the mixture of the two neighbours is scaled back to unit variance.
 */
export const smoothNoise = (source: Stream, x: number): number => {
  const left = Math.floor(x);
  const part = x - left;
  const weight = part * part * (3 - 2 * part);
  const rest = 1 - weight;
  const value = rest * gaussian(source, left) + weight * gaussian(source, left + 1);
  return value / Math.sqrt(rest * rest + weight * weight);
};

/** Avalanche of a 32-bit integer (the finaliser of MurmurHash3, in the public domain); returns 0..2^32-1. */
const mix = (value: number): number => {
  let mixed = value | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
};
