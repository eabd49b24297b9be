/** The sound of a real window: what is heard at its output, what its bar says of it, the volume and the sound check. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StationClient } from '../../core/api/client.ts';
import { alarms, goToChair, iAm, infuse, until, waitUntil } from './acts.ts';
import { sickPatient } from './sick-patient.ts';
import { chairNow, createStage } from './stage.ts';
import { freePort, type Serving } from './support.ts';

const stage = createStage();
afterAll(stage.end);

/** Runs before the page's own code: listens at every output, and keeps the contexts within the test's reach. */
const LISTEN = `
  window.contexts = [];
  window.loudest = 0;
  const connect = AudioNode.prototype.connect;
  AudioNode.prototype.connect = function (to, ...rest) {
    if (to instanceof AudioDestinationNode) connect.call(this, to.context.ear);
    return connect.call(this, to, ...rest);
  };
  const Browser = window.AudioContext;
  window.AudioContext = class extends Browser {
    constructor(...options) {
      super(...options);
      this.ear = new AnalyserNode(this, { fftSize: 8192 });
      window.contexts.push(this);
      const samples = new Float32Array(8192);
      setInterval(() => {
        this.ear.getFloatTimeDomainData(samples);
        for (const each of samples) window.loudest = Math.max(window.loudest, Math.abs(each));
      }, 50);
    }
    get currentTime() {
      if (window.isFrozen !== true) return super.currentTime;
      this.frozenAt ??= super.currentTime;
      return this.frozenAt;
    }
  };
`;

/** The loudest sample at the output within the next `ms`. */
const loudest = async (page: Page, ms: number): Promise<number> =>
  page.evaluate(
    `new Promise((resolve) => { window.loudest = 0; setTimeout(() => resolve(window.loudest), ${ms}); })`,
  );

const openWindow = async (station: Serving): Promise<Page> => {
  const page = await (await stage.browser()).newPage({ viewport: { width: 1366, height: 768 } });
  await page.addInitScript(LISTEN);
  await page.goto(station.url);
  await page.getByTestId('secondary-label').click();
  return page;
};
const sign = (page: Page) => page.getByTestId('sound-state');
const soundState = (page: Page) => sign(page).getAttribute('data-state');
const goTo = (page: Page, hash: string) =>
  page.evaluate((to) => {
    location.hash = to;
  }, hash);

const openSession = async (client: StationClient): Promise<void> => {
  const { id } = await chairNow(client);
  await client.call('session.open', {
    chairId: id,
    patientInitials: 'S.W.',
    indication: 'test',
    plannedInfusionMs: 3_600_000,
    plannedRecoveryMs: 1_800_000,
    by: 'test',
  });
};

