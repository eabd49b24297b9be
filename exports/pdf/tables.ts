/** Draws text, pairs and tables. A row that is longer than the rest of the page goes on on the next one. */
import type { Block, TableColumn } from './report.ts';
import { FAINT, RULE, type Sheet, type TextStyle } from './sheet.ts';

const CELL: TextStyle = { size: 7 };
const TITLE: TextStyle = { size: 7, face: 'bold' };
const LABEL: TextStyle = { size: 7, colour: '#555555' };
const LINE = 8.8;
const PAD = 3;
/** Lines that are not cut over two pages; only what would fill a good part of a page is. */
const WHOLE = 12;

export const drawText = (sheet: Sheet, { text, isStrong = false }: Block & { kind: 'text' }): void => {
  const style: TextStyle = isStrong ? { size: 9, face: 'bold' } : { size: 7.5 };
  const step = isStrong ? 11.5 : 9.6;
  for (const line of sheet.lines(text, sheet.width, style)) {
    sheet.ensure(step);
    sheet.line(line, sheet.left, sheet.y, style);
    sheet.y += step;
  }
  sheet.y += 1.5;
};

/** Pairs side by side, a row as high as its highest value. */
export const drawFields = (sheet: Sheet, { rows, columns }: Block & { kind: 'fields' }): void => {
  const room = sheet.width / columns;
  const labelRoom = columns === 3 ? 48 : 96;
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
    sheet.y += 1;
  }
  sheet.y += 2;
};

interface Place {
  readonly column: TableColumn;
  readonly x: number;
  readonly width: number;
}

export const drawTable = (sheet: Sheet, { columns, rows }: Block & { kind: 'table' }): void => {
  const places = placesOf(sheet, columns);
  const titles = places.map(({ column, width }) => sheet.lines(column.title, width, TITLE));
  const drawTitles = (): void => {
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
  sheet.y += 5;
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
  sheet.y += Math.max(1, ...cells.map((lines) => lines.length)) * LINE + 1;
};

const rule = (sheet: Sheet, colour: string): void => {
  sheet.doc.lineWidth(0.4).strokeColor(colour);
  sheet.doc.moveTo(sheet.left, sheet.y).lineTo(sheet.right, sheet.y).stroke();
  sheet.y += 1.2;
};
