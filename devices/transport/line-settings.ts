/** The line of one monitor, and addresses as people write them, without touching a port. */
import { type LineOverride, type SerialSettings, withOverride } from '../../core/line/line-settings.ts';
import type { DeviceProfile } from '../device.ts';

/** The line settings of a monitor of this family whose line has `line` otherwise. */
export const lineSettingsOf = (
  { serial }: Pick<DeviceProfile, 'serial'>,
  line: LineOverride,
): SerialSettings => withOverride(serial, line);

/** A TCP address; IPv6 hosts in brackets. */
export const addressLabel = (host: string, port: number): string =>
  host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
