/** Cuff readings: a bar from systolic to diastolic with caps, a tick at the mean, and the numbers where they fit. */
import type { CuffReading } from '../data/nibp-readings.ts';
import { laneY } from '../model/lanes.ts';
import { clipped, type PlacedLane, type Scene } from './scene.ts';

const CAP_PX = 4.5;
const TICK_PX = 6;
/** Readings farther apart than this (CSS pixels) have their numbers written beside them. */
const LABEL_SPACING_PX = 40;
/** What a number needs in height (CSS pixels). */
const LABEL_HEIGHT_PX = 14;
/** From the bar to its numbers (CSS pixels). */
const BESIDE_PX = 9;

export const drawNibpBars = (ctx: CanvasRenderingContext2D, scene: Scene): void => {
  const lane = scene.lanes.find((candidate) => candidate.frame.spec.id === 'pressure');
  if (lane === undefined) return;
  const { readings } = scene.frame;
  clipped(ctx, scene.plot, lane.box, () => {
    readings.forEach((reading, index) => {
      const before = readings[index - 1];
      const after = readings[index + 1];
      const x = scene.x(reading.at);
      const room = Math.min(
        before === undefined ? Number.POSITIVE_INFINITY : x - scene.x(before.at),
        after === undefined ? Number.POSITIVE_INFINITY : scene.x(after.at) - x,
      );
      drawReading(ctx, scene, lane, reading, room);
    });
  });
};

const drawReading = (
  ctx: CanvasRenderingContext2D,
  scene: Scene,
  { frame, box }: PlacedLane,
  reading: CuffReading,
  room: number,
): void => {
  const x = scene.x(reading.at);
  const y = (value: number): number => laneY(box, frame.domain, value);
  const top = y(reading.systolic);
  const colour = scene.palette.lane['--nibp'];
  ctx.strokeStyle = colour;
  ctx.fillStyle = colour;
  ctx.lineWidth = 2;
  if (reading.questionable) ctx.setLineDash([2, 3]);
  if (reading.diastolic !== null) {
    ctx.beginPath();
    ctx.moveTo(x, top);
    ctx.lineTo(x, y(reading.diastolic));
    ctx.stroke();
  }
  ctx.setLineDash([]);
  // Chevrons pointing at the pressure, as on an anaesthesia chart: the tip is the value.
  drawCap(ctx, x, top, -1, reading.questionable);
  if (reading.diastolic !== null) drawCap(ctx, x, y(reading.diastolic), 1, reading.questionable);
  if (reading.mean !== null) {
    ctx.beginPath();
    ctx.moveTo(x - TICK_PX, y(reading.mean));
    ctx.lineTo(x + TICK_PX, y(reading.mean));
    ctx.stroke();
  }
  drawNumbers(ctx, scene, box, reading, {
    x,
    top,
    low: reading.diastolic === null ? null : y(reading.diastolic),
    room,
  });
};

/** The numbers beside a bar: above each other, or in a flat lane, where they would lie on each other, as one text. */
const drawNumbers = (
  ctx: CanvasRenderingContext2D,
  { plot, palette }: Scene,
  box: PlacedLane['box'],
  { systolic, diastolic, questionable }: CuffReading,
  { x, top, low, room }: { x: number; top: number; low: number | null; room: number },
): void => {
  const doubt = questionable ? '?' : '';
  const [sys, dia] = [Math.round(systolic), diastolic === null ? null : Math.round(diastolic)];
  const isFlat = low !== null && low - top < LABEL_HEIGHT_PX;
  ctx.font = `600 12px ${palette.font}`;
  ctx.textBaseline = 'middle';
  const width = ctx.measureText(isFlat ? '000/000' : '000').width + BESIDE_PX;
  // At the right edge the text stands on the other side, where the reading before has its own.
  const flip = x + width > plot.left + plot.width;
  if (room < (flip ? 2 * width : Math.max(width, LABEL_SPACING_PX))) return;
  ctx.textAlign = flip ? 'right' : 'left';
  const at = flip ? x - BESIDE_PX : x + BESIDE_PX;
  const inside = (value: number): number => Math.min(box.top + box.height - 8, Math.max(box.top + 8, value));
  if (isFlat) {
    ctx.fillText(`${sys}/${dia}${doubt}`, at, inside((top + low) / 2));
    return;
  }
  ctx.fillText(`${sys}${doubt}`, at, inside(top + 2));
  if (low !== null) ctx.fillText(`${dia}${doubt}`, at, inside(low - 2));
};

const drawCap = (
  ctx: CanvasRenderingContext2D,
  x: number,
  tip: number,
  away: 1 | -1,
  hollow: boolean,
): void => {
  ctx.beginPath();
  ctx.moveTo(x - CAP_PX, tip - away * CAP_PX * 1.4);
  ctx.lineTo(x, tip);
  ctx.lineTo(x + CAP_PX, tip - away * CAP_PX * 1.4);
  if (hollow) {
    ctx.lineWidth = 1.2;
    ctx.stroke();
    ctx.lineWidth = 2;
  } else ctx.fill();
};
