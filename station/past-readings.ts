/** What became of readings since: how old they are after a restart or a sleep of the computer, and which people left out. */
import { type Exclusion, isReadingExcluded } from '../core/review/exclusions.ts';
import type { NibpReading } from '../core/session/events.ts';
import { type Instant, instant } from '../core/time.ts';

/** Nobody knows how long the station was down: what was measured before may be this much older (ms). */
const UNKNOWN_DOWN_MS = 24 * 3_600_000;

/** The monotonic clock began anew with this run: an old instant is placed on it by its wall-clock age. */
export const onThisRun = (old: Instant, now: Instant): Instant =>
  instant(old.wall, now.mono - Math.max(0, now.wall - old.wall));

/** The same readings when each may be `ms` older than the monotonic clock says. */
export const olderBy = (readings: readonly NibpReading[], ms: number): readonly NibpReading[] =>
  readings.map((reading) => ({ ...reading, ageAtReceiptMs: reading.ageAtReceiptMs + ms }));

/**
 * The readings with those marked as doubtful that a person left out as artefacts: they are in no baseline and prove nothing
 * before a discharge. They stay in the row: the last one left out wants another, not the one before it.
 */
export const withoutArtefacts = (
  readings: readonly NibpReading[],
  exclusions: readonly Exclusion[],
): readonly NibpReading[] =>
  exclusions.length === 0
    ? readings
    : readings.map((reading) =>
        isReadingExcluded(exclusions, reading) ? { ...reading, questionable: true } : reading,
      );

/**
 * The readings of a session that is taken up again.
 * @param downForMs null: the clock was set back meanwhile, and a wall-clock age would make them younger than they are.
 */
export const readingsOnThisRun = (
  past: readonly NibpReading[],
  now: Instant,
  downForMs: number | null,
): readonly NibpReading[] => {
  const placed = past.map((reading) => ({ ...reading, receivedAt: onThisRun(reading.receivedAt, now) }));
  return downForMs === null ? olderBy(placed, UNKNOWN_DOWN_MS) : placed;
};
