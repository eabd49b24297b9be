/** A networked monitor (HL7) that connects to the station: added on the screen, read, lost, and read again. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, it } from 'vitest';
import { confirm, iAm, until } from './acts.ts';
import { createStage, type Win } from './stage.ts';
import { freePort } from './support.ts';

const stage = createStage();
let port: number;
let win: Win;
let page: Page;
beforeAll(async () => {
  port = await freePort();
  const station = await stage.serve(['--config', stage.config([]), '--data', stage.folder()]);
  win = await stage.open(station.url);
  page = win.page;
  await page.evaluate(() => {
    location.hash = '#/monitors';
  });
  await iAm(page, 'Engineer E');
});
afterAll(stage.end);

const monitor = () =>
  stage.simulate(['--device', 'hl7-oru', '--scenario', 'steady', '--tcp-connect', `127.0.0.1:${port}`]);
const card = () => page.locator('.monitor-card');
const dialog = () => page.getByTestId('add-monitor-dialog');

it('its family brings the listening port and its own options with it', async () => {
  await page.getByTestId('add-monitor').click();
  await dialog().getByTestId('monitor-family').selectOption('hl7-oru');
  await until(() => dialog().getByTestId('via-tcp-listen').isChecked()).toBe(true);
  await dialog().getByTestId('tcp-port').fill(String(port));
  await dialog().getByTestId('option-bed').fill('1');
  await dialog().getByTestId('option-intervalS').fill('2');
  await dialog().getByTestId('monitor-simulated').check();
  await dialog().getByTestId('monitor-name').fill('Bed 1');
});

it('it is waited for, and read once it connects', async () => {
  await confirm(dialog());
  await until(() => card().innerText()).toContain(`Waiting on 127.0.0.1:${port} for the monitor to connect.`);
  const running = await monitor();
  await until(() => card().getAttribute('data-link-state')).toBe('associated');
  await running.kill();
  // That it ended stands there until the port listens again, which is half a second.
  await until(() => card().innerText()).toMatch(/ended the connection|Waiting on/);
  await monitor();
  await until(() => card().getAttribute('data-link-state')).toBe('associated');
});
