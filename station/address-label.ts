/** A monitor's address and line settings as people write them: "/dev/ttyUSB0 19200 8E1 RTS/CTS", "192.0.2.7:4001". */
import type { MonitorAddress } from '../core/api/views.ts';
import { describeSettings, type SerialSettings } from '../core/line/line-settings.ts';
import { addressLabel } from '../devices/transport/line-settings.ts';

export const monitorAddressLabel = (address: MonitorAddress, serial: SerialSettings): string => {
  switch (address.kind) {
    case 'serial':
      return `${address.path} ${describeSettings(serial)}`;
    case 'tcp':
      return addressLabel(address.host, address.port);
    case 'tcp-listen':
      return `listens on ${addressLabel(address.host, address.port)}`;
    case 'replay':
      return `${address.file} (recording, ×${address.speed})`;
    case 'simulator':
      return `simulator: ${address.scenario}`;
    default:
      return address satisfies never;
  }
};
