/** Draws text, pairs and tables. A row that is longer than the rest of the page goes on on the next one. */
import type { Block, TableColumn } from './report.ts';
import { FAINT, RULE, type Sheet, SMALLEST, type TextStyle } from './sheet.ts';

const CELL: TextStyle = { size: SMALLEST };
const TITLE: TextStyle = { size: SMALLEST, face: 'bold' };
const LABEL: TextStyle = { size: SMALLEST, colour: '#555555' };
const LINE = 9.4;
const PAD = 3;
/** What labels of pairs have at least, and before their value (points). */
const LABEL_ROOM = { short: 56, after: 7 } as const;
/** Lines that are not cut over two pages; only what would fill a good part of a page is. */
const WHOLE = 12;

type Table = Block & { readonly kind: 'table' };
type Text = Block & { readonly kind: 'text' };

export const drawText = (sheet: Sheet, { text, isStrong = false }: Text): void => {
  const { style, step } = styleOf(isStrong);
  for (const line of sheet.lines(text, sheet.width, style)) {
    sheet.ensure(step);
    sheet.line(line, sheet.left, sheet.y, style);
    sheet.y += step;
  }
  sheet.y += AFTER_TEXT;
};

/** Pairs side by side, a row as high as its highest value. */
export const drawFields = (
  sheet: Sheet,
  { rows, columns, hasShortLabels = false }: Block & { kind: 'fields' },
): void => {
  const room = sheet.width / columns;
  const widest = Math.max(0, ...rows.map(([label]) => sheet.measure(label, LABEL))) + LABEL_ROOM.after;
  const labelRoom = Math.min(room / 2, hasShortLabels ? Math.max(LABEL_ROOM.short, widest) : widest);
  const width = room - labelRoom - 6;
  for (let first = 0; first < rows.length; first += columns) {
    const cells = rows.slice(first, first + columns).map(([label, value]) => ({
      label,
      lines: sheet.lines(value, width, CELL),
    }));
    const height = Math.max(...cells.map(({ lines }) => lines.length));
    sheet.ensure(Math.min(height, WHOLE) * LINE);
    for (let line = 0; line < height; line += 1) {
      sheet.ensure(LINE);
      for (const [column, { label, lines }] of cells.entries()) {
        const x = sheet.left + column * room;
        if (line === 0) sheet.line(label, x, sheet.y, LABEL);
        const text = lines[line] ?? '';
        if (text !== '') sheet.line(text, x + labelRoom, sheet.y, CELL);
      }
      sheet.y += LINE;
    }
    sheet.y += 0.4;
  }
  sheet.y += 1;
};

interface Place {
  readonly column: TableColumn;
  readonly x: number;
  readonly width: number;
}

export const drawTable = (sheet: Sheet, { columns, rows }: Table): void => {
  const places = placesOf(sheet, columns);
  const titles = places.map(({ column, width }) => sheet.lines(column.title, width, TITLE));
  const drawTitles = (): void => {
    if (!hasTitles(columns)) return;
    drawLines(sheet, places, titles, TITLE);
    rule(sheet, FAINT);
  };
  sheet.ensure(4 * LINE);
  drawTitles();
  for (const row of rows) {
    let cells = places.map(({ width }, index) => sheet.lines(row[index] ?? '', width, CELL));
    for (;;) {
      const height = Math.max(1, ...cells.map((lines) => lines.length));
      const fits = Math.floor((sheet.bottom - sheet.y - 2) / LINE);
      if (height <= fits) {
        drawLines(sheet, places, cells, CELL);
        break;
      }
      const taken = height <= WHOLE || fits < 4 ? 0 : fits;
      if (taken > 0)
        drawLines(
          sheet,
          places,
          cells.map((lines) => lines.slice(0, taken)),
          CELL,
        );
      cells = cells.map((lines) => lines.slice(taken));
      sheet.newPage();
      drawTitles();
    }
    rule(sheet, RULE);
  }
  sheet.y += AFTER_TABLE;
};

const placesOf = (sheet: Sheet, columns: readonly TableColumn[]): readonly Place[] => {
  const total = columns.reduce((sum, { width }) => sum + width, 0);
  let x = sheet.left;
  return columns.map((column) => {
    const share = (column.width / total) * sheet.width;
    const place = { column, x, width: share - PAD - 2 };
    x += share;
    return place;
  });
};

const hasTitles = (columns: readonly TableColumn[]): boolean => columns.some(({ title }) => title !== '');

const TITLE_RULE = 0.6 + 0.8;
const AFTER_TABLE = 3;
const AFTER_TEXT = 1;

const styleOf = (isStrong: boolean): { readonly style: TextStyle; readonly step: number } =>
  isStrong ? { style: { size: 9, face: 'bold' }, step: 11 } : { style: CELL, step: LINE };

/** True for a row that may have to be cut over two pages. */
export const isLongRow = (sheet: Sheet, { columns }: Table, row: readonly string[]): boolean =>
  linesOf(sheet, columns, row, CELL) > WHOLE;

export const rowHeight = (sheet: Sheet, { columns }: Table, row: readonly string[]): number =>
  linesOf(sheet, columns, row, CELL) * LINE + TITLE_RULE;

export const titlesHeight = (sheet: Sheet, { columns }: Table): number => {
  if (!hasTitles(columns)) return 0;
  const titles = columns.map(({ title }) => title);
  return linesOf(sheet, columns, titles, TITLE) * LINE + TITLE_RULE;
};

const linesOf = (
  sheet: Sheet,
  columns: readonly TableColumn[],
  row: readonly string[],
  style: TextStyle,
): number =>
  Math.max(
    1,
    ...placesOf(sheet, columns).map(({ width }, index) => sheet.lines(row[index] ?? '', width, style).length),
  );

/** What a table or a text will take, when it is not cut over two pages. */
export const heightOf = (sheet: Sheet, block: Table | Text): number => {
  if (block.kind === 'text') {
    const { style, step } = styleOf(block.isStrong ?? false);
    return sheet.lines(block.text, sheet.width, style).length * step + AFTER_TEXT;
  }
  const rows = block.rows.reduce((sum, row) => sum + rowHeight(sheet, block, row), 0);
  return titlesHeight(sheet, block) + rows + AFTER_TABLE;
};

const drawLines = (
  sheet: Sheet,
  places: readonly Place[],
  cells: readonly (readonly string[])[],
  style: TextStyle,
): void => {
  for (const [index, { column, x, width }] of places.entries()) {
    for (const [line, text] of (cells[index] ?? []).entries()) {
      if (text === '') continue;
      const y = sheet.y + line * LINE;
      if (column.isNumber === true) sheet.line(text, x + width, y, style, 'right');
      else sheet.line(text, x, y, style);
    }
  }
  sheet.y += Math.max(1, ...cells.map((lines) => lines.length)) * LINE + 0.6;
};

const rule = (sheet: Sheet, colour: string): void => {
  sheet.doc.lineWidth(0.4).strokeColor(colour);
  sheet.doc.moveTo(sheet.left, sheet.y).lineTo(sheet.right, sheet.y).stroke();
  sheet.y += 0.8;
};
