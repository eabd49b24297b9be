/** Where things are on the canvas: one drawing's frame with its geometry, in CSS pixels. */

import type { DoseLane } from '../model/dose-lane.ts';
import type { LaneFrame, TrendFrame } from '../model/frame.ts';
import { type LaneBox, stackLanes } from '../model/lanes.ts';
import type { Palette } from './palette.ts';

/** Height of the strip with the names of the phases. */
export const BAND_STRIP_PX = 18;
/** Height of the strip with the event marks. */
export const MARK_STRIP_PX = 22;
const LANE_GAP_PX = 8;
/** Height of the drug's lane, where there is one. */
const DOSE_LANE_PX = 54;
/** In a low chart the pressures go before the dose: it gets at most this share of the height. */
const DOSE_SHARE = 0.14;

/** The plotting area within the canvas, in CSS pixels. */
export interface PlotBox {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface PlacedLane {
  readonly frame: LaneFrame;
  readonly box: LaneBox;
}

export interface Scene {
  readonly frame: TrendFrame;
  readonly palette: Palette;
  readonly plot: PlotBox;
  /** Width of the whole drawing (CSS pixels). */
  readonly canvasWidth: number;
  readonly lanes: readonly PlacedLane[];
  /** The drug's lane under the vitals; both null while nothing was given. */
  readonly dose: DoseLane | null;
  readonly doseBox: LaneBox | null;
  /** Horizontal place of a time. */
  x(at: number): number;
}

export const createScene = (
  frame: TrendFrame,
  palette: Palette,
  plot: PlotBox,
  canvasWidth: number,
): Scene => {
  const head = BAND_STRIP_PX + MARK_STRIP_PX;
  const doseHeight = Math.min(DOSE_LANE_PX, Math.round(plot.height * DOSE_SHARE));
  const foot = frame.dose === null ? 0 : doseHeight + LANE_GAP_PX;
  const boxes = stackLanes(
    frame.lanes.map((lane) => lane.spec),
    plot.top + head,
    plot.height - head - foot,
    LANE_GAP_PX,
  );
  const { from, to } = frame.range;
  const perMs = plot.width / (to - from);
  return {
    frame,
    palette,
    plot,
    canvasWidth,
    lanes: frame.lanes.map((lane, index) => ({
      frame: lane,
      box: boxes[index] ?? { top: plot.top, height: 0 },
    })),
    dose: frame.dose,
    doseBox: frame.dose === null ? null : { top: plot.top + plot.height - doseHeight, height: doseHeight },
    x: (at) => plot.left + (at - from) * perMs,
  };
};

/** Runs a drawing clipped to a box, and restores the canvas after it. */
export const clipped = (
  ctx: CanvasRenderingContext2D,
  plot: PlotBox,
  box: LaneBox,
  draw: () => void,
): void => {
  ctx.save();
  ctx.beginPath();
  ctx.rect(plot.left, box.top, plot.width, box.height);
  ctx.clip();
  draw();
  ctx.restore();
};
