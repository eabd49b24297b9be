/** What nobody watches and nobody hears: a vital without a monitor, and an alarm without a window that can sound. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { StationClient } from '../../core/api/client.ts';
import { monitorId } from '../../core/ids.ts';
import { goToChair, hasNumber, iAm, infuse, SPO2, until, waitUntil } from './acts.ts';
import { chairNow, createStage, type Win } from './stage.ts';
import { freePort, type Serving } from './support.ts';

const stage = createStage();
let station: Serving;
let client: StationClient;
let mute: Win;

/** The alarm comes after 15 s, on a busy machine some time later (ms). */
const PATIENT_MS = 60_000;

beforeAll(async () => {
  const port = await freePort();
  await stage.simulate(['--device', 'masimo-ascii', '--tcp', `127.0.0.1:${port}`, '--scenario', 'steady']);
  const address = { kind: 'tcp', host: '127.0.0.1', port };
  const config = stage.config([{ id: 'oximeter', family: 'masimo-ascii', address }]);
  station = await stage.serve(['--config', config, '--data', stage.folder()]);
  client = await stage.client(station);
  // A window of a browser that cannot make a sound.
  const context = await (await stage.browser()).newContext({ viewport: { width: 1366, height: 768 } });
  await context.addInitScript('delete window.AudioContext;');
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  mute = { page, faults };
  await page.goto(station.url);
  await goToChair(page);
  await waitUntil(() => hasNumber(page, SPO2));
  await iAm(page, 'Nurse A');
  await infuse(page);
});
afterAll(stage.end);

const keys = async () => (await chairNow(client)).alarms.alarms.map(({ key }) => key);

it('what the infusion was begun without stands on the chair’s screen, in words', async () => {
  const words = mute.page.getByTestId('not-watched').first();
  await until(() => words.innerText()).toMatch(/respiration, blood pressure/);
});

it('that no window can sound is said across every window, by the chair, and by the station’s own process', async () => {
  await mute.page.getByTestId('room-alarm-no-sound').waitFor({ timeout: PATIENT_MS });
  await mute.page.getByTestId('alarm-no-sound').waitFor();
  await until(() => station.words()).toMatch(/No window can sound alarms/);
  // By then a vital that nobody chose to be without would have been an alarm.
  expect((await keys()).filter((key) => key.startsWith('vital-unwatched'))).toEqual([]);
});

it('and is over once a window that can sound is open', async () => {
  const other = await stage.open(station.url);
  await other.page.getByTestId('secondary-label').click();
  await other.page
    .locator('[data-testid="sound-state"][data-state="ready"]')
    .waitFor({ timeout: PATIENT_MS });
  await mute.page.getByTestId('room-alarm-no-sound').waitFor({ state: 'detached', timeout: PATIENT_MS });
  expect(other.faults).toEqual([]);
});

it('a monitor that is removed in the middle of the infusion leaves an alarm for each vital it gave', async () => {
  await client.call('monitor.remove', { monitorId: monitorId('oximeter'), by: 'Nurse A' });
  await mute.page.getByTestId('alarm-vital-unwatched:spo2').waitFor({ timeout: PATIENT_MS });
  await mute.page.getByTestId('alarm-vital-unwatched:heartRate').waitFor();
  expect((await keys()).filter((key) => key.startsWith('vital-unwatched')).toSorted()).toEqual([
    'vital-unwatched:heartRate',
    'vital-unwatched:spo2',
  ]);
  expect(mute.faults).toEqual([]);
});
