import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { MetricId } from '../../core/nomenclature/metrics.ts';
import type { DeviceProfile } from '../../devices/device.ts';
import { framedTransport } from '../../devices/transport/line-batching.ts';
import { serialTransport } from '../../devices/transport/serial.ts';
import { tcpTransport } from '../../devices/transport/tcp.ts';
import { tcpListenTransport } from '../../devices/transport/tcp-listen.ts';
import type { Transport } from '../../devices/transport/transport.ts';
import { systemClock } from '../../station/clock.ts';
import { startDeviceSession } from '../../station/device-session.ts';
import { resolveOptions } from '../../station/driver-options.ts';
import { freePort, freshFolder, removeFolder, type Simulating, simulate } from '../e2e/support.ts';
import { PAIRS } from './pairs.ts';

const undo: (() => unknown)[] = [];
afterAll(async () => {
  for (const step of undo.reverse()) await step();
});

/** A monitor in a process of its own; its time runs tenfold, so that slow families speak soon. */
const start = async (id: string, outlet: readonly string[]): Promise<Simulating> => {
  const running = await simulate(['--device', id, '--scenario', 'steady', '--speed', '10', ...outlet]);
  undo.push(running.kill);
  return running;
};

const ALWAYS: readonly MetricId[] = ['MDC_PULS_OXIM_SAT_O2', 'MDC_PULS_OXIM_PULS_RATE'];

/** Listens as the station does, until the family's oximetry was there as valid numbers. */
const listen = (profile: DeviceProfile, makeLine: () => Transport) =>
  new Promise<ReadonlyMap<MetricId, number>>((resolve, reject) => {
    const clock = systemClock();
    const valid = new Map<MetricId, number>();
    const states: string[] = [];
    const session = startDeviceSession(
      profile,
      resolveOptions(profile, {}),
      () => framedTransport(makeLine(), profile.framing),
      clock,
      {
        outputs: (outputs) => {
          for (const output of outputs) {
            if (output.type !== 'observation' || output.observation.validity !== 'valid') continue;
            valid.set(output.observation.metric, output.observation.value);
          }
          if (!ALWAYS.every((metric) => valid.has(metric))) return;
          cancel();
          session.stop().then(() => resolve(valid), reject);
        },
        status: ({ state, detail }) => states.push(`${state}: ${detail}`),
        raw: () => undefined,
      },
    );
    const cancel = clock.after(80_000, () => {
      const counted = JSON.stringify(session.counters());
      session.stop().then(() => reject(new Error(`${states.join('\n')}\n${counted}`)), reject);
    });
  });

const expectWell = (valid: ReadonlyMap<MetricId, number>): void => {
  expect(valid.get('MDC_PULS_OXIM_SAT_O2')).toBeGreaterThan(90);
  expect(valid.get('MDC_PULS_OXIM_PULS_RATE')).toBeGreaterThan(40);
};

describe.concurrent.each(PAIRS)('$id', ({ id, profile }) => {
  it('is understood over TCP, as behind a serial-to-Ethernet server', async () => {
    const { ready } = await start(id, ['--tcp', '127.0.0.1:0']);
    const port = Number(String(ready.listening).split(':').at(-1));
    expectWell(await listen(profile, () => tcpTransport('127.0.0.1', port, systemClock().now)));
  }, 90_000);
});

const callsIn = ({ profile }: (typeof PAIRS)[number]): boolean => profile.callsIn === true;

describe.concurrent.each(PAIRS.filter(callsIn))('$id', ({ id, profile }) => {
  it('is understood when it connects to us', async () => {
    const port = await freePort();
    await start(id, ['--tcp-connect', `127.0.0.1:${port}`]);
    expectWell(await listen(profile, () => tcpListenTransport('127.0.0.1', port, systemClock().now)));
  }, 90_000);
});

const hasPty = process.platform === 'linux' && existsSync('/dev/ptmx');

describe.concurrent.each(PAIRS.filter((pair) => !callsIn(pair)))('$id', ({ id, profile }) => {
  it.skipIf(!hasPty)(
    'is understood over a pseudo-terminal opened as a serial port with its own line settings',
    async () => {
      const folder = freshFolder();
      undo.push(() => removeFolder(folder));
      const link = join(folder, 'monitor');
      await start(id, ['--pty', link]);
      expectWell(await listen(profile, () => serialTransport(link, profile.serial, systemClock().now)));
    },
    90_000,
  );
});
