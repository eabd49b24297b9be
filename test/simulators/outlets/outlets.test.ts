import { execFileSync } from 'node:child_process';
import {
  closeSync,
  constants,
  existsSync,
  lstatSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openFileSink } from '../../../simulators/outlets/file.ts';
import { type LineTransport, openLineOutlet } from '../../../simulators/outlets/line.ts';
import { type Outlet, OutletError } from '../../../simulators/outlets/outlet.ts';
import { openPtyOutlet } from '../../../simulators/outlets/pty.ts';
import { openSocatOutlet } from '../../../simulators/outlets/socat.ts';
import { openTcpOutlet } from '../../../simulators/outlets/tcp.ts';
import { startSimulatorServer } from '../../../simulators/run.ts';
import { eventually } from '../../support/eventually.ts';
import { scenarioOf } from '../physiology/states.ts';
import { bytesOf, text, toySimulatorProfile } from '../toy-monitor.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'outlet-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** All byte values, twice: what a terminal that is not raw would change. */
const everyByte = Uint8Array.from({ length: 512 }, (_, index) => index & 0xff);

const client = async (port: number) => {
  const socket: Socket = connect(port, '127.0.0.1');
  let received = '';
  socket.on('data', (bytes: Uint8Array) => {
    received += text(bytes);
  });
  await new Promise((resolve) => socket.once('connect', resolve));
  return { socket, received: () => received };
};

describe('the TCP outlet', () => {
  it('serves clients one after another and together, and takes their bytes', async () => {
    const outlet = await openTcpOutlet('127.0.0.1', 0);
    outlet.write(bytesOf('nobody hears this'));
    const first = await client(outlet.port);
    await eventually(() => {
      outlet.write(bytesOf('a'));
      expect(first.received()).toContain('a');
    });
    const second = await client(outlet.port);
    await eventually(() => {
      outlet.write(bytesOf('b'));
      expect([first.received().includes('b'), second.received().includes('b')]).toEqual([true, true]);
    });
    expect(first.received() + second.received()).not.toContain('nobody');
    first.socket.write('?');
    await eventually(() => expect(text(outlet.read())).toBe('?'));
    first.socket.destroy();
    const third = await client(outlet.port);
    await eventually(() => {
      outlet.write(bytesOf('c'));
      expect(third.received()).toContain('c');
    });
    const ended = new Promise((resolve) => third.socket.once('close', resolve));
    await outlet.close();
    await ended;
    expect(outlet.failure()).toBeNull();
    second.socket.destroy();
  });

  it('says in one line that a port is in use', async () => {
    const outlet = await openTcpOutlet('127.0.0.1', 0);
    await expect(openTcpOutlet('127.0.0.1', outlet.port)).rejects.toThrow(
      new OutletError(
        `127.0.0.1:${outlet.port} is already in use: choose another port, or end the program that holds it`,
      ),
    );
    await outlet.close();
  });

  it('disconnects a client that takes no bytes instead of keeping them all', async () => {
    const outlet = await openTcpOutlet('127.0.0.1', 0);
    const slow = await client(outlet.port);
    slow.socket.pause();
    const ended = new Promise((resolve) => slow.socket.once('close', resolve));
    const block = new Uint8Array(65_536);
    await eventually(() => {
      for (let index = 0; index < 200; index += 1) outlet.write(block);
      slow.socket.resume();
      expect(slow.socket.readableEnded || slow.socket.destroyed).toBe(true);
    });
    await ended;
    await outlet.close();
  });
});

describe('a simulator server', () => {
  it('listens on a free port and speaks; two of them share one patient', async () => {
    const first = await startSimulatorServer({
      profile: toySimulatorProfile,
      scenario: scenarioOf({}),
      seed: 3,
      speed: 50,
      host: '127.0.0.1',
      port: 0,
    });
    const second = await startSimulatorServer({
      profile: toySimulatorProfile,
      bedside: first.bedside,
      host: '127.0.0.1',
      port: 0,
    });
    expect(second.patient).toBe(first.patient);
    const both = [await client(first.port), await client(second.port)];
    for (const { socket } of both) socket.write('?');
    await eventually(() => {
      for (const { received } of both) {
        expect(received()).toContain('!');
        expect(received()).toMatch(/\d+:\d+@\d+\n/);
      }
    });
    await Promise.all([first.close(), second.close()]);
    await Promise.all([first.ended, second.ended]);
  });
});

/**
 * A pseudo-terminal behaves alike whichever way it was made; a host opens LINK like a serial port. `isRenewed`: after each
 * host LINK is made anew.
 */
