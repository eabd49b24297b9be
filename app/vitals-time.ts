/** The time column of a table of vitals, in the forms that are met in the wild. */

/** A moment of a row: milliseconds, since 1970 when `isWall`, else since an origin of the file's own. */
export interface RowTime {
  readonly ms: number;
  readonly isWall: boolean;
}

/** Which of 03/04/2026 is the day. */
export type DateOrder = 'day-first' | 'month-first';

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
 * date column beside it (ISO, or three numbers in `order`) makes them wall-clock times, read as UTC like ISO times
 * without zone.
 */
export const timeReader = (name: string, scaleMs: number, order: DateOrder = 'day-first'): TimeReader => {
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
      const midnight = dateMs(date, order);
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

const NUMBERS = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4})$/;

/**
 * In which order a file's dates are written, as far as they tell: a number above 12 is a day, and dots stand between
 * day, month and year. Null: every one of them can be read both ways.
 */
export const dateOrderOf = (dates: Iterable<string>): DateOrder | null => {
  let known: DateOrder | null = 'day-first';
  for (const date of dates) {
    const parts = NUMBERS.exec(date);
    if (parts === null) continue;
    if (parts[2] === '.' || Number(parts[1]) > 12) return 'day-first';
    if (Number(parts[3]) > 12) return 'month-first';
    known = null;
  }
  return known;
};

/** Midnight (UTC) of an ISO date, or of one in numbers; null: it is neither, or there is no such day. */
const dateMs = (text: string, order: DateOrder): number | null => {
  const parts = NUMBERS.exec(text);
  const [first, second] = [(parts?.[1] ?? '').padStart(2, '0'), (parts?.[3] ?? '').padStart(2, '0')];
  const monthAndDay = order === 'day-first' ? `${second}-${first}` : `${first}-${second}`;
  const iso = parts === null ? text : `${parts[4] ?? ''}-${monthAndDay}`;
  const ms = /^\d{4}-\d\d-\d\d$/.test(iso) ? Date.parse(`${iso}T00:00:00Z`) : Number.NaN;
  // Date.parse makes 2 March of 30 February.
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(iso) ? ms : null;
};
