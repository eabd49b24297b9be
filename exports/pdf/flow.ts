/** Puts narrow things next to each other, so that a page is full before the next one begins. */
import type { Plain } from './report.ts';
import type { Sheet } from './sheet.ts';
import { drawTable, drawText, heightOf, isLongRow, rowHeight, titlesHeight } from './tables.ts';

type Table = Plain & { readonly kind: 'table' };

/** Between two columns (points). */
const GUTTER = 14;

const half = (sheet: Sheet, side: 'left' | 'right'): Sheet => {
  const width = (sheet.width - GUTTER) / 2;
  const left = side === 'left' ? sheet.left : sheet.right - width;
  return { ...sheet, left, right: left + width, width };
};

/**
 * A table of short rows in two columns, read down the left one first; on every page anew. With a row that is longer than
 * a good part of a page it is an ordinary table.
 */
export const drawFlowing = (sheet: Sheet, table: Table): void => {
  const narrow = half(sheet, 'left');
  if (table.rows.some((row) => isLongRow(narrow, table, row))) {
    drawTable(sheet, table);
    return;
  }
  const titles = titlesHeight(narrow, table);
  let rest = table.rows.map((row) => ({ row, height: rowHeight(narrow, table, row) }));
  sheet.ensure(titles + Math.max(0, ...rest.slice(0, 1).map(({ height }) => height)) + titles);
  while (rest.length > 0) {
    const room = sheet.bottom - sheet.y - titles;
    const first = leftColumn(rest, room);
    const second = fitting(rest.slice(first), room);
    const top = sheet.y;
    const ends = [
      ['left', rest.slice(0, first)] as const,
      ['right', rest.slice(first, first + second)] as const,
    ].map(([side, rows]) => {
      if (rows.length === 0) return top;
      const column = half(sheet, side);
      column.y = top;
      drawTable(column, { ...table, rows: rows.map(({ row }) => row) });
      return column.y;
    });
    sheet.y = Math.max(...ends);
    rest = rest.slice(first + second);
    if (rest.length > 0) sheet.newPage();
  }
};

interface Measured {
  readonly height: number;
}

/** How many rows from the start have room, one at least. */
const fitting = (rows: readonly Measured[], room: number): number => {
  let used = 0;
  const index = rows.findIndex(({ height }) => {
    used += height;
    return used > room;
  });
  return index < 0 ? rows.length : Math.max(1, index);
};

/** How many rows go into the left column: as many as make both as even as can be; all that have room where a page is too short. */
const leftColumn = (rows: readonly Measured[], room: number): number => {
  const total = rows.reduce((sum, { height }) => sum + height, 0);
  let best = { count: fitting(rows, room), height: Number.POSITIVE_INFINITY };
  let used = 0;
  for (const [index, { height }] of rows.entries()) {
    used += height;
    const higher = Math.max(used, total - used);
    if (higher <= room && higher < best.height) best = { count: index + 1, height: higher };
  }
  return best.count;
};

/** Two short lists of tables and texts next to each other; one below the other where a page has no room for that. */
export const drawBeside = (
  sheet: Sheet,
  { left, right }: { readonly left: readonly Plain[]; readonly right: readonly Plain[] },
): void => {
  const heights = [[half(sheet, 'left'), left] as const, [half(sheet, 'right'), right] as const].map(
    ([column, blocks]) => blocks.reduce((sum, block) => sum + heightOf(column, block), 0),
  );
  const height = Math.max(...heights);
  if (height > sheet.bottom - sheet.top) {
    drawAll(sheet, [...left, ...right]);
    return;
  }
  sheet.ensure(height);
  const top = sheet.y;
  const ends = [['left', left] as const, ['right', right] as const].map(([side, blocks]) => {
    const column = half(sheet, side);
    column.y = top;
    drawAll(column, blocks);
    return column.y;
  });
  sheet.y = Math.max(...ends);
};

const drawAll = (sheet: Sheet, blocks: readonly Plain[]): void => {
  for (const block of blocks) {
    if (block.kind === 'table') drawTable(sheet, block);
    else drawText(sheet, block);
  }
};
