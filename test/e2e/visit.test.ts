import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SessionSummary } from '../../core/api/views.ts';
import {
  alarms,
  confirm,
  goToChair,
  HR,
  hasNumber,
  iAm,
  openSession,
  phase,
  SPO2,
  step,
  until,
  value,
} from './acts.ts';
import { createStage, type Win } from './stage.ts';
import { freePort, type Serving, verb } from './support.ts';

const stage = createStage();
const data = stage.folder();
let port: number;
let station: Serving;
let win: Win;
let page: Page;
beforeAll(async () => {
  port = await freePort();
  const config = stage.config([
    {
      id: 'b650',
      family: 'ge-s5-dri',
      address: { kind: 'tcp', host: '127.0.0.1', port },
      options: { intervalS: 1 },
    },
  ]);
  station = await stage.serve(['--config', config, '--data', data]);
  win = await stage.open(station.url);
  page = win.page;
});
afterAll(stage.end);

const countdownS = (text: string): number => {
  const [, minutes = '0', seconds = '0'] = /(\d+):(\d\d)/.exec(text) ?? [];
  return Number(minutes) * 60 + Number(seconds);
};

it('a session is opened, and baseline begins', async () => {
  await goToChair(page);
  await until(() => page.getByTestId('action-start-infusion').isDisabled()).toBe(true);
  await iAm(page, 'Nurse A');
  await openSession(page, 'K.B.');
  await step(page, 'start-baseline', 'baseline');
});

it('the monitor is switched on: all four vitals appear', async () => {
  const line = ['--tcp', `127.0.0.1:${port}`, '--scenario', 'bp-spike', '--speed', '20'];
  await stage.simulate(['--device', 'ge-s5-dri', ...line]);
  await until(async () =>
    Promise.all([HR, SPO2, 'MDC_TTHOR_RESP_RATE', 'nibp'].map((metric) => hasNumber(page, metric))),
  ).toEqual([true, true, true, true]);
  await until(() => value(page, 'nibp')).toMatch(/^\d{2,3}\/\d{2,3}\s*\(\d{2,3}\)$/);
});

it('the infusion starts only with a reason while the baseline is not settled', async () => {
  await page.getByTestId('action-start-infusion').click();
  const dialog = page.getByTestId('reason-dialog');
  await dialog.waitFor();
  await until(() => phase(page)).toBe('baseline');
  await until(() => dialog.getByTestId('confirm').isDisabled()).toBe(true);
  await dialog.getByTestId('reason-input').fill('second reading follows during the infusion');
  await confirm(dialog);
  await until(() => phase(page)).toBe('infusing');
});

it('a surge of blood pressure becomes a high alarm at the chair and in the room', async () => {
  await until(() => alarms(page, 'high').count(), 40_000).toBeGreaterThan(0);
  await page.getByRole('link', { name: 'Room', exact: true }).click();
  const room = page.getByTestId('chair-tile-chair-1');
  await until(() => room.getAttribute('data-alarm')).toBe('high');
  await until(() => room.locator('.alarm-strip').getAttribute('data-priority')).toBe('high');
  // Seen behind other windows, without a name in it.
  await until(() => page.title()).toMatch(/ALARM/);
  await until(() => page.title()).not.toContain('K.B.');
  await goToChair(page);
});

it('the sound is paused for two minutes and the pause counts down', async () => {
  const pause = page.getByTestId('audio-pause');
  await pause.click();
  await until(() => pause.getAttribute('data-state')).toBe('paused');
  const first = countdownS(await pause.innerText());
  expect(first).toBeGreaterThan(100);
  // The window looks at its time twice a second: it may be a moment behind the station.
  expect(first).toBeLessThanOrEqual(121);
  await until(async () => countdownS(await pause.innerText())).toBeLessThan(first);
});

it('every alarm is acknowledged by name, and says so', async () => {
  await until(async () => {
    const open = page.getByTestId('ack').first();
    if (await open.isVisible()) await open.click();
    return page.getByTestId('ack').count();
  }).toBe(0);
  const noted = page.locator('.alarm-row[data-state="noted"]');
  if ((await noted.count()) > 0) expect(await noted.first().innerText()).toContain('Nurse A');
});

it('a note goes into the record and shows in the timeline', async () => {
  await page.getByTestId('action-note').click();
  const dialog = page.getByTestId('note-dialog');
  await dialog.getByTestId('note-text').fill('Patient calm, eyes closed.');
  await confirm(dialog);
  await page.getByText('Patient calm, eyes closed.').waitFor();
});

it('pause, resume, stop; recovery counts down; discharge before its time wants a reason', async () => {
  await step(page, 'pause', 'paused');
  await step(page, 'resume', 'infusing');
  await step(page, 'stop', 'recovery');
  const goal = page.locator('.phase-goal');
  const left = countdownS(await goal.innerText());
  expect(left).toBeGreaterThan(28 * 60);
  await until(async () => countdownS(await goal.innerText())).toBeLessThan(left);

  await page.getByTestId('action-discharge').click();
  await confirm(page.getByTestId('confirm-dialog'));
  const why = page.getByTestId('reason-dialog');
  await why.getByTestId('reason-input').fill('handed over to the ward with her monitor');
  await confirm(why);
  await page.getByTestId('no-session').waitFor();
  await until(() => alarms(page, 'high').count()).toBe(0);
});

it('the list of sessions has it, and its review shows every entry and the pressure', async () => {
  await page.getByRole('link', { name: 'Sessions', exact: true }).click();
  const row = page.locator('[data-testid^="session-"]').filter({ hasText: 'K.B.' });
  await row.getByRole('link').click();
  await page.getByTestId('review-chart').waitFor();
  const entries = await page.getByTestId('review-events').innerText();
  for (const words of [
    'second reading follows during the infusion',
    'Patient calm, eyes closed.',
    'handed over to the ward with her monitor',
    'Nurse A',
  ]) {
    expect(entries).toContain(words);
  }
  // Lines, dots of lone values, and the bars of the cuff.
  const marks = page.getByTestId('review-chart').locator('path, circle, .recharts-errorBar');
  await until(() => marks.count()).toBeGreaterThan(3);
});

it('sessions and verify agree with what was seen', async () => {
  const [listed, verified] = await Promise.all([
    verb('sessions', '--json', '--data', data),
    verb('verify', '--data', data),
  ]);
  expect(listed.code, listed.stderr).toBe(0);
  const sessions: SessionSummary[] = JSON.parse(listed.stdout);
  expect(sessions).toMatchObject([
    { patientInitials: 'K.B.', phase: 'discharged', origin: 'simulated', chairId: 'chair-1' },
  ]);
  expect(sessions[0]?.peakSystolic).toBeGreaterThan(170);
  const shown = await page.getByTestId('review-events').locator('tbody tr').count();
  expect(shown).toBe(sessions[0]?.eventCount);
  expect(sessions[0]?.alarmCount).toBeGreaterThan(0);
  expect(verified.code, verified.stderr).toBe(0);
  expect(win.faults).toEqual([]);
});
