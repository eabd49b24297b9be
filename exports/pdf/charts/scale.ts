/** From times and values to points of paper, and where the marks of an axis stand. */
import type { SessionDocument } from '../../../core/review/session-document.ts';
import { infusionStartedAt } from '../../../core/session/session.ts';

export interface TimeScale {
  readonly from: number;
  readonly to: number;
  readonly left: number;
  readonly right: number;
  readonly x: (at: number) => number;
}

/** The whole visit on the width of a chart; a visit of no length gets a minute. */
export const timeScale = ({ figures }: SessionDocument, left: number, right: number): TimeScale => {
  const to = Math.max(figures.to, figures.from + 60_000);
  const { from } = figures;
  const x = (at: number): number =>
    left + ((Math.min(Math.max(at, from), to) - from) / (to - from)) * (right - left);
  return { from, to, left, right, x };
};

const STEPS_MIN = [1, 2, 5, 10, 15, 20, 30, 60, 120, 240, 480, 1440];
/** Least distance between two marks of time (points): a clock time has to fit. */
const LEAST_DISTANCE = 38;

/** Times of the marks: whole steps of minutes from the start of the infusion, or of the record without one. */
export const timeMarks = (
  document: SessionDocument,
  scale: TimeScale,
): readonly { readonly at: number; readonly minute: number | null }[] => {
  const start = infusionStartedAt(document.session);
  const zero = start ?? scale.from;
  const perMinute = (60_000 / (scale.to - scale.from)) * (scale.right - scale.left);
  const step = (STEPS_MIN.find((one) => one * perMinute >= LEAST_DISTANCE) ?? 1440) * 60_000;
  const first = Math.ceil((scale.from - zero) / step);
  const last = Math.floor((scale.to - zero) / step);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => {
    const offset = (first + index) * step;
    return { at: zero + offset, minute: start === null ? null : offset / 60_000 };
  });
};

export interface ValueScale {
  readonly low: number;
  readonly high: number;
  readonly y: (value: number) => number;
  readonly marks: readonly number[];
}

/** From `usual`, widened to whole steps until every value fits. */
export const valueScale = (
  values: readonly number[],
  usual: { readonly low: number; readonly high: number; readonly step: number },
  top: number,
  bottom: number,
): ValueScale => {
  const { step } = usual;
  const least = values.reduce((a, b) => Math.min(a, b), usual.low);
  const most = values.reduce((a, b) => Math.max(a, b), usual.high);
  const low = Math.floor(least / step) * step;
  const high = Math.ceil(most / step) * step;
  const every = Math.max(1, Math.ceil((high - low) / step / Math.max(2, Math.floor((bottom - top) / 11))));
  const marks = Array.from(
    { length: Math.floor((high - low) / step / every) + 1 },
    (_, index) => low + index * step * every,
  );
  return { low, high, marks, y: (value) => bottom - ((value - low) / (high - low)) * (bottom - top) };
};
