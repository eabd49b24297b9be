/** Too many wrong secrets lock an account for a while. Pure; the times are the station's wall clock. */
import type { EpochMs } from '../time.ts';

/** Wrong tries before the account is locked, and for how long (ms): alarms and roles, section 12 (d). */
export const LOCKOUT = { tries: 5, lockedMs: 15 * 60_000 } as const;

/** When the account is free again; null: it is free now. `failures` are those since the last success, oldest first. */
export const lockedUntil = (failures: readonly EpochMs[], now: EpochMs): EpochMs | null => {
  const recent = failures.filter((at) => now - at < LOCKOUT.lockedMs);
  const fifth = recent.at(-LOCKOUT.tries);
  const last = recent.at(-1);
  if (fifth === undefined || last === undefined) return null;
  return (last + LOCKOUT.lockedMs) as EpochMs;
};

/** Tries that are left before the account is locked. */
export const triesLeft = (failures: readonly EpochMs[], now: EpochMs): number =>
  Math.max(0, LOCKOUT.tries - failures.filter((at) => now - at < LOCKOUT.lockedMs).length);
