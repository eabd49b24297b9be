/** Cells and lines of a table that is opened in spreadsheets and read by programs. */
import { stringify } from 'csv-stringify/sync';
import { inLists } from '../pieces.ts';

/** What a cell may hold: numbers are the product's own, texts go through `textCell` first. */
export type Cell = string | number | null;

/** Begins a formula in a spreadsheet, the full-width forms included (OWASP, CSV Injection). */
const FORMULA_START = /^\s*[=+\-@＝＋－＠]/u;
/** The same behind a separator: a spreadsheet with another separator than ours begins a cell there. */
const FORMULA_INSIDE = /([,;|][\s"]*)([=+\-@＝＋－＠])/gu;

/**
 * What a person or a monitor wrote, as a cell: on one line, and never a formula (OWASP, CSV Injection): an apostrophe is put
 * before what a spreadsheet would compute. The words as they were written are in the JSON export.
 */
export const textCell = (text: string): string => {
  const line = text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').replace(FORMULA_INSIDE, "$1'$2");
  return FORMULA_START.test(line) ? `'${line}` : line;
};

/** Lines in a piece of text: a few milliseconds of work. */
const LINES_A_PIECE = 200;

/** Rows as pieces of CSV (RFC 4180: commas, CR LF, quotes where needed). */
export function* csvPieces(rows: Iterable<readonly Cell[]>): Generator<string> {
  for (const list of inLists(rows, LINES_A_PIECE)) {
    yield stringify([...list], { record_delimiter: '\r\n' });
  }
}

/** A number of milliseconds as seconds, with milliseconds where there are any. */
export const secondsCell = (ms: number): number => Math.round(ms) / 1_000;

/** To so many decimals, without trailing zeros. */
export const rounded = (value: number, decimals: number): number => Number(value.toFixed(decimals));
