/** Which of a chair's monitors is shown where several give the same number. */
import type { ChairView, MonitorView } from '../../core/api/views.ts';
import type { MonitorId } from '../../core/ids.ts';
import { METRIC_IDS, METRICS, type MetricId } from '../../core/nomenclature/metrics.ts';

/** A metric whose monitors can be put into another order. */
export interface MetricSource {
  readonly metric: MetricId;
  /** Names of the monitors, first choice first. */
  readonly names: readonly string[];
  /** True: an order of its own; false: the chair's. */
  readonly isOwn: boolean;
  /** The order with this monitor first; null: it comes first already. */
  readonly withItFirst: readonly MonitorId[] | null;
}

/**
 * The continuous metrics that the chair shows now or that have an order of their own, for the card of `monitor`. Of cuff
 * readings the newest counts, whoever took it. Empty: the monitor is alone.
 */
export const metricSources = (
  monitor: MonitorView,
  chair: ChairView,
  all: readonly MonitorView[],
): readonly MetricSource[] => {
  const here = all.filter(({ chairId }) => chairId === monitor.chairId);
  if (here.length < 2) return [];
  const known = METRIC_IDS.filter(
    (metric) =>
      METRICS[metric].kind === 'continuous' &&
      (chair.current[metric] !== undefined || chair.sourceOrder[metric] !== undefined),
  );
  return known.map((metric) => {
    const own = chair.sourceOrder[metric];
    const ids = [...(own ?? []), ...here.map(({ id }) => id).filter((id) => own?.includes(id) !== true)];
    return {
      metric,
      names: ids.map((id) => here.find((each) => each.id === id)?.name ?? id),
      isOwn: own !== undefined,
      withItFirst: ids[0] === monitor.id ? null : [monitor.id, ...ids.filter((id) => id !== monitor.id)],
    };
  });
};

export interface SourceRank {
  /** 1 is the first choice. */
  readonly rank: number;
  readonly of: number;
  /** The order with this monitor first and the others as they were. */
  readonly withItFirst: readonly MonitorId[];
}

/** The place of `monitor` among those of its chair; null when it is alone. `all` is in the station's order. */
export const sourceRank = (monitor: MonitorView, all: readonly MonitorView[]): SourceRank | null => {
  const ids = all.filter(({ chairId }) => chairId === monitor.chairId).map(({ id }) => id);
  if (ids.length < 2) return null;
  return {
    rank: ids.indexOf(monitor.id) + 1,
    of: ids.length,
    withItFirst: [monitor.id, ...ids.filter((id) => id !== monitor.id)],
  };
};
