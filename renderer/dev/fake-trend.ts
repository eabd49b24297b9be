/** An invented history: slow waves with a gap, and a cuff reading every five minutes. Never in a build. */
import type { CommandParams } from '../../core/api/commands.ts';
import type { TrendSeries, TrendView } from '../../core/api/views.ts';
import { monitorId } from '../../core/ids.ts';
import type { MetricId } from '../../core/nomenclature/metrics.ts';
import { epochMs, instant } from '../../core/time.ts';

const CUFF_EVERY_MS = 300_000;

const SHAPES: readonly (readonly [MetricId, number, number])[] = [
  ['MDC_ECG_HEART_RATE', 80, 10],
  ['MDC_PULS_OXIM_SAT_O2', 96, 2],
  ['MDC_TTHOR_RESP_RATE', 14, 3],
];

export const fakeTrend = ({ sessionId, from, to, buckets }: CommandParams<'history.trend'>): TrendView => {
  const bucketMs = Math.max(1_000, Math.ceil((to - from) / buckets));
  const count = Math.ceil((to - from) / bucketMs);
  const series: readonly TrendSeries[] = SHAPES.map(([metric, middle, swing]) => ({
    metric,
    buckets: Array.from({ length: count }, (_, index) => {
      const at = from + index * bucketMs;
      const value = middle + swing * Math.sin(at / 400_000);
      return { at: epochMs(at), min: value - 1, max: value + 1, last: value };
    }).filter((_, index) => index < count * 0.4 || index > count * 0.45),
  }));
  const nibp = Array.from({ length: Math.floor((to - from) / CUFF_EVERY_MS) }, (_, index) => ({
    systolic: 130 + index * 2,
    diastolic: 80 + index,
    mean: 97 + index,
    pulseRate: 80,
    receivedAt: instant(from + (index + 1) * CUFF_EVERY_MS, 0),
    ageAtReceiptMs: 0,
    monitorId: monitorId('1-multi'),
  }));
  return { sessionId, from: epochMs(from), to: epochMs(to), bucketMs, series, nibp };
};
