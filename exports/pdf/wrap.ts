/** Breaks text into lines of a width. No letter is lost; of blanks only those at a break. */

const GRAPHEMES = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * @param measure the width of a piece of a line, in the unit of `width`.
 * @returns the lines, at least one; a word wider than the line is broken between its letters.
 */
export const wrap = (text: string, width: number, measure: (piece: string) => number): readonly string[] =>
  text.split('\n').flatMap((paragraph) => wrapParagraph(paragraph, width, measure));

const wrapParagraph = (
  text: string,
  width: number,
  measure: (piece: string) => number,
): readonly string[] => {
  const blank = measure(' ');
  const lines: string[] = [];
  let line = '';
  let used = 0;
  const finish = (): void => {
    lines.push(line);
    line = '';
    used = 0;
  };
  for (const word of text.split(' ')) {
    for (const [index, piece] of piecesOf(word, width, measure).entries()) {
      const length = measure(piece);
      const isJoined = index > 0;
      if (line !== '' && (isJoined || used + blank + length > width)) finish();
      if (line === '') used = length;
      else used += blank + length;
      line = line === '' ? piece : `${line} ${piece}`;
    }
  }
  finish();
  return lines;
};

const piecesOf = (word: string, width: number, measure: (piece: string) => number): readonly string[] => {
  if (measure(word) <= width) return [word];
  const pieces: string[] = [];
  let piece = '';
  let used = 0;
  for (const { segment } of GRAPHEMES.segment(word)) {
    const length = measure(segment);
    if (piece !== '' && used + length > width) {
      pieces.push(piece);
      piece = '';
      used = 0;
    }
    piece += segment;
    used += length;
  }
  return [...pieces, piece];
};
