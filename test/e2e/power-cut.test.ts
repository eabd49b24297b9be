import { afterAll, beforeAll, expect, it } from 'vitest';
import type { StationClient } from '../../core/api/client.ts';
import type { EventId, SessionId } from '../../core/ids.ts';
import { goToChair, HR, hasNumber, iAm, infuse, notMonitoring, phase, until, value } from './acts.ts';
import { chairNow, createStage, type Win } from './stage.ts';
import { freePort, type Serving, verb } from './support.ts';

const stage = createStage();
const data = stage.folder();
let args: readonly string[];
let station: Serving;
let client: StationClient;
let win: Win;
let killedAt = 0;
const before = {
  acknowledged: new Set<EventId>(),
  /** When each heart rate that a window was shown had arrived (ms since the epoch). */
  shown: [] as number[],
  infusingSince: 0,
  sessionId: '',
};
const lastShown = (): number => before.shown.at(-1) ?? 0;

beforeAll(async () => {
  const port = await freePort();
  const config = stage.config([
    {
      id: 'b650',
      family: 'ge-s5-dri',
      address: { kind: 'simulator', scenario: 'typical-infusion' },
      options: { intervalS: 1 },
    },
  ]);
  args = ['--config', config, '--data', data, '--port', String(port)];
  station = await stage.serve(args);
  client = await stage.client(station);
  win = await stage.open(station.url);
});
afterAll(stage.end);

it('in the middle of an infusion the station is killed: the window says NOT MONITORING and shows no number', async () => {
  const { page } = win;
  await goToChair(page);
  await until(() => hasNumber(page, HR)).toBe(true);
  await iAm(page, 'Nurse A');
  await infuse(page, 'P.C.');
  const { session } = await chairNow(client);
  if (session === null) throw new Error('no session');
  before.sessionId = session.id;
  before.infusingSince = session.spans.at(-1)?.startedAt ?? 0;

  client.on('observations', ({ values }) => {
    for (const { observation } of values) {
      if (observation.metric === HR) before.shown.push(observation.receivedAt.wall);
    }
  });
  // Entries up to the very last moment: each one that was answered must be there afterwards.
  const entries = (async () => {
    for (;;) {
      const note = await client
        .call('session.note', {
          sessionId: session.id,
          kind: 'note',
          text: `entry ${before.acknowledged.size + 1}`,
          corrects: null,
          by: 'Nurse A',
        })
        .catch(() => null);
      if (note === null) return;
      before.acknowledged.add(note.id);
    }
  })();
  await until(
    () => before.acknowledged.size > 20 && before.shown.length >= 4 && lastShown() > Date.now() - 1500,
  ).toBe(true);
  killedAt = Date.now();
  await station.kill();
  await entries;

  await notMonitoring(page).waitFor({ timeout: 5000 });
  expect(await value(page, HR)).toBe('--');
  await until(() => page.getByTestId('action-pause').isDisabled()).toBe(true);
});

it('started again on the same folder, the window finds it by itself and the session is still infusing', async () => {
  const { page } = win;
  station = await stage.serve(args);
  await notMonitoring(page).waitFor({ state: 'detached', timeout: 15_000 });
  await until(() => hasNumber(page, HR)).toBe(true);
  await until(() => phase(page)).toBe('infusing');
  await until(() => page.getByTestId('patient').innerText()).toBe('P.C.');
});

it('with its true elapsed time', async () => {
  client = await stage.client(station);
  const { session } = await chairNow(client);
  expect(session?.id).toBe(before.sessionId);
  expect(session?.spans.at(-1)).toEqual({
    phase: 'infusing',
    startedAt: before.infusingSince,
    endedAt: null,
  });
  const shown = await win.page.locator('.phase-elapsed').innerText();
  const [hours = 0, minutes = 0, seconds = 0] = shown.split(':').map(Number);
  const elapsedS = (Date.now() - before.infusingSince) / 1000;
  expect(Math.abs(hours * 3600 + minutes * 60 + seconds - elapsedS)).toBeLessThan(3);
});

it('every entry that was acknowledged is there, and the interruption is in the record', async () => {
  const events = await client.call('history.events', { sessionId: before.sessionId as SessionId });
  const ids = new Set(events.map(({ id }) => id));
  expect([...before.acknowledged].filter((id) => !ids.has(id))).toEqual([]);
  expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, index) => index + 1));
  const restarts = events.flatMap(({ body }) => (body.type === 'station-restarted' ? [body.downForMs] : []));
  expect(restarts).toHaveLength(1);
  expect(restarts[0]).toBeGreaterThan(0);
  expect(restarts[0]).toBeLessThan(Date.now() - killedAt + 1000);
});

it('at most one second of numerics is missing', async () => {
  // What a window was shown and had arrived more than a second before the kill, within the last ten seconds.
  const wanted = before.shown.filter((at) => at <= killedAt - 1000 && at > killedAt - 10_000);
  expect(wanted.length).toBeGreaterThan(0);
  const history = await client.call('history.trend', {
    sessionId: before.sessionId as SessionId,
    from: killedAt - 10_000,
    to: killedAt,
    buckets: 2000,
  });
  const buckets = history.series.find(({ metric }) => metric === HR)?.buckets ?? [];
  const isStored = (at: number) =>
    buckets.some((bucket) => at >= bucket.at && at < bucket.at + history.bucketMs + 1);
  expect(wanted.filter((at) => !isStored(at))).toEqual([]);
});

it('the record is whole, and the window had no other trouble than the lost line', async () => {
  const said = await verb('verify', '--data', data);
  expect(said.code, said.stderr).toBe(0);
  await until(() => win.page.getByTestId('storage-fault').count()).toBe(0);
  // Reconnecting tries are noted by the browser; nothing else may be.
  expect(win.faults.filter((fault) => !/ERR_CONNECTION_REFUSED|WebSocket connection/.test(fault))).toEqual(
    [],
  );
});
