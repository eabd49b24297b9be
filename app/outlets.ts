/** Opens the line that a simulated monitor speaks on, from what a person chose. */
import type { LabOutlet } from '../core/lab/commands.ts';
import { withOverride } from '../core/line/line-settings.ts';
import type { DeviceProfile } from '../devices/device.ts';
import { serialTransport } from '../devices/transport/serial.ts';
import type { ReadClock } from '../devices/transport/transport.ts';
import { openLineOutlet } from '../simulators/outlets/line.ts';
import type { Outlet } from '../simulators/outlets/outlet.ts';
import { openPtyOutlet } from '../simulators/outlets/pty.ts';
import { openTcpOutlet } from '../simulators/outlets/tcp.ts';
import { openTcpClientOutlet } from '../simulators/outlets/tcp-client.ts';

/** Rejects with `OutletError`, one line for people, when it cannot be opened. */
export const openOutlet = (
  outlet: LabOutlet,
  profile: DeviceProfile,
  readClock: ReadClock,
): Promise<Outlet> => {
  switch (outlet.kind) {
    case 'tcp':
      return openTcpOutlet(outlet.host, outlet.port);
    case 'tcp-connect':
      return Promise.resolve(openTcpClientOutlet(outlet.host, outlet.port));
    case 'pty':
      return openPtyOutlet(outlet.path);
    case 'serial':
      return openLineOutlet(
        serialTransport(outlet.path, withOverride(profile.serial, outlet.line ?? {}), readClock),
      );
    default:
      return outlet satisfies never;
  }
};
