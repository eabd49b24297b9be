/**
 * A window in a real Chromium whose sound is watched: when each burst begins, on this process's clock. The window
 * leaves each start in its timeline (User Timing); nothing is put into it for the measurement but an observer.
 */
import type { Browser } from 'playwright-core';
import { chromium } from 'playwright-core';
import type { Clock } from '../../station/clock.ts';
import { findChromium } from '../chromium.ts';

/** One burst. */
export interface BurstSeen {
  /** When its first pulse begins (ms of this process's monotonic clock). */
  readonly startsMs: number;
  readonly priority: string;
  /** What asked for it: chair, alarm and occurrence. */
  readonly keys: readonly string[];
}

export interface SoundingWindow {
  readonly browserVersion: string;
  /** Half of the quickest question and answer between the two clocks: the most that they can be apart (ms). */
  readonly clockUncertaintyMs: number;
  bursts(): Promise<readonly BurstSeen[]>;
  close(): Promise<void>;
}

/** The name of the window's mark: `renderer/audio/sound-mark.ts`. */
const OBSERVE = `
  window.seenBursts = [];
  new PerformanceObserver((list) => {
    for (const { startTime, detail } of list.getEntriesByName('chairside-alarm-sound', 'mark')) {
      window.seenBursts.push({ startTime, priority: detail.priority, keys: detail.keys });
    }
  }).observe({ type: 'mark' });
`;

const CLOCK_ROUNDS = 40;

interface PageBurst {
  readonly startTime: number;
  readonly priority: string;
  readonly keys: readonly string[];
}

/**
 * Opens the window and lets its sound through. Rejects when there is no Chromium, or when the window does not say
 * within 20 s that it can be heard.
 */
export const openSoundingWindow = async (url: string, clock: Clock): Promise<SoundingWindow> => {
  const found = await findChromium();
  if (found === null) throw new Error('no Chromium found: install one, or name it in CHROMIUM_PATH');
  const browser: Browser = await chromium.launch({ executablePath: found.executablePath, args: found.args });
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
  await page.addInitScript(OBSERVE);
  await page.goto(url);
  await page.getByTestId('secondary-label').click();
  await page.locator('[data-testid="sound-state"][data-state="ready"]').waitFor({ timeout: 20_000 });

  /** This process's clock minus the window's, and the time the quickest answer took. */
  const compareClocks = async () => {
    let best = { roundTripMs: Number.POSITIVE_INFINITY, offsetMs: 0 };
    for (let round = 0; round < CLOCK_ROUNDS; round += 1) {
      const askedMs = clock.now().mono;
      const pageMs = await page.evaluate<number>('performance.now()');
      const answeredMs = clock.now().mono;
      const roundTripMs = answeredMs - askedMs;
      if (roundTripMs < best.roundTripMs) {
        best = { roundTripMs, offsetMs: (askedMs + answeredMs) / 2 - pageMs };
      }
    }
    return best;
  };
  const { offsetMs, roundTripMs } = await compareClocks();
  return {
    browserVersion: browser.version(),
    clockUncertaintyMs: roundTripMs / 2,
    bursts: async () =>
      (await page.evaluate<readonly PageBurst[]>('window.seenBursts')).map(
        ({ startTime, priority, keys }) => ({ startsMs: startTime + offsetMs, priority, keys }),
      ),
    close: () => browser.close(),
  };
};
