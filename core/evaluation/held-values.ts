/**
 * Turns a table of vitals sampled at long intervals (once a minute, once an hour) into what a monitor would
 * have sent: a value holds until the next one of its column, at most one and a half sample intervals, and is
 * repeated every few seconds meanwhile. Without this, rules that blank a number after ten seconds would blank
 * everything. It adds no information: what happened between two samples is not in the recording, and a held
 * value lasts as long as its sample, not as long as the patient's state.
 */
import type { MonitorId } from '../ids.ts';
import { METRICS, type MetricId } from '../nomenclature/metrics.ts';
import { absent, type Observation, present } from '../observation/observation.ts';
import { addMs, elapsedMs, type Instant } from '../time.ts';
import type { TraceFrame } from './trace.ts';

/** A value of one metric; `none`: the recording says that there was no reading. */
export type SampledValue = number | 'none';

/** One row of a table: metrics that are not named said nothing at this time. */
export interface VitalsSample {
  readonly at: Instant;
  readonly values: Readonly<Partial<Record<MetricId, SampledValue>>>;
}

export interface HoldOptions {
  readonly monitorId: MonitorId;
  /** The time between two samples of a column (ms); null: the median distance of its own samples. */
  readonly sampleIntervalMs: number | null;
}

/** A held value is repeated this often (ms): half the time after which a number counts as old. */
export const REPEAT_MS = 5_000;
/** A value holds at most this many sample intervals. */
export const HOLD_INTERVALS = 1.5;
/** A column with a single sample holds as long as a value of a monitor may (ms). */
const SINGLE_SAMPLE_INTERVAL_MS = 10_000;

/** The frames of a sampled recording, `samples` in order of time. */
export function* heldFrames(samples: readonly VitalsSample[], options: HoldOptions): Generator<TraceFrame> {
  const interval = sampleIntervals(samples, options.sampleIntervalMs);
  const held = new Map<MetricId, { readonly value: SampledValue; readonly until: number }>();
  for (const [index, sample] of samples.entries()) {
    const cuff: Observation[] = [];
    for (const [metric, value] of entriesOf(sample)) {
      if (METRICS[metric].kind === 'episodic') cuff.push(observed(metric, value, sample.at));
      else {
        const until = sample.at.mono + HOLD_INTERVALS * (interval.get(metric) ?? 0);
        held.set(metric, { value, until });
      }
    }
    const next = samples[index + 1]?.at ?? null;
    for (let at = sample.at; next === null || at.mono < next.mono; at = addMs(at, REPEAT_MS)) {
      const observations = [...held]
        .filter(([, entry]) => at.mono < entry.until || at === sample.at)
        .map(([metric, entry]) => observed(metric, entry.value, at));
      for (const [metric, entry] of held) if (at.mono >= entry.until) held.delete(metric);
      const all = at === sample.at ? [...observations, ...cuff] : observations;
      if (all.length > 0) yield { type: 'observations', monitorId: options.monitorId, observations: all, at };
      if (held.size === 0) break;
    }
  }
}

/** The interval of each column (ms): as given, or the median distance between its samples. */
export const sampleIntervals = (
  samples: readonly VitalsSample[],
  given: number | null,
): ReadonlyMap<MetricId, number> => {
  const last = new Map<MetricId, Instant>();
  const gaps = new Map<MetricId, number[]>();
  for (const sample of samples) {
    for (const [metric] of entriesOf(sample)) {
      const before = last.get(metric);
      const list = gaps.get(metric) ?? [];
      if (before !== undefined) list.push(elapsedMs(before, sample.at));
      gaps.set(metric, list);
      last.set(metric, sample.at);
    }
  }
  return new Map([...gaps].map(([metric, list]) => [metric, given ?? median(list)]));
};

const entriesOf = (sample: VitalsSample): readonly (readonly [MetricId, SampledValue])[] =>
  Object.entries(sample.values).map(([metric, value]) => [metric as MetricId, value] as const); // keys of `values`

const median = (gaps: readonly number[]): number =>
  gaps.toSorted((a, b) => a - b)[Math.floor(gaps.length / 2)] ?? SINGLE_SAMPLE_INTERVAL_MS;

const observed = (metric: MetricId, value: SampledValue, at: Instant): Observation => {
  const receipt = { receivedAt: at, deviceTime: null };
  return value === 'none' ? absent(metric, 'unavailable', receipt) : present(metric, value, receipt);
};
