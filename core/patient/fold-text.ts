/** Text for comparing: without case, accents and other marks, so that "Łukasz Müller" is found as "lukasz muller". */

/** Letters that the canonical decomposition leaves as they are. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
  ħ: 'h',
  ŧ: 't',
};

export const foldText = (text: string): string =>
  text
    .normalize('NFD')
    .replaceAll(/\p{M}+/gu, '')
    .toLowerCase()
    .replaceAll(/[ßæœøłđðþıħŧ]/g, (letter) => LETTERS[letter] ?? letter);

/** The words of a text, folded; whatever is neither letter nor digit separates. */
export const wordsOf = (text: string): readonly string[] =>
  foldText(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');

/** An MRN without what people write between its parts. */
export const foldMrn = (mrn: string): string => foldText(mrn).replaceAll(/[^\p{L}\p{N}]+/gu, '');
