/** HL7 v2.4 segments as Efficia monitors use them: fields, times, escapes. Source: Philips Data Export Guide, p. 39-65. */
import { civilToMs, msToCivil, padded } from '../framing/civil-time.ts';

/** Fields by their HL7 number: `fields[7]` is MSH-7 or OBX-7. */
export type Segment = readonly string[];

const SEGMENT = /^[A-Z][A-Z0-9]{2}\|[ -~\u0080-\u00ff]*$/;

/** The fields of a line; null when it is no segment. MSH-1 is the separator itself. */
export const segmentOf = (line: string): Segment | null => {
  if (!SEGMENT.test(line)) return null;
  const fields = line.split('|');
  return fields[0] === 'MSH' ? ['MSH', '|', ...fields.slice(1)] : fields;
};

/** A segment from its fields by number; empty fields in between, none at the end. */
export const formatSegment = (name: string, fields: Readonly<Record<number, string>>): string => {
  const first = name === 'MSH' ? 2 : 1;
  const last = Math.max(...Object.keys(fields).map(Number));
  const texts = Array.from({ length: last - first + 1 }, (_, index) => fields[index + first] ?? '');
  return [name, ...texts].join('|');
};

const TIME = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\.\d{1,4})?([+-]\d{4})?$/;

/** `YYYYMMDDHHMMSS` read as UTC (ms); null when it is no such time. A zone is not taken into account. */
export const timeOf = (text: string): number | null => {
  const match = TIME.exec(text);
  if (match === null) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map(Number);
  return civilToMs({ year, month, day, hour, minute, second });
};

/** `YYYYMMDDHHMMSS`. */
export const timeText = (ms: number): string => {
  const { year, month, day, hour, minute, second } = msToCivil(ms);
  const rest = [month, day, hour, minute, second].map((part) => padded(part, 2)).join('');
  return padded(year, 4) + rest;
};

const ESCAPES = { F: '|', S: '^', T: '&', R: '~', E: '\\' } as const;
const LETTERS = ['F', 'S', 'T', 'R', 'E'] as const;

/** Text of a component with its escapes undone, in one pass: what an escape stands for is not read again. */
export const unescaped = (text: string): string =>
  text.replace(/\\([FSTRE])\\/g, (_whole, letter: (typeof LETTERS)[number]) => ESCAPES[letter]);

/** Text as a component may hold it. */
export const escaped = (text: string): string =>
  text.replace(/[|^&~\\]/g, (character) => {
    const letter = LETTERS.find((one) => ESCAPES[one] === character);
    return letter === undefined ? character : `\\${letter}\\`;
  });
