/** A session handed on as a file from its review in a real browser: what is asked, what is saved, what is said in it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { LONG_VISIT, writeLongVisit } from '../../app/bench/long-visit.ts';
import { epochMs } from '../../core/time.ts';
import { openDatabase } from '../../db/open.ts';
import { iAm, until } from './acts.ts';
import { flaws, SIZES } from './layout-look.ts';
import { createStage, type Win } from './stage.ts';

const stage = createStage();
let win: Win;
let page: Page;

beforeAll(async () => {
  const data = stage.folder();
  const db = openDatabase(join(data, 'chairside-simulated.db'), {
    kind: 'simulated',
    readClockWall: () => epochMs(Date.now()),
  });
  writeLongVisit(db);
  db.close();
  const station = await stage.serve(['--data', data]);
  win = await stage.open(station.url);
  page = win.page;
  await iAm(page, 'Nurse A');
  await page.goto(`${page.url().split('#')[0] ?? ''}#/sessions/${LONG_VISIT}`);
  await page.getByTestId('hand-on').click();
});
afterAll(stage.end);

const dialog = () => page.getByTestId('export-dialog');

/** Chooses, has the file made and gives what was saved. */
const saved = async (
  ...choices: readonly string[]
): Promise<{ readonly name: string; readonly bytes: Buffer }> => {
  for (const choice of choices) await dialog().getByTestId(choice).check();
  const [download] = await Promise.all([
    page.waitForEvent('download', { timeout: 120_000 }),
    dialog().getByTestId('confirm').click(),
  ]);
  const name = download.suggestedFilename();
  await until(() => page.getByTestId('export-progress').innerText()).toContain(name);
  return { name, bytes: readFileSync(await download.path()) };
};

it('the dialog fits every screen', async () => {
  for (const size of SIZES) {
    await page.setViewportSize(size);
    await dialog().getByTestId('format-pdf').check();
    expect(
      await flaws(page, ['[data-testid="confirm"]', '[data-testid="dialog-cancel"]']),
      JSON.stringify(size),
    ).toEqual([]);
  }
  await page.setViewportSize({ width: 1366, height: 768 });
});

it('a table of one line a minute says SIMULATED before its first number', async () => {
  const { name, bytes } = await saved('format-csv', 'lines-60000');
  expect(name).toMatch(/\.csv$/);
  const [first = '', ...lines] = bytes.toString('utf8').split('\n');
  expect(`${first}\n${lines.slice(0, 20).join('\n')}`).toContain('SIMULATED');
  // 8 h, one line a minute and one for each cuff reading.
  expect(lines.length).toBeGreaterThan(480);
});

it('everything as JSON, for a health record and for an interface engine', async () => {
  const json: unknown = JSON.parse((await saved('format-json')).bytes.toString('utf8'));
  expect(json).toMatchObject({ session: { id: LONG_VISIT, origin: 'simulated' } });
  const bundle: unknown = JSON.parse((await saved('format-fhir')).bytes.toString('utf8'));
  expect(bundle).toMatchObject({ resourceType: 'Bundle', type: 'document' });
  const message = (await saved('format-hl7')).bytes.toString('utf8');
  expect(message.split('\r')[0]).toMatch(/^MSH\|.*ORU\^R01\^ORU_R01\|[^|]*\|T\|2\.6/);
});

it('the report on paper is a PDF', async () => {
  const { name, bytes } = await saved('format-pdf', 'paper-a4');
  expect(name).toMatch(/\.pdf$/);
  expect(bytes.subarray(0, 5).toString('latin1')).toBe('%PDF-');
  expect(bytes.length).toBeGreaterThan(20_000);
});

it('nothing went wrong in the window', () => {
  expect(win.faults).toEqual([]);
});
