/** Which part of a visit the review shows: zoom, pan and selection, always inside of the visit. Times in ms (wall clock). */
import type { Session } from '../../core/session/session.ts';
import type { EpochMs } from '../../core/time.ts';

/** A stretch of wall-clock time, from < to. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** The least that is shown: below a minute there is nothing more to see, numbers come once a second at best. */
export const SHORTEST_MS = 60_000;

/** The whole visit; one that is open ends `now`. Never empty. */
export const wholeVisit = (session: Pick<Session, 'openedAt' | 'closedAt'>, now: EpochMs): Stretch => ({
  from: session.openedAt,
  to: Math.max(session.closedAt ?? now, session.openedAt + 1),
});

/** A stretch as long as asked for (within what the whole allows), moved so that it lies inside of the whole. */
const inside = (whole: Stretch, from: number, lengthMs: number): Stretch => {
  const all = whole.to - whole.from;
  const length = Math.min(all, Math.max(lengthMs, Math.min(SHORTEST_MS, all)));
  const start = Math.min(Math.max(from, whole.from), whole.to - length);
  return { from: start, to: start + length };
};

/** Zooms by `factor` (below 1: closer) so that the moment `at` stays where it is on the screen. */
export const zoomAt = (whole: Stretch, shown: Stretch, at: number, factor: number): Stretch => {
  const length = shown.to - shown.from;
  const share = Math.min(1, Math.max(0, (at - shown.from) / length));
  const next = Math.min(whole.to - whole.from, Math.max(length * factor, SHORTEST_MS));
  return inside(whole, at - share * next, next);
};

/** Moves what is shown by `ms` (negative: earlier), up to the ends of the visit. */
export const panBy = (whole: Stretch, shown: Stretch, ms: number): Stretch =>
  inside(whole, shown.from + ms, shown.to - shown.from);

/** What is shown after a drag from `a` to `b`, in either direction; too short a drag is widened around its middle. */
export const selected = (whole: Stretch, a: number, b: number): Stretch => {
  const length = Math.max(Math.abs(b - a), SHORTEST_MS);
  return inside(whole, (a + b) / 2 - length / 2, length);
};

export const isWhole = (whole: Stretch, shown: Stretch): boolean =>
  shown.from <= whole.from && shown.to >= whole.to;

/** Place of a moment in a plot of `width` pixels. */
export const placeOf = (shown: Stretch, width: number, at: number): number =>
  ((at - shown.from) / (shown.to - shown.from)) * width;

/** The moment under a place of the plot. */
export const momentAt = (shown: Stretch, width: number, px: number): number =>
  shown.from + (px / width) * (shown.to - shown.from);
