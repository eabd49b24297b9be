import { describe, expect, it } from 'vitest';
import type { StationClient } from '../../core/api/client.ts';
import type { CommandInput } from '../../core/api/commands.ts';
import type { ChairsideDb } from '../../db/open.ts';
import { StorageError } from '../../db/storage-error.ts';
import { parseConfig, type StationConfig } from '../../station/config.ts';
import { fakeClock } from '../support/fake-clock.ts';
import {
  CHAIR,
  cuff,
  type Harness,
  memoryDatabases,
  ONE_CHAIR,
  openSession,
  startHarness,
  WELL,
} from '../support/station-harness.ts';

const withAlarms = (alarms: object): StationConfig =>
  parseConfig(JSON.stringify({ ...ONE_CHAIR, alarms }), 'test');

const chairOf = (harness: Harness) => {
  const [chair] = harness.station.view().chairs;
  if (chair === undefined) throw new Error('no chair');
  return chair;
};

/** The same numbers every second, for so long. */
const hold = async (harness: Harness, text: string, seconds: number): Promise<void> => {
  for (let second = 0; second < seconds; second += 1) {
    harness.say(text);
    await harness.clock.advance(1000);
  }
};
const LOW = 'MDC_ECG_HEART_RATE=72;MDC_PULS_OXIM_SAT_O2=80;MDC_RESP_RATE=14';

const pause = (client: StationClient, input: Partial<CommandInput<'alarm.pause'>> = {}) =>
  client.call('alarm.pause', { chairId: CHAIR, parameters: ['spo2-low'], by: 'Nurse A', ...input });
const off = (client: StationClient, parameter: CommandInput<'alarm.off'>['parameter']) =>
  client.call('alarm.off', { chairId: CHAIR, parameter, reason: 'Pacemaker', by: 'Nurse A' });

const recorded = async (client: StationClient, sessionId: CommandInput<'alarm.log'>['sessionId']) =>
  (await client.call('history.events', { sessionId })).flatMap(({ body, by }) =>
    body.type === 'alarm' ? [{ event: body.alarm, by }] : [],
  );

describe('ALARM PAUSED', () => {
  it('is in the record before it is answered, and every window is shown who set it', async () => {
    const harness = await startHarness();
    const client = harness.window();
    const { id } = await openSession(harness, client, 'infusing');
    const pushed: unknown[] = [];
    harness.window().on('chair', (chair) => pushed.push(chair.alarms.paused));
    const { untilEpochMs } = await pause(client, { reason: 'Probe to the other hand', durationMs: 60_000 });
    expect(untilEpochMs).toBe(harness.clock.now().wall + 60_000);
    expect((await recorded(client, id)).at(-1)).toMatchObject({
      by: 'Nurse A',
      event: { type: 'alarms-paused', parameters: ['spo2-low'], reason: 'Probe to the other hand' },
    });
    expect(pushed.at(-1)).toMatchObject([{ parameter: 'spo2-low', by: 'Nurse A' }]);
  });

  it('keeps an alarm from the screen, not from the record, and ends by its timer without data', async () => {
    const harness = await startHarness();
    const client = harness.window();
    const { id } = await openSession(harness, client, 'infusing');
    await pause(client, { durationMs: 60_000 });
    await hold(harness, LOW, 20);
    expect(chairOf(harness).alarms).toMatchObject({ alarms: [], sounding: null });
    expect((await recorded(client, id)).map(({ event }) => event.type)).toContain('raised');
    await harness.clock.advance(41_000);
    expect(chairOf(harness).alarms.sounding).toBe('high');
    expect(chairOf(harness).alarms.paused).toEqual([]);
  });

  it('is cancelled by another nurse from another window', async () => {
    const harness = await startHarness();
    const [one, two] = [harness.window(), harness.window()];
    await openSession(harness, one, 'infusing');
    await pause(one);
    await hold(harness, LOW, 10);
    await two.call('alarm.resume', { chairId: CHAIR, parameters: ['spo2-low'], by: 'Nurse B' });
    expect(chairOf(harness).alarms.sounding).toBe('high');
  });

  it('does not let a patient go whose alarm it hides', async () => {
    const harness = await startHarness();
    const client = harness.window();
    const { id } = await openSession(harness, client, 'infusing');
    const move = (from: 'infusing' | 'recovery', to: 'recovery' | 'discharged') =>
      client.call('session.move', { sessionId: id, from, to, reason: null, by: 'N' });
    await move('infusing', 'recovery');
    await harness.clock.advance(16 * 60_000);
    await hold(harness, `${WELL};${cuff(124, 78)}`, 8);
    await pause(client);
    await hold(harness, LOW, 10);
    expect(chairOf(harness).alarms.alarms).toEqual([]);
    await expect(move('recovery', 'discharged')).rejects.toMatchObject({
      message: expect.stringContaining('not acknowledged'),
    });
  });

  it('is asked for 3 min at most, and in a session only', async () => {
    const harness = await startHarness();
    const client = harness.window();
    await expect(pause(client)).rejects.toMatchObject({ code: 'not-allowed' });
    await openSession(harness, client);
    await expect(pause(client, { durationMs: 181_000 })).rejects.toMatchObject({
      code: 'invalid-params',
      message: expect.stringContaining('durationMs'),
    });
    await expect(pause(client, { parameters: ['everything' as never] })).rejects.toMatchObject({
      code: 'invalid-params',
    });
  });
});

