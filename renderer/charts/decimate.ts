/**
 * Samples reduced to what a screen can show, without losing a spike: of every bucket of time the lowest and the
 * highest sample stay, each at its own time. The ends of every run stay too (first after a gap, last before one,
 * the newest of all), so that a line begins and ends exactly where the data did. Nothing is ever averaged.
 */
import type { Samples } from './data/sample-buffer.ts';
import { SAMPLE_STATE } from './data/sample-buffer.ts';
import { emptyTrace, POINT, pushPoint, type Trace } from './data/trace.ts';

/** Most buckets that are drawn in one window. */
export const MAX_BUCKETS = 400;
/** Most points one bucket leaves behind: lowest, highest, and the ends of runs. */
export const MAX_POINTS_PER_BUCKET = 4;

/**
 * Width of a bucket for a window of `windowMs`: a power of two, or one and a half of it, times 250 ms, so that at
 * most `MAX_BUCKETS` − 1 cover the window. Steps keep buckets in place while a window slides or grows: a peak does
 * not shimmer.
 */
export const bucketMsFor = (windowMs: number): number => {
  const least = Math.max(250, windowMs / (MAX_BUCKETS - 1));
  const power = 250 * 2 ** Math.ceil(Math.log2(least / 250));
  return power * 0.75 >= least ? power * 0.75 : power;
};

/**
 * The trace of samples `from` … `to` (exclusive).
 * @param bucketMs width of a bucket; buckets begin at multiples of it.
 * @param gapMs longest time that a line may bridge.
 * A point is flagged questionable when any sample of its bucket is; the line breaks between two kept points when
 * there was a gap or an absent value anywhere between them.
 */
export const decimate = (
  samples: Samples,
  from: number,
  to: number,
  bucketMs: number,
  gapMs: number,
): Trace => {
  // Plain numbers, no objects: this loop sees every sample of the window at every drawing.
  const trace = emptyTrace();
  const { times, values, states } = samples.columns;
  /** Breaks so far; and those before the kept samples and before the point that was written last. */
  let breaks = 0;
  let firstBreaks = 0;
  let lowBreaks = 0;
  let highBreaks = 0;
  let lastBreaks = 0;
  let writtenBreaks = 0;
  let first = -1;
  let low = -1;
  let high = -1;
  let last = -1;
  let lowValue = 0;
  let highValue = 0;
  let isDoubted = false;
  let lastTime = Number.NaN;
  let bucketEnd = Number.NEGATIVE_INFINITY;

  const write = (index: number, before: number): void => {
    const flags = (before !== writtenBreaks ? POINT.breakBefore : 0) | (isDoubted ? POINT.questionable : 0);
    pushPoint(trace, samples.timeAt(index), samples.valueAt(index), flags);
    writtenBreaks = before;
  };
  /** Writes what the finished bucket leaves behind; `runEnds`: its last sample is followed by a gap or nothing. */
  const flush = (runEnds: boolean): void => {
    if (first < 0) return;
    const runBegins = trace.times.length === 0 || firstBreaks !== writtenBreaks;
    if (runBegins && first < low && first < high) write(first, firstBreaks);
    if (low < high) write(low, lowBreaks);
    write(high, highBreaks);
    if (low > high) write(low, lowBreaks);
    if (runEnds && last > low && last > high) write(last, lastBreaks);
  };

  for (let index = from; index < to; index += 1) {
    const state = states[index];
    if (state === SAMPLE_STATE.absent) {
      // One break per pause, and none before the first number.
      if (!Number.isNaN(lastTime)) breaks += 1;
      lastTime = Number.NaN;
      continue;
    }
    const time = times[index] ?? Number.NaN;
    const value = values[index] ?? Number.NaN;
    if (time - lastTime > gapMs) breaks += 1;
    lastTime = time;
    if (time >= bucketEnd) {
      flush(lastBreaks !== breaks);
      bucketEnd = (Math.floor(time / bucketMs) + 1) * bucketMs;
      isDoubted = false;
      first = low = high = index;
      firstBreaks = lowBreaks = highBreaks = breaks;
      lowValue = highValue = value;
    } else if (value < lowValue) {
      low = index;
      lowBreaks = breaks;
      lowValue = value;
    } else if (value > highValue) {
      high = index;
      highBreaks = breaks;
      highValue = value;
    }
    last = index;
    lastBreaks = breaks;
    if (state === SAMPLE_STATE.questionable) isDoubted = true;
  }
  flush(true);
  return trace;
};
