/**
 * Recorded vitals in CSV: wide (a column for each vital sign) or long (a row for each value). The format is
 * described in docs/evaluate.md. What cannot be understood is refused with its row and column, never guessed.
 */
import type { SampledValue, VitalsSample } from '../core/evaluation/held-values.ts';
import { isPlausible, METRICS, type MetricId, NIBP_METRICS } from '../core/nomenclature/metrics.ts';
import { instant } from '../core/time.ts';
import { metricNamed, unitFactor } from './vitals-columns.ts';
import { type ColumnMeanings, type Layout, type Row, readTable, VitalsCsvError } from './vitals-header.ts';
import { type DateOrder, type RowTime, TIME_FORMS } from './vitals-time.ts';

export { VitalsCsvError } from './vitals-header.ts';

export interface VitalsCsvOptions {
  /** What a 0 means where a vital sign can be 0 (respiration, CO2, perfusion index): a number, or no reading. */
  readonly zero: 'number' | 'missing';
  /** Columns whose heading does not say what they are. */
  readonly columns?: ColumnMeanings;
  /** How dates are written, where the file leaves that open. */
  readonly dates?: DateOrder | null;
}

export interface VitalsCounts {
  readonly rows: number;
  readonly numbers: number;
  /** Zeros that are no readings. */
  readonly zeros: number;
  /** Numbers outside of what can be measured at all. */
  readonly implausible: number;
  /** Cuff readings told again by later rows. */
  readonly repeatedReadings: number;
}

export interface VitalsTable {
  /** In order of time; the first one is at 0 on the monotonic clock. */
  readonly samples: readonly VitalsSample[];
  /** True when the file says when it was (else wall times count from 1970 and mean nothing). */
  readonly hasWallTime: boolean;
  readonly counts: VitalsCounts;
  /** What a person should know: columns that were left out, and why. */
  readonly notes: readonly string[];
}

/** Words for "no number" beside the empty cell; unlike that they end the value before. */
const NO_NUMBER = ['-', '--', '---', '?', 'na', 'n/a', 'nan', 'null', 'none'];
/** The same pressures in consecutive rows at most so far apart are one reading, told again (ms). */
const SAME_READING_MS = 10 * 60_000;

type Values = Partial<Record<MetricId, SampledValue>>;
type Tally = { -readonly [Count in keyof VitalsCounts]: VitalsCounts[Count] };

/** Reads a table. @throws VitalsCsvError, one line that names the row and column. */
export const parseVitalsCsv = (
  text: string,
  { zero, columns, dates = null }: VitalsCsvOptions = { zero: 'number' },
): VitalsTable => {
  const { layout, rows } = readTable(text, columns, dates);
  const tally: Tally = { rows: 0, numbers: 0, zeros: 0, implausible: 0, repeatedReadings: 0 };
  const unknown = new Set<string>();
  const timed: { readonly time: RowTime; readonly values: Values }[] = [];
  for (const row of rows) {
    const time = rowTime(row, layout, timed.at(-1)?.time ?? null);
    const values = rowValues(row, layout, zero, tally, unknown);
    tally.rows += 1;
    const before = timed.at(-1);
    const isSameTime = layout.long !== null && before?.time.ms === time.ms;
    if (isSameTime && before !== undefined) Object.assign(before.values, values);
    else timed.push({ time, values });
  }
  const first = timed[0];
  if (first === undefined) throw new VitalsCsvError('the table has a header and no rows');
  const samples = withoutRepeats(timed, first.time, tally);
  const left =
    unknown.size === 0 ? [] : [`rows of other quantities are not used: ${[...unknown].join(', ')}`];
  return { samples, hasWallTime: first.time.isWall, counts: tally, notes: [...layout.notes, ...left] };
};

