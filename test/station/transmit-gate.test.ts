/** What is written to a monitor is only what its family declares, and its cuff moves only when a person asked. */
import { expect, it } from 'vitest';
import type { DeviceProfile, DriverOutput } from '../../devices/device.ts';
import { exactText } from '../../devices/framing/transmit.ts';
import { type MemoryTransport, memoryTransport } from '../../devices/transport/memory.ts';
import { startDeviceSession } from '../../station/device-session.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { TOY } from '../support/toy-family.ts';

const request = (text: string): DriverOutput => ({
  type: 'request',
  bytes: new TextEncoder().encode(text),
  purpose: text,
});

/** A monitor whose driver says `unasked` on every tick, and `CUFF` when a person asks. */
const talkative = async (unasked: string, canStartNibp = true) => {
  const profile: DeviceProfile = {
    ...TOY,
    canStartNibp,
    transmits: [
      { name: 'ask', effect: 'asks', matches: exactText('ASK') },
      { name: 'start the cuff', effect: 'starts-cuff', matches: exactText('CUFF') },
    ],
    createDriver: (options) => ({
      ...TOY.createDriver(options),
      start: () => [],
      tick: () => [request(unasked)],
      ...(canStartNibp ? { cuff: () => [request('CUFF')] } : {}),
    }),
  };
  const clock = fakeClock();
  const lines: MemoryTransport[] = [];
  const session = startDeviceSession(
    profile,
    { rate: 1 },
    () => {
      const line = memoryTransport();
      lines.push(line);
      return line;
    },
    clock,
    { outputs: () => undefined, status: () => undefined, raw: () => undefined },
  );
  await clock.advance(300);
  const written = () => lines.flatMap((line) => line.written.map((bytes) => new TextDecoder().decode(bytes)));
  return { clock, session, written };
};

it('a declared question goes out', async () => {
  const { written } = await talkative('ASK');
  expect(written()).toEqual(['ASK']);
});

it('bytes that the family does not declare are not sent, and the monitor’s status says so', async () => {
  const { session, written } = await talkative('SET LIMITS');
  expect(written()).toEqual([]);
  expect(session.status().detail).toMatch(/^Not sent \(SET LIMITS\)/);
});

it('the cuff is not started by the driver alone, only when a person asks', async () => {
  const { session, written } = await talkative('CUFF');
  expect(written()).toEqual([]);
  expect(session.cuff('start')).toBe(true);
  expect(written()).toEqual(['CUFF']);
});

it('a family without a cuff, or a line that is closed, is not asked', async () => {
  const { session } = await talkative('ASK', false);
  expect(session.cuff('start')).toBe(false);
  const other = await talkative('ASK');
  await other.session.stop();
  expect(other.session.cuff('start')).toBe(false);
});
