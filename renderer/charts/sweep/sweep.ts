/** The running sweep of one chair: players and lanes of its waves on one canvas, drawn once per animation frame. */
import type { WaveView } from '../../../core/api/views.ts';
import type { WaveId } from '../../../core/observation/waveform.ts';
import { type Palette, readPalette } from '../draw/palette.ts';
import { createSweepLane, type SweepLane } from './sweep-lane.ts';
import { createWavePlayer, type WavePlayer } from './wave-player.ts';

/** At most as many lanes as a nurse can look at; more waves than this are not drawn (first come, first shown). */
export const LANES_MAX = 4;
/** Without a sample for longer than this the lane says that there is no signal (ms). */
const SILENT_AFTER_MS = 3_000;

/** What stands beside a lane. */
export interface LaneLabel {
  readonly wave: WaveId;
  readonly hasSignal: boolean;
}

export interface Sweep {
  push(waves: readonly WaveView[]): void;
  /** Forgets everything (another line to the station). */
  clear(): void;
  destroy(): void;
}

interface Lane {
  readonly wave: WaveId;
  readonly player: WavePlayer;
  readonly lane: SweepLane;
  range: { readonly low: number; readonly high: number };
  /** When a sample was last drawn (ms, `performance.now()`). */
  drawnAt: number;
  hasSignal: boolean;
}

const COLOURS: Readonly<Record<WaveId, keyof Palette['lane']>> = {
  MDC_ECG_ELEC_POTL: '--hr',
  MDC_ECG_ELEC_POTL_I: '--hr',
  MDC_ECG_ELEC_POTL_II: '--hr',
  MDC_ECG_ELEC_POTL_III: '--hr',
  MDC_PULS_OXIM_PLETH: '--spo2',
  MDC_TTHOR_RESP: '--rr',
  MDC_AWAY_CO2: '--rr',
};

/** One wave has one lane, whichever monitor sends it: the first that did. */
export const startSweep = (
  canvas: HTMLCanvasElement,
  onLabels: (labels: readonly LaneLabel[]) => void,
  onFrame?: (durationMs: number) => void,
): Sweep => {
  const found = canvas.getContext('2d');
  if (found === null) throw new Error('this browser has no canvas to draw on');
  const context = found;
  const palette = readPalette(canvas);
  let lanes: Lane[] = [];
  const owners = new Map<WaveId, string>();
  let pending = 0;

  const tellLabels = (): void => onLabels(lanes.map(({ wave, hasSignal }) => ({ wave, hasSignal })));

  const layOut = (): void => {
    const ratio = window.devicePixelRatio;
    const { clientWidth: width, clientHeight: height } = canvas;
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    const each = lanes.length === 0 ? 0 : height / lanes.length;
    lanes.forEach(({ lane }, index) => {
      lane.reset({ top: index * each, width, height: each });
    });
  };

  const laneOf = ({ monitorId, block }: WaveView, now: number): Lane | null => {
    const owner = owners.get(block.wave);
    if (owner !== undefined && owner !== monitorId) return null;
    const known = lanes.find(({ wave }) => wave === block.wave);
    if (known !== undefined) return known;
    if (lanes.length >= LANES_MAX) return null;
    owners.set(block.wave, monitorId);
    const added: Lane = {
      wave: block.wave,
      player: createWavePlayer(),
      lane: createSweepLane(context, palette.lane[COLOURS[block.wave]]),
      range: block.range,
      drawnAt: now,
      hasSignal: true,
    };
    lanes = [...lanes, added];
    layOut();
    tellLabels();
    return added;
  };

  const frame = (): void => {
    const startedAt = performance.now();
    let isChanged = false;
    for (const lane of lanes) {
      const due = lane.player.take(startedAt);
      lane.lane.draw(due, lane.range);
      if (due.samples.some((sample) => sample !== null)) lane.drawnAt = startedAt;
      const hasSignal = startedAt - lane.drawnAt <= SILENT_AFTER_MS;
      if (hasSignal !== lane.hasSignal) {
        lane.hasSignal = hasSignal;
        isChanged = true;
      }
    }
    if (isChanged) tellLabels();
    onFrame?.(performance.now() - startedAt);
    pending = requestAnimationFrame(frame);
  };
  const observer = new ResizeObserver(layOut);
  observer.observe(canvas);
  pending = requestAnimationFrame(frame);

  return {
    push: (waves) => {
      const now = performance.now();
      for (const view of waves) {
        const lane = laneOf(view, now);
        if (lane === null) continue;
        lane.range = view.block.range;
        lane.player.push(view.block, now);
      }
    },
    clear: () => {
      lanes = [];
      owners.clear();
      layOut();
      tellLabels();
    },
    destroy: () => {
      cancelAnimationFrame(pending);
      observer.disconnect();
    },
  };
};