const terminalLaws = (open: (link: string) => Promise<Outlet>, isRenewed: boolean) => {
  const openHost = (link: string) =>
    openSync(link, constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK);
  const readHost = (host: number): Uint8Array => {
    const buffer = new Uint8Array(4096);
    try {
      return buffer.slice(0, readSync(host, buffer, 0, buffer.length, null));
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'EAGAIN') return new Uint8Array(0);
      throw error;
    }
  };

  it('passes all 256 byte values unchanged, both ways', async () => {
    const link = join(folder, 'monitor');
    const outlet = await open(link);
    const host = openHost(link);
    const atHost: number[] = [];
    const atMonitor: number[] = [];
    await eventually(() => {
      atMonitor.push(...outlet.read());
      outlet.write(bytesOf('>'));
      expect(readHost(host).length).toBeGreaterThan(0);
    });
    // More of them may be on their way: all that comes before this mark belongs to the greeting.
    outlet.write(bytesOf('#'));
    let greeting = '';
    await eventually(() => {
      greeting += text(readHost(host));
      expect(greeting).toMatch(/#$/);
    });
    outlet.write(everyByte);
    await eventually(() => {
      atHost.push(...readHost(host));
      expect(atHost).toHaveLength(512);
    });
    writeSync(host, everyByte);
    await eventually(() => {
      atMonitor.push(...outlet.read());
      expect(atMonitor).toHaveLength(512);
    });
    expect([atHost, atMonitor]).toEqual([[...everyByte], [...everyByte]]);
    closeSync(host);
    await outlet.close();
    expect(existsSync(link)).toBe(false);
  });

  it('gives a host nothing that was sent before it came', async () => {
    const link = join(folder, 'monitor');
    const outlet = await open(link);
    outlet.read();
    outlet.write(bytesOf('old '));
    const first = openHost(link);
    await eventually(() => {
      outlet.read();
      outlet.write(bytesOf('unread '));
      expect(text(readHost(first))).toMatch(/^(unread )+$/);
    });
    outlet.write(bytesOf('unread '));
    const madeAt = lstatSync(link, { bigint: true }).mtimeNs;
    closeSync(first);
    await eventually(() => {
      const now = lstatSync(link, { bigint: true, throwIfNoEntry: false });
      expect(now !== undefined && (!isRenewed || now.mtimeNs !== madeAt)).toBe(true);
    });
    await eventually(() => {
      outlet.read();
      outlet.write(bytesOf('lost '));
      const again = existsSync(link) ? openHost(link) : null;
      if (again === null) throw new Error('not there yet');
      const greeting = text(readHost(again));
      closeSync(again);
      expect(greeting).toBe('');
    });
    await outlet.close();
    expect(outlet.failure()).toBeNull();
  });
};

const hasSocat = (() => {
  try {
    execFileSync('socat', ['-V'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

describe.skipIf(process.platform !== 'linux')('the native pseudo-terminal', () => {
  terminalLaws(openPtyOutlet, false);

  it('does not take a name that is taken', async () => {
    const outlet = await openPtyOutlet(join(folder, 'monitor'));
    await expect(openPtyOutlet(join(folder, 'monitor'))).rejects.toThrow(/exists already/);
    await outlet.close();
  });

  it('says so when the link cannot be made', async () => {
    await expect(openPtyOutlet(join(folder, 'no', 'such', 'folder'))).rejects.toThrow(OutletError);
  });
});

describe.skipIf(!hasSocat)('the pseudo-terminal made by socat', () => {
  terminalLaws(openSocatOutlet, true);

  it('says so when the link cannot be made', async () => {
    await expect(openSocatOutlet(join(folder, 'no', 'such', 'folder'))).rejects.toThrow(OutletError);
  });
});

describe('the file', () => {
  it('holds the bytes, and nothing of what it held before', () => {
    const path = join(folder, 'capture');
    for (const content of ['first, longer', 'second']) {
      const sink = openFileSink(path);
      sink.write(bytesOf(content.slice(0, 3)));
      sink.write(bytesOf(content.slice(3)));
      sink.close();
    }
    expect(readFileSync(path, 'latin1')).toBe('second');
  });

  it('that cannot be written is refused in one line', () => {
    expect(() => openFileSink(join(folder, 'none', 'x'))).toThrow(/the folder does not exist/);
    expect(() => openFileSink(folder)).toThrow(/is a folder/);
  });
});

describe('a serial line', () => {
  const fakeTransport = () => {
    let listener: Parameters<LineTransport['open']>[0] = () => {};
    const written: string[] = [];
    const transport: LineTransport = {
      label: '/dev/ttyS9 9600 8N1',
      open: (given) => {
        listener = given;
      },
      write: async (bytes) => {
        written.push(text(bytes));
      },
      close: async () => {},
    };
    return { transport, written, emit: (event: Parameters<typeof listener>[0]) => listener(event) };
  };

  it('passes bytes both ways and tells when it is lost', async () => {
    const { transport, written, emit } = fakeTransport();
    const opening = openLineOutlet(transport);
    emit({ type: 'open' });
    const outlet = await opening;
    outlet.write(bytesOf('abc'));
    emit({ type: 'data', bytes: bytesOf('?') });
    expect([written, text(outlet.read()), outlet.failure()]).toEqual([['abc'], '?', null]);
    emit({ type: 'closed', cause: { message: '/dev/ttyS9 was unplugged' } });
    expect(outlet.failure()).toBe('/dev/ttyS9 was unplugged');
  });

  it('that cannot be opened is refused with the reason', async () => {
    const { transport, emit } = fakeTransport();
    const opening = openLineOutlet(transport);
    emit({ type: 'closed', cause: { message: 'no permission: join the group dialout' } });
    await expect(opening).rejects.toThrow(new OutletError('no permission: join the group dialout'));
  });
});
