import { closeSync, writeSync } from 'node:fs';
import { SerialPortMock } from 'serialport';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SerialSettings } from '../../../devices/device.ts';
import { type MakePort, serialOpenOptions, serialTransport } from '../../../devices/transport/serial.ts';
import { explainOpenFailure, owningGroup } from '../../../devices/transport/serial-errors.ts';
import type { Transport } from '../../../devices/transport/transport.ts';
import { openPty, type PtyPair } from '../../support/pty-pair.ts';
import { ascii, countingClock, watch } from './observe.ts';

const GE: SerialSettings = {
  baudRate: 19200,
  dataBits: 8,
  parity: 'even',
  stopBits: 1,
  flowControl: 'rtscts',
};
const PLAIN: SerialSettings = {
  baudRate: 9600,
  dataBits: 8,
  parity: 'none',
  stopBits: 1,
  flowControl: 'none',
};
const XON: SerialSettings = {
  baudRate: 2400,
  dataBits: 7,
  parity: 'odd',
  stopBits: 2,
  flowControl: 'xonxoff',
};

describe('the options given to serialport', () => {
  it.each([
    [
      GE,
      { baudRate: 19200, dataBits: 8, parity: 'even', stopBits: 1, rtscts: true, xon: false, xoff: false },
    ],
    [
      PLAIN,
      { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1, rtscts: false, xon: false, xoff: false },
    ],
    [XON, { baudRate: 2400, dataBits: 7, parity: 'odd', stopBits: 2, rtscts: false, xon: true, xoff: true }],
  ])('state every line setting of %o', (settings, expected) => {
    expect(serialOpenOptions('/dev/ttyUSB0', settings)).toEqual({
      path: '/dev/ttyUSB0',
      xany: false,
      lock: true,
      hupcl: true,
      autoOpen: false,
      ...expected,
    });
  });
});

describe('a serial port of the mock binding', () => {
  const made: SerialPortMock[] = [];
  const mock: MakePort = (options) => {
    const port = new SerialPortMock(options);
    made.push(port);
    return port;
  };

  beforeEach(() => {
    SerialPortMock.binding.reset();
    SerialPortMock.binding.createPort('/dev/ttyMOCK', { record: true });
    made.length = 0;
  });

  it('reaches the binding with exactly the settings of the family', async () => {
    const transport = serialTransport('/dev/ttyMOCK', GE, countingClock(), mock);
    await watch(transport).next('open');
    expect(transport.label).toBe('/dev/ttyMOCK 19200 8E1 RTS/CTS');
    expect(made[0]?.port?.openOptions).toMatchObject({
      path: '/dev/ttyMOCK',
      baudRate: 19200,
      dataBits: 8,
      parity: 'even',
      stopBits: 1,
      rtscts: true,
      xon: false,
      xoff: false,
      lock: true,
    });
    await transport.close();
  });

  it('raises DTR and RTS once it is open', async () => {
    const flags: unknown[] = [];
    const transport = serialTransport('/dev/ttyMOCK', PLAIN, countingClock(), (options) => {
      const port = new SerialPortMock(options);
      const set = port.set.bind(port);
      port.set = (wanted, done) => {
        flags.push(wanted);
        set(wanted, done);
      };
      return port;
    });
    await watch(transport).next('open');
    expect(flags).toEqual([{ dtr: true, rts: true }]);
    await transport.close();
  });

  it('stamps bytes as they arrive and keeps all 256 values', async () => {
    const transport = serialTransport('/dev/ttyMOCK', PLAIN, countingClock(), mock);
    const watched = watch(transport);
    await watched.next('open');
    const all = Uint8Array.from({ length: 256 }, (_, index) => index);
    made[0]?.port?.emitData(Buffer.from(all));
    expect(await watched.bytes(256)).toEqual(all);
    expect(watched.events[1]).toMatchObject({ type: 'data', at: { mono: 1 } });
    await transport.close();
  });

  it('hands written bytes to the line and refuses them when it is not open', async () => {
    const transport = serialTransport('/dev/ttyMOCK', PLAIN, countingClock(), mock);
    await expect(transport.write(ascii('early'))).rejects.toThrow('is not open');
    await watch(transport).next('open');
    await transport.write(ascii('poll'));
    expect(made[0]?.port?.recording.toString()).toBe('poll');
    await transport.close();
    await expect(transport.write(ascii('late'))).rejects.toThrow('is not open');
  });

  it('closes without a cause, once, and says nothing afterwards', async () => {
    const transport = serialTransport('/dev/ttyMOCK', PLAIN, countingClock(), mock);
    const watched = watch(transport);
    await watched.next('open');
    await Promise.all([transport.close(), transport.close()]);
    await transport.close();
    expect(watched.events).toEqual([{ type: 'open' }, { type: 'closed', cause: null }]);
  });

  it('closed while still opening gives the port back and never reports open', async () => {
    const transport = serialTransport('/dev/ttyMOCK', PLAIN, countingClock(), mock);
    const watched = watch(transport);
    await transport.close();
    expect(watched.events).toEqual([{ type: 'closed', cause: null }]);
    const again = serialTransport('/dev/ttyMOCK', PLAIN, countingClock(), mock);
    await watch(again).next('open');
    await again.close();
  });

  it('rejects a write that was under way when the line closed', async () => {
    const transport = serialTransport('/dev/ttyMOCK', PLAIN, countingClock(), mock);
    await watch(transport).next('open');
    const port = made[0]?.port;
    if (port === undefined) throw new Error('the mock made no port');
    port.write = () => new Promise(() => undefined);
    const write = transport.write(ascii('stuck'));
    const outcome = expect(write).rejects.toThrow('is not open');
    await transport.close();
    await outcome;
  });

  it('can be opened only once', async () => {
    const transport = serialTransport('/dev/ttyMOCK', PLAIN, countingClock(), mock);
    await watch(transport).next('open');
    expect(() => transport.open(() => undefined)).toThrow('make a new one');
    await transport.close();
  });
});

