/** What if, of a visit by a protocol: what people entered counts in the second run as it did in the first. */
import { expect, it } from 'vitest';
import { cuff, startHarness, WELL } from '../support/station-harness.ts';
import { PHYSICIAN, sessionOf, startVisit } from '../support/visit.ts';

it('finds the alarms that a visit had: overdue by its timetable, a symptom with a high pressure, a renewed baseline', async () => {
  const harness = await startHarness();
  const client = harness.window();
  await startVisit(harness, client);
  const { id } = sessionOf(harness);
  const say = async (seconds: number): Promise<void> => {
    for (let second = 0; second < seconds; second += 1) {
      harness.say(WELL);
      await harness.clock.advance(1000);
    }
  };
  await say(20);
  harness.say(cuff(166, 84));
  await say(30);
  await client.call('sideEffect.note', {
    sessionId: id,
    kind: 'headache',
    severity: 'severe',
    by: 'Nurse N',
  });
  await say(60);
  harness.say(cuff(160, 84));
  await say(30);
  await client.call('baseline.renew', {
    sessionId: id,
    reason: 'Larger cuff',
    authorisations: [PHYSICIAN],
    by: 'Nurse N',
  });
  await client.call('cuff.interval', { sessionId: id, phase: 'infusing', intervalMs: 60_000, by: 'Nurse N' });
  await say(120);
  const had = harness.databases.live
    .eventsOf(id)
    .flatMap(({ body }) =>
      body.type === 'alarm' && 'alarm' in body.alarm && body.alarm.type === 'raised'
        ? [body.alarm.alarm.key]
        : [],
    );
  expect(had).toEqual(expect.arrayContaining(['bp-high', 'bp-symptom', 'nibp-overdue']));
  const answer = await client.call('whatif.run', { sessionId: id });
  expect(answer.counts).toMatchObject({ moved: 0, gone: 0, came: 0 });
  expect(answer.before).toEqual(answer.after);
  expect(answer.differences.map(({ before }) => before?.key)).toEqual(
    expect.arrayContaining(['bp-high', 'bp-symptom']),
  );
});
