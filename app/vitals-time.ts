/** The time column of a table of vitals, in the forms that are met in the wild. */

/** A moment of a row: milliseconds, since 1970 when `isWall`, else since an origin of the file's own. */
export interface RowTime {
  readonly ms: number;
  readonly isWall: boolean;
}

/** Reads the rows' times one after the other; null: the cell is no time (see `TIME_FORMS`). */
export type TimeReader = (cell: string, date: string | null) => RowTime | null;

/** What is understood, for the words of a refusal. */
export const TIME_FORMS = 'an ISO date and time, hh:mm, hh:mm:ss, or a number of seconds';

const DAY_MS = 86_400_000;
const TIME_OF_DAY = /^(\d{1,3}):(\d\d)(?::(\d\d(?:\.\d+)?))?$/;
const ISO = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(Z|[+-]\d\d:?\d\d)?$/;
/** A plain number at or above these is a time since 1970. */
const EPOCH = { seconds: 1e9, milliseconds: 1e11 };

const SCALES: Readonly<Record<string, number>> = {
  s: 1_000,
  sec: 1_000,
  seconds: 1_000,
  ms: 1,
  min: 60_000,
  minutes: 60_000,
  h: 3_600_000,
};

/** Names of a time column, as `headingOf` gives them, with what a plain number in it counts (ms). */
const NAMES: Readonly<Record<string, number>> = {
  time: 1_000,
  timestamp: 1_000,
  datetime: 1_000,
  t: 1_000,
  elapsed: 1_000,
  elapseds: 1_000,
  elapsedsec: 1_000,
  elapsedseconds: 1_000,
  seconds: 1_000,
  times: 1_000,
  elapsedms: 1,
  elapsedmin: 60_000,
  minutes: 60_000,
};

/** Milliseconds that a plain number in a column of this heading counts; null: it is no time column. */
export const timeScale = (name: string, unit: string | null): number | null => {
  const scale = NAMES[name];
  if (scale === undefined) return null;
  return unit === null ? scale : (SCALES[unit.toLowerCase()] ?? scale);
};

/** True when a time column of this name counts from the start: its hours may exceed 24 and never begin again. */
const countsFromStart = (name: string): boolean => name.startsWith('elapsed');

/**
 * A reader for one column. Times of day that run backwards by more than twelve hours are of the next day; a
 * date column beside it (ISO or day/month/year) makes them wall-clock times, read as UTC like ISO times without zone.
 */
export const timeReader = (name: string, scaleMs: number): TimeReader => {
  let days = 0;
  let last = Number.NEGATIVE_INFINITY;
  const ofDay = (hours: number, minutes: number, seconds: number): number => {
    const ms = ((hours * 60 + minutes) * 60 + seconds) * 1_000;
    if (!countsFromStart(name) && ms + days * DAY_MS < last - DAY_MS / 2) days += 1;
    last = ms + days * DAY_MS;
    return last;
  };
  return (cell, date) => {
    const iso = ISO.exec(cell);
    if (iso !== null) return wall(Date.parse(`${iso[1] ?? ''}T${iso[2] ?? ''}${iso[3] ?? 'Z'}`));
    const clock = TIME_OF_DAY.exec(cell);
    if (clock !== null) {
      const [hours, minutes, seconds] = [Number(clock[1]), Number(clock[2]), Number(clock[3] ?? 0)];
      if (minutes > 59 || seconds >= 60) return null;
      if (date === null) return { ms: ofDay(hours, minutes, seconds), isWall: false };
      const midnight = dateMs(date);
      if (midnight === null || hours > 23) return null;
      return wall(midnight + ((hours * 60 + minutes) * 60 + seconds) * 1_000);
    }
    if (cell === '' || !Number.isFinite(Number(cell)) || Number(cell) < 0) return null;
    const number = Number(cell);
    if (number >= EPOCH.milliseconds) return wall(number);
    return number >= EPOCH.seconds ? wall(number * 1_000) : { ms: number * scaleMs, isWall: false };
  };
};

const wall = (ms: number): RowTime | null => (Number.isNaN(ms) ? null : { ms, isWall: true });

/** Midnight (UTC) of an ISO date, or of day/month/year; null: it is neither, or month and day are swapped. */
const dateMs = (text: string): number | null => {
  const european = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4})$/.exec(text);
  const iso =
    european === null
      ? text
      : `${european[3] ?? ''}-${(european[2] ?? '').padStart(2, '0')}-${(european[1] ?? '').padStart(2, '0')}`;
  const ms = /^\d{4}-\d\d-\d\d$/.test(iso) ? Date.parse(`${iso}T00:00:00Z`) : Number.NaN;
  return Number.isNaN(ms) ? null : ms;
};
