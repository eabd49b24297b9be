/**
 * Many values on few columns of paper: of each column its first, least, greatest and last value, in their order of
 * time, so that no spike is lost and none is made up. A gap stays a gap.
 */

/** A value at a time (ms); null: the monitor said that it has none, which ends a stretch. */
export interface Sample {
  readonly at: number;
  readonly value: number | null;
}

/** A stretch without a gap: points in order of time. One point alone is a dot. */
export type Stretch = readonly { readonly at: number; readonly value: number }[];

/**
 * @param samples in order of time.
 * @param gapMs the longest time between two values that are joined.
 * @param columnMs width of a column.
 */
export const stretchesOf = (
  samples: readonly Sample[],
  gapMs: number,
  columnMs: number,
): readonly Stretch[] => {
  const stretches: { at: number; value: number }[][] = [];
  let open: { at: number; value: number }[] | null = null;
  for (const { at, value } of samples) {
    const last = open?.at(-1);
    if (value === null) {
      open = null;
    } else if (open === null || last === undefined || at - last.at > gapMs) {
      open = [{ at, value }];
      stretches.push(open);
    } else {
      open.push({ at, value });
    }
  }
  return stretches.map((stretch) => thinned(stretch, columnMs));
};

const thinned = (stretch: Stretch, columnMs: number): Stretch => {
  const columns = new Map<number, { at: number; value: number }[]>();
  for (const one of stretch) {
    const key = Math.floor(one.at / columnMs);
    const column = columns.get(key);
    if (column === undefined) columns.set(key, [one]);
    else column.push(one);
  }
  return [...columns.values()].flatMap((column) => {
    const least = column.reduce((best, one) => (one.value < best.value ? one : best));
    const most = column.reduce((best, one) => (one.value > best.value ? one : best));
    const kept = new Set([column[0], least, most, column.at(-1)]);
    return column.filter((one) => kept.has(one));
  });
};

/** The time between values that is usual, times two and a half, and never less than `leastMs`. */
export const usualGapMs = (samples: readonly Sample[], leastMs: number): number => {
  const steps = samples
    .slice(1)
    .map(({ at }, index) => at - (samples[index]?.at ?? at))
    .filter((step) => step > 0)
    .sort((a, b) => a - b);
  const middle = steps[Math.floor(steps.length / 2)] ?? 0;
  return Math.max(leastMs, 2.5 * middle);
};
