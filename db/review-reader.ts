/**
 * Reads the continuous values of a session straight from their columns, for figures over hours: no observation is
 * made of them. A call costs as much as its stretch; who goes through a whole session asks piece by piece.
 *
 * What costs is handing cells over, so few are asked for: the values of those metrics that the stretch begins with,
 * and one cell that tells whether the row has anything else (another metric, or a validity). Rows that do are read
 * once more, whole. Measured on 8 h of two monitors: half the time of reading every column.
 */
import { type MonitorId, monitorId, type SessionId } from '../core/ids.ts';
import type { MetricId } from '../core/nomenclature/metrics.ts';
import type { FigureValue } from '../core/review/session-figures.ts';
import type { EpochMs } from '../core/time.ts';
import { CONTINUOUS_METRICS, VALIDITY_CODES, validityColumn, valueColumn } from './columns.ts';
import type { Connection } from './native.ts';

type Cells = readonly (number | null)[];
type Place = { readonly session: number; readonly from: number; readonly to: number };

const FROM_WHERE = `FROM numeric_frame WHERE session_key = @session AND wall_ms >= @from AND wall_ms < @to`;
const IN_ORDER = 'ORDER BY wall_ms, ordinal';
/** So many rows tell which metrics a stretch has. */
const LOOK_AT = 40;

const WHOLE = `SELECT wall_ms, monitor_key, ${CONTINUOUS_METRICS.map((metric) => `${valueColumn(metric)}, ${validityColumn(metric)}`).join(', ')}`;

/** Not null: the row has more than values of these metrics. */
const otherThan = (metrics: readonly MetricId[]): string =>
  `coalesce(${[
    ...CONTINUOUS_METRICS.map(validityColumn),
    ...CONTINUOUS_METRICS.filter((metric) => !metrics.includes(metric)).map(valueColumn),
    'NULL',
  ].join(', ')})`;

/** Gives every value with from <= wall clock < to to `take`, in order of receipt; nothing for an unknown session. */
export type ValueReader = (
  sessionId: SessionId,
  from: EpochMs,
  to: EpochMs,
  take: (value: FigureValue) => void,
) => void;

export const valueReader = (connection: Connection): ValueReader => {
  const findSession = connection.prepare<[string], { key: number }>(
    'SELECT session_key AS key FROM session WHERE id = ?',
  );
  const monitors = connection.prepare<[], { key: number; id: string }>(
    'SELECT monitor_key AS key, id FROM monitor',
  );
  const prepare = (sql: string) => connection.prepare<[Place], (number | null)[]>(sql).raw(true);
  const firstRows = prepare(`${WHOLE} ${FROM_WHERE} ${IN_ORDER} LIMIT ${LOOK_AT}`);
  /** By the metrics that are expected; few sets come up in a clinic. */
  const known = new Map<string, ReturnType<typeof queriesFor>>();
  const queriesFor = (metrics: readonly MetricId[]) => {
    const other = otherThan(metrics);
    const values = metrics.map((metric) => `, ${valueColumn(metric)}`).join('');
    return {
      rows: prepare(`SELECT wall_ms, monitor_key, ${other}${values} ${FROM_WHERE} ${IN_ORDER}`),
      others: prepare(`${WHOLE} ${FROM_WHERE} AND ${other} IS NOT NULL ${IN_ORDER}`),
    };
  };

  return (sessionId, from, to, take) => {
    const session = findSession.get(sessionId)?.key;
    if (session === undefined) return;
    const place = { session, from, to };
    const metrics = metricsIn(firstRows.all(place));
    const name = metrics.join();
    const queries = known.get(name) ?? queriesFor(metrics);
    known.set(name, queries);
    const names = new Map(monitors.all().map(({ key, id }) => [key, monitorId(id)]));
    const whole = queries.others.iterate(place);
    for (const cells of queries.rows.all(place)) {
      const monitor = names.get(cells[1] ?? -1);
      if (monitor === undefined) continue;
      if (cells[2] === null) takeValues(cells, metrics, monitor, take);
      else takeWhole(whole.next().value, monitor, take);
    }
    whole.return?.();
  };
};

const metricsIn = (rows: readonly Cells[]): readonly MetricId[] =>
  CONTINUOUS_METRICS.filter((_, index) => rows.some((cells) => cells[2 + 2 * index] !== null));

const takeValues = (
  cells: Cells,
  metrics: readonly MetricId[],
  monitorId: MonitorId,
  take: (value: FigureValue) => void,
): void => {
  const at = cells[0] ?? 0;
  for (let index = 0; index < metrics.length; index += 1) {
    const metric = metrics[index];
    const value = cells[3 + index] ?? null;
    if (metric !== undefined && value !== null) take({ metric, monitorId, at, value, isQuestionable: false });
  }
};

const takeWhole = (
  cells: Cells | undefined,
  monitorId: MonitorId,
  take: (value: FigureValue) => void,
): void => {
  if (cells === undefined) throw new Error('a row of numerics is not there when it is read again');
  const at = cells[0] ?? 0;
  CONTINUOUS_METRICS.forEach((metric, index) => {
    const value = cells[2 + 2 * index] ?? null;
    const validity = cells[3 + 2 * index] ?? null;
    // Neither: the frame did not speak of it.
    if (value === null && validity === null) return;
    take({ metric, monitorId, at, value, isQuestionable: validity === VALIDITY_CODES.questionable });
  });
};
