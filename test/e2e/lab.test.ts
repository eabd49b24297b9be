/** The simulator lab: a monitor driven by hand on its page, and what the station makes of it. */
import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { StationClient } from '../../core/api/client.ts';
import { goToChair, HR, hasNumber, iAm, infuse, until, value } from './acts.ts';
import { chairNow, createStage, type Win } from './stage.ts';
import { freePort, type Simulating, startLab } from './support.ts';

const stage = createStage();
const SHOTS = process.env.LAB_SHOTS ?? join(tmpdir(), 'chairside-lab-shots');
let lab: Simulating;
let client: StationClient;
let nurse: Win;
let engineer: Win;
let page: Page;

beforeAll(async () => {
  lab = await startLab([]);
  const port = await freePort();
  engineer = await stage.open(String(lab.ready.url));
  page = engineer.page;
  await page.getByTestId('add-device').selectOption('ge-s5-dri');
  await page.getByTestId('add-where').fill(String(port));
  await page.getByTestId('add').click();
  await page.getByTestId('monitor-m1').waitFor();
  const config = stage.config([
    {
      id: 'b650',
      family: 'ge-s5-dri',
      address: { kind: 'tcp', host: '127.0.0.1', port },
      options: { intervalS: 1 },
    },
  ]);
  const station = await stage.serve(['--config', config, '--data', stage.folder()]);
  client = await stage.client(station);
  nurse = await stage.open(station.url);
});
afterAll(async () => {
  await stage.end();
  await lab.kill();
});

/** A simulated cuff measures for half a minute, and reads again before it is believed (ms). */
const CUFF_MS = 180_000;

const vital = (parameter: string): Locator => page.getByTestId(`vital-${parameter}`);
const drive = async (parameter: string, to: string, over: string): Promise<void> => {
  await vital(parameter).getByTestId('value').fill(to);
  await vital(parameter).getByTestId('over').fill(over);
  await vital(parameter).getByTestId('drive').click();
};
const alarms = async (category: string) =>
  (await chairNow(client)).alarms.alarms.filter((alarm) => alarm.category === category);

it('says SIMULATED, shows the bytes both ways, and what they mean', async () => {
  await until(() => page.getByText('SIMULATED', { exact: true }).isVisible()).toBe(true);
  await goToChair(nurse.page);
  await until(() => hasNumber(nurse.page, HR)).toBe(true);
  await until(() => page.locator('.lab-row-to-monitor').count()).toBeGreaterThan(0);
  await until(() => page.locator('.lab-part-value').allInnerTexts()).toContainEqual(
    expect.stringMatching(/^HR \d+ /),
  );
  await page.getByTestId('pause-bytes').click();
  mkdirSync(SHOTS, { recursive: true });
  for (const [width, height] of [
    [1366, 768],
    [1920, 1080],
    [1024, 768],
  ] as const) {
    await page.setViewportSize({ width, height });
    await page.screenshot({ path: join(SHOTS, `lab-${width}.png`) });
  }
  await page.setViewportSize({ width: 1366, height: 768 });
  await page.getByTestId('pause-bytes').click();
});

it('a heart rate set by hand is the number at the chair', async () => {
  await drive('hr', '101', '0 s');
  await until(async () => Math.abs(Number(await value(nurse.page, HR)) - 101)).toBeLessThan(6);
});

it('a blood pressure raised by hand is a BP spike at the chair, from the next cuff reading on', async () => {
  // Patients' alarms are those of a session.
  await iAm(nurse.page, 'Nurse A');
  await infuse(nurse.page, 'L.B.');
  const before = Number.parseFloat(await vital('nibp-sys').locator('.lab-now').innerText());
  await drive('nibp-sys', '+100', '1 s');
  await until(
    async () => Number.parseFloat(await vital('nibp-sys').locator('.lab-now').innerText()) - before,
  ).toBeGreaterThan(90);
  await page.getByTestId('cuff-now').click();
  const isSpike = async (): Promise<boolean> =>
    (await alarms('physiological')).some(
      ({ conditionId, priority }) => conditionId.startsWith('nibp-sys-') && priority === 'high',
    );
  await until(isSpike, CUFF_MS).toBe(true);
});

it('corrupted bytes are counted, and never become a wrong number', async () => {
  await page.getByTestId('noise-flip').fill('0.02');
  await page.getByTestId('noise').click();
  const before = Number(await page.getByTestId('refused').innerText());
  const seen: string[] = [];
  await until(async () => {
    seen.push(await value(nurse.page, HR));
    return Number(await page.getByTestId('refused').innerText()) - before;
  }).toBeGreaterThan(200);
  for (const text of seen) if (/\d/.test(text)) expect(Math.abs(Number(text) - 101)).toBeLessThan(12);
  await page.getByTestId('noise-off').click();
});

it('a pulled cable becomes a technical alarm, and the numbers come back with it', async () => {
  await page.getByTestId('cable-out').click();
  await until(
    async () => (await alarms('technical')).filter((alarm) => alarm.monitorId === 'b650').length,
  ).toBe(1);
  await page.getByTestId('cable-in').click();
  await until(async () => Math.abs(Number(await value(nurse.page, HR)) - 101)).toBeLessThan(8);
});

it('what was done is a scenario file', async () => {
  await page.getByTestId('save').click();
  const text = await page.getByTestId('saved').locator('textarea').inputValue();
  const scenario: { events: unknown[]; line: unknown[] } = JSON.parse(text);
  expect(scenario.events.length).toBe(2);
  expect(scenario.line.length).toBe(2);
  expect(engineer.faults).toEqual([]);
});
