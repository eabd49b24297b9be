/**
 * Our own flowsheet, read back (docs/exports.md). A value stands at the end of its step with the age it had there, so
 * that it is never fresher than it was.
 */
import { type MonitorId, monitorId } from '../../core/ids.ts';
import { isPlausible, METRICS, type MetricId } from '../../core/nomenclature/metrics.ts';
import { absent, type Observation, present } from '../../core/observation/observation.ts';
import { epochMs } from '../../core/time.ts';
import { metricNamed, unitFactor } from '../vitals-columns.ts';
import { exclusionsOf, type MarkedValue } from './exclusions.ts';
import { ImportError, type ImportedFrame, type ImportedTable, rowInstant } from './imported-table.ts';
import { type OwnRow, originOfRows, phasesOfRows, readOwnTable } from './own-rows.ts';

/** A monitor that a flowsheet with one monitor does not name. */
const UNNAMED = monitorId('imported');
const ROW_KINDS = ['interval', 'cuff', 'event'] as const;
const ABSENT_WORDS = ['ongoing', 'calibrating', 'invalid', 'overflow', 'underflow', 'unavailable'] as const;

const CUFF = [
  ['NIBP sys (mm[Hg])', 'MDC_PRESS_BLD_NONINV_SYS'],
  ['NIBP dia (mm[Hg])', 'MDC_PRESS_BLD_NONINV_DIA'],
  ['NIBP mean (mm[Hg])', 'MDC_PRESS_BLD_NONINV_MEAN'],
  ['NIBP PR ({beat}/min)', 'MDC_PULS_RATE_NON_INV'],
] as const satisfies readonly (readonly [string, MetricId])[];

interface Column {
  readonly heading: string;
  readonly title: string;
  readonly metric: MetricId;
  readonly monitorId: MonitorId;
}

/** @throws ImportError. */
export const readFlowsheetTable = (text: string): ImportedTable => {
  const { headings, rows } = readOwnTable(text);
  const columns = headings.flatMap(columnOf);
  const from = rows[0]?.moment('time') ?? 0;
  const frames: ImportedFrame[] = [];
  const marked: MarkedValue[] = [];
  let entries = 0;
  const keep = (frame: ImportedFrame, isExcluded: boolean): void => {
    frames.push(frame);
    for (const { metric } of frame.values) {
      marked.push({ metric, monitorId: frame.monitorId, at: frame.at, isExcluded });
    }
  };
  for (const row of rows) {
    const kind = row.word('row', ROW_KINDS);
    if (kind === 'event') entries += 1;
    else if (kind === 'cuff') keep(cuffFrame(row, from), hasMark(row.cell('NIBP mark'), 'excluded'));
    else {
      for (const column of columns) {
        const mark = row.cell(`${column.title} mark`);
        for (const value of laneValues(row, column, mark, from)) {
          keep(
            { monitorId: column.monitorId, at: value.receivedAt, values: [value] },
            hasMark(mark, 'excluded'),
          );
        }
      }
    }
  }
  if (frames.length === 0) throw new ImportError('the flowsheet has no vital signs');
  return {
    kind: 'chairside-flowsheet',
    fileOrigin: originOfRows(rows),
    from: epochMs(from),
    to: epochMs(rows.at(-1)?.moment('time') ?? from),
    frames,
    excluded: exclusionsOf(marked),
    phases: phasesOfRows(rows).map(({ at, phase }) => ({ at: epochMs(at), phase })),
    rows: rows.length,
    notes: [
      'a flowsheet: of the values within each step only the last one',
      ...(entries === 0
        ? []
        : [`${entries} entries of people and alarms are in the file and were not taken over`]),
    ],
  };
};

/** `SpO2 of bed-2 (%)` is a lane; `SpO2 age (s)`, the cuff's and the dose's columns are none. */
const columnOf = (heading: string): readonly Column[] => {
  const [, title = '', unit = ''] = /^(.*) \((\S+)\)$/.exec(heading) ?? [];
  const [, label = title, monitor = null] = /^'?(.*?) of (.+)$/.exec(title) ?? [];
  const metric = metricNamed(label);
  if (metric === null || METRICS[metric].kind !== 'continuous' || unitFactor(metric, unit) !== 1) return [];
  return [{ heading, title, metric, monitorId: monitor === null ? UNNAMED : monitorId(monitor) }];
};

const hasMark = (cell: string, mark: string): boolean => cell.split('; ').includes(mark);
const validityOf = (cell: string) => (hasMark(cell, 'questionable') ? 'questionable' : 'valid');

const laneValues = (row: OwnRow, column: Column, mark: string, from: number): readonly Observation[] => {
  const { heading, title, metric } = column;
  const value = row.number(heading);
  const end = rowInstant(row.moment('time'), from);
  const ended = ABSENT_WORDS.find((word) => mark === word || mark.endsWith(`then ${word}`));
  const none = ended === undefined ? [] : [absent(metric, ended, { receivedAt: end, deviceTime: null })];
  if (value === null) return none;
  const age = row.number(`${title} age (s)`);
  if (age === null || age < 0) return row.refuse(`${title} age (s)`, 'is no age');
  if (!isPlausible(metric, value)) row.refuse(heading, `is nothing that ${metric} can be`);
  const receipt = { receivedAt: end, deviceTime: null, ageAtReceiptMs: Math.round(age * 1_000) };
  return [present(metric, value, receipt, validityOf(mark)), ...none];
};

const cuffFrame = (row: OwnRow, from: number): ImportedFrame => {
  const receivedAt = rowInstant(row.moment('time'), from);
  const age = row.number('NIBP age (s)');
  if (age === null || age < 0) return row.refuse('NIBP age (s)', 'is no age');
  const receipt = { receivedAt, deviceTime: null, ageAtReceiptMs: Math.round(age * 1_000) };
  const values = CUFF.flatMap(([heading, metric]) => {
    const value = row.number(heading);
    if (value === null) return [];
    if (!isPlausible(metric, value)) row.refuse(heading, `is nothing that ${metric} can be`);
    return [present(metric, value, receipt, validityOf(row.cell('NIBP mark')))];
  });
  const monitor = row.cell('NIBP monitor');
  return { monitorId: monitor === '' ? UNNAMED : monitorId(monitor), at: receivedAt, values };
};
