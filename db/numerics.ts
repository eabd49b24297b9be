/**
 * Stores what monitors sent: one wide row per frame. Nothing is dropped: an absent value is stored with its
 * validity, a metric that comes twice in a frame gets a second row, and cuff values that make no complete
 * reading stay in the wide row.
 */
import type { MonitorId, SessionId } from '../core/ids.ts';
import { METRIC_IDS, type MetricId } from '../core/nomenclature/metrics.ts';
import type { Observation } from '../core/observation/observation.ts';
import type { Instant } from '../core/time.ts';
import { VALIDITY_CODES, validityColumn, valueColumn } from './columns.ts';
import type { Keys } from './keys.ts';
import type { Connection } from './native.ts';
import type { NibpStore } from './nibp.ts';

/** The observations of one frame of one monitor during one session. */
export interface NumericsRow {
  readonly sessionId: SessionId;
  readonly monitorId: MonitorId;
  /** When the frame arrived. What is stored is each observation's own `receivedAt`. */
  readonly at: Instant;
  readonly values: readonly Observation[];
}

export interface NumericsStore {
  write(batch: readonly NumericsRow[]): void;
}

/** Columns before those of the metrics, in the order in which `write` binds them. */
const PLACE_COLUMNS = [
  'session_key',
  'wall_ms',
  'mono_ms',
  'monitor_key',
  'device_time_ms',
  'age_at_receipt_ms',
] as const;

const COLUMNS = [
  ...PLACE_COLUMNS,
  ...METRIC_IDS.flatMap((metric) => [valueColumn(metric), validityColumn(metric)]),
];

/**
 * The two last parameters repeat the session and the instant, to number rows of the same millisecond. The
 * unary plus matters: without it SQLite (built with STAT4) plans the statement anew for every value, which
 * makes an insert 14 times as slow.
 */
const INSERT = `
INSERT INTO numeric_frame (${COLUMNS.join(', ')}, ordinal)
VALUES (${COLUMNS.map(() => '?').join(', ')},
  (SELECT coalesce(max(ordinal) + 1, 0) FROM numeric_frame WHERE session_key = +? AND wall_ms = +?))`;

export const numericsStore = (connection: Connection, nibp: NibpStore, keys: Keys): NumericsStore => {
  const insertFrame = connection.prepare<(number | null)[]>(INSERT);

  const writeRow = (row: NumericsRow): void => {
    const place = { sessionKey: keys.session(row.sessionId), monitorKey: keys.monitor(row.monitorId) };
    for (const received of byReceipt(row.values)) {
      const inReading = nibp.take(place, received);
      const rest = received.filter((observation) => !inReading.includes(observation));
      for (const frame of withoutRepeats(rest)) {
        const [first] = frame.values();
        if (first !== undefined)
          insertFrame.run(...frameValues(place.sessionKey, place.monitorKey, first, frame));
      }
    }
  };
  const writeAll = connection.transaction((batch: readonly NumericsRow[]) => {
    for (const row of batch) writeRow(row);
  });
  return {
    write: (batch) => {
      if (batch.length > 0) writeAll.immediate(batch);
    },
  };
};

/** Splits observations that do not share receipt, monitor's clock and age; usually into one group. */
const byReceipt = (values: readonly Observation[]): readonly (readonly Observation[])[] => {
  const groups: Observation[][] = [];
  for (const value of values) {
    const group = groups.find(([head]) => head !== undefined && isSameReceipt(head, value));
    if (group === undefined) groups.push([value]);
    else group.push(value);
  }
  return groups;
};

const isSameReceipt = (a: Observation, b: Observation): boolean =>
  a.receivedAt.wall === b.receivedAt.wall &&
  a.receivedAt.mono === b.receivedAt.mono &&
  a.deviceTime === b.deviceTime &&
  a.ageAtReceiptMs === b.ageAtReceiptMs;

/** Deals observations out to rows so that no row has a metric twice; their order stays. */
const withoutRepeats = (values: readonly Observation[]): readonly ReadonlyMap<MetricId, Observation>[] => {
  const rows: Map<MetricId, Observation>[] = [];
  for (const value of values) {
    const last = rows.at(-1);
    if (last === undefined || last.has(value.metric)) rows.push(new Map([[value.metric, value]]));
    else last.set(value.metric, value);
  }
  return rows;
};

const frameValues = (
  sessionKey: number,
  monitorKey: number,
  { receivedAt, deviceTime, ageAtReceiptMs }: Observation,
  frame: ReadonlyMap<MetricId, Observation>,
): (number | null)[] => [
  sessionKey,
  receivedAt.wall,
  receivedAt.mono,
  monitorKey,
  deviceTime,
  ageAtReceiptMs,
  ...METRIC_IDS.flatMap((metric) => {
    const observation = frame.get(metric);
    return observation === undefined
      ? [null, null]
      : [observation.value, VALIDITY_CODES[observation.validity]];
  }),
  sessionKey,
  receivedAt.wall,
];
