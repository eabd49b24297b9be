import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fontGlyphs } from '../../../exports/pdf/coverage.ts';
import { numbered, printable, runsOf } from '../../../exports/pdf/letters.ts';
import { lettersOfFonts, newSheet, type Sheet } from '../../../exports/pdf/sheet.ts';
import { drawTable } from '../../../exports/pdf/tables.ts';
import { wrap } from '../../../exports/pdf/wrap.ts';
import { flat, textLayer } from './text-layer.ts';

const hasGlyph = lettersOfFonts();
const glyphs = fontGlyphs(
  readFileSync(createRequire(import.meta.url).resolve('dejavu-fonts-ttf/ttf/DejaVuSansCondensed.ttf')),
);

/** The texts as rows of a narrow table, and the page read back. */
const printed = async (texts: readonly string[]): Promise<readonly string[]> => {
  const sheet = newSheet('a4', false, new Date(0), 'letters');
  const bytes = bytesOf(sheet);
  const rows = texts.map((text) => [printable(text, hasGlyph)]);
  drawTable(sheet, { kind: 'table', columns: [{ title: 'Note', width: 1 }], rows });
  sheet.doc.end();
  return (await textLayer(await bytes)).flat().slice(1);
};

const bytesOf = ({ doc }: Sheet): Promise<Uint8Array> =>
  new Promise((resolve) => {
    const chunks: Buffer[] = [];
    doc.on('data', (chunk: Buffer) => chunks.push(chunk));
    doc.on('end', () => resolve(new Uint8Array(Buffer.concat(chunks))));
  });

describe('names', () => {
  test.each([
    ['Cyrillic', 'Щербакова Наталія Їжакевич'],
    ['Polish', 'Żółć Ślusarczyk-Łęcka'],
    ['Greek', 'Παπαδοπούλου Ελένη'],
    ['Vietnamese', 'Nguyễn Thị Ánh Tuyết'],
    ['Turkish', 'Çağrı İşığıgüllü'],
    ['German', 'Straßmeier Grüße'],
  ])('in %s letters are found again in the text of the report', async (_, name) => {
    expect(flat(await printed([name]))).toBe(name);
  });

  test('in Chinese letters stand as their numbers, in words that a person can look up', async () => {
    expect(flat(await printed(['王小明']))).toBe('[U+738B][U+5C0F][U+660E]');
  });

  test('in Arabic letters are drawn joined and from right to left, and none is lost', async () => {
    const text = flat(await printed(['محمد عبد الله']));
    expect([...text.normalize('NFKC')].sort().join('')).toBe([...'محمد عبد الله'].sort().join(''));
    expect(runsOf('Name: محمد عبد الله, 12')).toEqual([
      { text: 'Name: ', isRightToLeft: false },
      { text: 'محمد عبد الله', isRightToLeft: true },
      { text: ', 12', isRightToLeft: false },
    ]);
  });

  test('with a number between right-to-left words keep the number readable', () => {
    expect(runsOf('שלום 12.5 עולם').map(({ text }) => text)).toEqual([' עולם', '12.5', 'שלום ']);
  });
});

describe('what cannot be drawn', () => {
  test.each([
    ['a control character', 'a\u0007b', 'a[U+0007]b'],
    ['a mark that turns the direction of the text', 'a\u202eb', 'a[U+202E]b'],
    ['an invisible hyphen', 'a\u00adb', 'a[U+00AD]b'],
    ['half of a pair', 'a\ud800b', 'a[U+D800]b'],
    ['a picture', '\u{1f9ea}', '[U+1F9EA]'],
  ])('%s stands as its number', (_, text, expected) => {
    expect(printable(text, hasGlyph)).toBe(expected);
  });

  test('blanks of every kind become blanks, ends of lines stay', () => {
    expect(printable('a\tb\u00a0c\r\nd\re', hasGlyph)).toBe('a b c\nd\ne');
  });
});

/**
 * What a letter looks like: two letters with one glyph cannot be told apart on paper, nor in its text. Angle brackets
 * are left out: the reader of this test takes them out of every line that has right-to-left letters.
 */
const looks = (text: string): readonly string[] =>
  Array.from(text.normalize('NFKC').replaceAll(/[\s<>]/g, ''), (letter) => {
    const codePoint = letter.codePointAt(0) ?? 0;
    return String(glyphs.get(codePoint) ?? letter);
  }).sort();

/** Letters of the scripts that people's names come in, with what the font lacks among them. */
const letter = fc.oneof(
  ...(
    [
      [0x20, 0x7e],
      [0xa1, 0x24f],
      [0x386, 0x3ce],
      [0x400, 0x45f],
      [0x531, 0x586],
      [0x5d0, 0x5ea],
      [0x1ea0, 0x1ef9],
      [0x4e00, 0x4eff],
      [0x1f300, 0x1f64f],
    ] as const
  ).map(([min, max]) => fc.integer({ min, max }).map((code) => String.fromCodePoint(code))),
);
const note = fc.array(letter, { maxLength: 300 }).map((letters) => letters.join(''));

describe('any note', () => {
  test('keeps every letter on paper, as itself or as its number', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(note, { minLength: 1, maxLength: 12 }), async (notes) => {
        const found = (await printed(notes)).filter((text) => text !== 'Note').join('');
        const wanted = notes.map((text) => printable(text, hasGlyph)).join('');
        expect(looks(found)).toEqual(looks(wanted));
      }),
      { numRuns: 8 },
    );
  });

  test('can be told from what stands in the report, up to the normal form', () => {
    fc.assert(
      fc.property(note, (text) => {
        const back = printable(text, hasGlyph).replaceAll(/\[U\+([0-9A-F]+)\]/g, (_, hex: string) =>
          String.fromCodePoint(Number.parseInt(hex, 16)),
        );
        fc.pre(!/\[U\+/.test(text));
        expect(back).toBe(text.normalize('NFC').replaceAll('\u00a0', ' '));
      }),
    );
  });

  test('is broken into lines that fit, and loses only blanks', () => {
    fc.assert(
      fc.property(note, fc.integer({ min: 3, max: 60 }), (text, width) => {
        const lines = wrap(text, width, (piece) => [...piece].length);
        expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
        const graphemes = new Intl.Segmenter('en');
        for (const line of lines) {
          const isOneLetter = [...graphemes.segment(line)].length === 1;
          expect(isOneLetter || [...line].length <= width).toBe(true);
        }
      }),
    );
  });

  test('number words are in capitals with at least four digits', () => {
    expect(numbered(0x7)).toBe('[U+0007]');
    expect(numbered(0x1f9ea)).toBe('[U+1F9EA]');
  });
});
