import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alarms, goToChair, HR, hasNumber, iAm, infuse, RESP, SPO2, until, waitUntil } from './acts.ts';
import { ACTIONS, ALWAYS, cutOff, flaws, resize, SIZES, VITALS } from './layout-look.ts';
import { sickPatient } from './sick-patient.ts';
import { createStage } from './stage.ts';

const stage = createStage();
let page: Page;
beforeAll(async () => {
  const config = stage.config([await sickPatient(stage)]);
  const station = await stage.serve(['--config', config, '--data', stage.folder()]);
  ({ page } = await stage.open(station.url));
  await goToChair(page);
  await iAm(page, 'Nurse A');
  await infuse(page, 'W.W.W.W.');
  await waitUntil(async () => (await alarms(page, 'high').count()) > 2, 60_000);
});
afterAll(stage.end);

describe.each(SIZES)('the chair’s screen at $width × $height with an infusion and three alarms', (size) => {
  beforeAll(() => resize(page, size));

  it('shows all four vitals as numbers', async () => {
    for (const metric of [HR, SPO2, RESP, 'nibp']) expect(await hasNumber(page, metric), metric).toBe(true);
  });

  it('has the vitals, every action, the alarms and the permanent labels in view, uncovered', async () => {
    await until(() => flaws(page, [...VITALS, ...ACTIONS, ...ALWAYS])).toEqual([]);
  });

  // What is said while the cuff is inflated takes room from the limits.
  it.each([true, false])(
    'cuts off no number, limit, alarm or word of a button (cuff measuring: %s)',
    async (is) => {
      const plan = page.getByTestId('cuff-panel');
      await waitUntil(async () => ((await plan.getAttribute('data-plan')) === 'measuring') === is);
      await until(() => cutOff(page)).toEqual([]);
    },
  );

  it('does not scroll', async () => {
    const over = await page.evaluate(() => {
      const { scrollWidth, clientWidth, scrollHeight, clientHeight } = document.documentElement;
      return { sideways: scrollWidth - clientWidth, down: scrollHeight - clientHeight };
    });
    expect(over).toEqual({ sideways: 0, down: 0 });
  });
});

it('the same look finds what is out of view in a window that is far too small', async () => {
  await page.setViewportSize({ width: 480, height: 320 });
  await until(() => page.evaluate(() => window.innerWidth)).toBe(480);
  expect((await flaws(page, [...VITALS, ...ACTIONS, ...ALWAYS])).length).toBeGreaterThan(0);
});

it('the room’s tile shows the four vitals uncut at every size', async () => {
  await page.evaluate(() => {
    location.hash = '#/';
  });
  await page.getByTestId('chair-tile-chair-1').waitFor();
  for (const size of SIZES) {
    await page.setViewportSize({ ...size });
    await until(() => page.evaluate(() => window.innerWidth)).toBe(size.width);
    expect(await cutOff(page), `${size.width}`).toEqual([]);
    expect(await flaws(page, VITALS), `${size.width}`).toEqual([]);
  }
});