describe('a window on a calm patient', () => {
  let page: Page;
  let client: StationClient;
  beforeAll(async () => {
    const port = await freePort();
    await stage.simulate(['--device', 'ge-s5-dri', '--tcp', `127.0.0.1:${port}`, '--scenario', 'steady']);
    const address = { kind: 'tcp', host: '127.0.0.1', port };
    const config = stage.config([{ id: 'b650', family: 'ge-s5-dri', address }]);
    const station = await stage.serve(['--config', config, '--data', stage.folder()]);
    client = await stage.client(station);
    page = await openWindow(station);
  });

  it('says in the bar that it can be heard, and that nobody listened yet', async () => {
    await until(() => soundState(page)).toBe('ready');
    await until(() => sign(page).getAttribute('data-check')).toBe('none');
  });

  it('keeps a volume over a reload, and raises it to the floor when a session opens', async () => {
    await goTo(page, '#/about');
    await page.getByTestId('volume').fill('2');
    await until(() => sign(page).getAttribute('data-volume')).toBe('2');
    await page.reload();
    await page.getByTestId('secondary-label').click();
    await until(() => soundState(page)).toBe('ready');
    await until(() => sign(page).getAttribute('data-volume')).toBe('2');
    await openSession(client);
    await until(() => sign(page).getAttribute('data-volume')).toBe('5');
    const slider = page.getByTestId('volume');
    await until(() => slider.getAttribute('min')).toBe('5');
    await slider.press('Home');
    await until(() => sign(page).getAttribute('data-volume')).toBe('5');
  });

  it('plays one burst of each priority and asks; the answers are kept, and stand in the session’s record', async () => {
    await iAm(page, 'Nurse A');
    await page.getByTestId('sound-check-start').click();
    for (const priority of ['high', 'medium', 'low']) {
      await page.locator(`[data-testid="sound-check"][data-asked="${priority}"]`).waitFor();
      expect(await loudest(page, 700), priority).toBeGreaterThan(0.02);
      await page.getByTestId('heard').click();
    }
    await until(() => sign(page).getAttribute('data-check')).toBe('passed');
    await until(() => page.getByTestId('sound-check-result').innerText()).toContain('by Nurse A: high heard');
    const { session } = await chairNow(client);
    if (session === null) throw new Error('no session');
    const notes = async () =>
      (await client.call('history.events', { sessionId: session.id })).flatMap(({ body, by }) =>
        body.type === 'note-added' ? [`${by}: ${body.text}`] : [],
      );
    await until(async () => (await notes()).join()).toMatch(
      /^Nurse A: Sound check .* high heard, medium heard, low heard; volume step 5; output /,
    );
  });

  it('says NOT HEARD in the bar as soon as one was not heard', async () => {
    await page.getByTestId('sound-check-start').click();
    for (const [priority, answer] of [
      ['high', 'heard'],
      ['medium', 'not-heard'],
      ['low', 'heard'],
    ] as const) {
      await page.locator(`[data-testid="sound-check"][data-asked="${priority}"]`).waitFor();
      await page.getByTestId(answer).click();
    }
    await until(() => sign(page).getAttribute('data-check')).toBe('failed');
    await until(() => sign(page).innerText()).toContain('NOT HEARD');
  });

  it('says NO SOUND when the clock of the audio stands still, and is ready again when it runs', async () => {
    await page.evaluate('window.isFrozen = true');
    await until(() => soundState(page)).toBe('stalled');
    await until(() => sign(page).innerText()).toContain('NO SOUND');
    await page.evaluate('window.isFrozen = false');
    await until(() => soundState(page)).toBe('ready');
  });

  it('builds its output anew when the browser has closed it, without a tap', async () => {
    const before = await page.evaluate<number>('window.contexts.length');
    await page.evaluate('window.contexts.at(-1).close()');
    await until(() => page.evaluate<number>('window.contexts.length')).toBeGreaterThan(before);
    await until(() => soundState(page)).toBe('ready');
  });

  it('says SOUND BLOCKED while the browser holds it back', async () => {
    await page.evaluate(
      'window.contexts.at(-1).resume = () => new Promise(() => undefined); window.contexts.at(-1).suspend()',
    );
    await until(() => soundState(page)).toBe('blocked');
    await until(() => sign(page).innerText()).toContain('SOUND BLOCKED');
  });
});

describe('a window on a sick patient', () => {
  let page: Page;
  beforeAll(async () => {
    const config = stage.config([await sickPatient(stage)]);
    page = await openWindow(await stage.serve(['--config', config, '--data', stage.folder()]));
    await goToChair(page);
    await iAm(page, 'Nurse A');
    await infuse(page);
    await waitUntil(async () => (await alarms(page, 'high').count()) > 0, 60_000);
  });

  it('is heard at its output', async () => {
    await until(() => loudest(page, 500), 20_000).toBeGreaterThan(0.1);
  });

  it('does not offer the sound check meanwhile', async () => {
    await goTo(page, '#/about');
    await until(() => page.getByTestId('sound-check-start').isDisabled()).toBe(true);
  });
});
