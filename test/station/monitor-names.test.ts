/** What the record says of a monitor names it as it was called then, also of one that is gone. */
import { expect, it } from 'vitest';
import { monitorId } from '../../core/ids.ts';
import { eventText } from '../../core/record/event-text.ts';
import { parseConfig } from '../../station/config.ts';
import { CHAIR, startHarness } from '../support/station-harness.ts';
import { openVisit, sessionOf } from '../support/visit.ts';

const monitor = (id: string, name: string) => ({
  id,
  name,
  family: 'toy',
  address: { kind: 'tcp', host: id, port: 1 },
});
const TWO = parseConfig(
  JSON.stringify({
    chairs: [{ id: CHAIR, name: 'Chair 1', monitors: [monitor('a', 'B650'), monitor('b', 'Rad-8')] }],
  }),
  'test',
);

const start = async () => {
  const harness = await startHarness({ config: TWO });
  const client = harness.window();
  await openVisit(client);
  const { id } = sessionOf(harness);
  const texts = async (): Promise<readonly string[]> =>
    (await client.call('history.events', { sessionId: id })).map((event) => eventText(event, () => '12:00'));
  return { harness, client, texts };
};

it('a line that is lost, and the alarm for it, say whose it is', async () => {
  const { harness, texts } = await start();
  for (let second = 0; second < 30; second += 1) {
    if (second < 3) harness.say('MDC_PULS_OXIM_SAT_O2=97', 'a');
    harness.say('MDC_PULS_OXIM_SAT_O2=96', 'b');
    await harness.clock.advance(1000);
  }
  const said = await texts();
  expect(said).toContainEqual(expect.stringMatching(/^Monitor “B650” quiet: /));
  expect(said).toContainEqual(expect.stringMatching(/^\*\* MONITOR NOT CONNECTED \(B650\): .*: raised$/));
  expect(said.filter((text) => /Monitor “Rad-8” quiet/.test(text))).toEqual([]);
  expect(said).toContainEqual('SpO₂ now from Rad-8, no longer from B650, which gave nothing for 10 s');
});

it('a monitor that is removed is named once more', async () => {
  const { client, texts } = await start();
  await client.call('monitor.remove', { monitorId: monitorId('b'), by: 'Nurse N' });
  expect(await texts()).toContain('Monitor “Rad-8” closed: Removed from the chair.');
});

it('an order of sources is told by names, and one of before by identifiers', async () => {
  const { client, texts } = await start();
  await client.call('chair.sourceOrder', {
    chairId: CHAIR,
    order: [monitorId('b'), monitorId('a')],
    by: 'N',
  });
  expect(await texts()).toContain('Source of numbers: Rad-8, then B650 (before: B650, then Rad-8)');
});
