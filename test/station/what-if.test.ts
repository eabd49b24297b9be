import { describe, expect, it } from 'vitest';
import type { StationClient } from '../../core/api/client.ts';
import type { SessionId } from '../../core/ids.ts';
import { CHAIR, cuff, type Harness, openSession, startHarness, WELL } from '../support/station-harness.ts';

const SPO2_MEDIUM = 'spo2-low-medium-priority';

/** Says the same numbers every second for so long. */
const keepSaying = async (harness: Harness, text: string, seconds: number): Promise<void> => {
  for (let second = 0; second < seconds; second += 1) {
    harness.say(text);
    await harness.clock.advance(1000);
  }
};

/** A session with a desaturation to 89 % for 40 s and a systolic pressure of 168, twice. */
const recorded = async (): Promise<{
  readonly harness: Harness;
  readonly client: StationClient;
  readonly id: SessionId;
}> => {
  const harness = await startHarness();
  const client = harness.window();
  const { id } = await openSession(harness, client, 'infusing');
  await keepSaying(harness, WELL, 30);
  await keepSaying(harness, WELL.replace('=98', '=89'), 40);
  await keepSaying(harness, WELL, 30);
  harness.say(cuff(168, 84));
  await keepSaying(harness, WELL, 60);
  harness.say(cuff(169, 84));
  await keepSaying(harness, WELL, 30);
  return { harness, client, id };
};

describe('what if', () => {
  it('finds the alarms that the session had when nothing is changed', async () => {
    const { harness, client, id } = await recorded();
    const answer = await client.call('whatif.run', { sessionId: id });
    const raised = harness.databases.live
      .eventsOf(id)
      .flatMap(({ body }) =>
        body.type === 'alarm' && 'alarm' in body.alarm && body.alarm.type === 'raised'
          ? [body.alarm.alarm]
          : [],
      );
    const patient = raised.filter(({ category }) => category === 'physiological').map(({ key }) => key);
    expect(patient).toEqual(expect.arrayContaining(['spo2-low', 'bp-high']));
    expect(answer.differences.map(({ before }) => before?.key).sort()).toEqual([...patient].sort());
    expect(answer.counts).toMatchObject({ moved: 0, gone: 0, came: 0 });
    expect(answer.before).toEqual(answer.after);
    expect(answer.basis).toMatchObject({ limitChanges: 0, restarts: 0 });
    expect(answer.basis.cuffReadings).toBeGreaterThanOrEqual(3);
  });

  it('names the alarm that would have gone with a lower limit, and the one that would have moved', async () => {
    const { client, id } = await recorded();
    const advisoryOff = { limitId: 'spo2-low-advisory', threshold: 80 };
    const gone = await client.call('whatif.run', {
      sessionId: id,
      changes: [{ limitId: SPO2_MEDIUM, threshold: 88 }, advisoryOff],
    });
    expect(gone.differences.filter(({ kind }) => kind === 'gone').map(({ before }) => before?.key)).toEqual([
      'spo2-low',
    ]);
    expect(gone.names.after).toContain('2 changes');

    const later = await client.call('whatif.run', {
      sessionId: id,
      changes: [{ limitId: SPO2_MEDIUM, delayMs: 25_000 }],
    });
    const moved = later.differences.find(({ kind }) => kind === 'moved');
    expect(moved?.before?.key).toBe('spo2-low');
    expect(moved?.reachedByMs).toBe(10_000);
  });

  it('names the alarms that would have come with another preset or a tighter limit', async () => {
    const { client, id } = await recorded();
    const tighter = await client.call('whatif.run', {
      sessionId: id,
      changes: [{ limitId: 'hr-high-medium-priority', threshold: 70 }],
    });
    expect(tighter.differences.filter(({ kind }) => kind === 'came').map(({ after }) => after?.key)).toEqual([
      'hr-high',
    ]);
    const other = await client.call('whatif.run', { sessionId: id, presetId: 'adult-hypertensive' });
    expect(other.names.after).toContain('Adult hypertensive');
    const pressures = ({ key }: { key: string } = { key: '' }) => key === 'bp-high';
    const had = other.differences
      .flatMap(({ before }) => (before === null ? [] : [before]))
      .filter(pressures);
    expect(had.length).toBeGreaterThan(0);
  });

  it('follows the limits that were changed on the way', async () => {
    const harness = await startHarness();
    const client = harness.window();
    const { id } = await openSession(harness, client, 'infusing');
    await keepSaying(harness, WELL, 60);
    await client.call('limits.set', {
      chairId: CHAIR,
      changes: [{ limitId: 'hr-high-medium-priority', threshold: 70 }],
      reason: null,
      by: 'Nurse N',
    });
    await keepSaying(harness, WELL, 60);
    const answer = await client.call('whatif.run', { sessionId: id });
    expect(answer.basis.limitChanges).toBe(1);
    const hr = answer.differences.map(({ before }) => before).find((each) => each?.key === 'hr-high');
    expect((hr?.raisedAt ?? 0) - answer.from).toBeGreaterThan(60_000);
  });

  it('changes nothing: neither the record nor the chair', async () => {
    const { harness, client, id } = await recorded();
    const events = harness.databases.live.eventsOf(id).length;
    const limits = harness.station.view().chairs[0]?.limits;
    await client.call('whatif.run', { sessionId: id, presetId: 'adult-hypertensive' });
    expect(harness.databases.live.eventsOf(id)).toHaveLength(events);
    expect(harness.station.view().chairs[0]?.limits).toEqual(limits);
    expect(harness.databases.live.verify().ok).toBe(true);
  });

  it('lets the station work at least once for every minute of the record', async () => {
    const { client, id } = await recorded();
    let turns = 0;
    let isDone = false;
    const count = (): void => {
      turns += 1;
      if (!isDone) setImmediate(count);
    };
    setImmediate(count);
    const answer = await client.call('whatif.run', { sessionId: id });
    isDone = true;
    expect(turns).toBeGreaterThanOrEqual(Math.floor((answer.to - answer.from) / 60_000));
  });

  it('refuses a second one at the same time, an unknown session, preset and limit', async () => {
    const { client, id } = await recorded();
    const first = client.call('whatif.run', { sessionId: id });
    await expect(client.call('whatif.run', { sessionId: id })).rejects.toMatchObject({ code: 'conflict' });
    await first;
    await expect(client.call('whatif.run', { sessionId: 'none' as SessionId })).rejects.toMatchObject({
      code: 'not-found',
    });
    await expect(client.call('whatif.run', { sessionId: id, presetId: 'none' })).rejects.toMatchObject({
      code: 'not-found',
    });
    const unknown = { sessionId: id, changes: [{ limitId: 'none', threshold: 1 }] };
    await expect(client.call('whatif.run', unknown)).rejects.toMatchObject({ code: 'not-found' });
    // A refusal does not leave it busy.
    await expect(client.call('whatif.run', { sessionId: id })).resolves.toMatchObject({ sessionId: id });
  });
});
