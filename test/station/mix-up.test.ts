/** Numbers of the wrong patient, of the wrong time, or of no patient at all: what the station refuses to mix. */
import { describe, expect, it } from 'vitest';
import { parseConfig, type StationConfig } from '../../station/config.ts';
import { CHAIR, cuff, openSession, startHarness, WELL } from '../support/station-harness.ts';

type Harness = Awaited<ReturnType<typeof startHarness>>;

const chairOf = (harness: Harness) => {
  const [chair] = harness.station.view().chairs;
  if (chair === undefined) throw new Error('no chair');
  return chair;
};

const config = (...chairs: unknown[]): StationConfig => parseConfig(JSON.stringify({ chairs }), 'test');

const monitor = (id: string, address: unknown, simulated = false) => ({
  id,
  name: id,
  family: 'toy',
  address,
  simulated,
});
const TOY_LINE = { kind: 'tcp', host: 'toy', port: 1 } as const;

const EMPTY_CHAIR = config({ id: CHAIR, name: 'Chair 1' });
const SIMULATED_CHAIR = config({ id: CHAIR, name: 'Chair 1', monitors: [monitor('sim', TOY_LINE, true)] });

describe('one line', () => {
  it.each([
    { kind: 'serial', path: '/dev/ttyUSB0' },
    { kind: 'tcp', host: 'Moxa.local', port: 4001 },
    { kind: 'tcp-listen', host: '127.0.0.1', port: 2575 },
  ])('never feeds two chairs: a configuration with $kind twice is refused', (address) => {
    const again = address.kind === 'tcp' ? { ...address, host: 'moxa.LOCAL' } : address;
    expect(() =>
      config(
        { id: 'a', name: 'A', monitors: [monitor('one', address)] },
        { id: 'b', name: 'B', monitors: [monitor('two', again)] },
      ),
    ).toThrow('chairs.1.monitors.0.address: "one" already listens on this line');
  });

  it('is not given to a second monitor while the station runs', async () => {
    const harness = await startHarness();
    const client = harness.window();
    const second = await client.call('chair.add', { name: 'Chair 2', by: 'N' });
    const draft = { chairId: second.id, name: 'Again', family: 'toy', address: TOY_LINE, by: 'N' };
    await expect(client.call('monitor.add', draft)).rejects.toMatchObject({
      code: 'conflict',
      message: 'Toy already listens on this line.',
    });
    expect(harness.station.view().monitors).toHaveLength(1);
  });

  it('of a simulator may serve several chairs: no patient is mistaken for another', () => {
    expect(() =>
      config(
        { id: 'a', name: 'A', monitors: [monitor('one', TOY_LINE, true)] },
        { id: 'b', name: 'B', monitors: [monitor('two', TOY_LINE, true)] },
      ),
    ).not.toThrow();
  });
});

describe('real and simulated', () => {
  it('an empty chair takes simulated monitors, and its sessions go to the simulated record', async () => {
    const harness = await startHarness({ config: EMPTY_CHAIR });
    const client = harness.window();
    const draft = { chairId: CHAIR, name: 'Sim', family: 'toy', address: TOY_LINE, simulated: true, by: 'N' };
    await client.call('monitor.add', draft);
    const session = await openSession(harness, client);
    expect(session.origin).toBe('simulated');
    expect(harness.databases.synthetic.eventsOf(session.id)).not.toEqual([]);
    expect(harness.databases.live.eventsOf(session.id)).toEqual([]);
  });

  it('a real monitor is refused in a simulated session, also when the simulated ones were removed', async () => {
    const harness = await startHarness({ config: SIMULATED_CHAIR });
    const client = harness.window();
    await openSession(harness, client);
    const [simulated] = harness.station.view().monitors;
    if (simulated === undefined) throw new Error('no monitor');
    await client.call('monitor.remove', { monitorId: simulated.id, by: 'N' });
    expect(chairOf(harness).origin).toBe('simulated');
    const draft = { chairId: CHAIR, name: 'Real', family: 'toy', address: TOY_LINE, by: 'N' };
    await expect(client.call('monitor.add', draft)).rejects.toMatchObject({ code: 'not-allowed' });
  });

  it('a session of a patient is not taken up on a chair that was made simulated meanwhile', async () => {
    const harness = await startHarness();
    const { id } = await openSession(harness, harness.window(), 'infusing');
    const { clock, databases } = harness;
    const again = await startHarness({ clock, databases, config: SIMULATED_CHAIR });
    again.sayWell();
    await clock.advance(2000);
    expect(chairOf(again).session).toBeNull();
    expect(databases.live.eventsOf(id).some(({ body }) => body.type === 'station-restarted')).toBe(false);
  });
});

describe('a monitor that is removed during a session', () => {
  it('leaves the reason in the record', async () => {
    const harness = await startHarness();
    const client = harness.window();
    const { id } = await openSession(harness, client, 'infusing');
    const [toy] = harness.station.view().monitors;
    if (toy === undefined) throw new Error('no monitor');
    await client.call('monitor.remove', { monitorId: toy.id, by: 'N' });
    expect(chairOf(harness).current).toEqual({});
    expect(harness.databases.live.eventsOf(id).at(-1)?.body).toEqual({
      type: 'link-changed',
      monitorId: toy.id,
      state: 'closed',
      text: 'Removed from the chair.',
      names: { [toy.id]: 'Toy' },
    });
  });
});

