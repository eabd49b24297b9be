/**
 * Complete cuff readings, each stored once. A monitor that is seen again after a lost line or a restart
 * repeats its last reading; such a repeat is recognised and not stored a second time.
 */
import { type MonitorId, monitorId, type SessionId } from '../core/ids.ts';
import type { MetricId } from '../core/nomenclature/metrics.ts';
import type { Observation } from '../core/observation/observation.ts';
import type { NibpReading } from '../core/session/events.ts';
import type { Instant } from '../core/time.ts';
import { VALIDITY_CODES } from './columns.ts';
import type { Connection } from './native.ts';

/** Where a reading belongs: keys of `session` and `monitor`. */
export interface NibpPlace {
  readonly sessionKey: number;
  readonly monitorKey: number;
}

export interface NibpStore {
  /**
   * Stores the reading that observations of one receipt make up, if they do.
   * @returns the observations that belong to it (stored now or before); empty when there is no complete reading.
   */
  take(place: NibpPlace, observations: readonly Observation[]): readonly Observation[];
  read(sessionId: SessionId): readonly NibpReading[];
}

interface NibpRow {
  readonly monitor_id: string;
  readonly wall_ms: number;
  readonly mono_ms: number;
  readonly age_at_receipt_ms: number;
  readonly systolic: number;
  readonly diastolic: number;
  readonly mean: number | null;
  readonly pulse_rate: number | null;
  readonly validity: number | null;
}

/** Named parameters of one reading's row. */
interface NibpValues extends Omit<NibpRow, 'monitor_id'> {
  readonly session_key: number;
  readonly monitor_key: number;
  readonly device_time_ms: number | null;
}

/**
 * The same numbers from the same monitor are the same reading when the monitor's clock says so, when they
 * came at the same instant, or when this one may be as old as that one (age at receipt). Our choice.
 */
const FIND_SAME = `
SELECT 1 FROM nibp_reading
WHERE session_key = @session_key AND monitor_key = @monitor_key
  AND systolic = @systolic AND diastolic = @diastolic AND mean IS @mean
  AND (device_time_ms = @device_time_ms
    OR (wall_ms = @wall_ms AND mono_ms = @mono_ms)
    OR (@age_at_receipt_ms > 0 AND wall_ms BETWEEN @wall_ms - @age_at_receipt_ms AND @wall_ms))
LIMIT 1`;

const INSERT = `
INSERT INTO nibp_reading (session_key, monitor_key, wall_ms, mono_ms, device_time_ms, age_at_receipt_ms,
  systolic, diastolic, mean, pulse_rate, validity)
VALUES (@session_key, @monitor_key, @wall_ms, @mono_ms, @device_time_ms, @age_at_receipt_ms,
  @systolic, @diastolic, @mean, @pulse_rate, @validity)`;

const READ = `
SELECT monitor.id AS monitor_id, wall_ms, mono_ms, age_at_receipt_ms, systolic, diastolic, mean, pulse_rate, validity
FROM nibp_reading
JOIN monitor USING (monitor_key)
WHERE session_key = (SELECT session_key FROM session WHERE id = ?)
ORDER BY entry`;

export const nibpStore = (connection: Connection): NibpStore => {
  const findSame = connection.prepare<[NibpValues]>(FIND_SAME);
  const insert = connection.prepare<[NibpValues]>(INSERT);
  const read = connection.prepare<[string], NibpRow>(READ);
  return {
    take: (place, observations) => {
      const parts = readingParts(observations);
      if (parts === null) return [];
      const values = nibpValues(place, parts);
      if (findSame.get(values) === undefined) insert.run(values);
      return Object.values(parts).filter((part) => part !== null);
    },
    read: (sessionId) => read.all(sessionId).map(reading),
  };
};

type Present = Observation & { readonly value: number };

interface ReadingParts {
  readonly systolic: Present;
  readonly diastolic: Present;
  readonly mean: Present | null;
  readonly pulseRate: Present | null;
}

const readingParts = (observations: readonly Observation[]): ReadingParts | null => {
  const find = (metric: MetricId): Present | null =>
    observations.find((one): one is Present => one.metric === metric && one.value !== null) ?? null;
  const systolic = find('MDC_PRESS_BLD_NONINV_SYS');
  const diastolic = find('MDC_PRESS_BLD_NONINV_DIA');
  if (systolic === null || diastolic === null) return null;
  const mean = find('MDC_PRESS_BLD_NONINV_MEAN');
  return { systolic, diastolic, mean, pulseRate: find('MDC_PULS_RATE_NON_INV') };
};

const nibpValues = (place: NibpPlace, parts: ReadingParts): NibpValues => {
  const { systolic, diastolic, mean, pulseRate } = parts;
  const doubted = [systolic, diastolic, mean].some((part) => part?.validity === 'questionable');
  return {
    session_key: place.sessionKey,
    monitor_key: place.monitorKey,
    wall_ms: systolic.receivedAt.wall,
    mono_ms: systolic.receivedAt.mono,
    device_time_ms: systolic.deviceTime,
    age_at_receipt_ms: systolic.ageAtReceiptMs,
    systolic: systolic.value,
    diastolic: diastolic.value,
    mean: mean?.value ?? null,
    pulse_rate: pulseRate?.value ?? null,
    validity: doubted ? VALIDITY_CODES.questionable : VALIDITY_CODES.valid,
  };
};

const reading = (row: NibpRow): NibpReading => ({
  systolic: row.systolic,
  diastolic: row.diastolic,
  mean: row.mean,
  pulseRate: row.pulse_rate,
  receivedAt: { wall: row.wall_ms, mono: row.mono_ms } as Instant, // as written
  ageAtReceiptMs: row.age_at_receipt_ms,
  monitorId: monitorId(row.monitor_id) satisfies MonitorId,
  ...(row.validity === VALIDITY_CODES.questionable ? { questionable: true as const } : {}),
});
