/** Two monitors at one chair that give the same number: who is shown, what is recorded, what alarms. */
import { expect, it } from 'vitest';
import { monitorId } from '../../core/ids.ts';
import { StorageError } from '../../db/storage-error.ts';
import { parseConfig } from '../../station/config.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { CHAIR, memoryDatabases, startHarness } from '../support/station-harness.ts';
import { openVisit, sessionOf } from '../support/visit.ts';

const FIRST = monitorId('first');
const SECOND = monitorId('second');
const SPO2 = 'MDC_PULS_OXIM_SAT_O2';
const monitor = (id: string) => ({
  id,
  name: `Monitor ${id}`,
  family: 'toy',
  address: { kind: 'tcp', host: id, port: 1 },
});
const TWO = parseConfig(
  JSON.stringify({ chairs: [{ id: CHAIR, name: 'Chair 1', monitors: [monitor(FIRST), monitor(SECOND)] }] }),
  'test',
);

const start = async () => {
  const harness = await startHarness({ config: TWO });
  const client = harness.window();
  await openVisit(client);
  /** Each second: what the two say; null: nothing. */
  const seconds = async (count: number, first: number | null, second: number | null) => {
    for (let n = 0; n < count; n += 1) {
      if (first !== null) harness.say(`${SPO2}=${first}`, FIRST);
      if (second !== null) harness.say(`${SPO2}=${second}`, SECOND);
      await harness.clock.advance(1000);
    }
  };
  const shown = () => harness.station.view().chairs[0]?.current[SPO2];
  const changes = async () => {
    const events = await client.call('history.events', { sessionId: sessionOf(harness).id });
    return events.flatMap(({ body, by }) => (body.type === 'source-changed' ? [{ ...body, by }] : []));
  };
  return { harness, client, seconds, shown, changes };
};

it('a failover and the way back are entries of the record, one each', async () => {
  const { seconds, shown, changes } = await start();
  await seconds(3, 97, 92);
  expect(shown()?.monitorId).toBe(FIRST);
  expect(await changes()).toEqual([]);
  await seconds(12, null, 92);
  expect(shown()).toMatchObject({ monitorId: SECOND, observation: { value: 92 } });
  await seconds(9, 97, 92);
  expect(shown()?.monitorId).toBe(SECOND);
  await seconds(3, 97, 92);
  expect(shown()?.monitorId).toBe(FIRST);
  const names = { [FIRST]: 'Monitor first', [SECOND]: 'Monitor second' };
  const entry = { type: 'source-changed', metrics: [SPO2], by: 'station', names };
  expect(await changes()).toEqual([
    { ...entry, from: FIRST, to: SECOND, why: 'silent' },
    { ...entry, from: SECOND, to: FIRST, why: 'preferred' },
  ]);
});

it('a limit is judged on both monitors, the one that is not shown included', async () => {
  const { harness, seconds, shown } = await start();
  await seconds(30, 97, 80);
  expect(shown()).toMatchObject({ monitorId: FIRST, observation: { value: 97 } });
  const alarms = harness.station.view().chairs[0]?.alarms.alarms ?? [];
  expect(alarms).toContainEqual(
    expect.objectContaining({ message: expect.stringContaining('80'), monitorId: SECOND }),
  );
});

it('another order shows the other monitor with its next number, is recorded, and kept for the next start', async () => {
  const { harness, client, seconds, shown, changes } = await start();
  await seconds(3, 97, 92);
  await client.call('chair.sourceOrder', { chairId: CHAIR, order: [SECOND, FIRST], by: 'Nurse N' });
  await seconds(1, 97, 92);
  expect(shown()?.monitorId).toBe(SECOND);
  expect(await changes()).toMatchObject([{ from: FIRST, to: SECOND, why: 'preferred' }]);
  expect(harness.saved.at(-1)?.chairs[0]?.monitors.map(({ id }) => id)).toEqual([SECOND, FIRST]);
  expect(harness.station.view().monitors.map(({ id }) => id)).toEqual([SECOND, FIRST]);
});

