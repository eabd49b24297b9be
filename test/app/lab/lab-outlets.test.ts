/** Monitors of the lab on a pseudo-terminal and on a serial port, with a host at the other end. */
import { closeSync, existsSync, mkdtempSync, readSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLab, type Lab } from '../../../app/lab/lab.ts';
import { parseLabCommand } from '../../../core/lab/commands.ts';
import { DEVICE_PROFILES } from '../../../devices/index.ts';
import { serialTransport } from '../../../devices/transport/serial.ts';
import { SIMULATOR_PROFILES } from '../../../simulators/index.ts';
import { eventually } from '../../support/eventually.ts';
import { fakeClock } from '../../support/fake-clock.ts';
import { openPty } from '../../support/pty-pair.ts';

let lab: Lab;
let folder = '';
let clock = fakeClock();
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lab-'));
  clock = fakeClock();
  lab = createLab({
    profiles: DEVICE_PROFILES,
    simulators: SIMULATOR_PROFILES,
    clock,
    pause: (ms) => clock.advance(ms),
  });
});
afterEach(async () => {
  await lab.stop();
  rmSync(folder, { recursive: true, force: true });
});

const tell = (json: object) => {
  const parsed = parseLabCommand(json);
  if (!parsed.ok) throw new Error(parsed.problem);
  return lab.perform(parsed.command);
};
const first = () => lab.view().monitors[0];

const PLAIN = { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1, flowControl: 'none' } as const;

/** A host that opens `path` as it would a serial port. */
const hostAt = (path: string) => {
  let heard = '';
  let isOpen = false;
  const transport = serialTransport(path, PLAIN, clock.now);
  transport.open((event) => {
    if (event.type === 'open') isOpen = true;
    if (event.type === 'data') heard += Buffer.from(event.bytes).toString('latin1');
  });
  return { transport, heard: () => heard, isOpen: () => isOpen };
};

describe.skipIf(openPty === null)('a monitor of the lab on a pseudo-terminal', () => {
  const add = (link: string, device = 'nellcor') =>
    tell({ do: 'add', device, outlet: { kind: 'pty', path: link } });

  it('is heard by the host that opens it, and knows whether there is one', async () => {
    const link = join(folder, 'oximeter');
    expect(await add(link)).toEqual({ monitor: 'm1', device: 'nellcor', outlet: 'pty', address: link });
    await clock.advance(2_000);
    expect(first()?.hosts).toBe(0);
    const host = hostAt(link);
    await eventually(async () => {
      await clock.advance(1_000);
      expect(host.heard()).toMatch(/\d\d:\d\d:\d\d\s+\d\d/);
      expect(first()?.hosts).toBe(1);
    });
    await host.transport.close();
    await eventually(async () => {
      await clock.advance(500);
      expect(first()?.hosts).toBe(0);
    });
    expect(first()?.failure).toBeNull();
  });

  it('hears what the host writes, and shows it among its bytes', async () => {
    const link = join(folder, 'monitor');
    await add(link, 'ge-dinamap');
    const host = hostAt(link);
    await eventually(() => expect(host.isOpen()).toBe(true));
    await eventually(async () => {
      await host.transport.write(Buffer.from(' NA!2\r'));
      await clock.advance(500);
      const ways = new Set(lab.rowsAfter('m1', 0).map(({ direction }) => direction));
      expect(ways.size).toBe(2);
    });
    await host.transport.close();
  });

  it('takes its link away when it is removed, and the name is free again', async () => {
    const link = join(folder, 'oximeter');
    await add(link);
    await tell({ do: 'remove', monitor: 'm1' });
    expect(existsSync(link)).toBe(false);
    await add(link);
    expect(existsSync(link)).toBe(true);
    await lab.stop();
    expect(existsSync(link)).toBe(false);
  });

  it('is removed also when somebody has put something else in the place of its link', async () => {
    const link = join(folder, 'oximeter');
    await add(link);
    rmSync(link);
    writeFileSync(link, 'somebody else’s');
    await tell({ do: 'remove', monitor: 'm1' });
    expect(lab.view().monitors).toEqual([]);
    expect(existsSync(link)).toBe(true);
    rmSync(link);
    await add(link);
    expect(existsSync(link)).toBe(true);
  });

  it('never takes the place of a file that is there, and nothing is added', async () => {
    const link = join(folder, 'mine');
    writeFileSync(link, 'mine');
    await expect(add(link)).rejects.toThrow(/mine exists already/);
    expect(lab.view().monitors).toEqual([]);
    expect(await add(join(folder, 'other'))).toMatchObject({ monitor: 'm1' });
  });
});

describe('a monitor of the lab on a serial port', () => {
  it.skipIf(openPty === null)(
    'speaks there with the settings of its line, and hears what comes',
    async () => {
      if (openPty === null) return;
      const { master, slave, pty } = openPty();
      closeSync(slave);
      const outlet = { kind: 'serial', path: pty, line: '19200 7E1' };
      const answer = await tell({ do: 'add', device: 'ge-dinamap', outlet });
      expect(answer.address).toBe(`${pty} 19200 7E1`);
      const buffer = new Uint8Array(4096);
      let received = '';
      await eventually(async () => {
        writeSync(master, ' NA!2\r');
        await clock.advance(1_000);
        received += Buffer.from(buffer.subarray(0, readSync(master, buffer, 0, 4096, null))).toString(
          'latin1',
        );
        expect(received).toMatch(/^ NA/m);
      });
      expect(first()).toMatchObject({ outlet: 'serial', failure: null, hosts: null });
      closeSync(master);
      // The adapter is pulled: the monitor stays in the lab and says why it is silent.
      await eventually(async () => {
        await clock.advance(500);
        expect(first()?.failure).toContain(pty);
      });
      await tell({ do: 'remove', monitor: 'm1' });
      expect(lab.view().monitors).toEqual([]);
    },
  );

  it('that is not there is refused in one line, and nothing is added', async () => {
    const path = join(folder, 'ttyUSB9');
    await expect(tell({ do: 'add', device: 'nellcor', outlet: { kind: 'serial', path } })).rejects.toThrow(
      /ttyUSB9/,
    );
    expect(lab.view().monitors).toEqual([]);
  });
});
