import { readFileSync, writeFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { StationClient } from '../../core/api/client.ts';
import { alarms, confirm, goToChair, iAm, openSession, step, tile, until, waitUntil } from './acts.ts';
import { sickPatient } from './sick-patient.ts';
import { chairNow, createStage, type Win } from './stage.ts';

const stage = createStage();
const HR_MEDIUM = 'hr-high-medium-priority';
let client: StationClient;
let one: Win;
let other: Win;
let page: Page;

beforeAll(async () => {
  const config = stage.config([await sickPatient(stage)]);
  const written = JSON.parse(readFileSync(config, 'utf8'));
  writeFileSync(config, JSON.stringify({ ...written, alarms: { allowAudioOff: true } }));
  const station = await stage.serve(['--config', config, '--data', stage.folder()]);
  client = await stage.client(station);
  one = await stage.open(station.url);
  other = await stage.open(station.url);
  page = one.page;
  await goToChair(page);
  await iAm(page, 'Nurse A');
  await openSession(page, 'A.C.');
  await step(page, 'start-baseline', 'baseline');
  await waitUntil(async () => (await chairNow(client)).cuff.last !== null);
  await step(page, 'start-infusion', 'infusing');
  await waitUntil(async () => (await alarms(page, 'high').count()) > 0);
});
afterAll(stage.end);

const text = (target: Page, testId: string): Promise<string> =>
  target.getByTestId(testId).first().innerText();
const limitInForce = async (id: string): Promise<number | null | undefined> =>
  (await chairNow(client)).limits.limits.find((limit) => limit.id === id)?.threshold;

it('a high alarm is acknowledged with one tap, without a question', async () => {
  const row = alarms(page, 'high').first();
  await row.getByTestId('ack').click();
  await until(async () =>
    (await chairNow(client)).alarms.alarms.some(({ acknowledged }) => acknowledged !== null),
  ).toBe(true);
  await until(() => page.locator('dialog').count()).toBe(0);
  await until(() => page.locator('.alarm-row[data-state="noted"]').first().innerText()).toContain(
    'ACKNOWLEDGED',
  );
});

it('the cuff goes on hold with one tap: time left and who, in every window, until somebody ends it', async () => {
  await page.getByTestId('hold-cuff').click();
  await until(() => page.getByTestId('hold-cuff').getAttribute('data-state')).toBe('paused');
  await until(() => text(page, 'hold-cuff')).toMatch(/[0-3]:\d\d[\s\S]*by Nurse A/);
  await other.page.getByTestId('signal-alarm-paused').waitFor();
  expect((await chairNow(client)).alarms.paused).toMatchObject([{ parameter: 'cuff', by: 'Nurse A' }]);
  await page.getByTestId('hold-cuff').click();
  await until(async () => (await chairNow(client)).alarms.paused).toEqual([]);
  await until(() => page.getByTestId('hold-cuff').getAttribute('data-state')).toBe('on');
});

it('AUDIO PAUSED counts down, says who set it, and is cancelled from another window', async () => {
  await page.getByTestId('audio-pause').click();
  await until(() => text(page, 'audio-pause')).toMatch(/AUDIO PAUSED[\s\S]*[0-2]:\d\d[\s\S]*by Nurse A/);
  await other.page.getByTestId('signal-audio-paused').waitFor();
  await goToChair(other.page);
  await iAm(other.page, 'Nurse B');
  await other.page.getByTestId('audio-pause').click();
  await until(() => page.getByTestId('audio-pause').getAttribute('data-state')).toBe('on');
  await other.page.goto(`${other.page.url().split('#')[0] ?? ''}#/`);
});

it('ALARM OFF cannot be set for SpO₂ low or high blood pressure while the drug runs', async () => {
  await page.getByTestId('alarm-controls-button').click();
  for (const parameter of ['spo2-low', 'nibp-high']) {
    expect(await page.getByTestId(`off-${parameter}`).isDisabled(), parameter).toBe(true);
  }
});

it('ALARM OFF needs a reason and is crossed in the limit slot, on the number and in the room', async () => {
  const dialog = page.getByTestId('alarm-controls-dialog');
  await dialog.getByTestId('off-rr-high').click();
  await until(() => dialog.getByTestId('confirm').isDisabled()).toBe(true);
  await dialog.getByTestId('reason-input').fill('Talks all the time');
  await dialog.getByTestId('confirm').click();
  await dialog.getByTestId('resume-rr-high').waitFor();
  await dialog.getByTestId('dialog-cancel').click();
  await dialog.waitFor({ state: 'detached' });

  const respiration = tile(page, 'MDC_TTHOR_RESP_RATE');
  await until(() => respiration.getByTestId('badge-rr-high').innerText()).toContain('ALARM OFF');
  const slot = respiration.getByTestId('limits-MDC_TTHOR_RESP_RATE-high');
  await until(() => slot.innerText()).toContain('OFF');
  await until(() => slot.locator('svg').getAttribute('aria-label')).toBe('alarm off');
  await until(() => text(page, 'state-rr-high')).toMatch(
    /Respiration high[\s\S]*Nurse A[\s\S]*Talks all the time/,
  );
  await until(() => text(page, 'reminder')).toContain('Reminder');
  await other.page.getByTestId('signal-alarm-off').waitFor();
});

it('and is turned on again with one tap', async () => {
  await page.getByTestId('end-rr-high').click();
  await until(async () => (await chairNow(client)).alarms.off).toEqual([]);
  await page.getByTestId('signal-states').waitFor({ state: 'detached' });
});

it('AUDIO OFF says so on every screen until a person ends it', async () => {
  await page.getByTestId('alarm-controls-button').click();
  const dialog = page.getByTestId('alarm-controls-dialog');
  await dialog.getByTestId('audio-off').click();
  await dialog.getByTestId('reason-input').fill('Family is here');
  await dialog.getByTestId('confirm').click();
  await dialog.getByTestId('dialog-cancel').click();
  for (const target of [page, other.page]) {
    await until(() => text(target, 'audio-off-banner-chair-1')).toContain('AUDIO OFF');
  }
  await page.getByTestId('audio-pause').click();
  for (const target of [page, other.page]) {
    await target.getByTestId('audio-off-banner-chair-1').waitFor({ state: 'detached' });
  }
});

/**
 * Enters a threshold in the limits dialog, once: not before the window has heard what is in force now, for the same
 * number typed over itself is no change.
 */
const enter = async (id: string, threshold: number): Promise<void> => {
  const row = page.getByTestId(`row-${id}`);
  const inForce = String(await limitInForce(id));
  await until(() => row.getAttribute('data-in-force')).toBe(inForce);
  await page.getByTestId(`limit-${id}`).fill(String(threshold));
  await until(() => row.getAttribute('data-edited')).toBe('true');
};

it('a limit is tightened, and brought back to the preset, without a reason', async () => {
  for (const threshold of [110, 120]) {
    await page.getByTestId('limits-button').click();
    await page.getByTestId('preset-select').waitFor();
    await enter(HR_MEDIUM, threshold);
    await confirm(page.getByTestId('limits-dialog'));
    await until(() => limitInForce(HR_MEDIUM)).toBe(threshold);
  }
});

it('looser than the preset wants a reason, beyond the hard bounds a physician, and the chart is marked', async () => {
  await page.getByTestId('limits-button').click();
  const dialog = page.getByTestId('limits-dialog');
  await enter(HR_MEDIUM, 130);
  await dialog.getByTestId('limits-missing').waitFor();
  await until(() => dialog.getByTestId('confirm').isDisabled()).toBe(true);
  await dialog.getByTestId('reason-input').fill('runs at 125 at rest');
  await waitUntil(() => dialog.getByTestId('confirm').isEnabled());
  await enter(HR_MEDIUM, 145);
  await waitUntil(() => dialog.getByTestId('confirm').isDisabled());
  await dialog.getByTestId('physician-input').fill('Dr. C');
  await confirm(dialog);
  await until(() => limitInForce(HR_MEDIUM)).toBe(145);
  const session = (await chairNow(client)).session;
  const events = session === null ? [] : await client.call('history.events', { sessionId: session.id });
  const change = events.findLast(({ body }) => body.type === 'limits-changed')?.body;
  expect(change).toMatchObject({
    reason: 'runs at 125 at rest',
    override: { physician: 'Dr. C', limitIds: [HR_MEDIUM] },
  });
  // Marks that are close share a place; their words name the change.
  const words = async () =>
    (
      await page
        .locator('.trend-mark [aria-label]')
        .evaluateAll((marks) => marks.map((mark) => mark.getAttribute('aria-label')))
    ).join(' ');
  await until(words).toContain(`${HR_MEDIUM} 120 → 145`);
});

it('limits from the baseline are shown old beside new and change nothing by themselves', async () => {
  const before = (await chairNow(client)).limits;
  await page.getByTestId('limits-button').click();
  const dialog = page.getByTestId('limits-dialog');
  await dialog.getByTestId('propose').click();
  const row = dialog.getByTestId('proposal-nibp-sys-high-medium-priority');
  await row.waitFor();
  await until(() => row.innerText()).toMatch(/160[\s\S]*175[\s\S]*baseline/);
  await dialog.getByTestId('take-nibp-sys-high-medium-priority').click();
  await until(() => dialog.getByTestId('limit-nibp-sys-high-medium-priority').inputValue()).toBe('175');
  expect((await chairNow(client)).limits).toEqual(before);
  await dialog.getByTestId('dialog-cancel').first().click();
  await dialog.waitFor({ state: 'detached' });
  expect((await chairNow(client)).limits).toEqual(before);
});

it('another preset takes the place of all limits, with its version and approval', async () => {
  await page.getByTestId('limits-button').click();
  const dialog = page.getByTestId('limits-dialog');
  await waitUntil(async () => (await dialog.getByTestId('preset-select').locator('option').count()) > 1);
  const option = dialog.getByTestId('preset-select').locator('option[value="adult-hypertensive"]');
  await until(() => option.innerText()).toMatch(/version 1.*NOT APPROVED/);
  await dialog.getByTestId('preset-select').selectOption('adult-hypertensive');
  await dialog.getByTestId('preset-reason').fill('known hypertension');
  await dialog.getByTestId('preset-use').click();
  await until(() => text(page, 'preset-in-use')).toBe('Adult hypertensive');
  await until(() => limitInForce('nibp-sys-high-medium-priority')).toBeNull();
  await dialog.getByTestId('dialog-cancel').click();
  await dialog.waitFor({ state: 'detached' });
});

it('the alarm log tells every alarm, pause and figure; what-if replays the session and changes nothing', async () => {
  const session = (await chairNow(client)).session;
  const base = page.url().split('#')[0] ?? '';
  await page.goto(`${base}#/sessions/${encodeURIComponent(session?.id ?? '')}`);
  await page.getByTestId('tab-log').click();
  await until(() => page.getByTestId('alarm-log-row').count()).toBeGreaterThan(1);
  const controls = await page.getByTestId('control-log-row').allInnerTexts();
  for (const word of ['ALARM PAUSED', 'AUDIO PAUSED', 'ALARM OFF', 'AUDIO OFF']) {
    expect(
      controls.some((line) => line.includes(word)),
      word,
    ).toBe(true);
  }
  await until(() => text(page, 'figures-high')).toMatch(/high\s+\d/);

  const limits = (await chairNow(client)).limits;
  await page.getByTestId('tab-what-if').click();
  await page.getByTestId('what-if-preset').selectOption('adult-standard');
  await page.getByTestId('what-if-limits').click();
  await page.getByTestId('what-if-delay-spo2-low-high-priority').fill('600');
  await page.getByTestId('what-if-run').click();
  await page.getByTestId('what-if-result').waitFor();
  await until(() => text(page, 'what-if-counts')).toMatch(/\d+ new, \d+ gone, \d+ changed, \d+ same/);
  await until(() => text(page, 'what-if-differences')).toContain('SpO₂');
  expect((await chairNow(client)).limits).toEqual(limits);
});

it('a window that was restarted after a fault says so once, until somebody reads it', async () => {
  const base = new URL(page.url());
  await page.goto(`${base.origin}/?recovered=renderer`);
  const banner = page.getByTestId('recovered-banner');
  await banner.waitFor();
  await page.getByTestId('recovered-dismiss').click();
  await banner.waitFor({ state: 'detached' });
  await page.reload();
  await page.getByTestId('chair-tile-chair-1').waitFor();
  await until(() => banner.count()).toBe(0);
});

it('nothing went wrong in the windows', () => {
  expect([...one.faults, ...other.faults]).toEqual([]);
});
