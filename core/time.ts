/**
 * Two clocks that the compiler keeps apart. Wall clocks jump (NTP, daylight saving, a person); every
 * duration, delay and staleness in Chairside is measured on the monotonic clock, and both are stored.
 * `core/` never reads a clock: an `Instant` is always an argument.
 */

declare const brand: unique symbol;
/** A nominal type: a `Brand<number, 'X'>` is a number that only an explicit conversion can make. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name };

/** Wall clock, milliseconds since 1970-01-01T00:00:00Z. For display, storage and matching with the outside. */
export type EpochMs = Brand<number, 'EpochMs'>;
/** Monotonic clock, milliseconds since an arbitrary origin that is fixed for one run of the station. */
export type MonoMs = Brand<number, 'MonoMs'>;

/** One moment, read from both clocks together. */
export interface Instant {
  readonly wall: EpochMs;
  readonly mono: MonoMs;
}

/** Marks a number of milliseconds since the epoch as wall-clock time. */
export const epochMs = (value: number): EpochMs => value as EpochMs;
/** Marks a number of milliseconds as monotonic time. */
export const monoMs = (value: number): MonoMs => value as MonoMs;
/** Builds an instant from both clocks, in milliseconds. */
export const instant = (wall: number, mono: number): Instant => ({ wall: epochMs(wall), mono: monoMs(mono) });

/** Milliseconds that passed from `earlier` to `later` on the monotonic clock (negative if reversed). */
export const elapsedMs = (earlier: Instant, later: Instant): number => later.mono - earlier.mono;

/** The instant `ms` milliseconds after `at`, on both clocks. */
export const addMs = (at: Instant, ms: number): Instant => instant(at.wall + ms, at.mono + ms);
