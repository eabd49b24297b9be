/**
 * Everything the live trend holds of what arrived since it was opened: one buffer per metric and monitor (two
 * monitors that measure the same thing are two lines, never one that jumps between them), the cuff readings, and
 * the time axis that places them.
 */
import type { CurrentValue } from '../../../core/api/views.ts';
import { METRICS, type MetricId } from '../../../core/nomenclature/metrics.ts';
import { STALE_AFTER_MS } from '../../../core/observation/freshness.ts';
import { LANES } from '../model/lanes.ts';
import { type CuffReading, createReadingList } from './nibp-readings.ts';
import { createPlotClock, type PlotClock } from './plot-clock.ts';
import { lowerBound, SAMPLE_STATE, SampleBuffer, type Samples } from './sample-buffer.ts';

/** The samples of one metric from one monitor. */
export interface Track {
  readonly metric: MetricId;
  readonly monitorId: string;
  readonly samples: Samples;
}

export interface TrendStore {
  readonly clock: PlotClock;
  /** In the order in which they first appeared; the first of a metric is the one that history is joined to. */
  readonly tracks: readonly Track[];
  readonly readings: readonly CuffReading[];
  /** Where the first sample lies on the axis; null before there is one. */
  readonly liveSince: number | null;
  /** Where the newest sample lies on the axis; null before there is one. */
  readonly newest: number | null;
  /** Counts pauses of more than 10 s in everything that arrived: after each, the record may know more than we do. */
  readonly pauses: number;
  append(values: readonly CurrentValue[]): void;
}

const DRAWN: ReadonlySet<MetricId> = new Set(LANES.flatMap((lane) => lane.metrics));

const stateOf = (validity: string) =>
  validity === 'valid'
    ? SAMPLE_STATE.valid
    : validity === 'questionable'
      ? SAMPLE_STATE.questionable
      : SAMPLE_STATE.absent;

/** @param capacity most samples held per metric and monitor. */
export const createTrendStore = (capacity?: number): TrendStore => {
  const clock = createPlotClock();
  const cuff = createReadingList();
  const buffers = new Map<string, { track: Track; buffer: SampleBuffer }>();
  let tracks: readonly Track[] = [];
  let liveSince: number | null = null;
  let newest: number | null = null;
  let pauses = 0;

  const bufferOf = (metric: MetricId, monitorId: string): SampleBuffer => {
    const key = `${metric} ${monitorId}`;
    const known = buffers.get(key);
    if (known !== undefined) return known.buffer;
    const buffer = new SampleBuffer(capacity);
    const track = { metric, monitorId, samples: buffer };
    buffers.set(key, { track, buffer });
    tracks = [...tracks, track];
    return buffer;
  };

  return {
    clock,
    get tracks() {
      return tracks;
    },
    get readings() {
      return cuff.readings;
    },
    get liveSince() {
      return liveSince;
    },
    get newest() {
      return newest;
    },
    get pauses() {
      return pauses;
    },
    append(values) {
      for (const value of values) {
        const { observation, monitorId } = value;
        if (!DRAWN.has(observation.metric)) continue;
        const at = clock.place(observation.receivedAt);
        if (METRICS[observation.metric].kind === 'episodic') {
          cuff.add(value, at);
          continue;
        }
        bufferOf(observation.metric, monitorId).add(at, observation.value, stateOf(observation.validity));
        if (newest !== null && at - newest > STALE_AFTER_MS) pauses += 1;
        liveSince = Math.min(liveSince ?? at, at);
        newest = Math.max(newest ?? at, at);
      }
    },
  };
};

/** First and one-past-last index of the samples in a window, with one neighbour on each side (lines enter and leave). */
export const visibleSlice = (samples: Samples, from: number, to: number): readonly [number, number] => {
  const begin = Math.max(0, lowerBound(samples, from) - 1);
  const end = Math.min(samples.length, lowerBound(samples, to) + 1);
  return [begin, end];
};
