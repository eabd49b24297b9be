/** How far anybody can get in making a chair silent: what the station refuses, whatever a window sends. */
import { describe, expect, it } from 'vitest';
import type { StationClient } from '../../core/api/client.ts';
import { CHAIR, cuff, openSession, startHarness, WELL } from '../support/station-harness.ts';

type Harness = Awaited<ReturnType<typeof startHarness>>;

const infusing = async () => {
  const harness = await startHarness();
  const client = harness.window();
  await openSession(harness, client, 'infusing');
  return { harness, client };
};

const chairOf = (harness: Harness) => {
  const [chair] = harness.station.view().chairs;
  if (chair === undefined) throw new Error('no chair');
  return chair;
};

const setLimit = (client: StationClient, limitId: string, threshold: number | null, reason: string | null) =>
  client.call('limits.set', { chairId: CHAIR, changes: [{ limitId, threshold }], reason, by: 'N' });

describe('a limit', () => {
  it.each([
    ['switched off', null, 'Too loud'],
    ['below what any patient can have', -5, 'Too loud'],
    ['looser without a reason', 83, null],
    ['beyond the hard bound without a physician', 70, 'Too loud'],
    ['less urgent than the one it must precede', 91, 'Too loud'],
  ])('of low saturation is refused when it is %s, and stays as it was', async (_, threshold, reason) => {
    const { harness, client } = await infusing();
    const before = chairOf(harness).limits;
    await expect(setLimit(client, 'spo2-low-high-priority', threshold, reason)).rejects.toThrow();
    expect(chairOf(harness).limits).toEqual(before);
  });

  it('that is tighter is taken without a word', async () => {
    const { harness, client } = await infusing();
    await setLimit(client, 'spo2-low-high-priority', 87, null);
    const limit = chairOf(harness).limits.limits.find(({ id }) => id === 'spo2-low-high-priority');
    expect(limit?.threshold).toBe(87);
  });
});

describe('while the drug runs', () => {
  it.each(['spo2-low', 'nibp-high', 'cuff', 'oximeter-probe'] as const)(
    'ALARM OFF of %s is refused',
    async (parameter) => {
      const { harness, client } = await infusing();
      const off = { chairId: CHAIR, parameter, reason: 'Too loud', by: 'N' };
      await expect(client.call('alarm.off', off)).rejects.toMatchObject({ code: 'not-allowed' });
      expect(chairOf(harness).alarms.off).toEqual([]);
    },
  );

  it('AUDIO OFF is refused unless the configuration allows it', async () => {
    const { client } = await infusing();
    const off = { chairId: CHAIR, reason: 'Too loud', by: 'N' };
    await expect(client.call('alarm.audioOff', off)).rejects.toMatchObject({ code: 'not-allowed' });
  });

  it('ALARM PAUSED longer than 3 min is refused', async () => {
    const { client } = await infusing();
    const pause = { chairId: CHAIR, parameters: ['nibp-high'] as const, reason: null, by: 'N' };
    const call = client.call('alarm.pause', {
      ...pause,
      parameters: [...pause.parameters],
      durationMs: 180_001,
    });
    await expect(call).rejects.toMatchObject({ code: 'invalid-params' });
  });

  it('ALARM PAUSED is over by its timer without any data, and what began behind it sounds then', async () => {
    const { harness, client } = await infusing();
    await client.call('alarm.pause', {
      chairId: CHAIR,
      parameters: ['nibp-high'],
      durationMs: 30_000,
      reason: null,
      by: 'N',
    });
    harness.say(`${WELL};${cuff(204, 122)}`);
    expect(chairOf(harness).alarms.sounding).toBeNull();
    // Nothing is said from here on: no data drive the end of the pause.
    await harness.clock.advance(30_250);
    expect(chairOf(harness).alarms.paused).toEqual([]);
    expect(chairOf(harness).alarms.sounding).toBe('high');
    expect(chairOf(harness).alarms.alarms.map(({ key }) => key)).toContain('bp-high');
  });
});
