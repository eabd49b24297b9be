/** Counts what the monitor itself doubted. */
import type { MetricId } from '../nomenclature/metrics.ts';
import type { DoubtfulValues } from './figures.ts';

export const createDoubts = () => {
  const sums = new Map<MetricId, DoubtfulValues>();
  return {
    take: (metric: MetricId, value: number): void => {
      const { values, lowest, highest } = sums.get(metric) ?? { values: 0, lowest: value, highest: value };
      sums.set(metric, {
        metric,
        values: values + 1,
        lowest: Math.min(lowest, value),
        highest: Math.max(highest, value),
      });
    },
    result: (): readonly DoubtfulValues[] => [...sums.values()],
  };
};
