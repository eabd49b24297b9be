/**
 * `bench chart`: the live trend in a headless Chromium, with 10 min to 8 h of data on the screen at once. Measures
 * what one update costs and whether memory grows. The page is `bench/chart`, built with Vite for this run.
 */
import { cpus, loadavg } from 'node:os';
import type { CDPSession, Page } from 'playwright-core';
import { type BenchPage, quantile, withBenchPage } from './bench-page.ts';
import { type CliIo, say } from './io.ts';

const LENGTHS_MIN = [10, 60, 240, 480] as const;
const UPDATES = 60;
/** Twenty updates a second: each stands for one second of data. */
const UPDATE_EVERY_MS = 50;
const WARM_UP_UPDATES = 20;
const HEAP_ROUNDS = 6;
const HEAP_UPDATES = 200;

interface Times {
  readonly commitMs: readonly number[];
  readonly reactMs: readonly number[];
  readonly frameMs: readonly number[];
}

/** Runs in the page: the handle that `bench/chart/main.tsx` puts there. */
const UPDATE_IN_PAGE = (count: number, everyMs: number): string =>
  `window.trendBench.update(${count}, ${everyMs})`;

/**
 * Measures and gives the figures, all times in ms. `commit`: script time of one drawing, from reading the new
 * samples to the last stroke; `react`: rendering what stands around the canvas; `frameInterval`: between
 * animation frames while updates run; `heap`: after forced collections, MB.
 * @throws CliError when there is no Chromium on this machine.
 */
export const benchChart = (io: Pick<CliIo, 'stderr'>): Promise<object> =>
  withBenchPage('chart', io, (page) => measure(io, page));

const measure = async (io: Pick<CliIo, 'stderr'>, { browser, open }: BenchPage): Promise<object> => {
  const lengths: object[] = [];
  for (const minutes of LENGTHS_MIN) {
    say(io, `${minutes} min of data`);
    const page = await open(`?minutes=${minutes}`);
    await page.getByRole('button', { name: 'Session' }).click();
    await page.waitForSelector('.trend-readout, .trend-marks');
    await page.evaluate(UPDATE_IN_PAGE(WARM_UP_UPDATES, UPDATE_EVERY_MS));
    const times = await page.evaluate<Times>(UPDATE_IN_PAGE(UPDATES, UPDATE_EVERY_MS));
    const values = await page.evaluate<number>('window.trendBench.held');
    const isLast = minutes === LENGTHS_MIN.at(-1);
    lengths.push({
      minutes,
      values,
      updates: UPDATES,
      ...figures(times),
      ...(isLast ? await heap(io, page) : {}),
    });
    await page.close();
  }
  return {
    bench: 'chart',
    browser: browser.version(),
    machine: { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length },
    /** Mean number of processes that wanted a core in the last minute: above `cores`, the p95 are the neighbours'. */
    loadAverage: Math.round((loadavg()[0] ?? 0) * 10) / 10,
    window: { width: 1366, height: 768 },
    lengths,
  };
};

const figures = (times: Times): object => ({
  commit: {
    p50: quantile(times.commitMs, 0.5),
    p95: quantile(times.commitMs, 0.95),
    count: times.commitMs.length,
  },
  react: { p50: quantile(times.reactMs, 0.5), p95: quantile(times.reactMs, 0.95) },
  frameInterval: { p50: quantile(times.frameMs, 0.5), p95: quantile(times.frameMs, 0.95) },
});

/** Memory after ever more updates, each time after a forced collection. */
const heap = async (io: Pick<CliIo, 'stderr'>, page: Page): Promise<object> => {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const usedMb: number[] = [await usedHeapMb(session)];
  for (let round = 0; round < HEAP_ROUNDS; round += 1) {
    say(io, `memory, round ${round + 1} of ${HEAP_ROUNDS}`);
    await page.evaluate(UPDATE_IN_PAGE(HEAP_UPDATES, UPDATE_EVERY_MS));
    usedMb.push(await usedHeapMb(session));
  }
  const growthMb = (usedMb.at(-1) ?? 0) - (usedMb[0] ?? 0);
  return {
    heap: { updates: HEAP_ROUNDS * HEAP_UPDATES, usedMb, growthMb: Math.round(growthMb * 100) / 100 },
  };
};

const usedHeapMb = async (session: CDPSession): Promise<number> => {
  await session.send('HeapProfiler.collectGarbage');
  const { metrics } = await session.send('Performance.getMetrics');
  const used = metrics.find((metric) => metric.name === 'JSHeapUsedSize')?.value ?? 0;
  return Math.round((used / 1e6) * 100) / 100;
};
