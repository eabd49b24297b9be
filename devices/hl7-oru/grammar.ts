/** The grammar below the segments: fields, repetitions, components, escape sequences (HL7 v2.6, chapter 2, sections 2.5 to 2.7). */
import { decodeText, encodeText } from './charset.ts';
import { type Delimiters, USUAL_DELIMITERS } from './message.ts';

/** A segment cut into fields: the index is HL7's number of the field, 0 is the name. */
export interface Segment {
  readonly name: string;
  readonly fields: readonly string[];
}

const SEGMENT_NAME = /^[A-Z][A-Z0-9]{2}$/;

/** MSH-1 and MSH-2 of a message's first segment; null when they are missing, equal or no punctuation. */
export const readDelimiters = (header: string): Delimiters | null => {
  const field = header.charAt(3);
  const rest = header.slice(4).split(field, 1)[0] ?? '';
  // A fifth character (truncation, HL7 v2.7) changes nothing for us; left out ones keep their usual meaning.
  const [component = '^', repetition = '~', mark = '\\', subcomponent = '&', fifth = ''] = rest;
  const all = [field, component, repetition, mark, subcomponent];
  const isPunctuation = all.every((each) => /^[!-/:-@[-`{-~]$/.test(each));
  if (rest === '' || rest.length > 5 || !isPunctuation || new Set([...all, fifth]).size < all.length)
    return null;
  return { field, component, repetition, escape: mark, subcomponent };
};

/** The segment of one line; a sentence instead when it is none. */
export const readSegment = (line: string, { field }: Delimiters): Segment | string => {
  const fields = line.split(field);
  const name = fields[0] ?? '';
  if (!SEGMENT_NAME.test(name)) return 'a line that is no segment';
  // MSH-1 is the delimiter itself and so does not stand between two of them.
  return { name, fields: name === 'MSH' ? [name, field, ...fields.slice(1)] : fields };
};

/** A component of a field's first repetition, numbered from 1; empty when it is not there. HL7's null (`""`) is empty too. */
export const component = (field: string, number: number, delimiters: Delimiters, charset: string): string => {
  const first = field.split(delimiters.repetition, 1)[0] ?? '';
  const text = unescaped(first.split(delimiters.component)[number - 1] ?? '', delimiters, charset);
  return text === '""' ? '' : text;
};

/** The text without escape sequences. Unknown ones stay as they are; highlighting is dropped. */
export const unescaped = (text: string, delimiters: Delimiters, charset: string): string => {
  const { escape: mark } = delimiters;
  if (!text.includes(mark)) return text;
  const parts = text.split(mark);
  let result = parts[0] ?? '';
  for (let index = 1; index < parts.length; index += 2) {
    const sequence = parts[index] ?? '';
    if (index === parts.length - 1) return result + mark + sequence;
    result += meaningOf(sequence, delimiters, charset) ?? `${mark}${sequence}${mark}`;
    result += parts[index + 1] ?? '';
  }
  return result;
};

const meaningOf = (sequence: string, delimiters: Delimiters, charset: string): string | null => {
  switch (sequence) {
    case 'F':
      return delimiters.field;
    case 'S':
      return delimiters.component;
    case 'T':
      return delimiters.subcomponent;
    case 'R':
      return delimiters.repetition;
    case 'E':
      return delimiters.escape;
    case 'H':
    case 'N':
      return '';
    case '.br':
      return ' ';
    default:
      return /^X([0-9A-Fa-f]{2})+$/.test(sequence) ? decodeText(hexBytes(sequence.slice(1)), charset) : null;
  }
};

const hexBytes = (hex: string): Uint8Array =>
  Uint8Array.from({ length: hex.length / 2 }, (_, index) =>
    Number.parseInt(hex.slice(2 * index, 2 * index + 2), 16),
  );

const SEQUENCES: readonly (readonly [keyof Delimiters, string])[] = [
  ['field', 'F'],
  ['component', 'S'],
  ['subcomponent', 'T'],
  ['repetition', 'R'],
  ['escape', 'E'],
];

/** The text with everything escaped that would cut the message; control characters as hexadecimal bytes. */
export const escaped = (text: string, delimiters: Delimiters = USUAL_DELIMITERS): string =>
  Array.from(text, (character) => {
    const { escape: mark } = delimiters;
    const known = SEQUENCES.find(([name]) => delimiters[name] === character);
    if (known !== undefined) return `${mark}${known[1]}${mark}`;
    if (character >= ' ' && character !== '\x7f') return character;
    const hex = [...encodeText(character)].map((byte) => byte.toString(16).toUpperCase().padStart(2, '0'));
    return `${mark}X${hex.join('')}${mark}`;
  }).join('');
