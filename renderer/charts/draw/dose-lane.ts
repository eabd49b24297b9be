/** Draws the lane of the drug: filled steps for the rate, hatching where it stood still, a line for what was given. */
import type { DoseLane } from '../model/dose-lane.ts';
import type { LaneBox } from '../model/lanes.ts';
import { GUTTER_PX } from './lane-frames.ts';
import { clipped, type Scene } from './scene.ts';

/** Room above the highest rate for its number (CSS pixels). */
const HEAD_PX = 13;
const LEAST_LABEL_PX = 34;

export const drawDoseLane = (ctx: CanvasRenderingContext2D, scene: Scene): void => {
  const { dose, doseBox } = scene;
  if (dose === null || doseBox === null) return;
  drawFrame(ctx, scene, dose, doseBox);
  clipped(ctx, scene.plot, doseBox, () => {
    drawRates(ctx, scene, dose, doseBox);
    drawGiven(ctx, scene, dose, doseBox);
    drawBoluses(ctx, scene, dose, doseBox);
  });
};

const drawFrame = (
  ctx: CanvasRenderingContext2D,
  { plot, palette }: Scene,
  dose: DoseLane,
  box: LaneBox,
): void => {
  ctx.lineWidth = 1;
  ctx.strokeStyle = palette.muted;
  ctx.globalAlpha = 0.5;
  ctx.strokeRect(plot.left + 0.5, box.top + 0.5, plot.width - 1, box.height - 1);
  ctx.globalAlpha = 1;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'top';
  ctx.fillStyle = palette.dose;
  ctx.font = `700 14px ${palette.font}`;
  ctx.fillText(dose.title, plot.left - GUTTER_PX + 4, box.top + 3);
  ctx.font = `11px ${palette.font}`;
  ctx.fillStyle = palette.muted;
  ctx.fillText(dose.unitLabel, plot.left - GUTTER_PX + 4, box.top + 20);
  ctx.fillStyle = palette.text;
  ctx.textBaseline = 'bottom';
  ctx.fillText(dose.givenText, plot.left + plot.width + 4, box.top + box.height - 2);
};

const yOf = (box: LaneBox, share: number): number =>
  box.top + box.height - 1 - (box.height - HEAD_PX) * share;

const drawRates = (ctx: CanvasRenderingContext2D, scene: Scene, dose: DoseLane, box: LaneBox): void => {
  const { palette } = scene;
  for (const { from, to, rate } of dose.stretches) {
    const left = scene.x(from);
    const width = scene.x(to) - left;
    if (rate <= 0) {
      hatch(ctx, scene, left, width, box);
      continue;
    }
    const y = yOf(box, rate / dose.top);
    ctx.fillStyle = palette.dose;
    ctx.globalAlpha = 0.28;
    ctx.fillRect(left, y, width, box.top + box.height - y);
    ctx.globalAlpha = 1;
    ctx.fillRect(left, y, width, 2);
    if (width < LEAST_LABEL_PX) continue;
    ctx.font = `600 12px ${palette.font}`;
    ctx.textAlign = 'left';
    ctx.textBaseline = 'bottom';
    ctx.fillStyle = palette.text;
    ctx.fillText(String(Number(rate.toPrecision(3))), left + 4, y - 1);
  }
};

const hatch = (
  ctx: CanvasRenderingContext2D,
  scene: Scene,
  left: number,
  width: number,
  box: LaneBox,
): void => {
  ctx.save();
  ctx.beginPath();
  ctx.rect(left, box.top, width, box.height);
  ctx.clip();
  ctx.strokeStyle = scene.palette.muted;
  ctx.globalAlpha = 0.4;
  ctx.lineWidth = 1;
  ctx.beginPath();
  for (let x = left - box.height; x < left + width; x += 9) {
    ctx.moveTo(x, box.top + box.height);
    ctx.lineTo(x + box.height, box.top);
  }
  ctx.stroke();
  ctx.restore();
  if (width < LEAST_LABEL_PX) return;
  ctx.font = `600 12px ${scene.palette.font}`;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'middle';
  ctx.fillStyle = scene.palette.text;
  ctx.fillText('0', left + 5, box.top + box.height / 2);
};

/** What was given, as a share of what is planned: the top of the lane is all of it. */
const drawGiven = (ctx: CanvasRenderingContext2D, scene: Scene, dose: DoseLane, box: LaneBox): void => {
  ctx.strokeStyle = scene.palette.text;
  ctx.globalAlpha = 0.85;
  ctx.lineWidth = 1.4;
  ctx.setLineDash([5, 3]);
  ctx.beginPath();
  dose.given.forEach(({ at, share }, index) => {
    const x = scene.x(at);
    const y = yOf(box, share);
    if (index === 0) ctx.moveTo(x, y);
    else ctx.lineTo(x, y);
  });
  ctx.stroke();
  ctx.setLineDash([]);
  ctx.globalAlpha = 1;
};

const drawBoluses = (ctx: CanvasRenderingContext2D, scene: Scene, dose: DoseLane, box: LaneBox): void => {
  ctx.fillStyle = scene.palette.text;
  ctx.font = `600 12px ${scene.palette.font}`;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'top';
  for (const { at, text } of dose.boluses) {
    const x = scene.x(at);
    ctx.beginPath();
    ctx.moveTo(x - 5, box.top + 2);
    ctx.lineTo(x + 5, box.top + 2);
    ctx.lineTo(x, box.top + 12);
    ctx.fill();
    ctx.fillRect(x - 0.5, box.top + 10, 1, box.height);
    ctx.fillText(text, x + 7, box.top + 1);
  }
};
