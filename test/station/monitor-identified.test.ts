/** The record says which device gave a session's values: once, with its first number, and again when it says more of itself. */
import { expect, it } from 'vitest';
import { type MonitorId, monitorId } from '../../core/ids.ts';
import type { DeviceIdentity } from '../../core/observation/device-report.ts';
import type { Instant } from '../../core/time.ts';
import type { DeviceProfile, DriverOutput } from '../../devices/device.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { type Harness, memoryDatabases, startHarness } from '../support/station-harness.ts';
import { TOY } from '../support/toy-family.ts';
import { openVisit, sessionOf } from '../support/visit.ts';

const TOY_1: MonitorId = monitorId('toy-1');

/** A toy that also says who it is, on lines `!model serial`. */
const TALKING: DeviceProfile = {
  ...TOY,
  createDriver: (options) => {
    const driver = TOY.createDriver(options);
    const identityIn = (line: string): DeviceIdentity => {
      const [model = '', serial = ''] = line.slice(1).trim().split(' ');
      return { model, serial: serial === '' ? null : serial, software: null };
    };
    return {
      ...driver,
      receive: (chunk: Uint8Array, now: Instant): readonly DriverOutput[] => {
        const text = new TextDecoder('latin1').decode(chunk);
        return text.startsWith('!')
          ? [
              { type: 'frame', byteCount: chunk.length },
              { type: 'identity', identity: identityIn(text) },
            ]
          : driver.receive(chunk, now);
      },
    };
  },
};

const identified = async (harness: Harness) => {
  const events = await harness.window().call('history.events', { sessionId: sessionOf(harness).id });
  return events.flatMap(({ body, by }) =>
    body.type === 'monitor-identified' ? [{ ...body, type: undefined, by }] : [],
  );
};

const HR = 'MDC_ECG_HEART_RATE';
const anonymous = {
  monitorId: TOY_1,
  name: 'Toy',
  family: 'toy',
  manufacturer: 'Test',
  model: null,
  serialNumber: null,
  software: null,
};
const speak = async (harness: Harness, ...lines: readonly string[]) => {
  for (const line of lines) {
    harness.say(line);
    await harness.clock.advance(500);
  }
};

it('is written with the first number of a session, not before it and not for a monitor without a number', async () => {
  const harness = await startHarness({ profiles: [TALKING] });
  await speak(harness, `${HR}=70`);
  await openVisit(harness.window());
  expect(await identified(harness)).toEqual([]);
  await speak(harness, `${HR}=?`);
  expect(await identified(harness)).toEqual([]);
  await speak(harness, `${HR}=71`, `${HR}=72`, `${HR}=73`);
  // What its protocol does not tell is said to be unknown, by nobody's word but the station's.
  expect(await identified(harness)).toMatchObject([anonymous]);
});

it('is written again when the monitor says more of itself, or is another device, with the next number', async () => {
  const harness = await startHarness({ profiles: [TALKING] });
  await openVisit(harness.window());
  await speak(harness, `${HR}=70`, '!T1000 42');
  expect(await identified(harness)).toHaveLength(1);
  await speak(harness, `${HR}=71`, '!T1000 42', `${HR}=72`, '!T1000 43', `${HR}=73`);
  expect((await identified(harness)).map(({ model, serialNumber }) => [model, serialNumber])).toEqual([
    [null, null],
    ['T1000', '42'],
    ['T1000', '43'],
  ]);
});

it('carries the name that the monitor is given while the session runs', async () => {
  const harness = await startHarness({ profiles: [TALKING] });
  const client = harness.window();
  await openVisit(client);
  await speak(harness, `${HR}=70`);
  const address = { kind: 'tcp', host: 'toy', port: 1 } as const;
  await client.call('monitor.change', { monitorId: TOY_1, name: 'Window', address, by: 'E' });
  await speak(harness, `${HR}=71`);
  expect((await identified(harness)).map(({ name }) => name)).toEqual(['Toy', 'Window']);
});

it('is not written a second time after the station was restarted in the middle of the session', async () => {
  const clock = fakeClock();
  const databases = memoryDatabases(clock);
  const before = await startHarness({ profiles: [TALKING], clock, databases });
  await openVisit(before.window());
  await speak(before, '!T1000 42', `${HR}=70`);
  const { id } = sessionOf(before);
  await before.station.stop();
  const after = await startHarness({ profiles: [TALKING], clock, databases });
  expect(sessionOf(after).id).toBe(id);
  await speak(after, '!T1000 42', `${HR}=71`);
  expect((await identified(after)).map(({ serialNumber }) => serialNumber)).toEqual(['42']);
});

it('is written anew for the next session on the chair', async () => {
  const harness = await startHarness({ profiles: [TALKING] });
  const client = harness.window();
  await openVisit(client);
  await speak(harness, `${HR}=70`);
  const first = sessionOf(harness).id;
  await client.call('session.move', {
    sessionId: first,
    from: 'intake',
    to: 'cancelled',
    reason: 'wrong patient',
    by: 'Nurse N',
  });
  await openVisit(client);
  expect(sessionOf(harness).id).not.toBe(first);
  await speak(harness, `${HR}=71`);
  expect(await identified(harness)).toMatchObject([anonymous]);
});
