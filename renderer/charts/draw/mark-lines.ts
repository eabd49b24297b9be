/** A thin line through all lanes at every mark; the signs themselves are buttons above the canvas. */
import type { Mark } from '../model/marks.ts';
import { BAND_STRIP_PX, type Scene } from './scene.ts';

/** Lines closer than this (CSS pixels) would become a wall in front of the data; the first of them stands for all. */
const LEAST_SPACING_PX = 3;

export const drawMarkLines = (ctx: CanvasRenderingContext2D, scene: Scene): void => {
  const { plot, palette, frame } = scene;
  ctx.lineWidth = 1;
  let last = Number.NEGATIVE_INFINITY;
  for (const mark of frame.marks) {
    if (mark.at < frame.range.from || mark.at > frame.range.to) continue;
    const x = Math.round(scene.x(mark.at)) + 0.5;
    if (x - last < LEAST_SPACING_PX) continue;
    last = x;
    ctx.strokeStyle = colourOf(mark, scene) ?? palette.muted;
    ctx.globalAlpha = mark.kind === 'alarm' ? 0.45 : 0.3;
    ctx.setLineDash(mark.kind === 'technical' ? [2, 4] : []);
    ctx.beginPath();
    ctx.moveTo(x, plot.top + BAND_STRIP_PX);
    ctx.lineTo(x, plot.top + plot.height);
    ctx.stroke();
  }
  ctx.globalAlpha = 1;
  ctx.setLineDash([]);
};

const colourOf = (mark: Mark, { palette }: Scene): string | null =>
  mark.priority === null ? null : palette.alarm[mark.priority];
