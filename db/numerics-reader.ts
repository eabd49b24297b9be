/**
 * Gives back what `numerics.ts` and `nibp.ts` stored, at full resolution and as observations again, for a stretch
 * of time. Callers that go through a whole session ask for it piece by piece: a call costs as much as its stretch.
 */
import { monitorId, type SessionId } from '../core/ids.ts';
import { METRIC_IDS, type MetricId } from '../core/nomenclature/metrics.ts';
import {
  type AbsentValidity,
  absent,
  type Observation,
  present,
  type Receipt,
  type Validity,
} from '../core/observation/observation.ts';
import type { StoredFrame } from '../core/observation/stored-frame.ts';
import { type EpochMs, epochMs, instant } from '../core/time.ts';
import { VALIDITY_CODES, validityColumn, valueColumn } from './columns.ts';
import type { Connection } from './native.ts';

type Row = Readonly<Record<string, number | string | null>>;

/** Rows of one instant lie in the order in which they were stored. */
const FRAMES = `
SELECT monitor.id AS monitor_id, numeric_frame.*
FROM numeric_frame JOIN monitor USING (monitor_key)
WHERE session_key = @session AND wall_ms >= @from AND wall_ms < @to
ORDER BY wall_ms, ordinal`;

const READINGS = `
SELECT monitor.id AS monitor_id, nibp_reading.*
FROM nibp_reading JOIN monitor USING (monitor_key)
WHERE session_key = @session AND wall_ms >= @from AND wall_ms < @to
ORDER BY wall_ms, entry`;

const READING_COLUMNS = [
  ['MDC_PRESS_BLD_NONINV_SYS', 'systolic'],
  ['MDC_PRESS_BLD_NONINV_DIA', 'diastolic'],
  ['MDC_PRESS_BLD_NONINV_MEAN', 'mean'],
  ['MDC_PULS_RATE_NON_INV', 'pulse_rate'],
] as const satisfies readonly (readonly [MetricId, string])[];

const VALIDITY_OF = new Map(
  (Object.entries(VALIDITY_CODES) as [Validity, number | null][]).map(([name, code]) => [code, name]),
);

/** Returns `read(session, from, to)`: frames with from <= wall clock < to, in order of time; empty for an unknown session. */
export const numericsReader = (connection: Connection) => {
  const findSession = connection.prepare<[string], { key: number }>(
    'SELECT session_key AS key FROM session WHERE id = ?',
  );
  const frames = connection.prepare<[{ session: number; from: number; to: number }], Row>(FRAMES);
  const readings = connection.prepare<[{ session: number; from: number; to: number }], Row>(READINGS);
  return (sessionId: SessionId, from: EpochMs, to: EpochMs): readonly StoredFrame[] => {
    const session = findSession.get(sessionId)?.key;
    if (session === undefined) return [];
    const place = { session, from, to };
    return [
      ...frames.all(place).map((row) => frame(row, frameObservations)),
      ...readings.all(place).map((row) => frame(row, readingObservations)),
    ].sort((a, b) => a.at.wall - b.at.wall);
  };
};

const frame = (
  row: Row,
  observationsOf: (row: Row, receipt: Receipt) => readonly Observation[],
): StoredFrame => {
  const at = instant(Number(row.wall_ms), Number(row.mono_ms));
  const deviceTime = row.device_time_ms ?? null;
  const receipt: Receipt = {
    receivedAt: at,
    deviceTime: deviceTime === null ? null : epochMs(Number(deviceTime)),
    ageAtReceiptMs: Number(row.age_at_receipt_ms),
  };
  return { monitorId: monitorId(String(row.monitor_id)), at, observations: observationsOf(row, receipt) };
};

const frameObservations = (row: Row, receipt: Receipt): readonly Observation[] =>
  METRIC_IDS.flatMap((metric) => {
    const value = row[valueColumn(metric)] ?? null;
    const validity = validityOf(row[validityColumn(metric)]);
    if (value !== null) {
      return [present(metric, Number(value), receipt, validity === 'questionable' ? validity : 'valid')];
    }
    return isAbsent(validity) ? [absent(metric, validity, receipt)] : [];
  });

const readingObservations = (row: Row, receipt: Receipt): readonly Observation[] => {
  const validity = validityOf(row.validity) === 'questionable' ? 'questionable' : 'valid';
  return READING_COLUMNS.flatMap(([metric, column]) => {
    const value = row[column] ?? null;
    return value === null ? [] : [present(metric, Number(value), receipt, validity)];
  });
};

const validityOf = (code: Row[string] | undefined): Validity => {
  const found = VALIDITY_OF.get(code === undefined || code === null ? null : Number(code));
  if (found === undefined) throw new Error(`validity ${code} is not known`);
  return found;
};

const isAbsent = (validity: Validity): validity is AbsentValidity =>
  validity !== 'valid' && validity !== 'questionable';
