/** The lanes themselves: scales, names, alarm limits, the baseline pressure, and stretches without data. */
import { PRIORITY_MARKS } from '../../view-model/limits.ts';
import { ageText } from '../../view-model/time-text.ts';
import { laneTicks, laneY } from '../model/lanes.ts';
import { clipped, type PlacedLane, type Scene } from './scene.ts';

/** Room left of the plot for names and scales. */
export const GUTTER_PX = 86;
/** Room right of the plot for the limits in force: whole, or without their priority where the chart is narrow. */
export const limitsRoomPx = (chartWidthPx: number): number => (chartWidthPx >= 640 ? 82 : 36);

export const drawLaneFrames = (ctx: CanvasRenderingContext2D, scene: Scene): void => {
  for (const lane of scene.lanes) {
    drawScale(ctx, scene, lane);
    drawLimitLabels(ctx, scene, lane);
    clipped(ctx, scene.plot, lane.box, () => {
      drawSilence(ctx, scene, lane);
      drawLimits(ctx, scene, lane);
      if (lane.frame.spec.id === 'pressure') drawBaseline(ctx, scene, lane);
    });
  }
};

const drawScale = (
  ctx: CanvasRenderingContext2D,
  { plot, palette }: Scene,
  { frame, box }: PlacedLane,
): void => {
  const colour = palette.lane[frame.spec.token];
  ctx.lineWidth = 1;
  ctx.strokeStyle = palette.muted;
  ctx.globalAlpha = 0.5;
  ctx.strokeRect(plot.left + 0.5, box.top + 0.5, plot.width - 1, box.height - 1);
  ctx.globalAlpha = 1;
  ctx.strokeStyle = palette.grid;
  ctx.textBaseline = 'middle';
  ctx.font = `12px ${palette.font}`;
  ctx.textAlign = 'right';
  ctx.fillStyle = palette.text;
  for (const tick of laneTicks(frame.domain, box.height)) {
    const y = Math.round(laneY(box, frame.domain, tick)) + 0.5;
    ctx.beginPath();
    ctx.moveTo(plot.left, y);
    ctx.lineTo(plot.left + plot.width, y);
    ctx.stroke();
    ctx.fillText(String(tick), plot.left - 6, y);
  }
  ctx.textAlign = 'left';
  ctx.textBaseline = 'top';
  ctx.fillStyle = colour;
  ctx.font = `700 14px ${palette.font}`;
  const left = plot.left - GUTTER_PX + 4;
  ctx.fillText(frame.spec.title, left, box.top + 3);
  ctx.font = `11px ${palette.font}`;
  ctx.fillStyle = palette.muted;
  ctx.fillText(frame.spec.unitLabel, left, box.top + 20);
};

/** Hatching from the last number to now: the absence of data is something to see, not an empty background. */
const drawSilence = (ctx: CanvasRenderingContext2D, scene: Scene, { frame, box }: PlacedLane): void => {
  if (frame.silentSince === null) return;
  const left = scene.x(frame.silentSince);
  const right = scene.x(scene.frame.now);
  ctx.save();
  ctx.beginPath();
  ctx.rect(left, box.top, right - left, box.height);
  ctx.clip();
  ctx.strokeStyle = scene.palette.muted;
  ctx.globalAlpha = 0.35;
  ctx.lineWidth = 1;
  ctx.beginPath();
  for (let x = left - box.height; x < right; x += 9) {
    ctx.moveTo(x, box.top + box.height);
    ctx.lineTo(x + box.height, box.top);
  }
  ctx.stroke();
  ctx.restore();
  const text = `no data ${ageText(scene.frame.now - frame.silentSince)}`;
  ctx.font = `600 12px ${scene.palette.font}`;
  const width = ctx.measureText(text).width;
  // The words stand before the hole while it is too narrow for them.
  const x = right - left > width + 16 ? (left + right) / 2 : left - width / 2 - 8;
  const y = box.top + box.height - 12;
  ctx.fillStyle = scene.palette.laneFill;
  ctx.fillRect(x - width / 2 - 5, y - 9, width + 10, 18);
  ctx.fillStyle = scene.palette.text;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  ctx.fillText(text, x, y);
};

const drawLimits = (ctx: CanvasRenderingContext2D, scene: Scene, { frame, box }: PlacedLane): void => {
  ctx.strokeStyle = scene.palette.text;
  ctx.globalAlpha = 0.45;
  ctx.lineWidth = 1;
  ctx.setLineDash([6, 5]);
  for (const limit of frame.limits) {
    const y = Math.round(laneY(box, frame.domain, limit.value)) + 0.5;
    ctx.beginPath();
    ctx.moveTo(scene.x(limit.from), y);
    ctx.lineTo(scene.x(limit.to), y);
    ctx.stroke();
  }
  ctx.setLineDash([]);
  ctx.globalAlpha = 1;
};

/** The limits in force at the right edge, written beside the plot: nothing may lie on the newest data. */
const drawLimitLabels = (ctx: CanvasRenderingContext2D, scene: Scene, { frame, box }: PlacedLane): void => {
  ctx.font = `11px ${scene.palette.font}`;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'middle';
  ctx.fillStyle = scene.palette.muted;
  const written: number[] = [];
  const of = frame.spec.id === 'pressure' ? 'SYS ' : '';
  for (const limit of frame.limits) {
    const y = laneY(box, frame.domain, limit.value);
    if (limit.to < scene.frame.range.to || written.some((other) => Math.abs(other - y) < 10)) continue;
    written.push(y);
    const sign = limit.side === 'high' ? '▲' : '▼';
    const short = `${sign}${limit.value}`;
    const text = `${of}${short} ${PRIORITY_MARKS[limit.priority]}`;
    const left = scene.plot.left + scene.plot.width + 4;
    ctx.fillText(ctx.measureText(text).width <= scene.canvasWidth - left ? text : short, left, y);
  }
};

const drawBaseline = (ctx: CanvasRenderingContext2D, scene: Scene, { frame, box }: PlacedLane): void => {
  const { baseline } = scene.frame;
  if (baseline === null || baseline.from > scene.frame.now) return;
  const left = Math.max(scene.plot.left, scene.x(baseline.from));
  const right = scene.x(scene.frame.now);
  ctx.strokeStyle = scene.palette.lane['--nibp'];
  ctx.globalAlpha = 0.65;
  ctx.lineWidth = 1;
  for (const value of [baseline.systolic, baseline.diastolic]) {
    const y = Math.round(laneY(box, frame.domain, value)) + 0.5;
    ctx.beginPath();
    ctx.moveTo(left, y);
    ctx.lineTo(right, y);
    ctx.stroke();
  }
  ctx.globalAlpha = 1;
  ctx.font = `11px ${scene.palette.font}`;
  ctx.textAlign = 'left';
  const text = `baseline ${Math.round(baseline.systolic)}/${Math.round(baseline.diastolic)}`;
  const width = ctx.measureText(text).width;
  if (right - left < width + 8) return;
  // Below the lower line, where the bars seldom reach.
  const y = laneY(box, frame.domain, baseline.diastolic) + 10;
  ctx.textBaseline = 'middle';
  ctx.fillStyle = scene.palette.laneFill;
  ctx.fillRect(left + 2, y - 7, width + 6, 14);
  ctx.fillStyle = scene.palette.lane['--nibp'];
  ctx.fillText(text, left + 5, y);
};
