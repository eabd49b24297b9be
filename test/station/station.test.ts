import { describe, expect, it } from 'vitest';
import type { StationClient } from '../../core/api/client.ts';
import type { TopicName, Topics } from '../../core/api/views.ts';
import { foldSession } from '../../core/session/session.ts';
import { CHAIR, cuff, openSession, startHarness, WELL } from '../support/station-harness.ts';

/** Everything a window was pushed on a topic. */
const collect = <T extends TopicName>(client: StationClient, topic: T): Topics[T][] => {
  const got: Topics[T][] = [];
  client.on(topic, (payload) => {
    got.push(payload);
  });
  return got;
};

const last = <T>(list: readonly T[]): T => {
  const item = list.at(-1);
  if (item === undefined) throw new Error('nothing there');
  return item;
};

const chairOf = (harness: Awaited<ReturnType<typeof startHarness>>) => {
  const [chair] = harness.station.view().chairs;
  if (chair === undefined) throw new Error('no chair');
  return chair;
};

describe('a window', () => {
  it('that connects late gets the whole state at once, then the changes', async () => {
    const harness = await startHarness();
    harness.sayWell();
    const early = harness.window();
    await openSession(harness, early, 'infusing');
    const late = harness.window();
    // `attach` pushes the snapshot at once; asking again gives the same.
    const snapshot = await late.call('station.snapshot', {});
    expect(snapshot.chairs[0]?.current.MDC_PULS_OXIM_SAT_O2?.observation.value).toBe(98);
    expect(snapshot.chairs[0]?.session?.phase).toBe('infusing');
    expect(snapshot.chairs[0]?.cuff.last).toMatchObject({ systolic: 124, diastolic: 78 });
    const values = collect(late, 'observations');
    harness.say('MDC_PULS_OXIM_SAT_O2=97');
    expect(last(values).values.map((item) => item.observation.value)).toEqual([97]);
  });

  it('hears a heartbeat every second, whether or not anything happens', async () => {
    const harness = await startHarness();
    const beats = collect(harness.window(), 'heartbeat');
    await harness.clock.advance(5000);
    expect(beats).toHaveLength(5);
  });

  it('is told of a command it got wrong by the name of the field', async () => {
    const client = (await startHarness()).window();
    await expect(
      client.call('session.nibpInterval', { sessionId: 's' as never, intervalMs: 5, by: 'N' }),
    ).rejects.toMatchObject({ code: 'invalid-params', message: expect.stringContaining('intervalMs') });
  });
});

