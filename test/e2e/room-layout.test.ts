/** Eight chairs: all of them are in view at every size, and an alarm of one is said wherever somebody looks. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chairId } from '../../core/ids.ts';
import { HR, until, waitUntil } from './acts.ts';
import { cutOff, flaws, resize, SIZES, VITALS } from './layout-look.ts';
import { createStage } from './stage.ts';
import { type SteppedStation, steppedStation } from './stepped-station.ts';

const CUFF = { firstAtS: 30, intervalS: 300, extraAtS: [] };
const CALM = { name: 'calm', title: 'Nothing happens', cuff: CUFF };
const HYPERTENSIVE = {
  name: 'hypertensive',
  title: 'High pressure from the start',
  cuff: CUFF,
  patient: { heartRate: 118, systolic: 205, diastolic: 112 },
};
const CHAIRS = [1, 2, 3, 4, 5, 6, 7, 8].map((number) => `chair-${number}`);
/** In the first and in the second row. */
const ALARMING = ['chair-2', 'chair-7'];

const stage = createStage();
let station: SteppedStation;
let page: Page;
beforeAll(async () => {
  station = await steppedStation(
    stage,
    CHAIRS.map((id) => (ALARMING.includes(id) ? HYPERTENSIVE : { ...CALM, name: `calm-${id}` })),
  );
  ({ page } = await station.open());
  await page.getByTestId('chair-tile-chair-8').waitFor();
  for (const id of CHAIRS) {
    await station.client.call('session.open', {
      chairId: chairId(id),
      patientInitials: 'W.W.W.W.',
      patientId: null,
      courseId: null,
      indication: 'Depression',
      plannedInfusionMs: 40 * 60_000,
      plannedRecoveryMs: 30 * 60_000,
      presetId: null,
      protocolId: null,
      by: 'Nurse A',
    });
  }
  await station.pass(90_000);
  for (const id of ALARMING) await waitUntil(async () => (await alarmOf(id)) === 'high');
});
afterAll(async () => {
  await station.end();
  await stage.end();
});

const tileOf = (id: string): string => `[data-testid="chair-tile-${id}"]`;
const alarmOf = (id: string): Promise<string | null> => page.locator(tileOf(id)).getAttribute('data-alarm');
const elsewhere = (): Promise<readonly (string | null)[]> =>
  page
    .getByTestId('alarms-elsewhere')
    .locator('a')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href')));
const go = (hash: string): Promise<void> =>
  page.evaluate((to) => {
    location.hash = to;
  }, hash);

describe.each(SIZES)('eight chairs at $width × $height', (size) => {
  beforeAll(() => resize(page, size));

  it('are all in view with their numbers and alarms, uncovered and uncut', async () => {
    const seen = CHAIRS.flatMap((id) => [
      tileOf(id),
      `${tileOf(id)} .alarm-strip`,
      ...VITALS.map((vital) => `${tileOf(id)} ${vital}`),
    ]);
    await until(() => flaws(page, seen)).toEqual([]);
    await until(() => cutOff(page)).toEqual([]);
    await until(elsewhere).toEqual([]);
  });
});

it('in a window too low for all of them, the alarms of those out of sight are said below', async () => {
  await page.setViewportSize({ width: 1024, height: 480 });
  await until(elsewhere).toContain('#/chair/chair-7');
  await until(() => flaws(page, ['[data-testid="elsewhere-chair-7"]'])).toEqual([]);
  await page.setViewportSize({ width: 1366, height: 768 });
  await until(elsewhere).toEqual([]);
});

describe.each(SIZES)('an alarm of another chair at $width × $height', (size) => {
  beforeAll(() => resize(page, size));

  it.each(['#/chair/chair-1', '#/sessions', '#/monitors', '#/patients', '#/people', '#/about'])(
    'is said on %s and leads there',
    async (hash) => {
      await go(hash);
      await until(elsewhere).toEqual(ALARMING.map((id) => `#/chair/${id}`));
      const links = ALARMING.map((id) => `[data-testid="elsewhere-${id}"]`);
      await until(() => flaws(page, links)).toEqual([]);
      const heights = await page
        .locator('.elsewhere a')
        .evaluateAll((all) => all.map((link) => link.getBoundingClientRect().height));
      for (const height of heights) expect(height).toBeGreaterThanOrEqual(44);
    },
  );

  it('takes no number of the chair that is shown out of view', async () => {
    await go('#/chair/chair-1');
    await page.getByTestId('phase-panel').waitFor();
    await until(() => flaws(page, VITALS)).toEqual([]);
    await until(() => cutOff(page)).toEqual([]);
  });

  it('is not said of the chair that is shown itself', async () => {
    await go('#/chair/chair-2');
    await until(elsewhere).toEqual(['#/chair/chair-7']);
    expect(await page.locator('.alarm-row').count()).toBeGreaterThan(0);
    expect(await page.getByTestId(`numeric-${HR}`).count()).toBe(1);
  });
});
