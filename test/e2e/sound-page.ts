/** The window's own sound code in a page of a real Chromium, rendering into memory: cues and courses in, samples out. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import type { Cue, DemandFrom } from './pages/sound/main.ts';
import type { Recording } from './sound-analysis.ts';
import type { Stage } from './stage.ts';

const PAGE = fileURLToPath(new URL('./pages/sound', import.meta.url));
const ORIGIN = 'http://sound.test.invalid';
const RATE = 48_000;
/** For long courses: enough for the highest component. */
const LOW_RATE = 12_000;

export interface SoundRenderer {
  /** These sounds at these times, exactly. */
  listen(cues: readonly Cue[], seconds: number): Promise<Recording>;
  /** What the window decides when it is asked for these; `step` of the volume. */
  listenToCourse(course: readonly DemandFrom[], seconds: number, step?: number): Promise<Recording>;
}

/** Builds the page and opens it in the stage's browser, which closes it. */
export const openSoundPage = async (stage: Stage): Promise<SoundRenderer> => {
  const folder = await mkdtemp(join(tmpdir(), 'chairside-sound-'));
  await build({
    configFile: false,
    root: PAGE,
    base: './',
    logLevel: 'error',
    build: { outDir: folder, emptyOutDir: true, target: 'chrome140' },
  });
  const page = await (await stage.browser()).newPage();
  await page.route(`${ORIGIN}/**`, async (route) => {
    const { pathname } = new URL(route.request().url());
    const file = pathname === '/' ? 'index.html' : pathname;
    const contentType = extname(file) === '.js' ? 'text/javascript' : 'text/html';
    await route.fulfill({ body: await readFile(join(folder, file)), contentType });
  });
  await page.goto(ORIGIN);
  await page.waitForFunction(() => window.sound !== undefined);
  await rm(folder, { recursive: true, force: true });
  return {
    listen: async (cues, seconds) =>
      recording(
        await page.evaluate(([each, s, rate]) => window.sound.cues(each, s, rate), [
          cues,
          seconds,
          RATE,
        ] as const),
        RATE,
      ),
    listenToCourse: async (course, seconds, step = 8) =>
      recording(
        await page.evaluate(([each, s, rate, volume]) => window.sound.course(each, s, rate, volume), [
          course,
          seconds,
          LOW_RATE,
          step,
        ] as const),
        LOW_RATE,
      ),
  };
};

const recording = (base64: string, sampleRate: number): Recording => ({
  samples: new Float32Array(new Uint8Array(Buffer.from(base64, 'base64')).buffer),
  sampleRate,
});
