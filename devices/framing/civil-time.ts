/**
 * Civil date and time ⇄ milliseconds since 1970-01-01T00:00:00Z, for monitors whose clock is text without a
 * zone. Read as UTC by agreement (see `Observation.deviceTime`); never used for durations.
 */

/** A date and time as a monitor prints it; `month` 1-12, `year` with four digits. */
export interface CivilTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

const DAY_MS = 86_400_000;
const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/** Milliseconds since the epoch, reading the civil time as UTC; null for a date or time that does not exist. */
export const civilToMs = (time: CivilTime): number | null => {
  const { year, month, day, hour, minute, second } = time;
  const exists =
    day >= 1 && day <= daysInMonth(year, month) && hour <= 23 && minute <= 59 && second <= 59 && hour >= 0;
  return exists ? Date.UTC(year, month - 1, day, hour, minute, second) : null;
};

/** The civil time (UTC) of milliseconds since the epoch; parts of a second are cut off. */
export const msToCivil = (ms: number): CivilTime => {
  const days = Math.floor(ms / DAY_MS);
  const seconds = Math.floor((ms - days * DAY_MS) / 1000);
  return {
    ...dayToCivil(days),
    hour: Math.floor(seconds / 3600),
    minute: Math.floor(seconds / 60) % 60,
    second: seconds % 60,
  };
};

/** Four digits of a year printed with two: 80-99 is the last century (our choice; these ports began then). */
export const fullYear = (twoDigits: number): number => twoDigits + (twoDigits >= 80 ? 1900 : 2000);

/** A number with leading zeros. */
export const padded = (value: number, digits: number): string => String(value).padStart(digits, '0');

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

const daysInMonth = (year: number, month: number): number =>
  month === 2 && isLeap(year) ? 29 : (DAYS_IN_MONTH[month - 1] ?? 0);

/** Proleptic Gregorian date of a day number, counted in 400-year eras that begin on 1 March. */
const dayToCivil = (day: number): Pick<CivilTime, 'year' | 'month' | 'day'> => {
  const shifted = day + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1,
  };
};
