/** What one OBX says: a reading of a metric, or something to show as it is. */
import { METRICS, type MetricId } from '../../core/nomenclature/metrics.ts';
import type { Reading } from '../../core/observation/observation.ts';
import type { ObxRow } from './message.ts';
import { conversionTo, type Meaning, meaningOf } from './nomenclature.ts';

/** An OBX whose code and unit we know. */
export interface ReadRow {
  readonly metric: MetricId;
  readonly meaning: Meaning;
  readonly reading: Reading;
  /** The monitor's own limits in the metric's unit; null: not said. */
  readonly limits: { readonly low: number | null; readonly high: number | null } | null;
  /** The monitor says that the value is beyond them. */
  readonly beyond: 'low' | 'high' | null;
  readonly row: ObxRow;
}

/** A row with the time that its group gives it (OBR-7). */
export interface TimedRow extends ReadRow {
  readonly groupTime: string;
}

/** The row's own words, for a table of what is not mapped. */
export interface UnmappedRow {
  readonly id: string;
  readonly value: string;
}

/** Numbers that stand for "no value" with one maker or another, whatever the parameter. */
const NO_VALUE = new Set([-100, -999, -99.9, 8_388_607]);
const NUMBER = /^[+-]?\d{1,9}(?:\.\d{0,6})?$/;
/** A structured number that is exactly the number: no comparator, or `=`. */
const STRUCTURED = /^=?\^([+-]?\d{1,9}(?:\.\d{0,6})?)$/;

/** Longest text that goes into a table for people. */
const MAX_TEXT = 60;

/** OBX-11 under which a number is a result; under the others it is in doubt, or none. */
const FINAL = new Set(['F', 'R']);
const DOUBTFUL = new Set(['', 'C', 'P', 'S']);
/** OBX-8 that says nothing against a number (HL7 table 0078). */
const HARMLESS = new Set(['', 'N', 'L', 'LL', 'H', 'HH', 'A', 'AA']);

const UNAVAILABLE: Reading = { validity: 'unavailable', value: null };

/** True for a row that only names a part of the monitor (its channels), without a value. */
export const isHeading = ({ values, unit, status }: ObxRow): boolean =>
  values.every((value) => value === '') && unit.code === '' && status === 'X';

/**
 * Reads one row. Unknown codes, and units that are missing, unknown or of another kind, are not mapped; nor is a
 * temperature without a site, but where a person said that it is the body's (`tempIsBody`, `devices/framing/body-temperature.ts`).
 */
export const readRow = (row: ObxRow, tempIsBody: boolean): ReadRow | UnmappedRow => {
  const meaning = meaningOf(row.id);
  if (meaning === 'some temperature' && !tempIsBody) return unmapped(row);
  if (meaning === null || row.values.length > 1) return unmapped(row);
  const metric = metricOf(meaning);
  const isMissing = row.values.every((value) => value === '' || value === '-' || value === '""');
  const convert = conversionTo(METRICS[metric].unit, row.unit);
  // A row without a value says so in whatever unit, or in none.
  if (isMissing) return { ...plain(row, metric, meaning), reading: UNAVAILABLE };
  const number = numberOf(row);
  if (number === null || convert === null) return unmapped(row);
  return {
    ...plain(row, metric, meaning),
    reading: readingOf(row, number, convert),
    limits: limitsOf(row.range, convert),
  };
};

const plain = (row: ObxRow, metric: MetricId, meaning: Meaning) => ({
  metric,
  meaning,
  limits: null,
  beyond: row.flags.some((flag) => flag === 'L' || flag === 'LL')
    ? ('low' as const)
    : row.flags.some((flag) => flag === 'H' || flag === 'HH')
      ? ('high' as const)
      : null,
  row,
});

const metricOf = (meaning: Meaning): MetricId => {
  if (meaning === 'some pulse rate') return 'MDC_PULS_OXIM_PULS_RATE';
  if (meaning === 'some temperature') return 'MDC_TEMP_BODY';
  return meaning === 'pleth respiration' ? 'MDC_RESP_RATE' : meaning;
};

const numberOf = ({ valueType, values }: ObxRow): number | null => {
  const text = (values[0] ?? '').trim();
  if (valueType === 'NM') return NUMBER.test(text) ? Number(text) : null;
  const structured = valueType === 'SN' ? STRUCTURED.exec(text)?.[1] : undefined;
  return structured === undefined ? null : Number(structured);
};

const readingOf = (row: ObxRow, number: number, convert: (value: number) => number): Reading => {
  if (NO_VALUE.has(number)) return UNAVAILABLE;
  // Mindray's demonstration mode: numbers of nobody.
  if (row.flags.includes('DEMO')) return UNAVAILABLE;
  const isFinal = FINAL.has(row.status);
  if (!isFinal && !DOUBTFUL.has(row.status)) return UNAVAILABLE;
  const isCertain = isFinal && row.flags.every((flag) => HARMLESS.has(flag));
  return { validity: isCertain ? 'valid' : 'questionable', value: rounded(convert(number)) };
};

/** Away with the dust of a conversion. */
const rounded = (value: number): number => Math.round(value * 1e6) / 1e6;

const RANGE = /^([+-]?\d{1,9}(?:\.\d{0,6})?)?\s*[-^]\s*([+-]?\d{1,9}(?:\.\d{0,6})?)?$/;

/** `90^160` or `90-160`; either side may be missing. */
const limitsOf = (range: string, convert: (value: number) => number): ReadRow['limits'] => {
  const match = RANGE.exec(range);
  if (match === null) return null;
  const [low, high] = [match[1], match[2]].map((text) =>
    text === undefined ? null : rounded(convert(Number(text))),
  );
  const isOrdered = low == null || high == null || low < high;
  return isOrdered && (low != null || high != null) ? { low: low ?? null, high: high ?? null } : null;
};

/** A row in its own words. Arrays (waves) are told by their length only. */
export const unmapped = (row: ObxRow): UnmappedRow => {
  const { id, subId, values, unit, valueType } = row;
  const name = id.name === '' ? id.code : `${id.code} ${id.name}`;
  const said = valueType === 'NA' || valueType === 'ED' ? `(${valueType})` : values.join('~');
  const value = `${said} ${unit.name === '' ? unit.code : unit.name}`.trim();
  return { id: printable(`${name} ${subId}`.trim()), value: printable(value) };
};

const printable = (text: string): string => text.replace(/\p{C}/gu, '.').slice(0, MAX_TEXT);
