/** A line as it is drawn: points in order of time, each saying whether the line reaches it. */

/** Bits of a trace point. */
export const POINT = {
  /** No line from the point before to this one: there is a gap in between. */
  breakBefore: 1,
  /** The monitor doubts this number, or one that this point stands for. */
  questionable: 2,
} as const;

/** Points as parallel arrays of one length; `times` never decreases. */
export interface Trace {
  readonly times: number[];
  readonly values: number[];
  readonly flags: number[];
}

export const emptyTrace = (): Trace => ({ times: [], values: [], flags: [] });

export const pushPoint = (trace: Trace, time: number, value: number, flags: number): void => {
  trace.times.push(time);
  trace.values.push(value);
  trace.flags.push(flags);
};

/**
 * One trace out of two. Within one source its own breaks hold; where the sources meet, the line breaks when the
 * points are more than `jointMs` apart.
 */
export const mergeTraces = (first: Trace, second: Trace, jointMs: number): Trace => {
  if (first.times.length === 0) return second;
  if (second.times.length === 0) return first;
  const merged = emptyTrace();
  let a = 0;
  let b = 0;
  let previous: Trace | null = null;
  while (a < first.times.length || b < second.times.length) {
    const fromFirst =
      b >= second.times.length || (a < first.times.length && (first.times[a] ?? 0) <= (second.times[b] ?? 0));
    const source = fromFirst ? first : second;
    const index = fromFirst ? a++ : b++;
    const time = source.times[index] ?? 0;
    const own = source.flags[index] ?? 0;
    const bridged = time - (merged.times.at(-1) ?? time) <= jointMs;
    const joint = (own & ~POINT.breakBefore) | (bridged ? 0 : POINT.breakBefore);
    pushPoint(
      merged,
      time,
      source.values[index] ?? 0,
      previous === null || previous === source ? own : joint,
    );
    previous = source;
  }
  return merged;
};

/** Lowest and highest value of the traces; null when they hold no point. */
export const extremesOf = (traces: readonly Trace[]): { low: number; high: number } | null => {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const trace of traces) {
    for (const value of trace.values) {
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  return low <= high ? { low, high } : null;
};
