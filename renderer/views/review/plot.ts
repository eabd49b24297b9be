/** Measures that all lanes and strips of the review's chart share, so that they stand on one axis. CSS pixels. */
import type { Domain } from '../../charts/model/lanes.ts';
import type { Stretch } from '../../view-model/review-window.ts';

/** Left of the plot: names and scales. */
export const GUTTER_LEFT = 92;
/** Right of it: the limits in force at the end, which must not lie on the newest values. */
export const GUTTER_RIGHT = 72;
/** Above and below the scale within a lane, so that a line on the edge is seen whole. */
export const LANE_PAD = 6;

/** What is shown, and how wide. */
export interface Plot {
  readonly shown: Stretch;
  /** The whole drawing, gutters included. */
  readonly width: number;
}

export const plotWidth = ({ width }: Plot): number => Math.max(50, width - GUTTER_LEFT - GUTTER_RIGHT);

/** Distance of a moment from the left edge of the drawing, gutter included. */
export const xOf = (plot: Plot, at: number): number =>
  GUTTER_LEFT + ((at - plot.shown.from) / (plot.shown.to - plot.shown.from)) * plotWidth(plot);

/** Distance of a value from the top of its lane. */
export type LaneY = (value: number) => number;

/** The scale of a lane `height` high, `above` and `below` left free within it. */
export const laneYOf =
  ({ low, high }: Domain, height: number, above = LANE_PAD, below = LANE_PAD): LaneY =>
  (value) =>
    above + (height - above - below) * (1 - (value - low) / (high - low));
