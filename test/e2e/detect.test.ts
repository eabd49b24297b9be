/** "Find out what this is": an engineer who does not know the monitor lets the station find out, and adds it. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { confirm, iAm, until } from './acts.ts';
import { createStage, type Win } from './stage.ts';
import { freePort } from './support.ts';

const stage = createStage();
let port: number;
let win: Win;
beforeAll(async () => {
  port = await freePort();
  await stage.simulate(['--device', 'nellcor', '--scenario', 'steady', '--tcp', `127.0.0.1:${port}`]);
  const station = await stage.serve(['--config', stage.config([]), '--data', stage.folder()]);
  win = await stage.open(station.url);
  await win.page.evaluate(() => {
    location.hash = '#/monitors';
  });
  await iAm(win.page, 'Engineer E');
});
afterAll(stage.end);

const dialog = () => win.page.getByTestId('add-monitor-dialog');

it('says which family it is and why, fills it in, and the monitor is added with it', async () => {
  await win.page.getByTestId('add-monitor').click();
  await dialog().getByTestId('via-tcp').check();
  await dialog().getByTestId('tcp-host').fill('127.0.0.1');
  await dialog().getByTestId('tcp-port').fill(String(port));
  await dialog().getByTestId('detect-line').click();
  await dialog().getByTestId('detect-progress').waitFor();
  const result = dialog().getByTestId('detect-result');
  await result.waitFor({ timeout: 70_000 });
  await until(() => result.getAttribute('data-outcome')).toBe('found');
  await until(() => result.innerText()).toMatch(/Nellcor.* sends by itself; \d+ complete frames .*SpO₂ \d+/);
  await dialog().getByTestId('detect-use').click();
  await until(() => dialog().getByTestId('monitor-family').inputValue()).toBe('nellcor');
  await dialog().getByTestId('monitor-simulated').check();
  await confirm(dialog());
  const card = win.page.locator('.monitor-card');
  await until(() => card.getAttribute('data-link-state'), 30_000).toBe('associated');
});

it('of two monitors at the chair the engineer says which is shown first', async () => {
  const other = await freePort();
  await stage.simulate(['--device', 'masimo-ascii', '--scenario', 'steady', '--tcp', `127.0.0.1:${other}`]);
  await win.page.getByTestId('add-monitor').click();
  await dialog().getByTestId('monitor-family').selectOption('masimo-ascii');
  await dialog().getByTestId('via-tcp').check();
  await dialog().getByTestId('tcp-host').fill('127.0.0.1');
  await dialog().getByTestId('tcp-port').fill(String(other));
  await dialog().getByTestId('monitor-simulated').check();
  await confirm(dialog());
  const cards = win.page.locator('.monitor-card');
  await until(() => cards.count()).toBe(2);
  await until(() => cards.nth(1).getByTestId('source-order').innerText()).toContain('Source 2 / 2');
  const name = await cards.nth(1).getAttribute('aria-label');
  await cards.nth(1).getByTestId('source-first').click();
  await until(() => cards.first().getAttribute('aria-label')).toBe(name);
  await until(() => cards.first().getByTestId('source-order').innerText()).toContain('Source 1 / 2');
  expect(win.faults).toEqual([]);
});