describe('a session', () => {
  it('goes from intake to discharge and the record tells the same story', async () => {
    const harness = await startHarness();
    const client = harness.window();
    const { id } = await openSession(harness, client, 'infusing');
    const move = (
      from: 'infusing' | 'paused' | 'recovery',
      to: 'paused' | 'infusing' | 'recovery' | 'discharged',
    ) => client.call('session.move', { sessionId: id, from, to, reason: null, by: 'Nurse N' });
    await harness.clock.advance(10 * 60_000);
    await move('infusing', 'paused');
    await harness.clock.advance(60_000);
    await move('paused', 'infusing');
    await harness.clock.advance(30 * 60_000);
    await move('infusing', 'recovery');
    await client.call('session.note', {
      sessionId: id,
      kind: 'side-effect',
      text: 'Nausea 2/10',
      corrects: null,
      by: 'Nurse N',
    });
    await harness.clock.advance(16 * 60_000);
    const open = chairOf(harness).alarms.alarms.filter((alarm) => alarm.priority === 'high');
    for (const alarm of open)
      await client.call('alarm.acknowledge', { chairId: CHAIR, key: alarm.key, by: 'N' });
    await move('recovery', 'discharged');
    expect(chairOf(harness).session).toBeNull();
    const story = foldSession(harness.databases.live.eventsOf(id));
    expect(story.spans.map((span) => span.phase)).toEqual([
      'intake',
      'baseline',
      'infusing',
      'paused',
      'infusing',
      'recovery',
      'discharged',
    ]);
    expect(story.baseline).toMatchObject({ systolic: 124, diastolic: 78 });
    expect(story.closedAt).not.toBeNull();
    expect(harness.databases.live.verify().ok).toBe(true);
  });

  it('refuses the start without the four vitals, names what is missing, and yields to a reason', async () => {
    const harness = await startHarness();
    const client = harness.window();
    const { id } = await openSession(harness, client, 'baseline');
    harness.say('MDC_ECG_HEART_RATE=72');
    const start = (reason: string | null) =>
      client.call('session.move', { sessionId: id, from: 'baseline', to: 'infusing', reason, by: 'N' });
    await expect(start(null)).rejects.toMatchObject({
      code: 'not-allowed',
      message: expect.stringMatching(/SpO₂, respiration, blood pressure/),
    });
    const session = await start('Cuff is being changed');
    expect(session.phase).toBe('infusing');
    const moved = harness.databases.live.eventsOf(id).filter((event) => event.body.type === 'phase-changed');
    expect(JSON.stringify(last(moved).body)).toContain('Cuff is being changed');
  });

  it('holds the start at a high baseline, says what is asked for, and writes down who agreed', async () => {
    const harness = await startHarness();
    const client = harness.window();
    const { id } = await openSession(harness, client, 'baseline');
    harness.say(cuff(168, 96));
    await harness.clock.advance(90_000);
    harness.say(`${WELL};${cuff(166, 94)}`);
    const start = (reason: string | null) =>
      client.call('session.move', { sessionId: id, from: 'baseline', to: 'infusing', reason, by: 'N' });
    await expect(start(null)).rejects.toMatchObject({
      code: 'not-allowed',
      message: expect.stringMatching(/Baseline SYS 167 ≥ 160: name the physician who agrees/),
    });
    await start('Dr Lee agrees');
    const moved = harness.databases.live.eventsOf(id).filter((event) => event.body.type === 'phase-changed');
    expect(JSON.stringify(last(moved).body)).toContain('Dr Lee agrees');
  });

  it('asks for the repeat of an unconfirmed reading sooner than the interval, and says why', async () => {
    const harness = await startHarness();
    await openSession(harness, harness.window(), 'infusing');
    await harness.clock.advance(60_000);
    harness.say(`${WELL};${cuff(164, 92)}`);
    const { cuff: view } = chairOf(harness);
    expect(view.repeatReason).toBe('To confirm the last reading');
    expect((view.nextDueAt?.mono ?? 0) - harness.clock.now().mono).toBe(120_000);
  });

  it('takes a symptom entered while the pressure is high for the emergency it is', async () => {
    const harness = await startHarness();
    const client = harness.window();
    const { id } = await openSession(harness, client, 'infusing');
    harness.say(cuff(172, 96));
    await client.call('session.note', {
      sessionId: id,
      kind: 'side-effect',
      text: 'Headache',
      corrects: null,
      by: 'N',
    });
    const symptom = chairOf(harness).alarms.alarms.find((alarm) => alarm.conditionId === 'bp-symptom');
    expect(symptom).toMatchObject({ priority: 'high', message: expect.stringContaining('Headache') });
  });

  it('refuses discharge before 15 min of recovery without a reason', async () => {
    const harness = await startHarness();
    const client = harness.window();
    const { id } = await openSession(harness, client, 'infusing');
    await client.call('session.move', {
      sessionId: id,
      from: 'infusing',
      to: 'recovery',
      reason: null,
      by: 'N',
    });
    await harness.clock.advance(14 * 60_000);
    const discharge = (reason: string | null) =>
      client.call('session.move', { sessionId: id, from: 'recovery', to: 'discharged', reason, by: 'N' });
    await expect(discharge(null)).rejects.toMatchObject({
      message: expect.stringContaining('14 of at least 15'),
    });
    await expect(discharge('Patient leaves against advice')).resolves.toMatchObject({ phase: 'discharged' });
  });

  it('lets only the first of two nurses move it, and tells the second what happened', async () => {
    const harness = await startHarness();
    const [one, two] = [harness.window(), harness.window()];
    const { id } = await openSession(harness, one, 'infusing');
    const pause = { sessionId: id, from: 'infusing', to: 'paused', reason: null } as const;
    await one.call('session.move', { ...pause, by: 'Nurse 1' });
    await expect(two.call('session.move', { ...pause, by: 'Nurse 2' })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('Paused'),
    });
  });

  it('keeps the limits of one patient away from the next', async () => {
    const harness = await startHarness();
    const client = harness.window();
    const { id } = await openSession(harness, client);
    const [limit] = chairOf(harness).limits.limits;
    if (limit === undefined) throw new Error('no limits');
    await client.call('limits.set', {
      chairId: CHAIR,
      changes: [{ limitId: limit.id, threshold: 82 }],
      reason: 'Lives with 88 %',
      by: 'N',
    });
    expect(chairOf(harness).limits.limits[0]?.threshold).toBe(82);
    await client.call('session.move', {
      sessionId: id,
      from: 'intake',
      to: 'cancelled',
      reason: 'Left',
      by: 'N',
    });
    await openSession(harness, client);
    expect(chairOf(harness).limits.limits[0]?.threshold).toBe(limit.threshold);
  });
});

