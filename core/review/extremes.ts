/** The highest and lowest values from the start of the infusion on. Of equal ones the first counts. */
import type { MonitorId } from '../ids.ts';
import type { MetricId } from '../nomenclature/metrics.ts';
import { type EpochMs, epochMs } from '../time.ts';
import type { Extreme } from './figures.ts';

export interface ExtremePair {
  readonly highest: Extreme | null;
  readonly lowest: Extreme | null;
}

interface Found {
  readonly metric: MetricId;
  readonly monitorId: MonitorId;
  readonly value: number;
  readonly at: number;
}

/** @param start the start of the infusion; null: it never started, and nothing counts. */
export const createExtremes = (start: EpochMs | null) => {
  let high: Found | null = null;
  let low: Found | null = null;
  const said = (found: Found | null): Extreme | null =>
    found === null
      ? null
      : {
          value: found.value,
          metric: found.metric,
          at: epochMs(found.at),
          sinceInfusionMs: start === null ? null : found.at - start,
          monitorId: found.monitorId,
        };
  return {
    take: (metric: MetricId, monitorId: MonitorId, at: number, value: number): void => {
      if (start === null || at < start) return;
      if (high === null || value > high.value) high = { metric, monitorId, value, at };
      if (low === null || value < low.value) low = { metric, monitorId, value, at };
    },
    result: (): ExtremePair => ({ highest: said(high), lowest: said(low) }),
  };
};
