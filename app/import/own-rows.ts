/** The rows of a table that Chairside wrote: cells by their headings, each with the words for what is wrong with it. */
import { CsvError, parse } from 'csv-parse/sync';
import type { DataOrigin } from '../../core/session/events.ts';
import { PHASES, type Phase } from '../../core/session/phase.ts';
import { ImportError } from './imported-table.ts';

/** One row; every cell is asked for by its heading. */
export interface OwnRow {
  /** Line of the file. */
  readonly line: number;
  /** Empty: the cell is empty, or there is no such column. */
  cell(heading: string): string;
  /** UTC milliseconds. @throws ImportError. */
  moment(heading: string): number;
  /** Null: the cell is empty. @throws ImportError. */
  number(heading: string): number | null;
  /** The word of the cell, which must be one of these. @throws ImportError. */
  word<T extends string>(heading: string, words: readonly T[]): T;
  /** @throws ImportError that names the row and the column. */
  refuse(heading: string, why: string): never;
}

export interface OwnTable {
  readonly headings: readonly string[];
  readonly rows: readonly OwnRow[];
}

const ISO_UTC = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?Z$/;
const ORIGINS: readonly DataOrigin[] = ['live', 'simulated', 'replayed', 'imported'];

/** Reads it, also after a spreadsheet saved it with another separator. @throws ImportError. */
export const readOwnTable = (text: string): OwnTable => {
  const [header, ...rest] = readLines(text);
  const headings = header?.cells ?? [];
  const place = new Map(headings.map((heading, index) => [heading, index]));
  const rows = rest.map(({ cells, line }): OwnRow => {
    const cell = (heading: string): string => cells[place.get(heading) ?? -1] ?? '';
    const refuse = (heading: string, why: string): never => {
      throw new ImportError(`row ${line}, column "${heading}": "${cell(heading)}" ${why}`);
    };
    return {
      line,
      cell,
      refuse,
      moment: (heading) => {
        const at = ISO_UTC.test(cell(heading)) ? Date.parse(cell(heading)) : Number.NaN;
        return Number.isNaN(at) ? refuse(heading, 'is not an ISO date and time in UTC') : at;
      },
      number: (heading) => {
        if (cell(heading) === '') return null;
        const value = Number(cell(heading));
        return Number.isFinite(value) ? value : refuse(heading, 'is not a number');
      },
      word: (heading, words) =>
        words.find((word) => word === cell(heading)) ?? refuse(heading, `is none of ${words.join(', ')}`),
    };
  });
  if (rows.length === 0) throw new ImportError('the table has a header and no rows');
  let before = Number.NEGATIVE_INFINITY;
  for (const row of rows) {
    const at = row.moment('time');
    if (at < before) row.refuse('time', 'is earlier than the row before it');
    before = at;
  }
  return { headings, rows };
};

interface Line {
  readonly cells: readonly string[];
  readonly line: number;
}

const readLines = (text: string): readonly Line[] => {
  const lines: Line[] = [];
  try {
    parse(text, {
      bom: true,
      delimiter: separatorOf(text),
      comment: '#',
      comment_no_infix: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
      on_record: (cells: string[], info) => {
        lines.push({ cells, line: info.lines });
        return null;
      },
    });
  } catch (error) {
    if (error instanceof CsvError) throw new ImportError(`no CSV: ${error.message}`);
    throw error;
  }
  return lines;
};

/** The first line that is no comment has it most often. */
const separatorOf = (text: string): string => {
  const header = headerLine(text);
  const count = (separator: string) => header.split(separator).length;
  return [',', ';', '\t'].reduce((best, next) => (count(next) > count(best) ? next : best));
};

/** The header of a table: the first line that is neither empty nor a comment. */
export const headerLine = (text: string): string =>
  text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .find((line) => line.trim() !== '' && !/^"?#/.test(line)) ?? '';

/** What the rows say of their origin; the least real one, should they differ. */
export const originOfRows = (rows: readonly OwnRow[]): DataOrigin => {
  const found = new Set(rows.map((row) => row.word('origin', ORIGINS)));
  return (['simulated', 'replayed', 'imported'] as const).find((origin) => found.has(origin)) ?? 'live';
};

/** Each row at which the phase becomes another. */
export const phasesOfRows = (
  rows: readonly OwnRow[],
): readonly { readonly at: number; readonly phase: Phase }[] => {
  const changes: { readonly at: number; readonly phase: Phase }[] = [];
  for (const row of rows) {
    const phase = row.word('phase', PHASES);
    if (changes.at(-1)?.phase !== phase) changes.push({ at: row.moment('time'), phase });
  }
  return changes;
};
