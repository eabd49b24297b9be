/**
 * Labels of the time axis: minutes from the start of the infusion once it has started, because that is the clock a
 * ketamine infusion is judged by, with the time of day under it.
 */
import { epochMs } from '../../../core/time.ts';
import { clockText } from '../../view-model/time-text.ts';

const MINUTE_MS = 60_000;
const STEPS_MIN = [1, 2, 5, 10, 15, 30, 60, 120] as const;

/**
 * Places of the labels: whole minutes from `zero` (infusion start) where there is one, else whole minutes of the
 * clock, far enough apart that `spacingPx` lie between two of them.
 */
export const timeSplits = (
  range: { readonly from: number; readonly to: number },
  widthPx: number,
  zero: number | null,
  spacingPx = 72,
): readonly number[] => {
  const span = range.to - range.from;
  if (!(span > 0) || !(widthPx > 0)) return [];
  const stepMin =
    STEPS_MIN.find((minutes) => (minutes * MINUTE_MS * widthPx) / span >= spacingPx) ??
    Math.ceil((spacingPx * span) / widthPx / MINUTE_MS / 120) * 120;
  const step = stepMin * MINUTE_MS;
  const origin = zero ?? 0;
  const splits: number[] = [];
  for (let at = origin + Math.ceil((range.from - origin) / step) * step; at <= range.to; at += step) {
    splits.push(at);
  }
  return splits;
};

/** Minutes from infusion start: "0", "+12", "−3"; whole minutes, rounded towards the start. */
export const minutesText = (at: number, zero: number): string => {
  const minutes = Math.trunc((at - zero) / MINUTE_MS);
  if (minutes === 0) return '0';
  return minutes > 0 ? `+${minutes}` : `−${-minutes}`;
};

/** One label: minutes over time of day, or the time of day alone before there is an infusion. */
export const timeLabel = (at: number, zero: number | null, toWall: (axis: number) => number): string => {
  const clock = clockText(epochMs(toWall(at)));
  return zero === null ? clock : `${minutesText(at, zero)} min\n${clock}`;
};
