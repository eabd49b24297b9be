/** Two monitors at one chair that both give SpO2: the order for that number alone is changed, one fails and comes back. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { StationClient } from '../../core/api/client.ts';
import { goToChair, hasNumber, iAm, infuse, SPO2, tile, until } from './acts.ts';
import { chairNow, createStage, type Win } from './stage.ts';
import { freePort, type Simulating } from './support.ts';

const PULSE = 'MDC_PULS_OXIM_PULS_RATE';

const stage = createStage();
let client: StationClient;
let win: Win;
let page: Page;
let second: () => Promise<Simulating>;
let running: Simulating;

beforeAll(async () => {
  const [firstPort, secondPort] = [await freePort(), await freePort()];
  const line = (port: number) => ['--tcp', `127.0.0.1:${port}`];
  await stage.simulate(['--device', 'masimo-ascii', ...line(firstPort)]);
  second = () => stage.simulate(['--device', 'nellcor', '--seed', '3', ...line(secondPort)]);
  running = await second();
  const at = (port: number) => ({ kind: 'tcp', host: '127.0.0.1', port });
  const config = stage.config([
    { id: 'rad-8', name: 'Rad-8', family: 'masimo-ascii', address: at(firstPort) },
    { id: 'n-560', name: 'N-560', family: 'nellcor', address: at(secondPort) },
  ]);
  const station = await stage.serve(['--config', config, '--data', stage.folder()]);
  client = await stage.client(station);
  win = await stage.open(station.url);
  page = win.page;
  await iAm(page, 'Nurse A');
});
afterAll(stage.end);

const go = (hash: string) =>
  page.evaluate((to) => {
    location.hash = to;
  }, hash);

/** What the tile on the chair's screen says about where its number comes from. */
const source = async (metric: string): Promise<string> =>
  (await tile(page, metric).locator('.tile-source').allInnerTexts()).join();
const card = (id: string) => page.getByTestId(`monitor-${id}`);
const row = (id: string) => card(id).getByTestId(`source-of-${SPO2}`);

const events = async () => {
  const { session } = await chairNow(client);
  if (session === null) throw new Error('no session');
  return client.call('history.events', { sessionId: session.id });
};
const sourceChanges = async () =>
  (await events()).flatMap(({ body }) =>
    body.type === 'source-changed' && body.metrics.includes(SPO2)
      ? [`${body.from} ${body.to} ${body.why}`]
      : [],
  );

it('each number names the monitor it comes from: the first of the chair', async () => {
  await goToChair(page);
  await until(() => hasNumber(page, SPO2)).toBe(true);
  await until(() => source(SPO2)).toContain('Rad-8');
  await until(() => source(PULSE)).toContain('Rad-8');
  await infuse(page);
});

it('the source of one number is changed where the monitors are, and only that number changes', async () => {
  await go('#/monitors');
  await until(() => card('n-560').getAttribute('data-link-state')).toBe('associated');
  await card('n-560').getByTestId('metric-sources').locator('summary').click();
  await until(() => row('n-560').innerText()).toMatch(/Rad-8, then N-560/);
  await row('n-560').getByTestId('metric-first').click();
  await until(() => row('n-560').innerText()).toMatch(/N-560, then Rad-8/);
  // What is first already has no button for it; the way back to the chair's order is there.
  await until(() => row('n-560').getByTestId('metric-first').count()).toBe(0);
  await until(() => row('n-560').getByTestId('metric-follow').count()).toBe(1);
  await go('#/chair/chair-1');
  await until(() => source(SPO2)).toContain('N-560');
  await until(() => hasNumber(page, SPO2)).toBe(true);
  await until(() => source(PULSE)).toContain('Rad-8');
});

it('who changed it, and how, is in the record', async () => {
  const entries = (await events()).filter(({ body }) => body.type === 'source-order-changed');
  expect(entries).toMatchObject([
    { by: 'Nurse A', body: { metric: SPO2, before: ['rad-8', 'n-560'], order: ['n-560', 'rad-8'] } },
  ]);
  await until(sourceChanges).toEqual(['rad-8 n-560 preferred']);
});

it('the other stands in when it fails, under its own name, and it comes back when it is sure again', async () => {
  await running.kill();
  await until(() => source(SPO2), 40_000).toContain('Rad-8');
  await until(() => hasNumber(page, SPO2)).toBe(true);
  running = await second();
  await until(() => source(SPO2), 60_000).toContain('N-560');
  await until(() => hasNumber(page, SPO2)).toBe(true);
  const [, away = '', back = ''] = await sourceChanges();
  expect(away).toMatch(/^n-560 rad-8 (silent|no-number)$/);
  expect(back).toBe('rad-8 n-560 preferred');
});

it('one click follows the order of the chair again', async () => {
  await go('#/monitors');
  await card('rad-8').getByTestId('metric-sources').locator('summary').click();
  await until(() => row('rad-8').innerText()).toMatch(/N-560, then Rad-8/);
  await row('rad-8').getByTestId('metric-follow').click();
  await until(() => row('rad-8').getByTestId('metric-follow').count()).toBe(0);
  await go('#/chair/chair-1');
  await until(() => source(SPO2)).toContain('Rad-8');
  const orders = (await events()).flatMap(({ body }) =>
    body.type === 'source-order-changed' ? [body.order] : [],
  );
  expect(orders).toEqual([['n-560', 'rad-8'], []]);
  expect(win.faults).toEqual([]);
});
