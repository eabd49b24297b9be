/** "At the bedside" on paper: what the browser prints while the page stands over the form. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { flat, textLayer } from '../exports/pdf/text-layer.ts';
import { iAm, until } from './acts.ts';
import { createStage, type Win } from './stage.ts';

const stage = createStage();
let win: Win;
let page: Page;

beforeAll(async () => {
  const station = await stage.serve(['--config', stage.config([]), '--data', stage.folder()]);
  win = await stage.open(station.url);
  page = win.page;
  await page.evaluate(() => {
    location.hash = '#/monitors';
  });
  await iAm(page, 'Engineer E');
  await page.getByTestId('add-monitor').click();
});
afterAll(stage.end);

it.each([
  ['intellivue', /Philips IntelliVue .*DataOut.*115200 8N1.*Tried on/],
  ['berrymed-pm6750', /BerryMed PM6750 .*Switch temperature on/],
  ['hl7-oru', /HL7 v2 .*Port 2575.*Tried on/],
])('of %s is one page with nothing else on it', async (family, words) => {
  const dialog = page.getByTestId('add-monitor-dialog');
  await dialog.getByTestId('monitor-family').selectOption(family);
  await dialog.getByTestId('bedside-open').click();
  await page.getByTestId('bedside-page').waitFor();
  const pages = await textLayer(await page.pdf({ format: 'A4', printBackground: true }));
  expect(pages).toHaveLength(1);
  const text = flat(pages[0] ?? []);
  expect(text).toMatch(words);
  // Neither the form beneath nor the buttons, the banner and the foot of the window.
  for (const label of ['Name on the screen', 'Go back', 'Add this monitor', 'Secondary display', 'Monitors'])
    expect(text).not.toContain(label);
  await page.getByTestId('bedside-close').click();
  await until(() => page.getByTestId('bedside-page').count()).toBe(0);
  expect(win.faults).toEqual([]);
});
