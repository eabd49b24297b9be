/** The phases: shaded stretches behind everything, and their names along the top, over the grid. */
import type { PhaseBand } from '../model/phase-bands.ts';
import { BAND_STRIP_PX, type Scene } from './scene.ts';

const INSET_PX = 5;
/** A name is only written where its first letters fit. */
const LEAST_LABEL_PX = 22;

/** Left and right edge of a band (CSS pixels). */
const edges = (scene: Scene, band: PhaseBand): readonly [number, number] => [
  Math.max(scene.plot.left, scene.x(band.from)),
  Math.min(scene.plot.left + scene.plot.width, scene.x(band.to)),
];

export const drawPhaseShades = (ctx: CanvasRenderingContext2D, scene: Scene): void => {
  const { plot, palette } = scene;
  for (const band of scene.frame.bands) {
    const fill = palette.phase[band.phase];
    if (fill === undefined) continue;
    const [left, right] = edges(scene, band);
    ctx.fillStyle = fill;
    ctx.fillRect(left, plot.top, right - left, plot.height);
  }
};

export const drawPhaseNames = (ctx: CanvasRenderingContext2D, scene: Scene): void => {
  const { plot, palette } = scene;
  ctx.font = `600 12px ${palette.font}`;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'middle';
  for (const band of scene.frame.bands) {
    const [left, right] = edges(scene, band);
    ctx.fillStyle = palette.laneFill;
    ctx.fillRect(left, plot.top, right - left, BAND_STRIP_PX);
    ctx.fillStyle = palette.phase[band.phase] ?? palette.laneFill;
    ctx.fillRect(left, plot.top, right - left, BAND_STRIP_PX);
    ctx.fillStyle = palette.muted;
    ctx.fillRect(left, plot.top, 1, plot.height);
    const room = right - left - 2 * INSET_PX;
    if (room < LEAST_LABEL_PX) continue;
    ctx.fillStyle = palette.text;
    ctx.fillText(fitText(ctx, band.label, room), left + INSET_PX, plot.top + BAND_STRIP_PX / 2 + 1);
  }
};

/** The text, or as much of it as fits with an ellipsis. */
export const fitText = (
  ctx: Pick<CanvasRenderingContext2D, 'measureText'>,
  text: string,
  roomPx: number,
): string => {
  if (ctx.measureText(text).width <= roomPx) return text;
  for (let length = text.length - 1; length > 0; length -= 1) {
    const cut = `${text.slice(0, length)}…`;
    if (ctx.measureText(cut).width <= roomPx) return cut;
  }
  return '';
};
