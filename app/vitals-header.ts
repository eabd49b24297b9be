/** The rows of a CSV file, and what its header says about its columns (see docs/evaluate.md). */
import { CsvError, parse } from 'csv-parse/sync';
import type { MetricId } from '../core/nomenclature/metrics.ts';
import { type Heading, headingOf, knownUnits, metricNamed, unitFactor } from './vitals-columns.ts';
import { type DateOrder, dateOrderOf, type TimeReader, timeReader, timeScale } from './vitals-time.ts';

/** A table that cannot be read; the message is one line for people. */
export class VitalsCsvError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'VitalsCsvError';
  }
}

/** One row with the line of the file it ends on. */
export interface Row {
  readonly cells: readonly string[];
  readonly line: number;
}

/** What a person says of headings: which vital sign a column is, or (null) that it is to be left out. */
export type ColumnMeanings = ReadonlyMap<string, MetricId | null>;

/** The header is looked for in the first rows: some exports begin with lines of their own. */
const HEADER_WITHIN = 10;

/**
 * Finds the header. `dates`: how they are written, where the file leaves that open.
 * @throws VitalsCsvError when there is no header, when it names an unknown unit, or when its dates can be read two ways.
 */
export const readTable = (
  text: string,
  meanings: ColumnMeanings = new Map(),
  dates: DateOrder | null = null,
): { readonly layout: Layout; readonly rows: readonly Row[] } => {
  const rows = rowsOf(text);
  const isArterial = rows.some((row) => row.cells.includes('SysABP'));
  for (const [index, row] of rows.slice(0, HEADER_WITHIN).entries()) {
    const layout = layoutOf(row, isArterial, meanings);
    if (layout !== null) return withDates(layout, rows.slice(index + 1), dates);
  }
  const read = rows[0]?.cells.slice(0, 6).join(', ') ?? '';
  throw new VitalsCsvError(
    `no header found: it must name a time column and at least one vital sign; the first row reads "${read}"`,
  );
};

const withDates = (
  layout: Layout,
  rows: readonly Row[],
  said: DateOrder | null,
): { readonly layout: Layout; readonly rows: readonly Row[] } => {
  const { time, dateIndex } = layout;
  if (dateIndex === null) return { layout, rows };
  const known = dateOrderOf(rows.map(({ cells }) => cells[dateIndex] ?? ''));
  const order = known ?? said;
  if (order === null) {
    const first = rows[0]?.cells[dateIndex] ?? '';
    throw new VitalsCsvError(
      `the date "${first}" can be read two ways: write dates as 2026-03-01, or say --dates day-first or --dates month-first`,
    );
  }
  const { name, unit } = time.heading;
  const read = timeReader(name, timeScale(name, unit) ?? 1_000, order);
  return { layout: { ...layout, time: { ...time, read } }, rows };
};

const rowsOf = (text: string): readonly Row[] => {
  const head = text.split('\n', HEADER_WITHIN).join('\n');
  const count = (delimiter: string) => head.split(delimiter).length;
  const delimiter = [',', ';', '\t'].reduce((best, next) => (count(next) > count(best) ? next : best));
  try {
    const rows: Row[] = [];
    parse(text, {
      bom: true,
      delimiter,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
      on_record: (cells: string[], { lines }) => {
        rows.push({ cells, line: lines });
        return null;
      },
    });
    return rows;
  } catch (error) {
    if (error instanceof CsvError) throw new VitalsCsvError(`no CSV: ${error.message}`);
    throw error;
  }
};

export interface Column {
  readonly index: number;
  readonly heading: Heading;
  readonly metric: MetricId;
  readonly factor: number;
}

export interface Layout {
  readonly time: { readonly index: number; readonly heading: Heading; readonly read: TimeReader };
  readonly dateIndex: number | null;
  /** Wide: a column each. Long: empty, and `long` says where name, value and unit stand. */
  readonly columns: readonly Column[];
  readonly long: { readonly name: number; readonly value: number; readonly unit: number | null } | null;
  /** Long: the file has an arterial line too, so that its unmarked "MAP" is no cuff reading. */
  readonly arterialLine: boolean;
  readonly notes: readonly string[];
}

/** How a header row is to be read; null: it is no header. @throws VitalsCsvError for an unknown unit. */
const layoutOf = ({ cells }: Row, isArterial: boolean, meanings: ColumnMeanings): Layout | null => {
  const headings = cells.map(headingOf);
  const find = (...names: readonly string[]): number | null => {
    const index = headings.findIndex((heading) => names.includes(heading.name));
    return index === -1 ? null : index;
  };
  const timeIndex = headings.findIndex((heading) => timeScale(heading.name, heading.unit) !== null);
  const heading = headings[timeIndex];
  if (heading === undefined) return null;
  const scale = timeScale(heading.name, heading.unit) ?? 1_000;
  const time = { index: timeIndex, heading, read: timeReader(heading.name, scale) };
  const dateIndex = find('date');
  const [name, value] = [find('code', 'parameter', 'metric', 'name'), find('value')];
  if (name !== null && value !== null) {
    return {
      time,
      dateIndex,
      columns: [],
      long: { name, value, unit: find('unit', 'units') },
      arterialLine: isArterial,
      notes: [],
    };
  }
  const notes: string[] = [];
  const unused: string[] = [];
  const columns: Column[] = [];
  for (const [index, entry] of headings.entries()) {
    if (index === timeIndex || index === dateIndex || entry.text === '') continue;
    const said = meanings.get(entry.text);
    const metric = said === undefined ? metricNamed(entry.text.replace(/[([].*$/, ''), cells) : said;
    const place = `column ${index + 1} "${entry.text}"`;
    const first = columns.find((column) => column.metric === metric);
    if (metric === null) unused.push(`${index + 1} "${entry.text}"`);
    else if (first !== undefined) {
      notes.push(
        `${place} is not used: column ${first.index + 1} "${first.heading.text}" is the same vital sign`,
      );
    } else columns.push({ index, heading: entry, metric, factor: factorOf(metric, entry.unit, place) });
  }
  if (columns.length === 0) return null;
  if (unused.length > 0) notes.push(`columns not used: ${unused.join(', ')}`);
  const has = (metric: MetricId) => columns.some((column) => column.metric === metric);
  if (has('MDC_PRESS_BLD_NONINV_SYS') !== has('MDC_PRESS_BLD_NONINV_DIA')) {
    throw new VitalsCsvError('a cuff reading needs both: the header has only one of SYS and DIA');
  }
  return { time, dateIndex, columns, long: null, arterialLine: false, notes };
};

const factorOf = (metric: MetricId, unit: string | null, place: string): number => {
  const factor = unitFactor(metric, unit);
  if (factor !== null) return factor;
  throw new VitalsCsvError(`${place}: unit "${unit}" is not known for it; known: ${knownUnits(metric)}`);
};
