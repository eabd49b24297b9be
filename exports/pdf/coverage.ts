/** Which glyph a TrueType font draws for a letter: its character map (OpenType specification, `cmap`, formats 4 and 12). */

/**
 * @returns the glyph of each code point that the font has.
 * @throws Error when the file has no character map that we know.
 */
export const fontGlyphs = (font: Buffer): ReadonlyMap<number, number> => {
  const cmap = tableAt(font, 'cmap');
  const parts = Array.from({ length: font.readUInt16BE(cmap + 2) }, (_, index) => {
    const at = cmap + 4 + index * 8;
    return { platform: font.readUInt16BE(at), offset: cmap + font.readUInt32BE(at + 4) };
  }).filter(({ platform }) => platform === 0 || platform === 3);
  const covered = new Map<number, number>();
  for (const { offset } of parts) {
    const format = font.readUInt16BE(offset);
    if (format === 4) addSegments(font, offset, covered);
    else if (format === 12) addGroups(font, offset, covered);
  }
  if (covered.size === 0) throw new Error('the font has no character map in format 4 or 12');
  return covered;
};

/** Where a table begins. */
const tableAt = (font: Buffer, tag: string): number => {
  const count = font.readUInt16BE(4);
  for (let index = 0; index < count; index += 1) {
    const at = 12 + index * 16;
    if (font.toString('latin1', at, at + 4) === tag) return font.readUInt32BE(at + 8);
  }
  throw new Error(`the font has no table ${tag}`);
};

const addSegments = (font: Buffer, offset: number, covered: Map<number, number>): void => {
  const length = font.readUInt16BE(offset + 6); // twice the number of segments
  const [ends, starts] = [offset + 14, offset + 16 + length];
  const [deltas, ranges] = [starts + length, starts + 2 * length];
  for (let at = 0; at < length; at += 2) {
    const [start, end] = [font.readUInt16BE(starts + at), font.readUInt16BE(ends + at)];
    const range = font.readUInt16BE(ranges + at);
    for (let code = start; code <= end && code < 0xffff; code += 1) {
      const listed = range === 0 ? code : font.readUInt16BE(ranges + at + range + 2 * (code - start));
      const glyph = range !== 0 && listed === 0 ? 0 : (listed + font.readUInt16BE(deltas + at)) & 0xffff;
      if (glyph !== 0) covered.set(code, glyph);
    }
  }
};

const addGroups = (font: Buffer, offset: number, covered: Map<number, number>): void => {
  const count = font.readUInt32BE(offset + 12);
  for (let index = 0; index < count; index += 1) {
    const at = offset + 16 + index * 12;
    const [start, end] = [font.readUInt32BE(at), font.readUInt32BE(at + 4)];
    const first = font.readUInt32BE(at + 8);
    for (let code = start; code <= end; code += 1) covered.set(code, first + code - start);
  }
};
