/** A growing report: pages of one paper, a cursor, and text in the fonts of the report. */

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import PDFDocument from 'pdfkit';
import type { Paper } from '../exporter.ts';
import { fontGlyphs } from './coverage.ts';
import { runsOf } from './letters.ts';
import { wrap } from './wrap.ts';

export type Doc = InstanceType<typeof PDFDocument>;

/** From the sources, from the built main process and from within the package's archive alike. */
const { resolve } = createRequire(import.meta.url);
const FONT_FILES = {
  plain: resolve('dejavu-fonts-ttf/ttf/DejaVuSansCondensed.ttf'),
  bold: resolve('dejavu-fonts-ttf/ttf/DejaVuSansCondensed-Bold.ttf'),
} as const;
export type Face = keyof typeof FONT_FILES;

/** Which letters both faces have. Reads the font files. */
export const lettersOfFonts = (): ((codePoint: number) => boolean) => {
  const faces = Object.values(FONT_FILES).map((file) => fontGlyphs(readFileSync(file)));
  return (codePoint) => faces.every((glyphs) => glyphs.has(codePoint));
};

/** Points: width and height. */
const PAPERS: Readonly<Record<Paper, readonly [number, number]>> = {
  a4: [595.28, 841.89],
  letter: [612, 792],
};
/** The least size of a letter (points): a report is read on paper, by older eyes as well. */
export const SMALLEST = 8;
const MARGIN = 32;
/** What the lines on every page take, above and below. */
const HEAD = { plain: 16, banner: 34 } as const;
const FOOT = 22;

export const INK = '#111111';
export const FAINT = '#8a8a8a';
export const RULE = '#c4c4c4';

export interface TextStyle {
  readonly size: number;
  readonly face?: Face;
  readonly colour?: string;
}

export interface Sheet {
  readonly doc: Doc;
  readonly left: number;
  readonly right: number;
  readonly width: number;
  /** Where the body of a page begins and ends. */
  readonly top: number;
  readonly bottom: number;
  /** Where the next thing is drawn; every drawer moves it on. */
  y: number;
  newPage(): void;
  /** Goes to a new page unless so much is left on this one. */
  ensure(height: number): void;
  /** One line, from its upper left corner, or ending at `x`. */
  line(text: string, x: number, y: number, style: TextStyle, align?: 'left' | 'right' | 'centre'): void;
  measure(text: string, style: TextStyle): number;
  lines(text: string, width: number, style: TextStyle): readonly string[];
}

/** An empty report on its first page. `createdAt`: goes into the file, which must not depend on when it is written. */
export const newSheet = (paper: Paper, hasBanner: boolean, createdAt: Date, title: string): Sheet => {
  const [width, height] = PAPERS[paper];
  const doc = new PDFDocument({
    size: [width, height],
    margin: 0,
    bufferPages: true,
    font: FONT_FILES.plain,
    lang: 'en',
    displayTitle: true,
    info: { Title: title, Producer: 'Chairside', Creator: 'Chairside', CreationDate: createdAt },
  });
  const top = MARGIN + (hasBanner ? HEAD.banner : HEAD.plain);
  const use = ({ size, face = 'plain' }: TextStyle): Doc => doc.font(FONT_FILES[face]).fontSize(size);
  const widthOf = (text: string, isRightToLeft: boolean): number =>
    doc.widthOfString(text, isRightToLeft ? { features: ['kern'] } : {});
  const measure = (text: string, style: TextStyle): number => {
    use(style);
    return runsOf(text).reduce((sum, run) => sum + widthOf(run.text, run.isRightToLeft), 0);
  };
  const sheet: Sheet = {
    doc,
    left: MARGIN,
    right: width - MARGIN,
    width: width - 2 * MARGIN,
    top,
    bottom: height - MARGIN - FOOT,
    y: top,
    newPage: () => {
      doc.addPage();
      sheet.y = top;
    },
    ensure: (needed) => {
      if (sheet.y + needed > sheet.bottom && sheet.y > top) sheet.newPage();
    },
    line: (text, x, y, style, align = 'left') => {
      const runs = runsOf(text);
      const length = align === 'left' ? 0 : measure(text, style);
      let at = align === 'right' ? x - length : align === 'centre' ? x - length / 2 : x;
      use(style).fillColor(style.colour ?? INK);
      for (const { text: piece, isRightToLeft } of runs) {
        // A right-to-left run is laid out whole: word by word it would come out in the wrong order.
        doc.text(piece, at, y, { lineBreak: false, ...(isRightToLeft ? { features: ['kern'] } : {}) });
        at += widthOf(piece, isRightToLeft);
      }
    },
    measure,
    lines: (text, room, style) => wrap(text, room, (piece) => measure(piece, style)),
  };
  return sheet;
};
