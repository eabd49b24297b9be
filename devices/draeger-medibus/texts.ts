/** The text of answers: fixed columns, both directions. */
import type { MachineAlarm, MachineIdentity, Measured } from './message.ts';

/** Two digits of code and four characters of value. */
const MEASURED_WIDTH = 6;
/** A digit of priority, two digits of code and twelve characters of text. */
const ALARM_WIDTH = 15;

const CODE = /^[0-9A-F]{2}$/;

const pieces = (text: string, width: number): readonly string[] | null =>
  text.length % width === 0
    ? Array.from({ length: text.length / width }, (_, index) =>
        text.slice(index * width, (index + 1) * width),
      )
    : null;

/** Measured values in their order; null for a text that cannot be a list of them, or names one twice. */
export const readMeasured = (text: string): readonly Measured[] | null => {
  const items = pieces(text, MEASURED_WIDTH)?.map((item) => ({
    digits: item.slice(0, 2),
    // Padded on both sides, and between sign and number (`-  8`). Digits with a gap between them are no number.
    text: item
      .slice(2)
      .trim()
      .replace(/^([+-]) +/, '$1'),
  }));
  if (items === undefined || items.some(({ digits }) => !CODE.test(digits))) return null;
  if (new Set(items.map(({ digits }) => digits)).size < items.length) return null;
  return items.map(({ digits, text: value }) => ({ code: Number.parseInt(digits, 16), text: value }));
};

const hex = (code: number): string => code.toString(16).toUpperCase().padStart(2, '0');

/** As a machine prints them: right-aligned to three characters and a blank. @throws RangeError for a text that does not fit. */
export const writeMeasured = (values: readonly Measured[]): string =>
  values
    .map(({ code, text }) => {
      if (text.length > 4) throw new RangeError(`${text} does not fit into four characters`);
      return `${hex(code)}${text.length === 4 ? text : `${text.padStart(3)} `}`;
    })
    .join('');

/** Alarms in their order; null for a text that cannot be a list of them. */
export const readAlarms = (text: string): readonly MachineAlarm[] | null => {
  const items = pieces(text, ALARM_WIDTH);
  if (items === null || items.some((item) => !/^[0-9 ][0-9A-F]{2}/.test(item))) return null;
  return items.map((item) => ({
    priority: item.charAt(0).trim(),
    code: Number.parseInt(item.slice(1, 3), 16),
    text: item.slice(3).trim(),
  }));
};

/** The inverse of `readAlarms`; texts are cut to twelve characters. */
export const writeAlarms = (alarms: readonly MachineAlarm[]): string =>
  alarms
    .map(({ priority, code, text }) => `${priority.padStart(1)}${hex(code)}${text.slice(0, 12).padEnd(12)}`)
    .join('');

/** `8250'Evita 4'01.10:04.03`; null for another form. */
export const readIdentity = (text: string): MachineIdentity | null => {
  const match = /^(.{4})'([^']*)'(.*)$/.exec(text);
  if (match === null) return null;
  const [, id = '', name = '', revision = ''] = match;
  return { id: id.trim(), name: name.trim(), revision: revision.trim() };
};
