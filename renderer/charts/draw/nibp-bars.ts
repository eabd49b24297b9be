/** Cuff readings: a bar from systolic to diastolic with caps, a tick at the mean, and the numbers where they fit. */
import type { CuffReading } from '../data/nibp-readings.ts';
import { laneY } from '../model/lanes.ts';
import { clipped, type PlacedLane, type Scene } from './scene.ts';

const CAP_PX = 4.5;
const TICK_PX = 6;
/** Readings farther apart than this (CSS pixels) have their numbers written beside them. */
const LABEL_SPACING_PX = 64;
/** What a number needs in height (CSS pixels). */
const LABEL_HEIGHT_PX = 14;

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
      drawReading(ctx, scene, lane, reading, room >= LABEL_SPACING_PX);
    });
  });
};

const drawReading = (
  ctx: CanvasRenderingContext2D,
  scene: Scene,
  { frame, box }: PlacedLane,
  reading: CuffReading,
  labelled: boolean,
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
  if (!labelled) return;
  const doubt = reading.questionable ? '?' : '';
  ctx.font = `600 12px ${scene.palette.font}`;
  const left = x + 9;
  const width = ctx.measureText('000').width;
  const flip = left + width > scene.plot.left + scene.plot.width;
  ctx.textAlign = flip ? 'right' : 'left';
  ctx.textBaseline = 'middle';
  const at = flip ? x - 9 : left;
  const low = reading.diastolic === null ? null : y(reading.diastolic) - 2;
  // A flat lane: two numbers would lie on each other, one line of text does not.
  if (low !== null && reading.diastolic !== null && low - top < LABEL_HEIGHT_PX) {
    const both = `${Math.round(reading.systolic)}/${Math.round(reading.diastolic)}${doubt}`;
    const isWide = left + ctx.measureText(both).width > scene.plot.left + scene.plot.width;
    ctx.textAlign = isWide ? 'right' : 'left';
    ctx.fillText(
      both,
      isWide ? x - 9 : left,
      Math.max(box.top + 8, Math.min(box.top + box.height - 8, (top + low) / 2)),
    );
    return;
  }
  const inside = (value: number): number => Math.min(box.top + box.height - 8, Math.max(box.top + 8, value));
  ctx.fillText(`${Math.round(reading.systolic)}${doubt}`, at, inside(top + 2));
  if (reading.diastolic !== null) {
    ctx.fillText(`${Math.round(reading.diastolic)}${doubt}`, at, inside(y(reading.diastolic) - 2));
  }
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
