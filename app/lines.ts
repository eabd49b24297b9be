/** Makes the line to a monitor from its configured address: the one place where the kinds of transport meet. */
import type { DeviceProfile, SerialSettings } from '../devices/device.ts';
import { framedTransport } from '../devices/transport/line-batching.ts';
import { replayTransport } from '../devices/transport/replay.ts';
import { serialTransport } from '../devices/transport/serial.ts';
import { findPort, listSerialPorts } from '../devices/transport/serial-ports.ts';
import { tcpTransport } from '../devices/transport/tcp.ts';
import { tcpListenTransport } from '../devices/transport/tcp-listen.ts';
import type { Transport } from '../devices/transport/transport.ts';
import type { Clock } from '../station/clock.ts';
import type { MonitorConfig } from '../station/config.ts';
import type { OpenLine } from '../station/ports.ts';
import { loadReplayChunks } from './recording.ts';
import type { SimulatedMonitors } from './simulated-monitors.ts';

export const openLineWith =
  (clock: Clock, simulated: SimulatedMonitors): OpenLine =>
  async (profile, address, patient, serial) =>
    framedTransport(await bareLine(profile, address, patient, serial, clock, simulated), profile.framing);

const bareLine = async (
  profile: DeviceProfile,
  address: MonitorConfig['address'],
  patient: string,
  serial: SerialSettings,
  clock: Clock,
  simulated: SimulatedMonitors,
): Promise<Transport> => {
  switch (address.kind) {
    case 'serial':
      return serialTransport(await currentPath(address), serial, clock.now);
    case 'tcp':
      return tcpTransport(address.host, address.port, clock.now);
    case 'tcp-listen':
      return tcpListenTransport(address.host, address.port, clock.now);
    case 'simulator': {
      const { scenario, seed, speed } = address;
      const port = await simulated.port({ family: profile.id, scenario, seed, speed, patient });
      return tcpTransport('127.0.0.1', port, clock.now);
    }
    case 'replay':
      return replayTransport(await loadReplayChunks(address.file, serial), {
        label: `${address.file} ×${address.speed}`,
        speed: address.speed,
        schedule: (delayMs, run) => clock.after(delayMs, run),
        stamp: clock.now,
      });
    default:
      return address satisfies never;
  }
};

/** Where the adapter is now: a hot-unplugged one may have come back under another name. */
const currentPath = async (
  address: Extract<MonitorConfig['address'], { kind: 'serial' }>,
): Promise<string> => {
  const { path, usb } = address;
  if (usb === null) return path;
  const match = findPort({ path, ...usb }, await listSerialPorts());
  if (match.port === null) throw new Error(match.reason);
  return match.port.path;
};
