/** A table of vitals as a trace: one monitor, one phase, a baseline that is given or taken from its first readings. */
import { monitorId } from '../ids.ts';
import type { MetricId } from '../nomenclature/metrics.ts';
import type { BloodPressureBaseline } from '../session/events.ts';
import type { Phase } from '../session/phase.ts';
import { heldFrames, type VitalsSample } from './held-values.ts';
import type { TraceInput } from './trace.ts';

export interface SampledTraceOptions {
  readonly phase: Phase;
  /** A baseline (in force from the start), the mean of the first so many cuff readings, or none. */
  readonly baseline: BloodPressureBaseline | { readonly fromReadings: number } | null;
  /** The time between two samples (ms); null: of each column its own median. */
  readonly sampleIntervalMs: number | null;
}

/** The recording's only source. */
const RECORDING = monitorId('recording');

/** The trace of a table, `samples` in order of time; empty for an empty table. */
export const sampledTrace = (
  samples: readonly VitalsSample[],
  { phase, baseline, sampleIntervalMs }: SampledTraceOptions,
): readonly TraceInput[] => {
  const first = samples[0];
  if (first === undefined) return [];
  const { at } = first;
  const metrics = [...new Set(samples.flatMap((sample) => Object.keys(sample.values)))] as MetricId[]; // keys of `values`
  const start: TraceInput[] = [
    { type: 'link', monitorId: RECORDING, state: 'associated', cause: '', metrics, at },
    { type: 'phase', phase, at },
  ];
  if (baseline !== null && !('fromReadings' in baseline)) start.push({ type: 'baseline', baseline, at });
  const frames = [...heldFrames(samples, { monitorId: RECORDING, sampleIntervalMs })];
  if (baseline === null || !('fromReadings' in baseline)) return [...start, ...frames];
  const found = meanOfFirst(samples, baseline.fromReadings);
  if (found === null) return [...start, ...frames];
  const after = frames.findIndex((frame) => frame.at.mono > found.sample.at.mono);
  const index = after === -1 ? frames.length : after;
  const told: TraceInput = { type: 'baseline', baseline: found.baseline, at: found.sample.at };
  return [...start, ...frames.slice(0, index), told, ...frames.slice(index)];
};

/** The mean of the first `count` complete readings and the sample of the last of them; null: there are fewer. */
const meanOfFirst = (
  samples: readonly VitalsSample[],
  count: number,
): { readonly sample: VitalsSample; readonly baseline: BloodPressureBaseline } | null => {
  const number = (sample: VitalsSample, metric: MetricId): number | null => {
    const value = sample.values[metric];
    return typeof value === 'number' ? value : null;
  };
  const readings = samples
    .filter(
      (sample) =>
        number(sample, 'MDC_PRESS_BLD_NONINV_SYS') !== null &&
        number(sample, 'MDC_PRESS_BLD_NONINV_DIA') !== null,
    )
    .slice(0, count);
  const sample = readings.at(-1);
  if (readings.length < count || sample === undefined) return null;
  const mean = (...metrics: readonly MetricId[]): number | null => {
    const values = readings.map(
      (reading) => metrics.map((metric) => number(reading, metric)).find((value) => value !== null) ?? null,
    );
    const there = values.filter((value) => value !== null);
    if (there.length < readings.length) return null;
    return Math.round((10 * there.reduce((sum, value) => sum + value, 0)) / there.length) / 10;
  };
  return {
    sample,
    baseline: {
      systolic: mean('MDC_PRESS_BLD_NONINV_SYS') ?? 0,
      diastolic: mean('MDC_PRESS_BLD_NONINV_DIA') ?? 0,
      mean: mean('MDC_PRESS_BLD_NONINV_MEAN'),
      heartRate: mean('MDC_PULS_RATE_NON_INV', 'MDC_ECG_HEART_RATE', 'MDC_PULS_OXIM_PULS_RATE'),
      readings: readings.length,
    },
  };
};
