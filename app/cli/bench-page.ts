/** A page of the benchmarks, built with Vite for this run and opened in a headless Chromium. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { findChromium } from '../chromium.ts';
import { CliError, type CliIo, say } from './io.ts';

const ORIGIN = 'http://bench.invalid';

/** The built page. */
export interface BenchPage {
  readonly browser: Browser;
  /** Opens it in a window of 1366 × 768; `query` begins with `?` or is empty. */
  open(query: string): Promise<Page>;
}

/**
 * Builds `bench/<name>` and lets `work` measure it; browser and files are gone afterwards.
 * @throws CliError when there is no Chromium on this machine.
 */
export const withBenchPage = async (
  name: string,
  io: Pick<CliIo, 'stderr'>,
  work: (page: BenchPage) => Promise<object>,
): Promise<object> => {
  const [{ build }, { chromium }, found] = await Promise.all([
    import('vite'),
    import('playwright-core'),
    findChromium(),
  ]);
  if (found === null) throw new CliError(1, 'no Chromium found: install one, or name it in CHROMIUM_PATH');
  const folder = await mkdtemp(join(tmpdir(), 'chairside-bench-'));
  try {
    say(io, 'building the page');
    await build({
      configFile: false,
      root: fileURLToPath(new URL(`../../bench/${name}`, import.meta.url)),
      base: './',
      logLevel: 'error',
      // React measures itself only in this build of it.
      resolve: { alias: { 'react-dom/client': 'react-dom/profiling' } },
      build: { outDir: folder, emptyOutDir: true, target: 'chrome140' },
    });
    const browser = await chromium.launch({
      executablePath: found.executablePath,
      args: [...found.args, '--js-flags=--expose-gc'],
    });
    try {
      return await work({ browser, open: (query) => openPage(browser, folder, query) });
    } finally {
      await browser.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

const openPage = async (browser: Browser, folder: string, query: string): Promise<Page> => {
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
  await page.route(`${ORIGIN}/**`, (route) => {
    const { pathname } = new URL(route.request().url());
    return route.fulfill({ path: join(folder, pathname === '/' ? 'index.html' : pathname) });
  });
  await page.goto(`${ORIGIN}/${query}`);
  return page;
};

/** The value below which this share of the values lies, to a hundredth; 0 of none. */
export const quantile = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return Math.round(value * 100) / 100;
};
