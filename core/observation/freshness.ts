/**
 * How old a number may get before the screen must say so. Rule 1 of the design: continuous parameters are
 * greyed after 10 s without a fresh value and replaced by `--` after 30 s; a cuff reading never expires by
 * itself but is always shown with its age.
 */
import type { MetricKind } from '../nomenclature/metrics.ts';

/** Continuous values older than this are greyed, with their age, and raise a technical alarm (ms). */
export const STALE_AFTER_MS = 10_000;
/** Continuous values older than this are not shown any more: `--` (ms). */
export const EXPIRED_AFTER_MS = 30_000;

export type Freshness = 'fresh' | 'stale' | 'expired';

/** Freshness of a value `ageMs` milliseconds after it was received. Episodic values never expire here. */
export const freshness = (kind: MetricKind, ageMs: number): Freshness => {
  if (kind === 'episodic') return 'fresh';
  if (ageMs > EXPIRED_AFTER_MS) return 'expired';
  return ageMs > STALE_AFTER_MS ? 'stale' : 'fresh';
};