it.each([
  ['leaves one out', [FIRST]],
  ['names one twice', [FIRST, FIRST]],
  ['names a stranger', [FIRST, monitorId('other')]],
])('an order that %s is refused', async (_, order) => {
  const { client } = await start();
  await expect(client.call('chair.sourceOrder', { chairId: CHAIR, order, by: 'N' })).rejects.toMatchObject({
    code: 'invalid-params',
  });
});

it('an order of one metric counts for that metric alone, is in the record with its name, and is kept', async () => {
  const { harness, client } = await start();
  const HR = 'MDC_ECG_HEART_RATE';
  const second = async () => {
    harness.say(`${SPO2}=97;${HR}=70`, FIRST);
    harness.say(`${SPO2}=92;${HR}=80`, SECOND);
    await harness.clock.advance(1000);
  };
  await second();
  const order = [SECOND, FIRST];
  await client.call('chair.sourceOrder', { chairId: CHAIR, metric: SPO2, order, by: 'Nurse N' });
  await second();
  const current = () => harness.station.view().chairs[0]?.current;
  expect(current()?.[SPO2]?.monitorId).toBe(SECOND);
  expect(current()?.[HR]?.monitorId).toBe(FIRST);
  expect(harness.station.view().chairs[0]?.sourceOrder).toEqual({ [SPO2]: order });
  expect(harness.saved.at(-1)?.chairs[0]).toMatchObject({ sourceOrder: { [SPO2]: order } });
  await client.call('chair.sourceOrder', { chairId: CHAIR, metric: SPO2, order: [], by: 'Nurse M' });
  await second();
  expect(current()?.[SPO2]?.monitorId).toBe(FIRST);
  const events = await client.call('history.events', { sessionId: sessionOf(harness).id });
  const entries = events.filter(({ body }) => body.type === 'source-order-changed');
  expect(entries).toMatchObject([
    { by: 'Nurse N', body: { metric: SPO2, before: [FIRST, SECOND], order } },
    { by: 'Nurse M', body: { metric: SPO2, before: order, order: [] } },
  ]);
});

it('who changed the order of the chair is in the record', async () => {
  const { harness, client } = await start();
  const order = [SECOND, FIRST];
  await client.call('chair.sourceOrder', { chairId: CHAIR, order, by: 'Nurse N' });
  const events = await client.call('history.events', { sessionId: sessionOf(harness).id });
  expect(events.filter(({ body }) => body.type === 'source-order-changed')).toMatchObject([
    { by: 'Nurse N', body: { metric: null, before: [FIRST, SECOND], order } },
  ]);
});

it('a monitor that is removed stands in no order any more', async () => {
  const { harness, client } = await start();
  const order = [SECOND, FIRST];
  await client.call('chair.sourceOrder', { chairId: CHAIR, metric: SPO2, order, by: 'N' });
  await client.call('monitor.remove', { monitorId: SECOND, by: 'N' });
  expect(harness.station.view().chairs[0]?.sourceOrder).toEqual({});
});

it('an order of one metric that the disk refuses leaves the metric without an order of its own', async () => {
  const clock = fakeClock();
  const { live, synthetic } = memoryDatabases(clock);
  let isFull = false;
  const appendEvents: typeof live.appendEvents = (events) => {
    if (isFull) throw new StorageError('disk-full', 'the disk is full');
    live.appendEvents(events);
  };
  const databases = { live: { ...live, appendEvents }, synthetic };
  const harness = await startHarness({ config: TWO, clock, databases });
  const client = harness.window();
  await openVisit(client);
  isFull = true;
  const asked = client.call('chair.sourceOrder', {
    chairId: CHAIR,
    metric: SPO2,
    order: [SECOND, FIRST],
    by: 'N',
  });
  await expect(asked).rejects.toMatchObject({ code: 'storage-failed' });
  expect(harness.station.view().chairs[0]?.sourceOrder).toEqual({});
});
