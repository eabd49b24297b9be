/** A four-hour pain visit: rate changes, a bolus, the cuff's own timetable, another chair on the way, hours in seconds. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { chairSession, confirm, phase, until } from './acts.ts';
import { createStage, type Win } from './stage.ts';
import { type SteppedStation, steppedStation } from './stepped-station.ts';
import {
  acknowledgeAll,
  centre,
  freely,
  goThroughList,
  nowIAm,
  openItems,
  openVisit,
  planDose,
  scoreParts,
} from './visit-acts.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const CALM = {
  name: 'pain-visit',
  title: 'A calm visit of four hours',
  cuff: { firstAtS: 60, intervalS: 300, extraAtS: [150] },
  patient: {
    systolic: 128,
    diastolic: 78,
    response: { systolicRise: 8, diastolicRise: 5, heartRateRise: 2 },
  },
};

const stage = createStage();
let station: SteppedStation;
let win: Win;
let page: Page;
beforeAll(async () => {
  station = await steppedStation(stage, [CALM, { ...CALM, name: 'second-chair' }]);
  win = await station.open();
  ({ page } = win);
});
afterAll(async () => {
  await station.end();
  await stage.end();
});

it('intake and baseline: 80 kg, 1.4 mg/kg over 4 h, checked by a second person', async () => {
  await nowIAm(page, 'Nurse A');
  await openVisit(page, 'P.V.', 'chronic-pain');
  await goThroughList(page);
  await planDose(page, { weight: '80', pumpRate: '14', pumpVolume: '56' });
  await freely(page, 'start-baseline', 'baseline');
  await station.pass(3 * MINUTE);
  await centre(page, 'checklist');
  await until(() => openItems(page)).toEqual([]);
  await freely(page, 'start-infusion', 'infusing');
});

it('two hours: half is given, the cuff is asked for less often, the scales are due and do not nag', async () => {
  await station.pass(2 * HOUR);
  await until(() => page.getByTestId('dose-strip').innerText()).toMatch(/5[5-6](\.\d)? of 112 mg/);
  await until(() => page.getByTestId('cuff-panel').innerText()).toContain('every 15 min');
  // What is due is a line, not an alarm.
  await until(() => page.getByTestId('next-panel').innerText()).toContain('now');
  await centre(page, 'observe');
  await page.getByTestId('pain-6').click();
  await until(() => page.getByTestId('scale-pain').innerText()).toContain('last 6');
});

it('the patient moves to another chair with another monitor: the visit goes on there, dose and all', async () => {
  await centre(page, 'discharge');
  await page.getByTestId('move-chair').click();
  const dialog = page.getByTestId('move-dialog');
  await dialog.getByTestId('move-to-chair-2').click();
  await dialog.getByTestId('reason-input').fill('monitor of chair 1 is needed');
  await confirm(dialog);
  await until(() => page.evaluate(() => location.hash)).toContain('chair-2');
  await until(() => phase(page)).toBe('infusing');
  await until(() => page.getByTestId('dose-strip').innerText()).toMatch(/5[5-6](\.\d)? of 112 mg/);
});

it('a rate ten times too high is looked at twice; the right one is set with a tap', async () => {
  await centre(page, 'dose');
  await page.getByTestId('number-rate').fill('175');
  await until(() => page.getByTestId('findings').innerText()).toContain('decimal point');
  await page.getByTestId('number-rate').fill('17.5');
  await page.getByTestId('reason-More effect wanted').click();
  await until(() => page.getByTestId('dose-strip').innerText()).toContain('17.5 mL/h');
});

it('when everything planned is given it says so, and the stop is complete', async () => {
  await station.pass(100 * MINUTE);
  await until(() => page.getByTestId('dose-strip').innerText()).toContain('look at the pump');
  await page.getByTestId('action-stop').click();
  await page.getByTestId('stop-dialog').getByTestId('stop-complete').click();
  await until(() => phase(page)).toBe('recovery');
});

it('recovery is extended, the criteria are met, and the patient goes', async () => {
  await station.pass(40 * MINUTE);
  await acknowledgeAll(page);
  await centre(page, 'observe');
  for (const tap of ['moaa-s-5', 'dissociation-0', 'nausea-0', 'pain-2']) await page.getByTestId(tap).click();
  await until(() => page.getByTestId('scale-pain').innerText()).toContain('last 2');
  await centre(page, 'discharge');
  await scoreParts(page, 'aldrete', ['activity', 'respiration', 'consciousness', 'circulation', 'oxygen']);
  await scoreParts(page, 'padss', ['vitals', 'gait', 'nausea', 'pain']);
  for (const id of ['oriented', 'iv-out', 'escort', 'instructions']) {
    await page.getByTestId(`confirm-${id}`).click();
    await until(() => page.getByTestId(`item-${id}`).getAttribute('data-state')).toBe('done');
  }
  await until(() => openItems(page)).toEqual([]);
  await page.getByTestId('action-discharge').click();
  await confirm(page.getByTestId('confirm-dialog'));
  await page.getByTestId('no-session').waitFor();
});

it('one record holds the whole visit, on both chairs', async () => {
  const [listed] = (await station.client.call('sessions.list', {})).sessions;
  if (listed === undefined) throw new Error('no session');
  const session = chairSession(await station.client.call('history.events', { sessionId: listed.id }));
  expect(session.visit.moves.map(({ from, to }) => [from, to])).toEqual([['chair-1', 'chair-2']]);
  expect(session.phase).toBe('discharged');
  const readings = (
    await station.client.call('history.trend', {
      sessionId: listed.id,
      from: session.openedAt,
      to: (session.closedAt ?? session.openedAt) + 1,
      buckets: 100,
    })
  ).nibp;
  expect(new Set(readings.map(({ monitorId }) => monitorId))).toEqual(new Set(['monitor-1', 'monitor-2']));
  expect(win.faults).toEqual([]);
});