describe('an alarm', () => {
  it('is in the record before any window hears of it', async () => {
    const harness = await startHarness();
    const client = harness.window();
    const { id } = await openSession(harness, client, 'infusing');
    let inRecord: boolean | null = null;
    client.on('chair', (chair) => {
      if (chair.alarms.alarms.length === 0 || inRecord !== null) return;
      inRecord = harness.databases.live.eventsOf(id).some((event) => event.body.type === 'alarm');
    });
    harness.say(cuff(204, 122));
    expect(chairOf(harness).alarms.alarms[0]?.priority).toBe('high');
    expect(chairOf(harness).alarms.sounding).toBe('high');
    expect(inRecord).toBe(true);
  });

  it('is acknowledged for every window, by name, on disk', async () => {
    const harness = await startHarness();
    const client = harness.window();
    const { id } = await openSession(harness, client, 'infusing');
    harness.say(cuff(204, 122));
    const alarm = chairOf(harness).alarms.alarms[0];
    if (alarm === undefined) throw new Error('no alarm');
    await client.call('alarm.acknowledge', { chairId: CHAIR, key: alarm.key, by: 'Nurse N' });
    const other = await harness.window().call('station.snapshot', {});
    expect(other.chairs[0]?.alarms.alarms[0]?.acknowledged?.by).toBe('Nurse N');
    const entry = last(harness.databases.live.eventsOf(id));
    expect(entry).toMatchObject({ by: 'Nurse N', body: { type: 'alarm', alarm: { type: 'acknowledged' } } });
  });

  it('that became more urgent than what the nurse saw is not acknowledged by her click', async () => {
    const harness = await startHarness();
    const client = harness.window();
    await openSession(harness, client, 'infusing');
    harness.say(cuff(164, 92));
    const seen = chairOf(harness).alarms.alarms[0];
    harness.say(cuff(204, 122));
    const click = (seenPriority: 'medium' | 'high') =>
      client.call('alarm.acknowledge', { chairId: CHAIR, key: seen?.key ?? '', seenPriority, by: 'N' });
    await expect(click('medium')).rejects.toMatchObject({ code: 'conflict' });
    expect(chairOf(harness).alarms.alarms[0]?.acknowledged).toBeNull();
    await expect(click('high')).resolves.toMatchObject({});
  });

  it('comes when the line is lost, within 10 s, and the number says how old it is', async () => {
    const harness = await startHarness();
    const client = harness.window();
    await openSession(harness, client, 'infusing');
    harness.say(WELL);
    harness.line().fail({ code: 'lost', message: 'pulled' });
    await harness.clock.advance(9_900);
    const alarms = chairOf(harness).alarms.alarms;
    expect(alarms.map((alarm) => alarm.category)).toContain('technical');
    const value = chairOf(harness).current.MDC_PULS_OXIM_SAT_O2?.observation;
    expect(harness.clock.now().mono - (value?.receivedAt.mono ?? 0)).toBeGreaterThanOrEqual(9_900);
  });
});

describe('a restart of the station', () => {
  it('takes up the open session in its phase, with its true elapsed time, and notes the gap', async () => {
    const harness = await startHarness();
    const client = harness.window();
    const { id } = await openSession(harness, client, 'infusing');
    harness.say(cuff(204, 122));
    const before = chairOf(harness);
    const key = before.alarms.alarms[0]?.key;
    await harness.clock.advance(1000);
    // The process is gone without a word: nothing is stopped or flushed. A new one starts 45 s later.
    const { clock, databases } = harness;
    await clock.advance(0);
    const again = await startHarness({ clock, databases });
    const after = chairOf(again);
    expect(after.session?.id).toBe(id);
    expect(after.session?.phase).toBe('infusing');
    expect(after.session?.spans).toEqual(before.session?.spans);
    expect(after.session?.baseline).toEqual(before.session?.baseline);
    expect(after.cuff.last).toMatchObject({ systolic: 204, diastolic: 122 });
    expect(after.alarms.alarms.map((alarm) => alarm.key)).toContain(key);
    expect(last(databases.live.eventsOf(id)).body.type).not.toBe('session-opened');
    expect(databases.live.eventsOf(id).some((event) => event.body.type === 'station-restarted')).toBe(true);
  });

  it('warns every window of an open session whose chair is gone', async () => {
    const harness = await startHarness();
    const { id } = await openSession(harness, harness.window(), 'infusing');
    const { clock, databases } = harness;
    const again = await startHarness({ clock, databases, config: { chairs: [] } });
    expect(again.station.view().strandedSessions).toEqual([
      { sessionId: id, chairId: CHAIR, reason: 'its chair is no longer in the configuration' },
    ]);
  });
});

describe('a jump of the computer’s clock', () => {
  it('neither shortens nor lengthens the session, is recorded, and is raised', async () => {
    const harness = await startHarness();
    const client = harness.window();
    const { id } = await openSession(harness, client, 'infusing');
    harness.say(WELL);
    harness.clock.jumpWall(-3_600_000);
    await harness.clock.advance(2000);
    const jump = harness.databases.live.eventsOf(id).find((event) => event.body.type === 'clock-jumped');
    expect(jump?.body).toEqual({ type: 'clock-jumped', byMs: -3_600_000 });
    const times = harness.databases.live.eventsOf(id).map((event) => event.at.wall);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(chairOf(harness).alarms.alarms.some((alarm) => alarm.conditionId.includes('clock'))).toBe(true);
  });

  it('forward takes every number off the screen: the computer may have slept', async () => {
    const harness = await startHarness();
    await openSession(harness, harness.window(), 'infusing');
    harness.say(WELL);
    harness.clock.jumpWall(600_000);
    await harness.clock.advance(1000);
    expect(chairOf(harness).current).toEqual({});
  });
});
