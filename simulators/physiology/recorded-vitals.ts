/** The values of a table of vitals at any moment: each holds until the next of its column, for a bounded time. */
import { HOLD_INTERVALS, sampleIntervals, type VitalsSample } from '../../core/evaluation/held-values.ts';
import type { MetricId } from '../../core/nomenclature/metrics.ts';

/** What the cuff read, as the table has it; without a mean, the third-of-the-pulse-pressure rule stands in. */
export interface RecordedReading {
  readonly atMs: number;
  readonly systolic: number;
  readonly diastolic: number;
  readonly mean: number;
  readonly pulseRate: number | null;
}

/** Answers in milliseconds of the recording. */
export interface RecordedVitals {
  /** The first of the metrics that has a number now; null: none. */
  value(metrics: readonly MetricId[], atMs: number): number | null;
  /** The last number that any of the metrics had by now, however old. */
  latest(metrics: readonly MetricId[], atMs: number): number | null;
  /** In order of time. */
  readonly readings: readonly RecordedReading[];
}

interface Track {
  readonly times: readonly number[];
  readonly values: readonly (number | null)[];
  readonly holdMs: number;
}

/** Reads a table. `holdMs`: the longest that a value holds; null: one and a half intervals of its column. */
export const recordedVitals = (samples: readonly VitalsSample[], holdMs: number | null): RecordedVitals => {
  const intervals = sampleIntervals(samples, null);
  const tracks = new Map<MetricId, Track>(
    [...intervals].map(([metric, intervalMs]) => {
      const told = samples.filter((sample) => sample.values[metric] !== undefined);
      return [
        metric,
        {
          times: told.map((sample) => sample.at.mono),
          values: told.map((sample) => numberOf(sample, metric)),
          holdMs: holdMs ?? HOLD_INTERVALS * intervalMs,
        },
      ];
    }),
  );
  const held = (metric: MetricId, atMs: number, limited: boolean): number | null => {
    const track = tracks.get(metric);
    if (track === undefined) return null;
    const index = lastAtOrBefore(track.times, atMs);
    if (limited && atMs - (track.times[index] ?? 0) > track.holdMs) return null;
    return track.values[index] ?? null;
  };
  const first = (metrics: readonly MetricId[], atMs: number, limited: boolean): number | null => {
    for (const metric of metrics) {
      const value = held(metric, atMs, limited);
      if (value !== null) return value;
    }
    return null;
  };
  return {
    value: (metrics, atMs) => first(metrics, atMs, true),
    latest: (metrics, atMs) => first(metrics, atMs, false),
    readings: samples.flatMap(readingOf),
  };
};

const numberOf = (sample: VitalsSample, metric: MetricId): number | null => {
  const value = sample.values[metric];
  return typeof value === 'number' ? value : null;
};

const readingOf = (sample: VitalsSample): readonly RecordedReading[] => {
  const systolic = numberOf(sample, 'MDC_PRESS_BLD_NONINV_SYS');
  const diastolic = numberOf(sample, 'MDC_PRESS_BLD_NONINV_DIA');
  if (systolic === null || diastolic === null || systolic <= diastolic) return [];
  const mean = numberOf(sample, 'MDC_PRESS_BLD_NONINV_MEAN');
  return [
    {
      atMs: sample.at.mono,
      systolic,
      diastolic,
      mean: mean ?? Math.round(diastolic + (systolic - diastolic) / 3),
      pulseRate: numberOf(sample, 'MDC_PULS_RATE_NON_INV'),
    },
  ];
};

/** Index of the last time that is not after `atMs`; -1 before the first. */
const lastAtOrBefore = (times: readonly number[], atMs: number): number => {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) <= atMs) low = middle + 1;
    else high = middle;
  }
  return low - 1;
};
