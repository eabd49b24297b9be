/**
 * The lines of the continuous metrics. A line only joins points that its trace joins; a point that stands alone
 * between two gaps is a dot; what the monitor doubts is dotted with hollow points.
 */

import { POINT, type Trace } from '../data/trace.ts';
import { laneY, lineStyle } from '../model/lanes.ts';
import { clipped, type PlacedLane, type Scene } from './scene.ts';

/** Hollow points are drawn no closer than this (CSS pixels), so that they stay hollow. */
const HOLLOW_SPACING_PX = 7;

export const drawLines = (ctx: CanvasRenderingContext2D, scene: Scene): void => {
  for (const lane of scene.lanes) {
    clipped(ctx, scene.plot, lane.box, () => {
      lane.frame.lines.forEach((line, order) => {
        drawLine(ctx, scene, lane, line.trace, lineStyle(order));
      });
    });
  }
};

const drawLine = (
  ctx: CanvasRenderingContext2D,
  scene: Scene,
  { frame, box }: PlacedLane,
  trace: Trace,
  style: { readonly widthPx: number; readonly alpha: number },
): void => {
  const solid = new Path2D();
  const doubted = new Path2D();
  const dots = new Path2D();
  const hollow = new Path2D();
  let lastHollow = Number.NEGATIVE_INFINITY;
  let previousX = 0;
  let previousY = 0;
  /** Which path the pen stands in, so that a run of segments is one polyline. */
  let pen: Path2D | null = null;
  const { times, values, flags } = trace;
  for (let index = 0; index < times.length; index += 1) {
    const flag = flags[index] ?? 0;
    const x = scene.x(times[index] ?? 0);
    const y = laneY(box, frame.domain, values[index] ?? 0);
    const joined = index > 0 && (flag & POINT.breakBefore) === 0;
    const isDoubted = (flag & POINT.questionable) !== 0;
    if (joined) {
      const path = isDoubted || ((flags[index - 1] ?? 0) & POINT.questionable) !== 0 ? doubted : solid;
      if (pen !== path) path.moveTo(previousX, previousY);
      path.lineTo(x, y);
      pen = path;
    } else pen = null;
    const joinedNext = index + 1 < times.length && ((flags[index + 1] ?? 0) & POINT.breakBefore) === 0;
    if (isDoubted && x - lastHollow >= HOLLOW_SPACING_PX) {
      hollow.moveTo(x + 2.5, y);
      hollow.arc(x, y, 2.5, 0, 2 * Math.PI);
      lastHollow = x;
    } else if (!isDoubted && !joined && !joinedNext) {
      dots.moveTo(x + 1.8, y);
      dots.arc(x, y, 1.8, 0, 2 * Math.PI);
    }
    previousX = x;
    previousY = y;
  }
  const colour = scene.palette.lane[frame.spec.token];
  ctx.strokeStyle = colour;
  ctx.fillStyle = colour;
  ctx.globalAlpha = style.alpha;
  ctx.lineWidth = style.widthPx;
  ctx.lineJoin = 'round';
  ctx.stroke(solid);
  ctx.fill(dots);
  ctx.setLineDash([1.5, 3]);
  ctx.stroke(doubted);
  ctx.setLineDash([]);
  ctx.lineWidth = 1;
  ctx.stroke(hollow);
  ctx.globalAlpha = 1;
};
