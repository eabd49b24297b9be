import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import {
  findPort,
  listSerialPorts,
  type PortIdentity,
  type SerialPortDescription,
} from '../../../devices/transport/serial-ports.ts';

const usb = (path: string, serialNumber: string | null, productId = '6001'): SerialPortDescription => ({
  path,
  vendorId: '0403',
  productId,
  serialNumber,
  manufacturer: 'FTDI',
  friendlyName: `FTDI (${path})`,
});
const builtIn: SerialPortDescription = {
  path: '/dev/ttyS0',
  vendorId: null,
  productId: null,
  serialNumber: null,
  manufacturer: null,
  friendlyName: '/dev/ttyS0',
};

describe('the list of serial ports', () => {
  const folders: string[] = [];
  afterEach(async () => {
    await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true })));
  });

  it('is what the system says, in one spelling, adapters first and in natural order', async () => {
    const ports = await listSerialPorts(async () => [
      { path: '/dev/ttyS0' },
      { path: '/dev/ttyUSB10', vendorId: '0403', productId: '6001', pnpId: 'usb-FTDI_UC-232R_A1-if00-port0' },
      {
        path: '/dev/ttyUSB2',
        vendorId: '0x067B',
        productId: '23a3',
        serialNumber: ' DN01 ',
        manufacturer: 'Prolific',
      },
      { path: 'COM3', vendorId: '10C4', productId: 'EA60', friendlyName: 'Silicon Labs CP210x (COM3)' },
    ]);
    expect(ports).toEqual([
      {
        path: '/dev/ttyUSB2',
        vendorId: '067b',
        productId: '23a3',
        serialNumber: 'DN01',
        manufacturer: 'Prolific',
        friendlyName: 'Prolific (ttyUSB2)',
      },
      {
        path: '/dev/ttyUSB10',
        vendorId: '0403',
        productId: '6001',
        serialNumber: null,
        manufacturer: null,
        friendlyName: 'usb-FTDI_UC-232R_A1-if00-port0',
      },
      {
        path: 'COM3',
        vendorId: '10c4',
        productId: 'ea60',
        serialNumber: null,
        manufacturer: null,
        friendlyName: 'Silicon Labs CP210x (COM3)',
      },
      builtIn,
    ]);
  });

  it('is read from the device folders where udevadm is missing', async () => {
    const root = await mkdtemp(join(tmpdir(), 'ports-'));
    folders.push(root);
    const dev = join(root, 'dev');
    const usbDevice = join(root, 'devices', 'usb1', '1-1');
    const converter = join(usbDevice, '1-1:1.0', 'ttyUSB0');
    const sysClassTty = join(root, 'class', 'tty');
    await mkdir(join(dev, 'serial', 'by-id'), { recursive: true });
    await mkdir(converter, { recursive: true });
    await mkdir(join(sysClassTty, 'ttyUSB0'), { recursive: true });
    await mkdir(join(sysClassTty, 'ttyS1'), { recursive: true });
    await Promise.all([
      ...['ttyUSB0', 'ttyS0', 'ttyS1', 'tty0', 'ttyUSBx', 'null'].map((name) =>
        writeFile(join(dev, name), ''),
      ),
      symlink('../../ttyUSB0', join(dev, 'serial', 'by-id', 'usb-FTDI_FT232R_AB12-if00-port0')),
      symlink(converter, join(sysClassTty, 'ttyUSB0', 'device')),
      writeFile(join(sysClassTty, 'ttyS1', 'type'), '0\n'),
      writeFile(join(usbDevice, 'idVendor'), '0403\n'),
      writeFile(join(usbDevice, 'idProduct'), '6001\n'),
      writeFile(join(usbDevice, 'serial'), 'AB12\n'),
    ]);
    const missing = () => Promise.reject(new Error('spawn udevadm ENOENT'));
    expect(await listSerialPorts(missing, { dev, sysClassTty })).toEqual([
      {
        path: join(dev, 'ttyUSB0'),
        vendorId: '0403',
        productId: '6001',
        serialNumber: 'AB12',
        manufacturer: null,
        friendlyName: 'usb-FTDI_FT232R_AB12-if00-port0',
      },
      { ...builtIn, path: join(dev, 'ttyS0'), friendlyName: join(dev, 'ttyS0') },
    ]);
  });

  it('fails with any other failure of the system', async () => {
    await expect(listSerialPorts(() => Promise.reject(new Error('access denied')))).rejects.toThrow(
      'access denied',
    );
  });

  it('can be read on this machine', async () => {
    for (const port of await listSerialPorts()) expect(port.friendlyName).not.toBe('');
  });
});

describe('finding a monitor’s adapter again', () => {
  const known: PortIdentity = {
    path: '/dev/ttyUSB0',
    vendorId: '0403',
    productId: '6001',
    serialNumber: 'A1',
  };
  const withoutSerial: PortIdentity = { ...known, serialNumber: null };

  it('takes the same serial number on another port name', () => {
    const ports = [usb('/dev/ttyUSB0', 'B2'), usb('/dev/ttyUSB1', 'A1')];
    expect(findPort(known, ports)).toEqual({ port: ports[1], reason: null });
  });

  it('never takes an adapter that shows another serial number, even on the old port name', () => {
    expect(findPort(known, [usb('/dev/ttyUSB0', 'B2')])).toEqual({
      port: null,
      reason: 'USB adapter 0403:6001 with serial number A1 is not plugged in',
    });
  });

  it('takes the only adapter of its kind when there is no serial number to compare', () => {
    const only = usb('/dev/ttyUSB3', null);
    expect(findPort(withoutSerial, [only, builtIn, usb('/dev/ttyUSB4', null, '6010')])).toEqual({
      port: only,
      reason: null,
    });
    expect(findPort(known, [only]).port).toEqual(only);
  });

  it('takes none when several could be meant, and says which', () => {
    expect(findPort(withoutSerial, [usb('/dev/ttyUSB0', null), usb('/dev/ttyUSB1', null)])).toEqual({
      port: null,
      reason: 'USB adapter 0403:6001 is there 2 times (/dev/ttyUSB0, /dev/ttyUSB1); choose the port by hand',
    });
    expect(findPort(known, [usb('/dev/ttyUSB0', 'A1'), usb('/dev/ttyUSB1', 'A1')]).port).toBeNull();
  });

  it('finds a built-in port by its path alone', () => {
    const identity: PortIdentity = {
      path: '/dev/ttyS0',
      vendorId: null,
      productId: null,
      serialNumber: null,
    };
    expect(findPort(identity, [usb('/dev/ttyUSB0', null), builtIn])).toEqual({ port: builtIn, reason: null });
    expect(findPort(identity, [usb('/dev/ttyUSB0', null)])).toEqual({
      port: null,
      reason: '/dev/ttyS0 is not there',
    });
  });
});
