/**
 * `bench waves`: the live sweep of four chairs with three waves each in a headless Chromium. Measures how evenly frames
 * come and what drawing costs. The page is `bench/waves`.
 */
import { cpus, loadavg } from 'node:os';
import { quantile, withBenchPage } from './bench-page.ts';
import { type CliIo, say } from './io.ts';

const WARM_UP_S = 3;

interface Times {
  readonly drawMs: readonly number[];
  readonly frameMs: readonly number[];
}

/**
 * Measures for `seconds` and gives the figures: frames per second, time between frames and script time of one frame of
 * all four canvases (ms).
 * @throws CliError when there is no Chromium on this machine.
 */
export const benchWaves = (io: Pick<CliIo, 'stderr'>, seconds: number): Promise<object> =>
  withBenchPage('waves', io, async ({ browser, open }) => {
    const page = await open('');
    const run = (length: number) => page.evaluate<Times>(`window.wavesBench.run(${length})`);
    await run(WARM_UP_S);
    say(io, `${seconds} s of waves`);
    const { drawMs, frameMs } = await run(seconds);
    const perFrame = drawMs.length / Math.max(1, frameMs.length);
    return {
      bench: 'waves',
      browser: browser.version(),
      machine: { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length },
      /** Mean number of processes that wanted a core in the last minute: above `cores`, late frames are the neighbours'. */
      loadAverage: Math.round((loadavg()[0] ?? 0) * 10) / 10,
      chairs: 4,
      wavesPerChair: 3,
      seconds,
      framesPerSecond: Math.round((10 * frameMs.length) / seconds) / 10,
      frameInterval: {
        p50: quantile(frameMs, 0.5),
        p95: quantile(frameMs, 0.95),
        p99: quantile(frameMs, 0.99),
      },
      canvasesPerFrame: Math.round(perFrame * 10) / 10,
      drawOneCanvas: { p50: quantile(drawMs, 0.5), p95: quantile(drawMs, 0.95) },
    };
  });
