import { afterAll, beforeAll, expect, it } from 'vitest';
import type { StationClient } from '../../core/api/client.ts';
import type { TrendView } from '../../core/api/views.ts';
import { freshness, goToChair, HR, hasNumber, iAm, infuse, until, value } from './acts.ts';
import { chairNow, createStage, type Win } from './stage.ts';
import { freePort, type Serving, type Simulating } from './support.ts';

const stage = createStage();
let simulator: () => Promise<Simulating>;
let running: Simulating;
let station: Serving;
let client: StationClient;
let win: Win;
let killedAt = 0;
let backAt = 0;

beforeAll(async () => {
  const port = await freePort();
  simulator = () =>
    stage.simulate(['--device', 'ge-s5-dri', '--tcp', `127.0.0.1:${port}`, '--scenario', 'steady']);
  running = await simulator();
  const config = stage.config([
    {
      id: 'b650',
      family: 'ge-s5-dri',
      address: { kind: 'tcp', host: '127.0.0.1', port },
      options: { intervalS: 1 },
    },
  ]);
  station = await stage.serve(['--config', config, '--data', stage.folder()]);
  client = await stage.client(station);
  win = await stage.open(station.url);
});
afterAll(stage.end);

const technicalAlarms = async () =>
  (await chairNow(client)).alarms.alarms.filter((alarm) => alarm.category === 'technical');

it('values of a monitor behind a serial-to-Ethernet server appear, and a session is recorded with them', async () => {
  await goToChair(win.page);
  await until(() => hasNumber(win.page, HR)).toBe(true);
  await iAm(win.page, 'Nurse A');
  await infuse(win.page);
  expect((await chairNow(client)).session?.phase).toBe('infusing');
  // Some seconds on the record before the loss.
  await until(async () => (await trend()).series.find(isHeartRate)?.buckets.length ?? 0).toBeGreaterThan(4);
});

it('a monitor that falls silent raises a technical alarm within 10 s', async () => {
  killedAt = Date.now();
  await running.kill();
  await until(async () => (await technicalAlarms()).length).toBeGreaterThan(0);
  const [alarm] = await technicalAlarms();
  if (alarm === undefined) throw new Error('no alarm');
  expect(alarm.monitorId).toBe('b650');
  // By the station's own clock, since the monitor was last heard.
  expect(alarm.raisedAt.mono - alarm.onsetAt.mono).toBeLessThan(10_000);
  expect(alarm.raisedAt.wall - killedAt).toBeLessThan(10_000);
  await win.page.getByTestId(`alarm-${alarm.key}`).waitFor();
});

it('its last numbers are greyed with their age after 10 s, and replaced by -- after 30 s', async () => {
  const { page } = win;
  await until(() => freshness(page, HR), 15_000).toBe('stale');
  expect(Date.now() - killedAt).toBeGreaterThan(8_500);
  await until(() => hasNumber(page, HR)).toBe(true);
  const age = page.getByTestId(`numeric-${HR}`).getByTestId('age');
  await until(() => age.innerText()).toMatch(/1\d s/);
  await until(() => freshness(page, HR), 30_000).toBe('expired');
  expect(Date.now() - killedAt).toBeGreaterThan(28_500);
  expect(await value(page, HR)).toBe('--');
});

it('back on the line, its numbers come back by themselves and the alarm of the line ends', async () => {
  const { page } = win;
  backAt = Date.now();
  running = await simulator();
  await until(() => freshness(page, HR)).toBe('fresh');
  await until(() => hasNumber(page, HR)).toBe(true);
  await until(async () => (await technicalAlarms()).filter(({ monitorId }) => monitorId !== null)).toEqual(
    [],
  );
});

it('the record holds one continuous session with a gap where nothing was received', async () => {
  await until(async () => lastBucket(await trend()), 10_000).toBeGreaterThan(backAt + 2000);
  const { sessions } = await client.call('sessions.list', {});
  expect(sessions).toMatchObject([{ phase: 'infusing', closedAt: null, origin: 'simulated' }]);

  const history = await trend();
  const heartRate = history.series.find(isHeartRate)?.buckets ?? [];
  // Two seconds after the kill until the restart: nothing, no bridge, no repeated number.
  expect(heartRate.filter(({ at }) => at > killedAt + 2000 && at < backAt)).toEqual([]);
  expect(heartRate.filter(({ at }) => at < killedAt).length).toBeGreaterThan(3);

  const events = await client.call('history.events', { sessionId: history.sessionId });
  expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, index) => index + 1));
  const links = events.flatMap(({ body }) => (body.type === 'link-changed' ? [body.state] : []));
  expect(links).toContain('failed');
  expect(links.at(-1)).toBe('associated');
});

it('and the chart on the screen shows that gap as a gap', async () => {
  const missing = ((backAt - killedAt) / 1000 / (15 * 60)) * 0.6;
  await until(() => widestGap(win)).toBeGreaterThan(missing);
});

it('all of it without an error in the window', () => {
  expect(win.faults).toEqual([]);
});

const isHeartRate = ({ metric }: TrendView['series'][number]): boolean => metric === HR;
const lastBucket = (view: TrendView): number => view.series.find(isHeartRate)?.buckets.at(-1)?.at ?? 0;

/** The session so far in steps of a second. */
const trend = async (): Promise<TrendView> => {
  const { session } = await chairNow(client);
  if (session === null) throw new Error('no session');
  const seconds = Math.max(1, Math.ceil((Date.now() - session.openedAt) / 1000));
  return client.call('history.trend', {
    sessionId: session.id,
    from: session.openedAt,
    to: session.openedAt + seconds * 1000,
    buckets: seconds,
  });
};

/** The widest stretch without a trace of heart rate between two with one, as a part of the chart's width. */
const widestGap = ({ page }: Win): Promise<number> =>
  page.evaluate(() => {
    const colour = getComputedStyle(document.documentElement).getPropertyValue('--hr').trim();
    const probe = document.createElement('canvas').getContext('2d');
    const canvas = document.querySelector<HTMLCanvasElement>('.trend-canvas canvas');
    const context = canvas?.getContext('2d');
    if (canvas === null || context === null || context === undefined || probe === null) return -1;
    probe.fillStyle = colour;
    probe.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0] = probe.getImageData(0, 0, 1, 1).data;
    const { data, width, height } = context.getImageData(0, 0, canvas.width, canvas.height);
    const columns = Array.from({ length: width }, (_, x) =>
      Array.from({ length: height }, (_, y) => (y * width + x) * 4).some(
        (at) =>
          Math.abs((data[at] ?? 0) - red) +
            Math.abs((data[at + 1] ?? 0) - green) +
            Math.abs((data[at + 2] ?? 0) - blue) <
          60,
      ),
    );
    const drawn = columns.flatMap((isDrawn, x) => (isDrawn ? [x] : []));
    return Math.max(0, ...drawn.map((x, index) => (drawn[index + 1] ?? x) - x)) / width;
  });
