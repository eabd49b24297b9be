/** One line ⇄ its text. Fields are found by their keys, never by their place: three layouts are in the field. */
import type { RejectReason } from '../device.ts';
import { civilToMs, fullYear, msToCivil, padded } from '../framing/civil-time.ts';
import { hasForm, isReadKey, numberIn, TOKEN } from './grammar.ts';
import type { LineForm, MasimoLine } from './message.ts';

export interface Refusal {
  readonly reason: RejectReason;
  readonly detail: string;
}

const CLOCK = /^([0-9]{2})\/([0-9]{2})\/([0-9]{2}) ([0-9]{2}):([0-9]{2}):([0-9]{2}) /;
const CLOCK_LENGTH = 18;
const REQUIRED = ['SN', 'SPO2', 'BPM', 'ALARM', 'EXC'] as const;
/** Last fields of a line, in order: a line that was cut has not got them, or not in full. */
const TAILS: Readonly<Record<LineForm['status'], readonly string[]>> = {
  narrow: ['ALARM', 'EXC'],
  wide: ['ALARM', 'EXC', 'EXC1'],
};

/** Measuring ranges of the oximeters (specifications in the operator's manuals). */
const RANGES = { SPO2: [1, 100], BPM: [20, 240], PI: [0, 20] } as const;

/** Reads one line. Every deviation is a refusal; no field is ever guessed. */
export const parseLine = (text: string): MasimoLine | Refusal => {
  const clock = CLOCK.exec(text);
  if (clock === null) return syntax('no date and time');
  const clockMs = parseClock(clock.slice(1));
  if (clockMs === null) return { reason: 'range', detail: `no such date or time: ${text.slice(0, 17)}` };
  const fields = parseFields(text.slice(CLOCK_LENGTH));
  if ('reason' in fields) return fields;
  return outOfRange(fields) ?? lineOf(clockMs, fields);
};

const parseFields = (text: string): ReadonlyMap<string, string> | Refusal => {
  const fields = new Map<string, string>();
  for (const token of text.split(' ')) {
    const [, key, value] = TOKEN.exec(token) ?? [];
    if (key === undefined || value === undefined) return syntax('not KEY=VALUE');
    if (fields.has(key)) return syntax(`${key} stands twice`);
    if (!hasForm(key, value)) return syntax(`${key} has a wrong form`);
    fields.set(key, value);
  }
  const missing = REQUIRED.find((key) => !fields.has(key));
  if (missing !== undefined) return syntax(`no ${missing}`);
  const tail = TAILS[statusForm(fields)];
  const isWhole = tail.join() === [...fields.keys()].slice(-tail.length).join() && areWidthsRight(fields);
  return isWhole ? fields : syntax('the line does not end as it must');
};

const statusForm = (fields: ReadonlyMap<string, string>): LineForm['status'] =>
  fields.get('ALARM')?.length === 4 ? 'narrow' : 'wide';

const areWidthsRight = (fields: ReadonlyMap<string, string>): boolean =>
  fields.get('EXC')?.length === (statusForm(fields) === 'narrow' ? 6 : 7) &&
  fields.has('EXC1') === (statusForm(fields) === 'wide');

const outOfRange = (fields: ReadonlyMap<string, string>): Refusal | null => {
  for (const key of ['SPO2', 'BPM', 'PI'] as const) {
    const value = numberIn(fields.get(key) ?? '-');
    const [low, high] = RANGES[key];
    if (value !== null && (value < low || value > high))
      return { reason: 'range', detail: `${key} ${value} cannot be` };
  }
  return null;
};

const lineOf = (clockMs: number, fields: ReadonlyMap<string, string>): MasimoLine => {
  const text = (key: string): string => fields.get(key) ?? '';
  const pi = fields.get('PI');
  return {
    clockMs,
    serial: text('SN').startsWith('-') ? null : text('SN'),
    spo2: numberIn(text('SPO2')),
    pulseRate: numberIn(text('BPM')),
    perfusionIndex: pi === undefined ? undefined : numberIn(pi),
    alarm: Number.parseInt(text('ALARM'), 16),
    exceptions: Number.parseInt(text('EXC'), 16),
    others: [...fields].filter(([key]) => !isReadKey(key)).map(([key, value]) => ({ key, text: value })),
    form: {
      piHasPercent: pi?.endsWith('%') ?? false,
      bpmHasPercent: text('BPM').endsWith('%'),
      status: statusForm(fields),
    },
  };
};

/** The line as the oximeter prints it, without its end; EXC1 is always zero (its meaning is not documented). */
export const formatLine = (line: MasimoLine): string => {
  const { form, perfusionIndex: pi } = line;
  const piText = pi === null ? '--.--' : (pi ?? 0).toFixed(2).padStart(5, '0');
  const hex = (value: number, digits: number): string =>
    value.toString(16).toUpperCase().padStart(digits, '0');
  const [alarmDigits, excDigits] = form.status === 'narrow' ? [4, 6] : [6, 7];
  return [
    formatClock(line.clockMs),
    `SN=${line.serial ?? '-'.repeat(10)}`,
    `SPO2=${line.spo2 === null ? '---' : padded(line.spo2, 3)}%`,
    `BPM=${line.pulseRate === null ? '---' : padded(line.pulseRate, 3)}${form.bpmHasPercent ? '%' : ''}`,
    ...(pi === undefined ? [] : [`PI=${piText}${form.piHasPercent ? '%' : ''}`]),
    ...line.others.map(({ key, text }) => `${key}=${text}`),
    `ALARM=${hex(line.alarm, alarmDigits)}`,
    `EXC=${hex(line.exceptions, excDigits)}`,
    ...(form.status === 'wide' ? ['EXC1=00000000'] : []),
  ].join(' ');
};

const syntax = (detail: string): Refusal => ({ reason: 'syntax', detail });

const parseClock = (parts: readonly string[]): number | null => {
  const [month = 0, day = 0, year = 0, hour = 0, minute = 0, second = 0] = parts.map(Number);
  return civilToMs({ year: fullYear(year), month, day, hour, minute, second });
};

const formatClock = (clockMs: number): string => {
  const { year, month, day, hour, minute, second } = msToCivil(clockMs);
  const two = (...parts: readonly number[]) => parts.map((part) => padded(part, 2));
  return `${two(month, day, year % 100).join('/')} ${two(hour, minute, second).join(':')}`;
};
