/** ASCII lines: `SPO2=098 HR=072`, once a second, CR LF. There is no checksum. */
import { latin1Bytes, printable } from '../framing/line-decoder.ts';
import type { AsciiLine } from './message.ts';
import { type Form, type Look, MORE, NO } from './scanner.ts';

/** The longest line, its end included (bytes; our choice: half again the longest one that is known). */
const MAX_LINE_BYTES = 80;
const LF = 0x0a;
const CR = 0x0d;

const LINE =
  /^(?:([0-2][0-9]:[0-5][0-9]:[0-5][0-9]) +)?SPO2= *([0-9]{1,3}|---) +HR= *([0-9]{1,3}|---) *(F)? *(B)? *(\*)? *$/;

const parseLine = (text: string): AsciiLine | null => {
  const match = LINE.exec(text);
  if (match === null) return null;
  const [, time, spo2 = '', pulse = '', fast, breath, mark] = match;
  const number = (digits: string): number | null => (digits === '---' ? null : Number(digits));
  return {
    kind: 'line',
    time: time ?? null,
    spo2: number(spo2),
    pulse: number(pulse),
    isFastAveraging: fast !== undefined,
    hasBreath: breath !== undefined,
    isMarked: mark !== undefined,
  };
};

const isTextByte = (byte: number): boolean => (byte >= 0x20 && byte <= 0x7e) || byte === CR;

/** The form of a line: text up to LF. A header is a line that is not read; a blank line is none. */
export const asciiForm: Form<AsciiLine> = {
  maxBytes: MAX_LINE_BYTES,
  look(bytes, length, seen) {
    for (let index = seen; index < length; index += 1) {
      const byte = bytes[index] ?? 0;
      if (byte === LF) return lineOf(bytes, index);
      if (!isTextByte(byte)) return NO;
    }
    if (length < MAX_LINE_BYTES) return bytes[0] === CR && length > 1 ? NO : MORE;
    return { kind: 'damaged', reason: 'overrun', detail: 'a line that does not end', byteCount: length };
  },
};

/** The line that ends with the LF at `end`. */
const lineOf = (bytes: Uint8Array, end: number): Look<AsciiLine> => {
  const text = String.fromCharCode(...bytes.subarray(0, end)).replace(/\r$/, '');
  if (text === '') return NO;
  const line = parseLine(text);
  const byteCount = end + 1;
  if (line !== null) return { kind: 'message', message: line, byteCount };
  return { kind: 'damaged', reason: 'syntax', detail: `not a line: ${printable(text, 40)}`, byteCount };
};

/** The bytes of a line, padded with zeros, with CR LF. */
export const writeLine = ({
  time,
  spo2,
  pulse,
  isFastAveraging,
  hasBreath,
  isMarked,
}: AsciiLine): Uint8Array => {
  const digits = (value: number | null): string => (value === null ? '---' : String(value).padStart(3, '0'));
  const marks = [isFastAveraging ? ' F' : '', hasBreath ? ' B' : '', isMarked ? ' *' : ''].join('');
  return latin1Bytes(
    `${time === null ? '' : `${time} `}SPO2=${digits(spo2)} HR=${digits(pulse)}${marks}\r\n`,
  );
};
