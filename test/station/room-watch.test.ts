/** What the station watches besides numbers: who can sound, the disk, what is not watched (whose monitors these are: whose-monitor.test.ts). */
import { describe, expect, it } from 'vitest';
import type { StationClient } from '../../core/api/client.ts';
import type { SoundState } from '../../core/api/sound.ts';
import { monitorId } from '../../core/ids.ts';
import { DISK_LOOK_EVERY_MS } from '../../station/disk-watch.ts';
import { CHAIR, cuff, type Harness, openSession, startHarness, WELL } from '../support/station-harness.ts';

const chairOf = (harness: Harness, index = 0) => {
  const chair = harness.station.view().chairs[index];
  if (chair === undefined) throw new Error('no chair');
  return chair;
};
const alarmOf = (harness: Harness, key: string, chair = 0) =>
  chairOf(harness, chair).alarms.alarms.find((alarm) => alarm.key === key);

/** Seconds in which the toy monitor goes on saying that all is well. */
const goOn = async (harness: Harness, seconds: number): Promise<void> => {
  for (let second = 0; second < seconds; second += 1) {
    harness.say(WELL);
    await harness.clock.advance(1000);
  }
};

describe('who can sound', () => {
  const tell = (client: StationClient, state: SoundState) => client.call('window.sound', { state });
  /** A chair in baseline whose window has never said that it can be heard. */
  const deaf = async () => {
    const harness = await startHarness({ isHeard: false });
    const client = harness.window();
    await openSession(harness, client, 'baseline');
    return { harness, client };
  };

  it('is asked of the windows: one whose sound is blocked is no one, and the alarm says so', async () => {
    const { harness, client } = await deaf();
    for (let second = 0; second < 20; second += 1) {
      await tell(client, 'blocked');
      await goOn(harness, 1);
    }
    expect(alarmOf(harness, 'no-sound')).toMatchObject({
      priority: 'medium',
      message: expect.stringContaining('holds the sound back'),
    });
    await tell(client, 'ready');
    await goOn(harness, 1);
    expect(alarmOf(harness, 'no-sound')).toBeUndefined();
  });

  it('is believed for 5 s: a window that hangs is no one', async () => {
    const { harness, client } = await deaf();
    await tell(client, 'ready');
    await goOn(harness, 19);
    expect(alarmOf(harness, 'no-sound')).toBeUndefined();
    await goOn(harness, 3);
    expect(alarmOf(harness, 'no-sound')?.message).toContain('No open window answers');
  });

  it('is nobody when the last window was closed', async () => {
    const { harness, client } = await deaf();
    await tell(client, 'ready');
    client.close();
    await goOn(harness, 17);
    expect(alarmOf(harness, 'no-sound')?.message).toContain('No window is open');
  });

  it('does not change because a page is loaded anew, also several times', async () => {
    const { harness, client } = await deaf();
    let open = client;
    for (let load = 0; load < 4; load += 1) {
      await tell(open, 'ready');
      await goOn(harness, 3);
      open.close();
      await goOn(harness, 8);
      open = harness.window();
    }
    await tell(open, 'ready');
    await goOn(harness, 4);
    const said = harness.databases.live
      .eventsOf(chairOf(harness).session?.id ?? expect.fail('no session'))
      .flatMap(({ body }) => (body.type === 'alarm' && 'alarm' in body.alarm ? [body.alarm.alarm.key] : []));
    expect(said).not.toContain('no-sound');
  });

  it('is somebody as long as one of several windows can', async () => {
    const { harness, client } = await deaf();
    const second = harness.window();
    for (let turn = 0; turn < 12; turn += 1) {
      await tell(client, 'unavailable');
      await tell(second, 'ready');
      await goOn(harness, 2);
    }
    expect(alarmOf(harness, 'no-sound')).toBeUndefined();
  });

  it('is told to a chair that was added meanwhile', async () => {
    const { harness, client } = await deaf();
    await goOn(harness, 20);
    const added = await client.call('chair.add', { name: 'Chair 2', by: 'N' });
    const plan = { patientInitials: 'CD', indication: 'PTSD', plannedInfusionMs: 2_400_000 };
    const { id } = await client.call('session.open', {
      chairId: added.id,
      ...plan,
      plannedRecoveryMs: 1_800_000,
      by: 'N',
    });
    await client.call('session.move', {
      sessionId: id,
      from: 'intake',
      to: 'baseline',
      reason: null,
      by: 'N',
    });
    await goOn(harness, 2);
    expect(alarmOf(harness, 'no-sound', 1)).toBeDefined();
  });
});

