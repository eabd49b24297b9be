/** A fault inside one family's driver must not blind the other chairs. */
import { expect, it } from 'vitest';
import type { DeviceProfile, Driver } from '../../devices/device.ts';
import { type MemoryTransport, memoryTransport } from '../../devices/transport/memory.ts';
import { type LinkStatus, startDeviceSession } from '../../station/device-session.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { TOY } from '../support/toy-family.ts';

const fault = (): never => {
  throw new Error('index out of bounds');
};

const breakOn: readonly (readonly [keyof Driver, (driver: Driver) => Driver])[] = [
  ['start', (driver) => ({ ...driver, start: fault })],
  ['receive', (driver) => ({ ...driver, receive: fault })],
  ['tick', (driver) => ({ ...driver, tick: fault })],
  ['end', (driver) => ({ ...driver, end: fault })],
];

it.each(breakOn)('a driver that throws in %s loses its line, says so, and begins anew', async (_, broken) => {
  const clock = fakeClock();
  const lines: MemoryTransport[] = [];
  const statuses: LinkStatus[] = [];
  let drivers = 0;
  const profile: DeviceProfile = {
    ...TOY,
    createDriver: (options) => {
      drivers += 1;
      const driver = TOY.createDriver(options);
      return drivers === 1 ? broken(driver) : driver;
    },
  };
  const openLine = () => {
    const line = memoryTransport();
    lines.push(line);
    return line;
  };
  const session = startDeviceSession(profile, { rate: 1 }, openLine, clock, {
    outputs: () => undefined,
    status: (status) => statuses.push(status),
    raw: () => undefined,
  });
  const say = () => lines.at(-1)?.feed(new TextEncoder().encode('MDC_PULS_OXIM_SAT_O2=98\n'), clock.now());
  await clock.advance(0);
  say();
  await clock.advance(250);
  lines[0]?.fail({ code: 'lost', message: 'pulled' });
  expect(statuses).toContainEqual(
    expect.objectContaining({
      state: 'failed',
      detail: 'The driver of this monitor failed: index out of bounds',
    }),
  );
  await clock.advance(2000);
  say();
  expect(session.status().state).toBe('associated');
  expect(drivers).toBe(2);
});