describe('ALARM OFF', () => {
  it('is refused in words where it would leave the infusion unwatched', async () => {
    const harness = await startHarness();
    const client = harness.window();
    await openSession(harness, client, 'infusing');
    await expect(off(client, 'spo2-low')).rejects.toMatchObject({
      code: 'not-allowed',
      message: 'SpO₂ low cannot be switched off in Infusing. ALARM PAUSED is possible for 3 min at most.',
    });
    await expect(off(client, 'nibp-high')).rejects.toMatchObject({ code: 'not-allowed' });
    await expect(off(client, 'cuff')).rejects.toMatchObject({ message: expect.stringContaining('on hold') });
    expect(chairOf(harness).alarms.off).toEqual([]);
  });

  it('is named, reminded of every 2 min, and ended by name', async () => {
    const harness = await startHarness();
    const client = harness.window();
    await openSession(harness, client, 'infusing');
    await off(client, 'hr-low');
    await expect(off(client, 'hr-low')).rejects.toMatchObject({
      message: expect.stringContaining('Nurse A'),
    });
    const counts: unknown[] = [];
    client.on('chair', (chair) => counts.push(chair.alarms.reminder?.count ?? null));
    await harness.clock.advance(4 * 60_000 + 500);
    expect(counts).toEqual(expect.arrayContaining([1, 2]));
    await client.call('alarm.on', { chairId: CHAIR, parameter: 'hr-low', by: 'Nurse B' });
    expect(chairOf(harness).alarms).toMatchObject({ off: [], reminder: null });
  });

  it('with the disk full changes nothing and says so', async () => {
    const clock = fakeClock();
    const { live, synthetic } = memoryDatabases(clock);
    let isFull = false;
    const appendEvents: ChairsideDb['appendEvents'] = (events) => {
      if (isFull) throw new StorageError('disk-full', 'the disk is full');
      live.appendEvents(events);
    };
    const databases = { live: { ...live, appendEvents }, synthetic };
    const harness = await startHarness({ clock, databases });
    const client = harness.window();
    await openSession(harness, client, 'infusing');
    isFull = true;
    await expect(off(client, 'hr-low')).rejects.toMatchObject({ code: 'storage-failed' });
    await expect(pause(client)).rejects.toMatchObject({ code: 'storage-failed' });
    expect(chairOf(harness).alarms).toMatchObject({ off: [], paused: [] });
  });
});

