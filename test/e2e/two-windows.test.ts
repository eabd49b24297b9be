import { afterAll, beforeAll, expect, it } from 'vitest';
import { alarms, goToChair, iAm, infuse, phase, until } from './acts.ts';
import { sickPatient } from './sick-patient.ts';
import { createStage, type Win } from './stage.ts';
import type { Serving } from './support.ts';

const stage = createStage();
let station: Serving;
let first: Win;
let second: Win;
beforeAll(async () => {
  const config = stage.config([await sickPatient(stage)]);
  station = await stage.serve(['--config', config, '--data', stage.folder()]);
  first = await stage.open(station.url);
  second = await stage.open(station.url);
  for (const { page } of [first, second]) await goToChair(page);
});
afterAll(stage.end);

/** Each alarm row as the window shows it: its key and its state. */
const rows = ({ page }: Win) =>
  page
    .locator('.alarm-row')
    .evaluateAll((elements) =>
      elements.map(
        (element) => `${element.getAttribute('data-testid')} ${element.getAttribute('data-state')}`,
      ),
    );

it('what one window does, the other shows', async () => {
  await iAm(first.page, 'Nurse A');
  await infuse(first.page, 'T.W.');
  await until(() => phase(second.page)).toBe('infusing');
  await until(() => second.page.getByTestId('patient').innerText()).toBe('T.W.');
});

it('both show the same alarms', async () => {
  for (const { page } of [first, second]) {
    await until(() => alarms(page, 'high').count(), 40_000).toBeGreaterThan(2);
  }
  await until(async () => JSON.stringify(await rows(first)) === JSON.stringify(await rows(second))).toBe(
    true,
  );
});

it('an acknowledgement and an audio pause in one window are seen in the other', async () => {
  const [target] = await first.page
    .locator('.alarm-row[data-priority="high"][data-state="active"]')
    .evaluateAll((elements) => elements.map((element) => element.getAttribute('data-testid') ?? ''));
  expect(target).toBeDefined();
  const there = second.page.getByTestId(target ?? '');
  await first.page
    .getByTestId(target ?? '')
    .getByTestId('ack')
    .click();
  await until(() => there.getAttribute('data-state'), 5000).toBe('noted');
  await until(() => there.innerText()).toContain('Nurse A');
  await until(() => there.getAttribute('data-flash')).toBe('off');

  await first.page.getByTestId('audio-pause').click();
  await until(() => second.page.getByTestId('audio-pause').getAttribute('data-state'), 5000).toBe('paused');
});

it('a window that comes late is right at once: session, alarms, acknowledgement and pause', async () => {
  // Its place is free: three windows drawn without a graphics card keep a small machine busy.
  await second.page.context().close();
  const late = await stage.open(station.url);
  await goToChair(late.page);
  await until(() => phase(late.page)).toBe('infusing');
  await until(() => late.page.getByTestId('audio-pause').getAttribute('data-state')).toBe('paused');
  await until(async () => JSON.stringify(await rows(late)) === JSON.stringify(await rows(first))).toBe(true);
  // The record so far as well: the opening is in the timeline.
  await until(() => late.page.locator('.timeline li').count()).toBe(
    await first.page.locator('.timeline li').count(),
  );
  for (const win of [first, second, late]) expect(win.faults).toEqual([]);
});
