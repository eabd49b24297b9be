/** Whatever of a visit stands in the middle: numbers, alarms and steps stay in view, uncovered and uncut, at every size. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CENTRES } from '../../renderer/view-model/visit.ts';
import { alarms, until, waitUntil } from './acts.ts';
import { ACTIONS, ALWAYS, cutOff, flaws, resize, SIZES, smallTargets, VITALS } from './layout-look.ts';
import { createStage } from './stage.ts';
import { type SteppedStation, steppedStation } from './stepped-station.ts';
import { centre, nowIAm, openVisit } from './visit-acts.ts';

/** A pressure that alarms from the first reading on: there is an alarm on the screen all the time. */
const HYPERTENSIVE = {
  name: 'hypertensive',
  title: 'High pressure from the start',
  cuff: { firstAtS: 30, intervalS: 300, extraAtS: [] },
  patient: { systolic: 205, diastolic: 112 },
};

const stage = createStage();
let station: SteppedStation;
let page: Page;
beforeAll(async () => {
  station = await steppedStation(stage, [HYPERTENSIVE]);
  ({ page } = await station.open());
  await nowIAm(page, 'Nurse A');
  await openVisit(page, 'W.W.', 'depression');
  await centre(page, 'dose');
  await page.getByTestId('number-weight').fill('75');
  await page.getByTestId('plan-dose').click();
  await page.getByTestId('verify').waitFor();
  await page.getByTestId('action-start-baseline').click();
  await station.pass(90_000);
  await page.getByTestId('action-start-infusion').click();
  const why = page.getByTestId('reason-dialog');
  await why.getByTestId('reason-input').fill('to look at the screen');
  await why.getByTestId('physician-input').fill('Dr. Osei');
  if ((await why.getByTestId('second-input').count()) > 0)
    await why.getByTestId('second-input').fill('Nurse B');
  await why.getByTestId('confirm').click();
  await station.pass(360_000);
  await waitUntil(async () => (await alarms(page, 'high').count()) > 0);
});
afterAll(async () => {
  await station.end();
  await stage.end();
});

describe.each(SIZES)('at $width × $height', (size) => {
  beforeAll(() => resize(page, size));

  it.each(CENTRES)('with “%s” in the middle', async (name) => {
    await centre(page, name);
    const tabs = CENTRES.map((each) => `[data-testid="centre-${each}"]`);
    const cuff = '[data-testid="cuff-panel"] .cuff-plan';
    await until(() => flaws(page, [...VITALS, ...ACTIONS, ...ALWAYS, ...tabs, cuff])).toEqual([]);
    await until(() => cutOff(page)).toEqual([]);
    // The panel itself is no wider than its place.
    const over = await page.evaluate(() => {
      const body = document.querySelector('.centre-body');
      return body === null ? 'missing' : body.scrollWidth - body.clientWidth;
    });
    expect(over).toBeLessThanOrEqual(1);
    await until(() => smallTargets(page, '.chair')).toEqual([]);
  });

  it('the trend with its waves and its time axis needs no scroll', async () => {
    await centre(page, 'trend');
    const over = () =>
      page.evaluate(() => {
        const [body, canvas] = [
          document.querySelector('.centre-body'),
          document.querySelector('.waves canvas'),
        ];
        const strip = canvas?.parentElement ?? null;
        if (body === null || canvas === null || strip === null) return 'missing';
        return [body.scrollHeight - body.clientHeight, canvas.clientHeight - strip.clientHeight];
      });
    await until(over).toEqual([0, 0]);
  });

  it('the dialog of the limits shows limits', async () => {
    await page.getByTestId('limits-button').click();
    await until(() => flaws(page, ['.limit-table tbody tr'])).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByTestId('limits-dialog').waitFor({ state: 'detached' });
  });
});
