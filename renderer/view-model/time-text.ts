/** Times, ages and durations as people read them. All inputs in milliseconds. */
import type { EpochMs, Instant } from '../../core/time.ts';

export { ageText } from '../../core/record/event-text.ts';

const two = (value: number): string => String(value).padStart(2, '0');

/** Time of day of this computer's zone, 24 h: "14:03". */
export const clockText = (at: EpochMs): string => {
  const date = new Date(at);
  return `${two(date.getHours())}:${two(date.getMinutes())}`;
};

/** Time of day with seconds: "14:03:22". */
export const clockSecondsText = (at: EpochMs): string => `${clockText(at)}:${two(new Date(at).getSeconds())}`;

/** Day and time: "2026-03-01 14:03". */
export const dateTimeText = (at: EpochMs): string => {
  const date = new Date(at);
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${clockText(at)}`;
};

/** A running duration: "0:00:07", "1:02:33" (hours, minutes, seconds). */
export const durationText = (ms: number): string => {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
};

/** Time left, rounded up, so that it reads 0:00 only when it is over: "4:32". */
export const countdownText = (ms: number): string => {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return `${Math.floor(seconds / 60)}:${two(seconds % 60)}`;
};

/** How far the two clocks of two instants may disagree before one of them is not believed (ms). */
const CLOCKS_AGREE_MS = 2_000;

/**
 * Milliseconds since `at`, on the station's monotonic clock. Where the wall clock disagrees, either it was
 * set or `at` comes from an earlier run of the station with another monotonic clock; the window cannot tell
 * which, so the older reading counts: a number is never older than it looks.
 */
export const sinceMs = (at: Instant, now: Instant): number => {
  const mono = now.mono - at.mono;
  const wall = now.wall - at.wall;
  return Math.abs(mono - wall) <= CLOCKS_AGREE_MS ? mono : Math.max(mono, wall);
};