describe('a chair', () => {
  it('is not removed while a session is open on it, or a monitor stands beside it', async () => {
    const harness = await startHarness();
    const client = harness.window();
    const remove = () => client.call('chair.remove', { chairId: CHAIR, by: 'N' });
    await expect(remove()).rejects.toThrow('still has monitors');
    await openSession(harness, client);
    await expect(remove()).rejects.toThrow('A session is open on this chair');
    expect(harness.station.view().chairs).toHaveLength(1);
  });
});

describe('a computer that slept', () => {
  it('makes the last cuff reading as much older as it may be', async () => {
    const harness = await startHarness();
    await openSession(harness, harness.window(), 'infusing');
    harness.clock.jumpWall(600_000);
    await harness.clock.advance(1000);
    const { last, nextDueAt } = chairOf(harness).cuff;
    if (last === null) throw new Error('no reading');
    const age = harness.clock.now().mono - last.receivedAt.mono + last.ageAtReceiptMs;
    expect(age).toBe(601_000);
    expect(nextDueAt?.mono).toBeLessThan(harness.clock.now().mono);
  });

  it('shows no number from before, also without a session', async () => {
    const harness = await startHarness();
    harness.say(WELL);
    harness.clock.jumpWall(600_000);
    await harness.clock.advance(1000);
    expect(chairOf(harness).current).toEqual({});
  });

  it('is not taken for one that was set back: numbers stay', async () => {
    const harness = await startHarness();
    harness.say(WELL);
    harness.clock.jumpWall(-600_000);
    await harness.clock.advance(1000);
    expect(chairOf(harness).current.MDC_PULS_OXIM_SAT_O2?.observation.value).toBe(98);
  });
});

describe('the heart rate of a baseline', () => {
  it('is never frozen from an old number', async () => {
    const harness = await startHarness();
    const client = harness.window();
    const { id } = await openSession(harness, client, 'baseline');
    harness.say('MDC_ECG_HEART_RATE=140');
    await harness.clock.advance(600_000);
    harness.say(cuff(124, 78));
    await harness.clock.advance(90_000);
    harness.say(cuff(124, 78));
    const move = { sessionId: id, from: 'baseline', to: 'infusing', by: 'N' } as const;
    const session = await client.call('session.move', { ...move, reason: 'No ECG today' });
    expect(session.baseline).toMatchObject({ systolic: 124, diastolic: 78, heartRate: null });
  });
});

describe('after a restart', () => {
  it('an overdue cuff is overdue as if nothing had happened', async () => {
    const harness = await startHarness();
    await openSession(harness, harness.window(), 'infusing');
    await harness.clock.advance(400_000);
    const { clock, databases } = harness;
    const again = await startHarness({ clock, databases });
    again.say(WELL);
    await clock.advance(60_000);
    expect(chairOf(again).alarms.alarms.map(({ conditionId }) => conditionId)).toContain('nibp-overdue');
  });

  it('a reading that could not be believed does not count as the last one', async () => {
    const harness = await startHarness();
    await openSession(harness, harness.window(), 'infusing');
    await harness.clock.advance(400_000);
    harness.say(cuff(184, 179));
    const { clock, databases } = harness;
    const again = await startHarness({ clock, databases });
    again.say(WELL);
    await clock.advance(60_000);
    expect(chairOf(again).alarms.alarms.map(({ conditionId }) => conditionId)).toContain('nibp-overdue');
  });

  it('the first reading is compared with the last one before it', async () => {
    const harness = await startHarness();
    await openSession(harness, harness.window(), 'infusing');
    const { clock, databases } = harness;
    await clock.advance(1000);
    const again = await startHarness({ clock, databases });
    again.say(cuff(150, 84));
    expect(chairOf(again).alarms.alarms.map(({ conditionId }) => conditionId)).toContain('nibp-sys-step');
  });
});

describe('the next patient', () => {
  it('inherits no alarm, no reading and no baseline of the one before', async () => {
    const harness = await startHarness();
    const client = harness.window();
    const { id } = await openSession(harness, client, 'infusing');
    harness.say(cuff(204, 122));
    expect(chairOf(harness).alarms.alarms).not.toEqual([]);
    const move = { sessionId: id, from: 'infusing', to: 'aborted', by: 'N' } as const;
    await client.call('session.move', { ...move, reason: 'Hospital' });
    await harness.clock.advance(60_000);
    const next = await openSession(harness, client, 'baseline');
    expect(next.baseline).toBeNull();
    expect(chairOf(harness).alarms.alarms.filter(({ category }) => category === 'physiological')).toEqual([]);
    const start = { sessionId: next.id, from: 'baseline', to: 'infusing', reason: null, by: 'N' } as const;
    await expect(client.call('session.move', start)).rejects.toThrow(/blood pressure/);
  });
});
