/** Which metrics were expected, and how much of them came. */
import type { MetricId } from '../nomenclature/metrics.ts';
import { VITAL_ROWS, VITALS } from '../nomenclature/vitals.ts';
import type { Coverage } from './coverage.ts';
import type { Completeness } from './figures.ts';

/**
 * A row for every metric that had a number under treatment, and for a vital without any one row of its first metric.
 * The cuff's three pressures come together: systolic stands for them.
 */
export const completenessOf = (coverage: ReadonlyMap<MetricId, Coverage>): readonly Completeness[] => {
  const had = (metric: MetricId): boolean => (coverage.get(metric)?.coveredMs ?? 0) > 0;
  const silent = VITALS.flatMap((vital): readonly MetricId[] => {
    const { metrics } = VITAL_ROWS[vital];
    return metrics.some(had) ? [] : [STANDS_FOR[vital]];
  });
  const rows: readonly MetricId[] = [...coverage.keys()].filter(
    (metric) => silent.includes(metric) || (had(metric) && !WITH_SYSTOLIC.includes(metric)),
  );
  return rows.flatMap((metric) => {
    const one = coverage.get(metric);
    if (one === undefined) return [];
    const { expectedMs, coveredMs } = one;
    return [{ metric, ...one, percent: expectedMs === 0 ? 100 : (100 * coveredMs) / expectedMs }];
  });
};

const WITH_SYSTOLIC: readonly MetricId[] = ['MDC_PRESS_BLD_NONINV_DIA', 'MDC_PRESS_BLD_NONINV_MEAN'];

/** In whose name a vital without a number is told. */
const STANDS_FOR = {
  heartRate: 'MDC_ECG_HEART_RATE',
  spo2: 'MDC_PULS_OXIM_SAT_O2',
  respiration: 'MDC_RESP_RATE',
  bloodPressure: 'MDC_PRESS_BLD_NONINV_SYS',
} as const;