describe.skipIf(openPty === null)('a serial port over a PTY', () => {
  let pair: PtyPair;
  const transports: Transport[] = [];
  const openLine = (path: string, settings = GE) => {
    const transport = serialTransport(path, settings, countingClock());
    transports.push(transport);
    return { transport, watched: watch(transport) };
  };

  beforeEach(() => {
    if (openPty !== null) pair = openPty();
  });
  afterEach(async () => {
    await Promise.all(transports.splice(0).map((transport) => transport.close()));
    for (const descriptor of [pair.master, pair.slave])
      try {
        closeSync(descriptor);
      } catch {
        // The test pulled the cable itself.
      }
  });

  it('opens, although a PTY has no modem lines, and carries bytes', async () => {
    const { watched } = openLine(pair.pty);
    await watched.next('open');
    writeSync(pair.master, Buffer.from([0x7e, 0x00, 0xff, 0x11, 0x7e]));
    expect(await watched.bytes(5)).toEqual(Uint8Array.from([0x7e, 0x00, 0xff, 0x11, 0x7e]));
  });

  it('is lost within moments when the adapter is pulled', async () => {
    const { watched } = openLine(pair.pty);
    await watched.next('open');
    const pulledAt = performance.now();
    closeSync(pair.slave);
    closeSync(pair.master);
    const { cause } = await watched.next('closed');
    expect(performance.now() - pulledAt).toBeLessThan(1_000);
    expect(cause).toMatchObject({
      code: 'lost',
      message: `${pair.pty} went away; was the adapter unplugged?`,
    });
    expect(watched.events.map((event) => event.type)).toEqual(['open', 'closed']);
  });

  it('is lost also when it is pulled in the middle of traffic', async () => {
    const { transport, watched } = openLine(pair.pty);
    await watched.next('open');
    writeSync(pair.master, 'half a li');
    await watched.bytes(9);
    closeSync(pair.slave);
    closeSync(pair.master);
    expect((await watched.next('closed')).cause).toMatchObject({ code: 'lost' });
    await expect(transport.write(ascii('poll'))).rejects.toThrow('is not open');
  });

  it('is busy for the second one, and free again after the first has closed', async () => {
    const first = openLine(pair.pty);
    await first.watched.next('open');
    const second = openLine(pair.pty);
    expect((await second.watched.next('closed')).cause).toEqual({
      code: 'busy',
      message: `${pair.pty} is in use by another program; close it there first`,
    });
    await first.transport.close();
    await openLine(pair.pty).watched.next('open');
  });

  it('is not found where no device is', async () => {
    const { watched } = openLine('/dev/ttyNOTHERE');
    expect((await watched.next('closed')).cause).toEqual({
      code: 'not-found',
      message: '/dev/ttyNOTHERE is not there; is the adapter plugged in?',
    });
    expect(watched.events).toHaveLength(1);
  });

  it('says what the system says when the path is no serial port', async () => {
    expect((await openLine('/dev/null').watched.next('closed')).cause).toMatchObject({
      code: 'io',
      message: expect.stringMatching(/^\/dev\/null could not be opened: Inappropriate ioctl/),
    });
  });
});

describe('why a port could not be opened', () => {
  const explain = (message: string, group: string | null = null) =>
    explainOpenFailure('/dev/ttyUSB0', new Error(message), async () => group);

  it('names the group that owns the port, and the command to join it', async () => {
    expect(await explain('Error: Permission denied, cannot open /dev/ttyUSB0', 'dialout')).toEqual({
      code: 'denied',
      message:
        '/dev/ttyUSB0: no permission: join the group that owns it, e.g. `sudo usermod -aG dialout $USER`, then sign in again',
    });
  });

  it('never tells anyone to join root', async () => {
    const { message } = await explain('Error: Permission denied, cannot open /dev/ttyUSB0', 'root');
    expect(message).toContain('udev rule');
    expect(message).not.toContain('usermod');
  });

  it.each([
    ['Error: Permission denied, cannot open /dev/ttyUSB0', 'denied'],
    ['Error: Operation not permitted, cannot open /dev/ttyUSB0', 'denied'],
    ['Error: No such file or directory, cannot open /dev/ttyUSB0', 'not-found'],
    ['Error: No such device or address, cannot open /dev/ttyUSB0', 'not-found'],
    ['Opening COM3: File not found', 'not-found'],
    ['Opening COM3: Access denied', 'busy'],
    ['Error Resource temporarily unavailable Cannot lock port', 'busy'],
    ['Error: Device or resource busy, cannot open /dev/ttyUSB0', 'busy'],
    ['Error: Input/output error, cannot open /dev/ttyUSB0', 'io'],
  ])('%s is %s, in one line', async (words, code) => {
    const explained = await explain(words);
    expect(explained.code).toBe(code);
    expect(explained.message).toMatch(/^\/dev\/ttyUSB0[^\n]+$/);
  });

  it.runIf(process.platform === 'linux')('reads the owning group from the device file', async () => {
    expect(await owningGroup('/dev/null')).toBe('root');
    expect(await owningGroup('/dev/ttyNOTHERE')).toBeNull();
  });
});
