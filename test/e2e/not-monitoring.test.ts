import { afterAll, beforeAll, expect, it } from 'vitest';
import { freshness, goToChair, HR, hasNumber, notMonitoring, SPO2, until, value, waitUntil } from './acts.ts';
import { createStage, type Win } from './stage.ts';
import type { Serving } from './support.ts';

const stage = createStage();
let station: Serving;
let win: Win;
beforeAll(async () => {
  station = await stage.serve(['--demo', '--data', stage.folder()]);
  win = await stage.open(station.url);
  await goToChair(win.page, 'demo-chair');
  await waitUntil(() => hasNumber(win.page, HR));
});
afterAll(stage.end);

it('a station that hangs is noticed within 3 s: NOT MONITORING, and no number looks live', async () => {
  const { page } = win;
  await until(() => notMonitoring(page).count()).toBe(0);
  station.child.kill('SIGSTOP');
  const stoppedAt = performance.now();
  await notMonitoring(page).waitFor({ timeout: 10_000 });
  // 3 s of silence since the last heartbeat, looked at twice a second; the rest is slack for a busy machine.
  expect(performance.now() - stoppedAt).toBeLessThan(5500);
  for (const metric of [HR, SPO2, 'nibp']) {
    expect(await value(page, metric), metric).toBe('--');
    expect(await freshness(page, metric), metric).not.toBe('fresh');
  }
  await until(() => page.title()).toContain('NOT MONITORING');
  const box = await notMonitoring(page).boundingBox();
  expect(box).toMatchObject({ x: 0, width: 1366 });
});

it('the same on the room’s screen, where the monitors are no longer called connected', async () => {
  const { page } = win;
  await page.evaluate(() => {
    location.hash = '#/';
  });
  const room = page.getByTestId('chair-tile-demo-chair');
  await room.waitFor();
  expect(await value(room, HR)).toBe('--');
  await until(() => room.locator('[data-link-state="associated"]').count()).toBe(0);
  await until(() => notMonitoring(page).isVisible()).toBe(true);
});

it('when it goes on, the window recovers by itself', async () => {
  const { page } = win;
  station.child.kill('SIGCONT');
  await notMonitoring(page).waitFor({ state: 'detached', timeout: 15_000 });
  const room = page.getByTestId('chair-tile-demo-chair');
  await until(() => hasNumber(room, HR)).toBe(true);
  await until(() => freshness(room, HR)).toBe('fresh');
  expect(win.faults).toEqual([]);
});

it('a station that was told to stop leaves the window saying so, and ends with exit code 0', async () => {
  const { page } = win;
  expect(await station.stop()).toBe(0);
  await notMonitoring(page).waitFor({ timeout: 10_000 });
  expect(await value(page.getByTestId('chair-tile-demo-chair'), HR)).toBe('--');
});