describe('AUDIO OFF', () => {
  const audioOff = (client: StationClient) =>
    client.call('alarm.audioOff', { chairId: CHAIR, reason: 'Patient asleep', by: 'Nurse A' });

  it('is not possible unless the configuration allows it', async () => {
    const harness = await startHarness();
    const client = harness.window();
    await openSession(harness, client, 'infusing');
    expect(harness.station.view().alarmPolicy).toEqual({ allowAudioOff: false, reminderMs: 120_000 });
    await expect(audioOff(client)).rejects.toMatchObject({
      code: 'not-allowed',
      message: expect.stringContaining('alarms.allowAudioOff'),
    });
  });

  it('silences new alarms too, stays until ended, and reminds as often as configured', async () => {
    const config = withAlarms({ allowAudioOff: true, reminderMinutes: 1 });
    const harness = await startHarness({ config });
    const client = harness.window();
    await openSession(harness, client, 'infusing');
    await audioOff(client);
    await hold(harness, LOW, 130);
    expect(chairOf(harness).alarms).toMatchObject({
      audio: { kind: 'off', by: 'Nurse A', reason: 'Patient asleep' },
      sounding: null,
      reminder: { count: 2 },
    });
    await expect(client.call('alarm.pauseAudio', { chairId: CHAIR, by: 'N' })).rejects.toMatchObject({
      code: 'conflict',
    });
    await client.call('alarm.resumeAudio', { chairId: CHAIR, by: 'Nurse B' });
    expect(chairOf(harness).alarms.sounding).toBe('high');
  });

  it('does not survive a restart with a configuration that forbids it', async () => {
    const before = await startHarness({ config: withAlarms({ allowAudioOff: true }) });
    const client = before.window();
    const { id } = await openSession(before, client, 'infusing');
    await audioOff(client);
    const { clock, databases } = before;
    const after = await startHarness({ clock, databases });
    expect(chairOf(after).alarms.audio.kind).toBe('on');
    expect((await recorded(after.window(), id)).at(-1)).toMatchObject({
      event: { type: 'audio-resumed', by: 'station' },
    });
  });
});

describe('what people did to the alarms', () => {
  it('is as it was after a restart within the session, and the windows are told of the restart', async () => {
    const before = await startHarness();
    const client = before.window();
    await openSession(before, client, 'infusing');
    await off(client, 'hr-low');
    await pause(client, { parameters: ['cuff'], durationMs: 180_000 });
    await before.clock.advance(30_000);
    await before.station.stop();
    await before.clock.advance(60_000);
    const { clock, databases } = before;
    const after = await startHarness({ clock, databases });
    const { alarms, restored } = chairOf(after);
    expect(alarms.off).toMatchObject([{ parameter: 'hr-low', by: 'Nurse A', reason: 'Pacemaker' }]);
    expect(alarms.paused).toMatchObject([{ parameter: 'cuff', by: 'Nurse A' }]);
    expect(alarms.paused[0]?.until.wall).toBe(clock.now().wall + 90_000);
    expect(restored?.downForMs).toBeGreaterThanOrEqual(60_000);
  });

  it('never reaches the next session', async () => {
    const harness = await startHarness({ config: withAlarms({ allowAudioOff: true }) });
    const client = harness.window();
    const { id } = await openSession(harness, client);
    await off(client, 'hr-low');
    await pause(client);
    await client.call('alarm.audioOff', { chairId: CHAIR, reason: 'Asleep', by: 'Nurse A' });
    await client.call('session.move', {
      sessionId: id,
      from: 'intake',
      to: 'cancelled',
      reason: 'Left',
      by: 'N',
    });
    await openSession(harness, client, 'infusing');
    expect(chairOf(harness)).toMatchObject({
      alarms: { audio: { kind: 'on' }, paused: [], off: [], reminder: null },
      restored: null,
    });
    const log = await client.call('alarm.log', { sessionId: id });
    expect(log.controls.map(({ kind, endedBy, endedAt }) => [kind, endedBy, endedAt !== null])).toEqual([
      ['alarm-off', null, true],
      ['alarm-paused', null, true],
      ['audio-off', null, true],
    ]);
  });
});

describe('the alarm log', () => {
  it('tells who answered which alarm, how soon, also after the session is closed', async () => {
    const harness = await startHarness();
    const client = harness.window();
    const { id } = await openSession(harness, client, 'infusing');
    harness.say(cuff(205, 110));
    await harness.clock.advance(12_000);
    await client.call('alarm.acknowledge', { chairId: CHAIR, key: 'bp-high', by: 'Nurse B' });
    await hold(harness, `${WELL};${cuff(124, 78)}`, 3);
    await client.call('session.move', {
      sessionId: id,
      from: 'infusing',
      to: 'aborted',
      reason: 'BP',
      by: 'N',
    });
    const { rows, figures } = await client.call('alarm.log', { sessionId: id });
    const row = rows.find((entry) => entry.key === 'bp-high');
    expect(row).toMatchObject({
      priority: 'high',
      value: 205,
      limit: 200,
      acknowledged: { by: 'Nurse B', afterMs: 12_000 },
    });
    expect(row?.endedAt).not.toBeNull();
    expect(figures.byPriority.high).toMatchObject({ raised: 1, percentWithin60s: 100 });
  });

  it('of a session that is not there is refused', async () => {
    const client = (await startHarness()).window();
    await expect(client.call('alarm.log', { sessionId: 'none' as never })).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});
