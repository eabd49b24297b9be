/**
 * The serial ports of this computer, and how a monitor's adapter is found again when the system has given it
 * another name (ttyUSB0 becomes ttyUSB1 after a hot-unplug).
 */
import { readdir, readFile, readlink, realpath } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { systemPortList } from './serial.ts';

/** One port; `null` where the system does not know. Vendor and product ids are four lower-case hex digits. */
export interface SerialPortDescription {
  readonly path: string;
  readonly vendorId: string | null;
  readonly productId: string | null;
  readonly serialNumber: string | null;
  readonly manufacturer: string | null;
  /** A name for people: the system's own, or put together from the maker's; never empty. */
  readonly friendlyName: string;
}

/** The shape of what `serialport` lists; Windows adds `friendlyName`. */
interface ListedPort {
  readonly path: string;
  readonly manufacturer?: string | undefined;
  readonly serialNumber?: string | undefined;
  readonly pnpId?: string | undefined;
  readonly vendorId?: string | undefined;
  readonly productId?: string | undefined;
  readonly friendlyName?: string | undefined;
}

/** Where the system keeps its lists; tests give other folders. */
export interface PortFolders {
  readonly dev: string;
  readonly sysClassTty: string;
}

const SYSTEM_FOLDERS: PortFolders = { dev: '/dev', sysClassTty: '/sys/class/tty' };

/**
 * All serial ports, USB adapters first. Where `udevadm` is not installed (slim containers: "spawn udevadm
 * ENOENT"), the device folders are read instead. Rejects when neither can be read.
 */
export const listSerialPorts = async (
  list: () => Promise<readonly ListedPort[]> = systemPortList,
  folders: PortFolders = SYSTEM_FOLDERS,
): Promise<readonly SerialPortDescription[]> => {
  let ports: readonly SerialPortDescription[];
  try {
    ports = (await list()).map(described);
  } catch (error) {
    if (!(error instanceof Error) || !/udevadm/.test(error.message)) throw error;
    ports = await scanDeviceFolders(folders);
  }
  return [...ports].sort(
    (a, b) =>
      Number(b.vendorId !== null) - Number(a.vendorId !== null) ||
      a.path.localeCompare(b.path, 'en', { numeric: true }),
  );
};

const text = (value: string | undefined): string | null => {
  const trimmed = value?.trim() ?? '';
  return trimmed === '' ? null : trimmed;
};

const usbId = (value: string | undefined): string | null => {
  const id = text(value)?.replace(/^0x/i, '').toLowerCase();
  return id === undefined ? null : id.padStart(4, '0');
};

const described = (port: ListedPort): SerialPortDescription => {
  const manufacturer = text(port.manufacturer);
  return {
    path: port.path,
    vendorId: usbId(port.vendorId),
    productId: usbId(port.productId),
    serialNumber: text(port.serialNumber),
    manufacturer,
    friendlyName:
      text(port.friendlyName) ??
      text(port.pnpId) ??
      (manufacturer === null ? port.path : `${manufacturer} (${basename(port.path)})`),
  };
};

const SERIAL_DEVICE = /^tty(USB|ACM|S|AMA|XRUSB)\d+$/;

/** Ports by the names in the device folder; vendor and product from sysfs where it is readable. */
const scanDeviceFolders = async (folders: PortFolders): Promise<readonly SerialPortDescription[]> => {
  const names = (await readdir(folders.dev)).filter((name) => SERIAL_DEVICE.test(name));
  const byIdNames = await readByIdNames(folders.dev);
  const ports = await Promise.all(
    names.map(async (name) => {
      const device = join(folders.sysClassTty, name, 'device');
      const chip = await optional(readFile(join(folders.sysClassTty, name, 'type'), 'utf8'));
      // Linux keeps several ttyS names whether or not a chip is there; type 0 (PORT_UNKNOWN) says that there is none.
      if (name.startsWith('ttyS') && chip?.trim() === '0') return [];
      const usb = await usbDevice(device);
      const port: ListedPort = { path: join(folders.dev, name), pnpId: byIdNames.get(name), ...usb };
      return [described(port)];
    }),
  );
  return ports.flat();
};

/** The stable names that udev made, by device name. Empty where nobody made any. */
const readByIdNames = async (dev: string): Promise<ReadonlyMap<string, string>> => {
  const folder = join(dev, 'serial', 'by-id');
  const links = (await optional(readdir(folder))) ?? [];
  const pairs = await Promise.all(
    links.map(
      async (link) => [basename((await optional(readlink(join(folder, link)))) ?? ''), link] as const,
    ),
  );
  return new Map(pairs);
};

/** The USB device above a tty: two levels for a serial converter, one for a modem-class device. */
const usbDevice = async (device: string): Promise<Partial<ListedPort>> => {
  const start = await optional(realpath(device));
  for (const folder of start === null ? [] : [join(start, '..'), join(start, '..', '..')]) {
    const vendorId = await optional(readFile(join(folder, 'idVendor'), 'utf8'));
    if (vendorId === null) continue;
    const field = async (name: string) => (await optional(readFile(join(folder, name), 'utf8'))) ?? undefined;
    return {
      vendorId,
      productId: await field('idProduct'),
      serialNumber: await field('serial'),
      manufacturer: await field('manufacturer'),
    };
  }
  return {};
};

/** sysfs and by-id are extras: what is not there or not readable is unknown, which is a value (`null`). */
const optional = async <T>(reading: Promise<T>): Promise<T | null> => {
  try {
    return await reading;
  } catch {
    return null;
  }
};

/** How a configured monitor's adapter is recognised: what was known about its port when it was added. */
export interface PortIdentity {
  readonly path: string;
  readonly vendorId: string | null;
  readonly productId: string | null;
  readonly serialNumber: string | null;
}

/** The port, or why none can be named. `reason` is one line for people. */
export type PortMatch =
  | { readonly port: SerialPortDescription; readonly reason: null }
  | { readonly port: null; readonly reason: string };

/**
 * Finds the port of a known adapter. The same serial number (with vendor and product) wins. A port of the same
 * vendor and product is taken only if it is the only one and does not show another serial number: a monitor must
 * not be read as another patient's. A port that is no USB adapter is found by its path alone.
 */
export const findPort = (identity: PortIdentity, ports: readonly SerialPortDescription[]): PortMatch => {
  const { vendorId, productId, serialNumber } = identity;
  if (vendorId === null || productId === null) {
    const port = ports.find((candidate) => candidate.path === identity.path);
    return port === undefined ? noPort(`${identity.path} is not there`) : { port, reason: null };
  }
  const sameKind = ports.filter(
    (port) => port.vendorId === vendorId.toLowerCase() && port.productId === productId.toLowerCase(),
  );
  const exact = sameKind.filter((port) => serialNumber !== null && port.serialNumber === serialNumber);
  const possible = sameKind.filter((port) => serialNumber === null || port.serialNumber === null);
  const candidates = exact.length > 0 ? exact : possible;
  const [port, ...others] = candidates;
  const adapter = `USB adapter ${vendorId}:${productId}${serialNumber === null ? '' : ` with serial number ${serialNumber}`}`;
  if (port === undefined) return noPort(`${adapter} is not plugged in`);
  if (others.length === 0) return { port, reason: null };
  const paths = candidates.map((candidate) => candidate.path).join(', ');
  return noPort(`${adapter} is there ${candidates.length} times (${paths}); choose the port by hand`);
};

const noPort = (reason: string): PortMatch => ({ port: null, reason });
