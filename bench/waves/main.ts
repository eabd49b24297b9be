/**
 * The page of `bench waves`: the real sweep on four canvases with three waves each (ECG 300 Hz, pleth 100 Hz,
 * respiration 25 Hz), fed once a second as a station does. Driven through `window.wavesBench`.
 */
import type { WaveView } from '../../core/api/views.ts';
import { monitorId } from '../../core/ids.ts';
import type { WaveBlock, WaveId } from '../../core/observation/waveform.ts';
import { instant } from '../../core/time.ts';
import { startSweep } from '../../renderer/charts/sweep/sweep.ts';
import '../../renderer/theme/tokens.css';

/** What a run cost: script time of each drawing of each canvas, time between animation frames, samples drawn (ms). */
export interface WaveTimes {
  readonly drawMs: readonly number[];
  readonly frameMs: readonly number[];
}

declare global {
  interface Window {
    wavesBench: { run(seconds: number): Promise<WaveTimes> };
  }
}

const WAVES: readonly { readonly wave: WaveId; readonly hz: number; readonly perMin: number }[] = [
  { wave: 'MDC_ECG_ELEC_POTL_II', hz: 300, perMin: 72 },
  { wave: 'MDC_PULS_OXIM_PLETH', hz: 100, perMin: 72 },
  { wave: 'MDC_TTHOR_RESP', hz: 25, perMin: 14 },
];
const CHAIRS = 4;

const second = (wave: WaveId, hz: number, perMin: number, from: number): WaveBlock => ({
  wave,
  unit: '1',
  periodMs: 1000 / hz,
  samples: Array.from({ length: hz }, (_, index) => {
    const phase = (((from + index / hz) * perMin) / 60) % 1;
    return Math.exp(-(((phase - 0.3) / 0.06) ** 2)) + 0.2 * Math.sin(2 * Math.PI * phase);
  }),
  range: { low: -0.3, high: 1.2 },
  receivedAt: instant(Date.now(), performance.now()),
  isAfterGap: false,
});

const page = document.querySelector('#page');
if (page === null) throw new Error('the page has no place for the waves');
let drawMs: number[] = [];
const sweeps = Array.from({ length: CHAIRS }, () => {
  const canvas = page.appendChild(document.createElement('canvas'));
  return startSweep(
    canvas,
    () => undefined,
    (durationMs) => drawMs.push(durationMs),
  );
});

let seconds = 0;
const feed = (): void => {
  sweeps.forEach((sweep, chair) => {
    const waves = WAVES.map(
      ({ wave, hz, perMin }): WaveView => ({
        monitorId: monitorId(`m-${chair}`),
        block: second(wave, hz, perMin + chair, seconds),
      }),
    );
    sweep.push(waves);
  });
  seconds += 1;
};
feed();
setInterval(feed, 1000);

const nextFrame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));

window.wavesBench = {
  run: async (wanted) => {
    drawMs = [];
    const frameMs: number[] = [];
    const begin = await nextFrame();
    for (let last = begin; last - begin < wanted * 1000; ) {
      const now = await nextFrame();
      frameMs.push(now - last);
      last = now;
    }
    return { drawMs, frameMs };
  },
};