const rowTime = ({ cells, line }: Row, { time, dateIndex }: Layout, before: RowTime | null): RowTime => {
  const cell = cells[time.index] ?? '';
  const date = dateIndex === null ? null : (cells[dateIndex] ?? '');
  const place = `row ${line}, column "${time.heading.text}"`;
  const read = time.read(cell, date);
  if (read === null) {
    const shown = date === null ? cell : `${date} ${cell}`;
    throw new VitalsCsvError(`${place}: "${shown}" is not ${TIME_FORMS}`);
  }
  if (before !== null && before.isWall !== read.isWall) {
    throw new VitalsCsvError(`${place}: "${cell}" is of another form than the times before it`);
  }
  if (before !== null && read.ms < before.ms) {
    throw new VitalsCsvError(`${place}: "${cell}" is earlier than the row before it`);
  }
  return read;
};

const rowValues = (
  row: Row,
  layout: Layout,
  zero: VitalsCsvOptions['zero'],
  tally: Tally,
  unknown: Set<string>,
): Values => {
  const values: Values = {};
  const take = (metric: MetricId, factor: number, cell: string, column: string): void => {
    const value = cellValue(metric, factor, cell, `row ${row.line}, column "${column}"`, zero, tally);
    if (value !== null) values[metric] = value;
  };
  if (layout.long === null) {
    for (const { index, metric, factor, heading } of layout.columns) {
      take(metric, factor, row.cells[index] ?? '', heading.text);
    }
    return values;
  }
  const { name, value, unit } = layout.long;
  const called = row.cells[name] ?? '';
  const metric = metricNamed(called, layout.arterialLine ? ['sysabp'] : []);
  if (metric === null) {
    unknown.add(called);
    return values;
  }
  const given = unit === null ? '' : (row.cells[unit] ?? '');
  const factor = unitFactor(metric, given === '' ? null : given);
  if (factor === null)
    throw new VitalsCsvError(`row ${row.line}: unit "${given}" is not known for ${called}`);
  take(metric, factor, row.cells[value] ?? '', called);
  return values;
};

/** Null: the cell is empty and says nothing. */
const cellValue = (
  metric: MetricId,
  factor: number,
  cell: string,
  place: string,
  zero: VitalsCsvOptions['zero'],
  tally: Tally,
): SampledValue | null => {
  if (cell === '') return null;
  if (NO_NUMBER.includes(cell.toLowerCase())) return 'none';
  const number = Number(cell);
  if (!Number.isFinite(number)) throw new VitalsCsvError(`${place}: "${cell}" is not a number`);
  const canBeZero = METRICS[metric].plausible.low === 0 && zero === 'number';
  if (number === 0 && !canBeZero) {
    tally.zeros += 1;
    return 'none';
  }
  const value = factor === 1 ? number : Math.round(number * factor * 10) / 10;
  if (!isPlausible(metric, value)) {
    tally.implausible += 1;
    return 'none';
  }
  tally.numbers += 1;
  return value;
};

/** Samples on the clocks of a trace; a cuff reading that later rows tell again is there once. */
const withoutRepeats = (
  timed: readonly { readonly time: RowTime; readonly values: Values }[],
  origin: RowTime,
  tally: Tally,
): readonly VitalsSample[] => {
  let reading = '';
  let toldAtMs = Number.NEGATIVE_INFINITY;
  return timed.map(({ time, values }) => {
    const at = instant(time.isWall ? time.ms : time.ms - origin.ms, time.ms - origin.ms);
    const told = NIBP_METRICS.map((metric) => values[metric] ?? '').join('/');
    if (!NIBP_METRICS.some((metric) => typeof values[metric] === 'number')) {
      reading = '';
      return { at, values };
    }
    const isRepeat = told === reading && time.ms - toldAtMs <= SAME_READING_MS;
    reading = told;
    toldAtMs = time.ms;
    if (!isRepeat) return { at, values };
    tally.repeatedReadings += 1;
    const rest = Object.entries(values).filter(
      ([metric]) => METRICS[metric as MetricId].kind === 'continuous',
    );
    return { at, values: Object.fromEntries(rest) };
  });
};
