/**
 * The canvas: uPlot keeps the time scale, its axis, the cursor, sizes and pixel ratio; the lanes are drawn by hooks.
 * They do not use uPlot's series because those share one column of times, and here every metric has its own: a
 * sample must be drawn at its own time, and a gap must begin and end where it did.
 */
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { drawDoseLane } from './draw/dose-lane.ts';
import { drawLaneFrames, GUTTER_PX, limitsRoomPx } from './draw/lane-frames.ts';
import { drawLines } from './draw/lines.ts';
import { drawMarkLines } from './draw/mark-lines.ts';
import { drawNibpBars } from './draw/nibp-bars.ts';
import { readPalette } from './draw/palette.ts';
import { drawPhaseNames, drawPhaseShades } from './draw/phase-bands.ts';
import { createScene, type PlotBox, type Scene } from './draw/scene.ts';
import type { TrendFrame } from './model/frame.ts';
import { timeLabel, timeSplits } from './model/time-axis.ts';

/** Height of the time axis (CSS pixels): with minutes over the time of day, and without. */
const AXIS_PX = { minutes: 42, clock: 26 } as const;

export interface TrendPlot {
  /** The element above the canvas that takes the pointer; it covers exactly the plotting area. */
  readonly surface: HTMLElement;
  /** The plotting area in CSS pixels within the host. */
  readonly box: PlotBox;
  draw(frame: TrendFrame): void;
  /** Puts the cursor `px` from the left edge of the plotting area; null takes it away. */
  setCursor(px: number | null): void;
  resize(width: number, height: number): void;
  destroy(): void;
}

/**
 * @param toWall what the clock on the wall read at a place of the axis.
 * @param onCursor the pointer moved to so many pixels from the left edge of the plotting area, or left it.
 */
export const createTrendPlot = (
  host: HTMLElement,
  toWall: (axis: number) => number,
  onCursor: (px: number | null) => void,
): TrendPlot => {
  const palette = readPalette(host);
  let frame: TrendFrame | null = null;

  const boxOf = (u: uPlot): PlotBox => ({
    left: u.bbox.left / uPlot.pxRatio,
    top: u.bbox.top / uPlot.pxRatio,
    width: u.bbox.width / uPlot.pxRatio,
    height: u.bbox.height / uPlot.pxRatio,
  });
  /** Draws in CSS pixels and leaves the context as uPlot, which caches its state, believes it to be. */
  const painting =
    (...drawings: readonly ((ctx: CanvasRenderingContext2D, scene: Scene) => void)[]) =>
    (u: uPlot): void => {
      if (frame === null || u.bbox.width <= 0) return;
      const scene = createScene(frame, palette, boxOf(u), u.width);
      for (const drawing of drawings) {
        u.ctx.save();
        u.ctx.scale(uPlot.pxRatio, uPlot.pxRatio);
        drawing(u.ctx, scene);
        u.ctx.restore();
      }
    };

  const width = Math.max(1, host.clientWidth);
  const height = Math.max(1, host.clientHeight);
  const plot = new uPlot(
    {
      width,
      height,
      ms: 1,
      padding: [0, (u) => limitsRoomPx(u.width), 0, GUTTER_PX],
      legend: { show: false },
      cursor: {
        y: false,
        points: { show: false },
        drag: { x: false, y: false, setScale: false },
        bind: { dblclick: () => null, mousedown: () => null, mouseup: () => null },
      },
      scales: { x: { time: false, range: (_u, min, max) => [min, max] } },
      series: [{}],
      axes: [
        {
          size: () => ((frame?.zero ?? null) === null ? AXIS_PX.clock : AXIS_PX.minutes),
          gap: 4,
          font: `12px ${palette.font}`,
          lineGap: 1.25,
          stroke: palette.text,
          grid: { stroke: palette.grid, width: 1 },
          ticks: { stroke: palette.grid, width: 1, size: 4 },
          splits: (u, _axis, from, to) => [...timeSplits({ from, to }, boxOf(u).width, frame?.zero ?? null)],
          values: (_u, splits) => splits.map((at) => timeLabel(at, frame?.zero ?? null, toWall)),
        },
      ],
      hooks: {
        drawClear: [painting(drawPhaseShades)],
        draw: [
          painting(drawPhaseNames, drawMarkLines, drawLaneFrames, drawLines, drawNibpBars, drawDoseLane),
        ],
        setCursor: [
          (u) => onCursor(typeof u.cursor.left === 'number' && u.cursor.left >= 0 ? u.cursor.left : null),
        ],
      },
    },
    [[0, 1]],
    host,
  );

  return {
    get box() {
      return boxOf(plot);
    },
    surface: plot.over,
    draw(next) {
      frame = next;
      plot.batch(() => plot.setData([[next.range.from, next.range.to]]));
    },
    setCursor: (px) => plot.setCursor({ left: px ?? -10, top: px === null ? -10 : 1 }, true),
    resize: (toWidth, toHeight) =>
      plot.setSize({ width: Math.max(1, toWidth), height: Math.max(1, toHeight) }),
    destroy: () => plot.destroy(),
  };
};
