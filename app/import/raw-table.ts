/** Our own table of every value, read back (docs/exports.md). */
import { monitorId } from '../../core/ids.ts';
import { isMetricId, isPlausible, METRICS } from '../../core/nomenclature/metrics.ts';
import { absent, type Observation, present } from '../../core/observation/observation.ts';
import { epochMs } from '../../core/time.ts';
import { exclusionsOf, type MarkedValue } from './exclusions.ts';
import { type ImportedFrame, type ImportedTable, rowInstant } from './imported-table.ts';
import { type OwnRow, originOfRows, phasesOfRows, readOwnTable } from './own-rows.ts';

const PRESENT = ['valid', 'questionable'] as const;
const ABSENT = ['ongoing', 'calibrating', 'invalid', 'overflow', 'underflow', 'unavailable'] as const;

/** @throws ImportError. */
export const readRawTable = (text: string): ImportedTable => {
  const { rows } = readOwnTable(text);
  const from = rows[0]?.moment('time') ?? 0;
  const to = rows.at(-1)?.moment('time') ?? from;
  const frames: (ImportedFrame & { readonly values: Observation[] })[] = [];
  const marked: MarkedValue[] = [];
  for (const row of rows) {
    const observation = observationOf(row, from);
    const monitor = row.cell('monitor');
    if (monitor === '') row.refuse('monitor', 'names no monitor');
    const { receivedAt: at, metric } = observation;
    const last = frames.at(-1);
    if (last !== undefined && last.at.wall === at.wall && last.monitorId === monitor) {
      last.values.push(observation);
    } else frames.push({ monitorId: monitorId(monitor), at, values: [observation] });
    const isExcluded = row.cell('excluded') !== '';
    marked.push({ metric, monitorId: monitorId(monitor), at, isExcluded });
  }
  return {
    kind: 'chairside-raw',
    fileOrigin: originOfRows(rows),
    from: epochMs(from),
    to: epochMs(to),
    frames,
    excluded: exclusionsOf(marked),
    phases: phasesOfRows(rows).map(({ at, phase }) => ({ at: epochMs(at), phase })),
    rows: rows.length,
    notes: [
      'the file has vital signs only: what people entered and the alarms are not in it',
      'a phase begins with its first value in the file',
    ],
  };
};

const observationOf = (row: OwnRow, from: number): Observation => {
  const code = row.cell('code');
  if (!isMetricId(code)) return row.refuse('code', 'is no vital sign that Chairside knows');
  if (row.cell('unit') !== METRICS[code].unit) row.refuse('unit', `is not ${METRICS[code].unit}`);
  const age = row.number('age_s') ?? 0;
  if (age < 0) row.refuse('age_s', 'is below zero');
  const receipt = {
    receivedAt: rowInstant(row.moment('time'), from),
    deviceTime: row.cell('monitor_time') === '' ? null : epochMs(row.moment('monitor_time')),
    ageAtReceiptMs: Math.round(age * 1_000),
  };
  const value = row.number('value');
  if (value === null) return absent(code, row.word('validity', ABSENT), receipt);
  if (!isPlausible(code, value)) row.refuse('value', `is nothing that ${code} can be`);
  return present(code, value, receipt, row.word('validity', PRESENT));
};