describe('the disk', () => {
  it('is measured at the start and every 30 s; low is an alarm on every chair, and over with room', async () => {
    const room = { bytes: 2e9 };
    const harness = await startHarness({ freeDiskBytes: async () => room.bytes });
    expect(alarmOf(harness, 'disk-low')).toBeUndefined();
    room.bytes = 0.4e9;
    await harness.clock.advance(DISK_LOOK_EVERY_MS);
    expect(alarmOf(harness, 'disk-low')?.message).toContain('0.4 GB left');
    room.bytes = 5e9;
    await harness.clock.advance(DISK_LOOK_EVERY_MS);
    expect(alarmOf(harness, 'disk-low')).toBeUndefined();
  });

  it('that cannot be measured stays as it was known, and is tried again', async () => {
    const answers = [async () => 0.4e9, () => Promise.reject(new Error('no such folder')), async () => 5e9];
    let asked = 0;
    const harness = await startHarness({
      freeDiskBytes: () => {
        asked += 1;
        return (answers[asked - 1] ?? (async () => 5e9))();
      },
    });
    await harness.clock.advance(DISK_LOOK_EVERY_MS);
    expect(alarmOf(harness, 'disk-low')).toBeDefined();
    await harness.clock.advance(DISK_LOOK_EVERY_MS);
    expect([asked, alarmOf(harness, 'disk-low')]).toEqual([3, undefined]);
  });

  it('is not asked again while an answer is outstanding', async () => {
    let asked = 0;
    const harness = await startHarness({
      freeDiskBytes: () => {
        asked += 1;
        return new Promise<number>(() => undefined);
      },
    });
    await harness.clock.advance(10 * DISK_LOOK_EVERY_MS);
    expect(asked).toBe(1);
  });
});

describe('a vital without a source', () => {
  const unwatched = (harness: Harness) =>
    chairOf(harness)
      .alarms.alarms.filter(({ conditionId }) => conditionId === 'vital-unwatched')
      .map(({ key }) => key.slice('vital-unwatched:'.length));
  const start = async (harness: Harness, client: StationClient, reason: string) => {
    const { id } = await openSession(harness, client, 'baseline');
    return client.call('session.move', { sessionId: id, from: 'baseline', to: 'infusing', reason, by: 'N' });
  };

  it('with which the infusion was begun for a reason is a word on the screen, and only it', async () => {
    const harness = await startHarness();
    const client = harness.window();
    harness.say('MDC_ECG_HEART_RATE=72;MDC_PULS_OXIM_SAT_O2=98');
    const session = await start(harness, client, 'Short of monitors');
    expect(session.withoutVitals).toEqual(['respiration', 'bloodPressure']);
    expect(chairOf(harness).alarms.unwatched).toEqual(['respiration', 'bloodPressure']);
    for (let second = 0; second < 20; second += 1) {
      harness.say('MDC_ECG_HEART_RATE=72;MDC_PULS_OXIM_SAT_O2=98');
      await harness.clock.advance(1000);
    }
    expect(unwatched(harness)).toEqual([]);
    harness.say(cuff(124, 78));
    expect(chairOf(harness).alarms.unwatched).toEqual(['respiration']);
  });

  it('is still known as begun without after a restart', async () => {
    const harness = await startHarness();
    harness.say('MDC_ECG_HEART_RATE=72;MDC_PULS_OXIM_SAT_O2=98');
    await start(harness, harness.window(), 'Short of monitors');
    const { clock, databases } = harness;
    const again = await startHarness({ clock, databases });
    again.window();
    for (let second = 0; second < 60; second += 1) {
      again.say('MDC_ECG_HEART_RATE=72;MDC_PULS_OXIM_SAT_O2=98');
      await clock.advance(1000);
    }
    expect(unwatched(again)).toEqual([]);
    expect(chairOf(again).alarms.unwatched).toEqual(['respiration', 'bloodPressure']);
  });

  it('because its monitor was removed is an alarm, and over when another one gives it', async () => {
    const harness = await startHarness();
    const client = harness.window();
    await openSession(harness, client, 'infusing');
    await client.call('monitor.remove', { monitorId: monitorId('toy-1'), by: 'N' });
    await harness.clock.advance(12_000);
    expect(unwatched(harness).toSorted()).toEqual(['bloodPressure', 'heartRate', 'respiration', 'spo2']);
    const address = { kind: 'tcp', host: 'other', port: 1 } as const;
    await client.call('monitor.add', { chairId: CHAIR, name: 'Other', family: 'toy', address, by: 'N' });
    await harness.clock.advance(100);
    harness.say(`${WELL};${cuff(124, 78)}`, 'other');
    expect(unwatched(harness)).toEqual([]);
  });
});
