/** Marks of left-out values in a table, as what an exclusion names. */
import type { MonitorId } from '../../core/ids.ts';
import { METRICS, type MetricId } from '../../core/nomenclature/metrics.ts';
import type { ArtefactTarget } from '../../core/review/exclusions.ts';
import { epochMs, type Instant } from '../../core/time.ts';

export interface MarkedValue {
  readonly metric: MetricId;
  readonly monitorId: MonitorId;
  readonly at: Instant;
  readonly isExcluded: boolean;
}

/** Runs of left-out values of a metric become spans, cuff readings one each. `values` in order of time. */
export const exclusionsOf = (values: readonly MarkedValue[]): readonly ArtefactTarget[] => {
  const spans = new Map<MetricId, { from: number; to: number } | null>();
  const targets: ArtefactTarget[] = [];
  const readings = new Set<string>();
  const close = (metric: MetricId): void => {
    const span = spans.get(metric) ?? null;
    if (span !== null) {
      targets.push({ kind: 'span', metrics: [metric], from: epochMs(span.from), to: epochMs(span.to) });
    }
    spans.set(metric, null);
  };
  for (const { metric, monitorId, at, isExcluded } of values) {
    if (METRICS[metric].kind === 'episodic') {
      const key = `${monitorId} ${at.wall}`;
      if (!isExcluded || readings.has(key)) continue;
      readings.add(key);
      targets.push({ kind: 'reading', monitorId, receivedAt: at.wall });
    } else if (isExcluded) {
      const from = spans.get(metric)?.from ?? at.wall;
      // A span ends before its `to`.
      spans.set(metric, { from, to: at.wall + 1 });
    } else close(metric);
  }
  for (const metric of spans.keys()) close(metric);
  return targets;
};
