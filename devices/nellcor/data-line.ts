/** Grammar of one data line: fixed columns where they were measured, the documented variants where they were not. */
import type { RejectReason } from '../device.ts';
import { civilToMs, fullYear, msToCivil, padded } from '../framing/civil-time.ts';
import { type Column, type DataLine, isStatusCode, type StatusCode } from './message.ts';

export interface Refusal {
  readonly reason: RejectReason;
  readonly detail: string;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Columns of the N-560, software 1.56: where the numbers end, where a status code may begin. */
export const N560 = { spo2End: 24, pulseEnd: 32, amplitudeEnd: 40, firstCode: 44, codeStep: 3, width: 61 };
/** The widest line seen (other firmware). */
const MAX_WIDTH = 64;

const NUMBER = '( +(?:---|0|[1-9][0-9]{0,2}))(\\*?)';
const DATA_LINE = new RegExp(
  `^([0-9]{2})-([A-Za-z]{3})-([0-9]{2}) ([0-9]{2}):([0-9]{2}):([0-9]{2})${NUMBER}${NUMBER}${NUMBER}((?: +[A-Z]{2})*)( *)$`,
);
const CLOCK_LENGTH = 18;

/** Measuring ranges of the family's oximeters (specifications in the operator's manuals). */
const RANGES = { spo2: [1, 100], pulseRate: [20, 250], amplitude: [0, 255] } as const;

/** True for a line that begins like a data line, whatever follows: for a refusal that says more. */
export const looksLikeData = (text: string): boolean => /^[0-9]{2}-[A-Za-z]{3}-[0-9]{2} /.test(text);

/** Reads one line. Every deviation is a refusal; no field is ever guessed. */
export const parseDataLine = (text: string): DataLine | Refusal => {
  const match = text.length > MAX_WIDTH ? null : DATA_LINE.exec(text);
  if (match === null) return syntax('not a data line');
  const [, day, month, year, hour, minute, second, ...rest] = match;
  const clockMs = parseClock([day, month, year, hour, minute, second]);
  if (clockMs === null)
    return { reason: 'range', detail: `no such date or time: ${text.slice(0, CLOCK_LENGTH)}` };

  const [
    spo2Text = '',
    spo2Star = '',
    pulseText = '',
    pulseStar = '',
    amplitudeText = '',
    amplitudeStar = '',
  ] = rest;
  const [codeText = '', trailing = ''] = rest.slice(6);
  const spo2 = columnOf(spo2Text, spo2Star, CLOCK_LENGTH);
  const pulseRate = columnOf(pulseText, pulseStar, spo2.end + spo2Star.length);
  const amplitude = columnOf(amplitudeText, amplitudeStar, pulseRate.end + pulseStar.length);
  const codesStart = amplitude.end + amplitudeStar.length;
  const codes = [...codeText.matchAll(/[A-Z]{2}/g)];
  const unknown = codes.find(([code]) => !isStatusCode(code));
  if (unknown !== undefined) return syntax(`unknown status code ${unknown[0]}`);
  const line: DataLine = {
    kind: 'data',
    clockMs,
    spo2,
    pulseRate,
    amplitude,
    codes: codes.map(([code]) => code).filter(isStatusCode),
    codeColumns: codes.map(({ index }) => codesStart + index),
    width: trailing === '' && text.length < N560.width ? null : text.length,
  };
  return contradiction(line) ?? outOfRange(line) ?? line;
};

/** A column from its blanks and digits, which begin at `start`. */
const columnOf = (text: string, star: string, start: number): Column => {
  const digits = text.trimStart();
  return { value: digits === '---' ? null : Number(digits), starred: star === '*', end: start + text.length };
};

/** The line as the oximeter prints it, without its end. */
export const formatDataLine = (line: DataLine): string => {
  const columns = [line.spo2, line.pulseRate, line.amplitude];
  const numbers = columns.reduce((text, column) => {
    const digits = column.value === null ? '---' : String(column.value);
    return `${text}${digits.padStart(column.end - text.length)}${column.starred ? '*' : ''}`;
  }, formatClock(line.clockMs));
  const text = line.codes.reduce(
    (all, code, index) => `${all.padEnd(line.codeColumns[index] ?? 0)}${code}`,
    numbers,
  );
  return text.padEnd(line.width ?? 0);
};

const syntax = (detail: string): Refusal => ({ reason: 'syntax', detail });

const has = (line: DataLine, ...codes: readonly StatusCode[]): boolean =>
  codes.some((code) => line.codes.includes(code));

/** Fields that cannot stand in one line of a working oximeter. */
const contradiction = (line: DataLine): Refusal | null => {
  const { spo2, pulseRate, amplitude } = line;
  if (new Set(line.codes).size !== line.codes.length) return syntax('a status code stands twice');
  if ([spo2, pulseRate, amplitude].some((column) => column.starred && column.value === null)) {
    return syntax('a star beside no number');
  }
  if (has(line, 'SH', 'SL') && spo2.value === null) return syntax('SpO2 alarm without an SpO2');
  if (has(line, 'PH', 'PL') && pulseRate.value === null) return syntax('pulse alarm without a pulse rate');
  if ((has(line, 'SH') && has(line, 'SL')) || (has(line, 'PH') && has(line, 'PL'))) {
    return syntax('above and below a limit at once');
  }
  return isOffGrid(line) ? syntax('status code between the columns') : null;
};

/** On the N-560's columns, a code begins at 44, 47, 50 ... and nowhere else. */
const isOffGrid = ({ spo2, pulseRate, amplitude, codeColumns }: DataLine): boolean =>
  spo2.end === N560.spo2End &&
  pulseRate.end === N560.pulseEnd &&
  amplitude.end === N560.amplitudeEnd &&
  codeColumns.some((start) => start < N560.firstCode || (start - N560.firstCode) % N560.codeStep !== 0);

/** A zero is "no reading", printed with PS only; any other number must be one the oximeter can measure. */
const outOfRange = (line: DataLine): Refusal | null => {
  for (const name of ['spo2', 'pulseRate', 'amplitude'] as const) {
    const { value } = line[name];
    const [low, high] = RANGES[name];
    const isZeroOfSearch = value === 0 && has(line, 'PS');
    if (value !== null && !isZeroOfSearch && (value < low || value > high)) {
      return { reason: 'range', detail: `${name} ${value} cannot be` };
    }
  }
  return null;
};

const parseClock = (parts: readonly (string | undefined)[]): number | null => {
  const [day = '', monthName = '', year = '', hour = '', minute = '', second = ''] = parts;
  const month = MONTHS.findIndex((name) => name === monthName || name.toUpperCase() === monthName) + 1;
  return civilToMs({
    year: fullYear(Number(year)),
    month,
    day: Number(day),
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second),
  });
};

const formatClock = (clockMs: number): string => {
  const { year, month, day, hour, minute, second } = msToCivil(clockMs);
  const date = `${padded(day, 2)}-${MONTHS[month - 1] ?? ''}-${padded(year % 100, 2)}`;
  return `${date} ${padded(hour, 2)}:${padded(minute, 2)}:${padded(second, 2)}`;
};
