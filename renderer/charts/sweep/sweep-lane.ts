/**
 * One lane of the sweep on a canvas: new samples are drawn where the last ended, a dark bar runs ahead of them, and what
 * was drawn one sweep ago is overwritten. Only the new part is touched in each frame.
 */
import type { Due } from './wave-player.ts';

/** Time from the left edge to the right (ms). 6 s hold five beats at 50/min and a slow breath. */
export const SWEEP_MS = 6_000;
/** Width of the bar that is cleared ahead of the pen (CSS px). */
const GAP_PX = 14;

/** Where a lane lies on its canvas (CSS px). */
export interface LaneBox {
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface SweepLane {
  /** Draws the samples that are due. `range`: what lies at the bottom and at the top. */
  draw(due: Due, range: { readonly low: number; readonly high: number }): void;
  /** Empties the lane and begins at its left edge. */
  reset(box: LaneBox): void;
}

export const createSweepLane = (context: CanvasRenderingContext2D, colour: string): SweepLane => {
  let box: LaneBox = { top: 0, width: 0, height: 0 };
  let x = 0;
  let last: { readonly x: number; readonly y: number } | null = null;

  const clear = (from: number, to: number): void => {
    context.clearRect(from, box.top, to - from, box.height);
  };
  /** The bar ahead of the pen; past the right edge it goes on at the left. */
  const clearAhead = (from: number, to: number): void => {
    clear(from, Math.min(to, box.width));
    if (to > box.width) clear(0, to - box.width);
  };

  return {
    reset: (next) => {
      box = next;
      x = 0;
      last = null;
      clear(0, box.width);
    },
    draw: ({ samples, periodMs }, { low, high }) => {
      if (samples.length === 0 || box.width <= 0) return;
      const step = (box.width * periodMs) / SWEEP_MS;
      clearAhead(last === null ? x : x + 0.5, x + step * samples.length + GAP_PX);
      context.beginPath();
      if (last !== null) context.moveTo(last.x, last.y);
      for (const sample of samples) {
        x += step;
        if (x >= box.width) {
          x -= box.width;
          last = null;
        }
        if (sample === null) {
          last = null;
          continue;
        }
        const share = Math.min(1, Math.max(0, (sample - low) / (high - low)));
        const y = box.top + 2 + (1 - share) * (box.height - 4);
        if (last === null) context.moveTo(x, y);
        else context.lineTo(x, y);
        last = { x, y };
      }
      context.strokeStyle = colour;
      context.lineWidth = 1.5;
      context.lineJoin = 'round';
      context.stroke();
    },
  };
};
