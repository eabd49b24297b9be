import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import type { DriverOutput } from '../../devices/device.ts';
import { memoryTransport } from '../../devices/transport/memory.ts';
import { createBedsideMonitor } from '../../simulators/bedside-monitor.ts';
import { createPatient } from '../../simulators/physiology/create-patient.ts';
import { findScenario } from '../../simulators/scenarios/index.ts';
import { startDeviceSession } from '../../station/device-session.ts';
import { resolveOptions } from '../../station/driver-options.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { PAIRS } from './pairs.ts';
import { simulated } from './run.ts';

/** Bytes without a pattern, the same for the same seed (a 32-bit xorshift). */
const randomBytes = (length: number, seed: number): Uint8Array => {
  let state = seed;
  return Uint8Array.from({ length }, () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state & 0xff;
  });
};

const scenarioNamed = (name: string) => {
  const scenario = findScenario(name);
  if (scenario === null) throw new Error(`no scenario ${name}`);
  return scenario;
};
const withNumber = (outputs: readonly DriverOutput[]) =>
  outputs.filter((output) => output.type === 'observation' && output.observation.value !== null);

/** Bytes of the heap that are in use after everything unreachable was collected. */
const liveHeap = (): number => {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect === 'function') collect();
  return process.memoryUsage().heapUsed;
};

describe.each(PAIRS)('$id', ({ profile, simulator }) => {
  const newDriver = () => profile.createDriver(resolveOptions(profile, {}));

  it.each([1, 2, 3, 4, 5, 6, 7, 8])(
    '64 kB of noise (seed %i) give no number, and every byte is counted',
    (seed) => {
      const driver = newDriver();
      const noise = randomBytes(65_536, seed * 2_654_435);
      const outputs = [...driver.start(simulated(0))];
      for (let start = 0; start < noise.length; start += 97) {
        outputs.push(...driver.receive(noise.subarray(start, start + 97), simulated(start)));
      }
      outputs.push(...driver.end(simulated(70_000)));
      expect(withNumber(outputs)).toEqual([]);
      const refused = outputs.reduce(
        (sum, output) => sum + (output.type === 'rejected' ? output.byteCount : 0),
        0,
      );
      expect(refused).toBeGreaterThan(noise.length * 0.98);
      expect(refused).toBeLessThanOrEqual(noise.length);
    },
  );

  it.each([
    ['one byte over and over', () => new Uint8Array(65_536).fill(0x41)],
    ['the frame delimiters of other protocols', () => new Uint8Array(65_536).fill(0x7e)],
    ['line ends', () => new Uint8Array(65_536).fill(0x0a)],
    ['zeros', () => new Uint8Array(65_536)],
    ['noise', () => randomBytes(65_536, 99)],
  ])('8 MB of %s do not grow its memory', (_name, make) => {
    const driver = newDriver();
    driver.start(simulated(0));
    const piece = make();
    driver.receive(piece, simulated(1));
    const before = liveHeap();
    for (let turn = 2; turn < 130; turn += 1) driver.receive(piece, simulated(turn));
    expect(liveHeap() - before).toBeLessThan(256 * 1024);
  });

  /** The monitor at the other end of a memory line, in the time of a fake clock. */
  const bedside = () => {
    const clock = fakeClock();
    const line = memoryTransport();
    const startedAt = clock.now();
    const monitor = createBedsideMonitor({
      profile: simulator,
      patient: createPatient(scenarioNamed('steady'), 1),
      startEpochMs: startedAt.wall,
      seed: 1,
      line: [],
      poweredOnAtMs: 0,
    });
    const states: string[] = [];
    const session = startDeviceSession(profile, resolveOptions(profile, {}), () => line, clock, {
      outputs: () => undefined,
      status: ({ state }) => states.push(state),
      raw: () => undefined,
    });
    let heard = 0;
    /** Lets time pass; the monitor speaks unless its cable is out. */
    const pass = async (ms: number, isConnected: boolean): Promise<void> => {
      for (let done = 0; done < ms; done += 250) {
        await clock.advance(250);
        if (!isConnected) continue;
        const asked = line.written.slice(heard);
        heard = line.written.length;
        const answers = asked.map((bytes) => monitor.receive(bytes));
        const said = monitor.advanceTo(clock.now().mono - startedAt.mono);
        const bytes = new Uint8Array(Buffer.concat([...answers, said]));
        if (bytes.length > 0) line.feed(bytes, clock.now());
      }
    };
    return { session, states, pass };
  };

  it('is associated once it speaks, quiet when it is silent for longer than it may be, and associated again', async () => {
    const { session, pass } = bedside();
    await pass(20_000, true);
    expect(session.status().state).toBe('associated');
    await pass(profile.maxQuietMs(resolveOptions(profile, {})) + 1000, false);
    expect(session.status().state).toBe('quiet');
    expect(session.status().detail).toMatch(/silent/);
    await pass(30_000, true);
    expect(session.status().state).toBe('associated');
    await session.stop();
  });

  it('its ordinary pauses are shorter than that', async () => {
    const { session, states, pass } = bedside();
    await pass(180_000, true);
    expect(states).not.toContain('quiet');
    await session.stop();
  });
});
