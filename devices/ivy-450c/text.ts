/**
 * The nine lines of text after the waves, each `NAME=digit;field;…` and CR, always in this order. There is no checksum: a block
 * is read only if all nine fit this grammar to the character. Words (labels, alarms) may hold bytes above 7F, numbers not.
 */
import type { Block, CuffLine, OximetryLine, PressureLine, ValueLine } from './message.ts';

export type Lines = Omit<Block, 'waves'>;

const CR = '\r';
const NAMES = ['HR', 'RR', 'ETCO2', 'SPO2', 'NIBP', 'P1', 'P2', 'T1', 'T2'] as const;

/** Fields after the name and its digit, the alarm included. */
const FIELDS: Readonly<Record<(typeof NAMES)[number], number>> = {
  HR: 3,
  RR: 3,
  ETCO2: 3,
  SPO2: 3,
  NIBP: 6,
  P1: 5,
  P2: 5,
  T1: 3,
  T2: 3,
};

interface Parts {
  readonly state: string;
  readonly fields: readonly string[];
}

/** Anything that cannot be a line; caught in this file. */
class NoLine extends Error {}

const NUMBER = /^-?(?:0|[1-9][0-9]{0,2})(?:\.[0-9]{1,2})?$/;
const WHOLE = /^(?:0|[1-9][0-9]{0,2})$/;
const WORDS = /^[\x20-\x3a\x3c-\x7e\x80-\xfd]*$/;

/** Reads the text of a block; a sentence instead when it is none. */
export const readText = (text: string): Lines | string => {
  const lines = text.split(CR);
  if (lines.length !== NAMES.length + 1 || lines.at(-1) !== '') return `${lines.length - 1} lines, not nine`;
  try {
    const parts = NAMES.map((name, index) => partsOf(name, lines[index] ?? ''));
    const at = (index: number): Parts => parts[index] ?? { state: '', fields: [] };
    return {
      hr: valueLine(at(0), WHOLE),
      rr: valueLine(at(1), WHOLE),
      etco2: valueLine(at(2), NUMBER),
      spo2: oximetryLine(at(3)),
      nibp: cuffLine(at(4)),
      p1: pressureLine(at(5), NUMBER),
      p2: pressureLine(at(6), NUMBER),
      t1: valueLine(at(7), NUMBER),
      t2: valueLine(at(8), NUMBER),
    };
  } catch (error) {
    if (error instanceof NoLine) return error.message;
    throw error;
  }
};

const partsOf = (name: (typeof NAMES)[number], line: string): Parts => {
  const [head = '', ...rest] = line.split(';');
  const state = head.slice(name.length + 1);
  if (head.slice(0, name.length + 1) !== `${name}=` || !/^[0-9]$/.test(state))
    throw new NoLine(`not a line ${name}`);
  // The documents show some lines with one more semicolon at the end than the recording has.
  const fields = rest.length === FIELDS[name] + 1 && rest.at(-1) === '' ? rest.slice(0, -1) : rest;
  if (fields.length !== FIELDS[name]) throw new NoLine(`${rest.length} fields in line ${name}`);
  if (!fields.every((field) => WORDS.test(field))) throw new NoLine(`a byte that is no text in line ${name}`);
  return { state, fields };
};

const numberIn = (field: string | undefined, pattern: RegExp): number | null => {
  const text = (field ?? '').trim();
  if (text === '') return null;
  if (!pattern.test(text)) throw new NoLine('a field that should be a number and is not');
  return Number(text);
};

const valueLine = (
  { state, fields: [value, label = '', alarm = ''] }: Parts,
  pattern: RegExp,
): ValueLine => ({
  state,
  value: numberIn(value, pattern),
  label,
  alarm,
});

const oximetryLine = ({ state, fields: [saturation, rate = '', alarm = ''] }: Parts): OximetryLine => {
  const [, pulse] = /^PR=(.*)$/.exec(rate) ?? [];
  if (pulse === undefined && rate.trim() !== '') throw new NoLine('no PR= in line SPO2');
  return { state, saturation: numberIn(saturation, WHOLE), pulse: numberIn(pulse, WHOLE), alarm };
};

const pressureLine = ({ state, fields }: Parts, pattern: RegExp): PressureLine => {
  const [systolic, diastolic, mean, label = '', alarm = ''] = fields;
  return {
    state,
    systolic: numberIn(systolic, pattern),
    diastolic: numberIn(diastolic, pattern),
    mean: numberIn(mean, pattern),
    label,
    alarm,
  };
};

const cuffLine = ({ state, fields }: Parts): CuffLine => {
  const [systolic = '', diastolic = '', mean = '', pulse, ...words] = fields;
  return {
    ...pressureLine({ state, fields: [systolic, diastolic, mean, ...words] }, WHOLE),
    pulse: numberIn(pulse, WHOLE),
  };
};

const shown = (value: number | null): string => (value === null ? '' : String(value));

/** The inverse of `readText`. */
export const writeText = ({ hr, rr, etco2, spo2, nibp, p1, p2, t1, t2 }: Lines): string => {
  const value = (name: string, line: ValueLine): string =>
    `${name}=${line.state};${shown(line.value)};${line.label};${line.alarm}`;
  const pressures = (line: PressureLine): string =>
    `${shown(line.systolic)};${shown(line.diastolic)};${shown(line.mean)}`;
  const pressure = (name: string, line: PressureLine): string =>
    `${name}=${line.state};${pressures(line)};${line.label};${line.alarm}`;
  const lines = [
    value('HR', hr),
    value('RR', rr),
    value('ETCO2', etco2),
    `SPO2=${spo2.state};${shown(spo2.saturation)};PR=${shown(spo2.pulse)} ;${spo2.alarm}`,
    `NIBP=${nibp.state};${pressures(nibp)};${shown(nibp.pulse)};${nibp.label};${nibp.alarm}`,
    pressure('P1', p1),
    pressure('P2', p2),
    value('T1', t1),
    value('T2', t2),
  ];
  return lines.map((line) => `${line}${CR}`).join('');
};
