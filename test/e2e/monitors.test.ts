import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { confirm, HR, hasNumber, iAm, SPO2, tile, until } from './acts.ts';
import { createStage, type Win } from './stage.ts';
import { freePort } from './support.ts';

const stage = createStage();
let port: number;
let win: Win;
let page: Page;
beforeAll(async () => {
  const simulator = await stage.simulate(['--device', 'masimo-ascii', '--tcp', '127.0.0.1:0']);
  port = Number(String(simulator.ready.listening).split(':').at(-1));
  const station = await stage.serve(['--config', stage.config([]), '--data', stage.folder()]);
  win = await stage.open(station.url);
  page = win.page;
  await page.evaluate(() => {
    location.hash = '#/monitors';
  });
  await iAm(page, 'Engineer E');
});
afterAll(stage.end);

const card = () => page.locator('.monitor-card');
const dialog = () => page.getByTestId('add-monitor-dialog');

it('a wrong port gives one clear line when the line is tested', async () => {
  await page.getByTestId('add-monitor').click();
  await dialog().getByTestId('monitor-family').selectOption('masimo-ascii');
  await dialog().getByTestId('via-tcp').check();
  await dialog().getByTestId('tcp-host').fill('127.0.0.1');
  // What to do at the monitor itself stands one click away.
  await dialog().getByTestId('bedside-open').click();
  await until(() => page.getByTestId('bedside-page').innerText()).toMatch(/SEr[\s\S]*Cable\s+Not known:/);
  await page.getByTestId('bedside-close').click();
  await until(() => page.getByTestId('bedside-page').count()).toBe(0);
  const closed = await freePort();
  await dialog().getByTestId('tcp-port').fill(String(closed));
  await dialog().getByTestId('test-line').click();
  const result = dialog().getByTestId('test-result');
  await result.waitFor();
  await until(() => result.getAttribute('data-link-state')).toBe('failed');
  await until(() => result.innerText()).toContain(String(closed));
  await until(() => result.innerText()).toMatch(/refused/i);
});

it('the right port answers with values', async () => {
  await dialog().getByTestId('tcp-port').fill(String(port));
  await dialog().getByTestId('test-line').click();
  const result = dialog().locator('[data-testid="test-result"][data-link-state="associated"]');
  await result.waitFor();
  await until(() => result.innerText()).toMatch(/SpO.*\d\d/);
});

it('a tested monitor is added, marked as simulated, and delivers', async () => {
  await dialog().getByTestId('monitor-name').fill('Rad-8 trial');
  await dialog().getByTestId('monitor-simulated').check();
  await confirm(dialog());
  await until(() => card().getAttribute('data-link-state')).toBe('associated');
  await until(() => card().innerText()).toContain('Rad-8 trial');
  await until(() => card().locator('.origin-word').innerText()).toMatch(/SIMULATED/i);
  await page.evaluate(() => {
    location.hash = '#/';
  });
  const room = page.getByTestId('chair-tile-chair-1');
  await until(() => hasNumber(room, SPO2)).toBe(true);
  // An oximeter has no ECG: its pulse rate is shown under its own name, never as a heart rate.
  await until(() => tile(room, HR).count()).toBe(0);
  await until(() => hasNumber(room, 'MDC_PULS_OXIM_PULS_RATE')).toBe(true);
});

it('it is changed in place: another name, and the settings that the server must have', async () => {
  await page.evaluate(() => {
    location.hash = '#/monitors';
  });
  await card().getByTestId('change-monitor').click();
  const change = page.getByTestId('change-monitor-dialog');
  // The families are asked of the station when the form opens.
  await until(() => change.innerText()).toContain('9600 8N1');
  await until(() => change.getByTestId('monitor-name').inputValue()).toBe('Rad-8 trial');
  // On a serial port the family's settings stand there, and what differs is marked until one click takes it back.
  await change.getByTestId('via-serial').check();
  await change.getByTestId('serial-path').fill('/dev/nowhere');
  await until(() => change.getByTestId('line-baudRate').inputValue()).toBe('9600');
  await change.getByTestId('line-baudRate').fill('4800');
  await change.getByTestId('line-parity').selectOption('odd');
  await until(() => change.getByTestId('line-other').innerText()).toContain('Baud rate, Parity');
  await change.getByTestId('line-back').click();
  await until(() => change.getByTestId('line-baudRate').inputValue()).toBe('9600');
  await until(() => change.getByTestId('line-other').count()).toBe(0);
  await change.getByTestId('via-tcp').check();
  await change.getByTestId('tcp-host').fill('127.0.0.1');
  await change.getByTestId('tcp-port').fill(String(port));
  await change.getByTestId('monitor-name').fill('Rad-8 at the window');
  await confirm(change);
  await until(() => card().innerText()).toContain('Rad-8 at the window');
  await until(() => card().getAttribute('data-link-state')).toBe('associated');
});

it('its raw lines can be watched, as hexadecimal and as text', async () => {
  await page.evaluate(() => {
    location.hash = '#/monitors';
  });
  await card().getByTestId('watch').click();
  const lines = card().getByTestId('raw-lines').locator('.raw-line');
  await until(() => lines.count()).toBeGreaterThan(2);
  // Rows of 16 bytes: the sentences run on from row to row.
  const joined = async (part: string) =>
    (await card().locator(part).allInnerTexts()).join('').replaceAll(' ', '');
  await until(() => joined('.raw-text')).toContain('SPO2=');
  expect((await joined('.raw-hex')).toLowerCase()).toContain(Buffer.from('SPO2=').toString('hex'));
  const before = await lines.count();
  await until(() => lines.count()).toBeGreaterThan(before);
  await card().getByTestId('watch').click();
  await until(() => card().getByTestId('raw-lines').count()).toBe(0);
});

it('it is removed after one more question, and its numbers go with it', async () => {
  await card().getByTestId('remove-monitor').click();
  await confirm(page.getByTestId('sure-dialog'));
  await until(() => card().count()).toBe(0);
  await page.evaluate(() => {
    location.hash = '#/';
  });
  const room = page.getByTestId('chair-tile-chair-1');
  await until(() => hasNumber(room, SPO2)).toBe(false);
  expect(win.faults).toEqual([]);
});
