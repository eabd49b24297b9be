/**
 * What people typed, as it can be printed. A letter that the font lacks must not vanish: its Unicode number stands in
 * its place, "[U+738B]". Lines with letters of right-to-left scripts are cut into runs in the order in which they
 * stand on paper: a small part of the Unicode bidirectional algorithm (UAX #9) for a left-to-right page: letters and
 * numbers, no marks or embeddings.
 */

/** Invisible, but they shape the letters beside them (Persian, Indic scripts, joined emoji). */
const JOINERS: readonly number[] = [0x200c, 0x200d];
const CONTROL = /^[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]$/u;

/** A letter's number in brackets, as the report writes what it cannot draw. */
export const numbered = (codePoint: number): string =>
  `[U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}]`;

/**
 * The text in letters that the font has; line ends stay, tabs and wide blanks become blanks.
 * @param hasGlyph whether the font draws a code point.
 */
export const printable = (text: string, hasGlyph: (codePoint: number) => boolean): string =>
  Array.from(text.normalize('NFC').replace(/\r\n?/g, '\n'), (letter) => {
    if (letter === '\n') return letter;
    if (letter === '\t' || /^\p{Zs}$/u.test(letter)) return ' ';
    const codePoint = letter.codePointAt(0) ?? 0;
    const isDrawn = hasGlyph(codePoint) && (JOINERS.includes(codePoint) || !CONTROL.test(letter));
    return isDrawn ? letter : numbered(codePoint);
  }).join('');

/** A piece of a line that is drawn in one go. */
export interface Run {
  readonly text: string;
  readonly isRightToLeft: boolean;
}

const RTL = '\\p{Script=Arabic}\\p{Script=Hebrew}\\p{Script=Syriac}\\p{Script=Thaana}\\p{Script=Nko}';
const HAS_RTL = new RegExp(`[${RTL}]`, 'u');
/** From one right-to-left letter to the last before any left-to-right one; numbers within belong to it. */
const RTL_SPAN = new RegExp(`[${RTL}](?:(?:(?![${RTL}])[^\\p{L}])*[${RTL}])*`, 'gu');
const NUMBERS = /(\p{Nd}[\p{Nd}.,:/-]*\p{Nd}|\p{Nd})/u;

/** The runs of a line from left to right on paper. A line without right-to-left letters is one run. */
export const runsOf = (line: string): readonly Run[] => {
  if (!HAS_RTL.test(line)) return [{ text: line, isRightToLeft: false }];
  const runs: Run[] = [];
  let last = 0;
  for (const match of line.matchAll(RTL_SPAN)) {
    runs.push({ text: line.slice(last, match.index), isRightToLeft: false });
    const pieces = match[0].split(NUMBERS).map((text): Run => ({ text, isRightToLeft: HAS_RTL.test(text) }));
    runs.push(...pieces.reverse());
    last = match.index + match[0].length;
  }
  runs.push({ text: line.slice(last), isRightToLeft: false });
  return runs.filter(({ text }) => text !== '');
};
