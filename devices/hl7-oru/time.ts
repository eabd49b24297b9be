/** HL7 date and time (DTM, v2.6 chapter 2.A.22): `YYYYMMDDHHMM[SS[.S…]][+/-ZZZZ]`. */
import { civilToMs, msToCivil, padded } from '../framing/civil-time.ts';

/** A time as a sender wrote it. */
export interface Hl7Time {
  /** As its clock shows it, read as UTC (ms). */
  readonly civilMs: number;
  /** East of UTC (min); null: not said. */
  readonly offsetMin: number | null;
  /** False: it is cut to the minute, and says nothing about lateness. */
  readonly hasSeconds: boolean;
}

const DTM = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(?:(\d{2})(?:\.(\d{1,4}))?)?(?:([+-])(\d{2})(\d{2}))?$/;

/** Reads a time to the minute or better; null for anything else (a date alone says nothing about age). */
export const parseTime = (text: string): Hl7Time | null => {
  const match = DTM.exec(text);
  if (match === null) return null;
  const [, year, month, day, hour, minute, second, fraction = '0', sign, zoneHours, zoneMinutes] = match;
  const ms = civilToMs({
    year: Number(year),
    month: Number(month),
    day: Number(day),
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second ?? 0),
  });
  if (ms === null || Number(month) < 1 || Number(month) > 12) return null;
  const offset = sign === undefined ? null : Number(zoneHours) * 60 + Number(zoneMinutes);
  if (offset !== null && offset > 14 * 60) return null;
  return {
    civilMs: ms + Math.round(Number(`0.${fraction}`) * 1000),
    offsetMin: offset === null ? null : offset * (sign === '-' ? -1 : 1),
    hasSeconds: second !== undefined,
  };
};

/** The moment of a time whose zone is known, else its clock face read as UTC (ms since the epoch). */
export const momentOf = ({ civilMs, offsetMin }: Hl7Time): number => civilMs - (offsetMin ?? 0) * 60_000;

/** How much earlier `earlier` is (ms); by the clock face where one of them does not say its zone. */
export const msBetween = (earlier: Hl7Time, later: Hl7Time): number =>
  earlier.offsetMin === null || later.offsetMin === null
    ? later.civilMs - earlier.civilMs
    : momentOf(later) - momentOf(earlier);

/** A moment as UTC to the second, `YYYYMMDDHHMMSS`, with or without its zone. */
export const formatTime = (epochMs: number, zone: '' | '+0000' = ''): string => {
  const { year, month, day, hour, minute, second } = msToCivil(epochMs);
  const date = `${padded(year, 4)}${padded(month, 2)}${padded(day, 2)}`;
  return `${date}${padded(hour, 2)}${padded(minute, 2)}${padded(second, 2)}${zone}`;
};
