/** Two nurses at two windows act at once; a patient leaves early; an infusion ends in an emergency. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { phase, until } from './acts.ts';
import { createStage, type Win } from './stage.ts';
import { type SteppedStation, steppedStation } from './stepped-station.ts';
import { centre, nowIAm, openVisit } from './visit-acts.ts';

const MINUTE = 60_000;
const BED = { name: 'calm', title: 'Calm', cuff: { firstAtS: 60, intervalS: 300, extraAtS: [150] } };

const stage = createStage();
let station: SteppedStation;
let first: Win;
let second: Win;
let a: Page;
let b: Page;
beforeAll(async () => {
  station = await steppedStation(stage, [BED, { ...BED, name: 'calm-too' }]);
  first = await station.open();
  second = await station.open();
  [a, b] = [first.page, second.page];
  await nowIAm(a, 'Nurse A');
  await nowIAm(b, 'Nurse B');
});
afterAll(async () => {
  await station.end();
  await stage.end();
});

/** Starts without the list: with a reason and a physician's name, which the record keeps. */
const startAnyway = async (page: Page): Promise<void> => {
  await page.getByTestId('action-start-baseline').click();
  await until(() => phase(page)).toBe('baseline');
  await station.pass(3 * MINUTE);
  await page.getByTestId('action-start-infusion').click();
  const why = page.getByTestId('reason-dialog');
  await why.getByTestId('reason-input').fill('list is on paper today');
  await why.getByTestId('physician-input').fill('Dr. Osei');
  if ((await why.getByTestId('second-input').count()) > 0)
    await why.getByTestId('second-input').fill('Nurse B');
  await why.getByTestId('confirm').click();
  await until(() => phase(page)).toBe('infusing');
};

it('the start yields to a reason with a physician’s name, and both stand in the record', async () => {
  await openVisit(a, 'T.N.', 'depression');
  await centre(a, 'dose');
  await a.getByTestId('number-weight').fill('70');
  await a.getByTestId('plan-dose').click();
  await a.getByTestId('verify').waitFor();
  await startAnyway(a);
  const [listed] = (await station.client.call('sessions.list', {})).sessions;
  if (listed === undefined) throw new Error('no session');
  const events = await station.client.call('history.events', { sessionId: listed.id });
  const authorised = events.find(({ body }) => body.type === 'move-authorised');
  expect(JSON.stringify(authorised?.body)).toContain('Dr. Osei');
  expect(JSON.stringify(events.findLast(({ body }) => body.type === 'phase-changed')?.body)).toContain(
    'list is on paper today',
  );
});

it('two rate changes at once: one is done, the other is refused in words, and the record has one', async () => {
  await b.getByTestId('chair-tile-chair-1').click();
  await b.getByTestId('dose-strip').click();
  await centre(a, 'dose');
  await a.getByTestId('less-0.5').click();
  await b.getByTestId('less-0.75').click();
  const reason = (page: Page) => page.getByTestId('reason-Patient asked').click({ noWaitAfter: true });
  await Promise.all([reason(a), reason(b)]);
  const refused = async () =>
    (
      await Promise.all([a, b].map((page) => page.getByTestId('rate-form').getByTestId('failure').count()))
    ).reduce((sum, count) => sum + count, 0);
  const changes = async () => {
    const [listed] = (await station.client.call('sessions.list', {})).sessions;
    if (listed === undefined) return [];
    const events = await station.client.call('history.events', { sessionId: listed.id });
    return events.filter(({ body }) => body.type === 'dose-rate-changed');
  };
  await until(async () => (await changes()).length + (await refused())).toBe(2);
  // Either both came one after the other and the second knew of the first, or one was refused: never both blindly.
  const done = await changes();
  if (done.length === 2) {
    const [one, two] = done.map(({ body }) => body);
    if (one?.type !== 'dose-rate-changed' || two?.type !== 'dose-rate-changed') throw new Error('no changes');
    expect(two.from).toBe(one.to);
  } else {
    expect(await refused()).toBe(1);
  }
});

it('a step that somebody else has already made is refused in words, not made twice', async () => {
  await a.getByTestId('action-pause').click();
  await b.getByTestId('action-pause').click();
  await a.getByTestId('reason-dialog').getByTestId('reason-Toilet').click();
  await until(() => phase(a)).toBe('paused');
  await b.getByTestId('reason-dialog').getByTestId('reason-Toilet').click();
  await until(() => b.getByTestId('failure').first().innerText()).toMatch(/already|somebody else/i);
  await until(() => phase(b)).toBe('paused');
});

it('the patient leaves early: the visit closes, and what was not met is in the record', async () => {
  await centre(a, 'discharge');
  await a.getByTestId('leave-early').click();
  await a.getByTestId('reason-dialog').getByTestId('reason-Against medical advice').click();
  await a.getByTestId('no-session').waitFor();
  await b.getByTestId('no-session').waitFor();
  const [listed] = (await station.client.call('sessions.list', {})).sessions;
  if (listed === undefined) throw new Error('no session');
  const events = await station.client.call('history.events', { sessionId: listed.id });
  const left = events.find(({ body }) => body.type === 'left-early')?.body;
  if (left?.type !== 'left-early') throw new Error('not in the record');
  expect(left.reason).toBe('Against medical advice');
  expect(left.unmet.length).toBeGreaterThan(3);
});

it('an emergency stops the drug and keeps watching; the abort comes afterwards', async () => {
  await a.getByRole('link', { name: 'Room', exact: true }).click();
  await openVisit(a, 'E.M.', 'depression', 'chair-2');
  await startAnyway(a);
  await a.getByTestId('action-stop').click();
  await a.getByTestId('stop-dialog').getByTestId('stop-emergency').click();
  await until(() => phase(a)).toBe('recovery');
  await a.getByTestId('action-end-early').click();
  const why = a.getByTestId('reason-dialog');
  await why.getByTestId('reason-input').fill('taken to hospital by ambulance');
  await why.getByTestId('confirm').click();
  await a.getByTestId('no-session').waitFor();
  expect([...first.faults, ...second.faults]).toEqual([]);
});
