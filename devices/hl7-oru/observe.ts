/** One message's rows → observations, limits, conditions and what is not mapped. */
import { METRICS, type MetricId, NIBP_METRICS } from '../../core/nomenclature/metrics.ts';
import { absent, type Observation, present, type Receipt } from '../../core/observation/observation.ts';
import { epochMs, type Instant } from '../../core/time.ts';
import type { DriverOutput } from '../device.ts';
import type { Finding } from '../framing/condition-table.ts';
import type { OruMessage } from './message.ts';
import type { CuffRows } from './nibp.ts';
import { isHeading, type ReadRow, readRow, type TimedRow, type UnmappedRow, unmapped } from './rows.ts';
import { type Hl7Time, momentOf, msBetween, parseTime } from './time.ts';

/** Everything the driver can report. */
export const HL7_METRICS = [
  'MDC_ECG_HEART_RATE',
  'MDC_PULS_OXIM_SAT_O2',
  'MDC_PULS_OXIM_PULS_RATE',
  'MDC_BLD_PERF_INDEX',
  'MDC_RESP_RATE',
  'MDC_TTHOR_RESP_RATE',
  'MDC_CO2_RESP_RATE',
  'MDC_CONC_AWAY_CO2_ET',
  'MDC_TEMP_BODY',
  ...NIBP_METRICS,
  'MDC_PULS_RATE_NON_INV',
] as const satisfies readonly MetricId[];

const CUFF_METRICS: ReadonlySet<MetricId> = new Set([...NIBP_METRICS, 'MDC_PULS_RATE_NON_INV']);

/** A message sorted: one row a metric, the rest in its own words. */
export interface SortedRows {
  readonly rows: ReadonlyMap<MetricId, TimedRow>;
  readonly others: readonly UnmappedRow[];
  readonly isDemo: boolean;
}

/**
 * One row for each metric: the first one, as the main sensor comes first; a respiration rate or temperature that does not
 * say its source gives way to one under its own name. A pulse rate without a source counts as the oximeter's where the same
 * message has an SpO2, and is in doubt otherwise.
 */
export const sortRows = ({ groups }: OruMessage, tempIsBody: boolean): SortedRows => {
  const rows = new Map<MetricId, TimedRow>();
  const others: UnmappedRow[] = [];
  const vague: TimedRow[] = [];
  let isDemo = false;
  for (const group of groups) {
    for (const row of group.rows) {
      isDemo ||= row.flags.includes('DEMO');
      if (isHeading(row)) continue;
      const read = readRow(row, tempIsBody);
      if ('id' in read) others.push(read);
      else if (read.meaning !== read.metric) vague.push({ ...read, groupTime: group.time });
      else if (rows.has(read.metric)) others.push(unmapped(row));
      else rows.set(read.metric, { ...read, groupTime: group.time });
    }
  }
  for (const row of vague) {
    if (rows.has(row.metric)) others.push(unmapped(row.row));
    else rows.set(row.metric, isDoubtful(row, rows) ? doubted(row) : row);
  }
  return { rows, others, isDemo };
};

const isDoubtful = (row: ReadRow, rows: ReadonlyMap<MetricId, ReadRow>): boolean =>
  row.meaning === 'some pulse rate' && rows.get('MDC_PULS_OXIM_SAT_O2')?.reading.value == null;

/** The row with its number in doubt. */
export const doubted = (row: TimedRow): TimedRow =>
  row.reading.value === null
    ? row
    : { ...row, reading: { validity: 'questionable', value: row.reading.value } };

/** The rows of the cuff. */
export const cuffRowsOf = ({ rows }: SortedRows): CuffRows => ({
  systolic: rows.get('MDC_PRESS_BLD_NONINV_SYS') ?? null,
  diastolic: rows.get('MDC_PRESS_BLD_NONINV_DIA') ?? null,
  mean: rows.get('MDC_PRESS_BLD_NONINV_MEAN') ?? null,
  pulse: rows.get('MDC_PULS_RATE_NON_INV') ?? null,
});

/** When and how late a message came. */
export interface MessageContext {
  readonly at: Instant;
  readonly messageTime: Hl7Time | null;
  readonly lateMs: number;
}

/** Where a value belongs in time: its own OBX-14, its group's OBR-7, or the message's MSH-7. */
export const receiptOf = (row: TimedRow, { at, messageTime, lateMs }: MessageContext): Receipt => {
  const time = parseTime(row.row.time) ?? parseTime(row.groupTime) ?? messageTime;
  const ageMs = time === null || messageTime === null ? 0 : Math.max(0, msBetween(time, messageTime));
  return {
    receivedAt: at,
    deviceTime: time === null ? null : epochMs(momentOf(time)),
    ageAtReceiptMs: ageMs + lateMs,
  };
};

/** A reading at its place in time. */
export const observed = (metric: MetricId, { reading }: ReadRow, receipt: Receipt): Observation =>
  reading.value === null
    ? absent(metric, reading.validity, receipt)
    : present(metric, reading.value, receipt, reading.validity);

/** True for a value of one measurement (a spot temperature), which is told once and not repeated as if it were of now. */
export const isSpot = ({ metric, row }: ReadRow): boolean => metric === 'MDC_TEMP_BODY' && row.isAperiodic;

/** The numbers of now. Cuff and spot values have rules of their own. */
export const observeContinuous = ({ rows }: SortedRows, context: MessageContext): readonly Observation[] =>
  [...rows.values()]
    .filter((row) => !CUFF_METRICS.has(row.metric) && !isSpot(row))
    .map((row) => observed(row.metric, row, receiptOf(row, context)));

/** Times that say "now" in this message. */
export const timesOfNow = ({ rows }: SortedRows, messageTime: Hl7Time | null): readonly Hl7Time[] => {
  const times = [...rows.values()].flatMap((row) => {
    if (CUFF_METRICS.has(row.metric) || isSpot(row)) return [];
    return [parseTime(row.groupTime), parseTime(row.row.time)].filter((time) => time !== null);
  });
  return messageTime === null ? times : [messageTime, ...times];
};

/** The monitor's own alarm about a metric's value. */
export const beyondFindings = (row: ReadRow): readonly Finding[] =>
  row.beyond === null || row.reading.value === null
    ? []
    : [
        {
          code: 'monitor-alarm',
          metric: row.metric,
          text: `${METRICS[row.metric].label} ${row.beyond === 'low' ? 'below' : 'above'} the monitor's limit`,
        },
      ];

/** Tells limits and unmapped rows when they change; memory is bounded. */
export const createChangeTeller = (): {
  limits(row: ReadRow): readonly DriverOutput[];
  unmapped(rows: readonly UnmappedRow[]): readonly DriverOutput[];
} => {
  const limits = new Map<MetricId, string>();
  const values = new Map<string, string>();
  return {
    limits({ metric, limits: now }) {
      if (now === null || limits.get(metric) === JSON.stringify(now)) return [];
      limits.set(metric, JSON.stringify(now));
      return [{ type: 'limits', limits: { metric, ...now } }];
    },
    unmapped(rows) {
      const out: DriverOutput[] = [];
      for (const { id, value } of rows) {
        if (values.get(id) === value) continue;
        if (!values.has(id) && values.size >= MAX_UNMAPPED) continue;
        values.set(id, value);
        out.push({ type: 'unmapped', id, value });
      }
      return out;
    },
  };
};

/** Different identifiers shown of one monitor. */
const MAX_UNMAPPED = 200;
