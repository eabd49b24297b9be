import { closeSync, existsSync, mkdtempSync, readFileSync, readSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { Command } from 'commander';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CliIo } from '../../app/cli/io.ts';
import { registerSimulate, simulateCommand } from '../../app/cli/simulate.ts';
import type { SimulateTexts } from '../../app/cli/simulate-options.ts';
import { describeSettings } from '../../core/line/line-settings.ts';
import { builtInScenarios } from '../../simulators/scenarios/index.ts';
import { systemClock } from '../../station/clock.ts';
import { eventually } from '../support/eventually.ts';
import { openPty } from '../support/pty-pair.ts';
import { text, toyProfile, toySimulatorProfile } from './toy-monitor.ts';

const families = { profiles: [toyProfile], simulators: [toySimulatorProfile] };
const defaults = { scenario: 'steady', speed: '1', seed: '1' };

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'simulate-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const start = (texts: Partial<SimulateTexts>) => {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const out: string[] = [];
  stdout.on('data', (chunk: Buffer) => out.push(chunk.toString()));
  const stop = new AbortController();
  const io: CliIo = { stdin: new PassThrough(), stdout, stderr, clock: systemClock(), stopped: stop.signal };
  const ended = simulateCommand({ ...defaults, ...texts }, io, families);
  return { ended, stop: () => stop.abort(), stdout: () => out.join('') };
};

describe('simulate with wrong usage', () => {
  it.each<[string, Partial<SimulateTexts>, RegExp]>([
    ['no device', { tcp: '127.0.0.1:0' }, /^--device is missing/],
    ['an unknown device', { device: 'tay', tcp: '127.0.0.1:0' }, /^--device "tay" .* toy$/],
    ['no outlet', { device: 'toy' }, /^one of --tcp, --tcp-connect, --pty, --serial or --out is needed$/],
    ['two outlets', { device: 'toy', tcp: '127.0.0.1:0', out: 'x' }, /^--tcp and --out cannot/],
    ['a bad address', { device: 'toy', tcp: 'localhost' }, /^--tcp: "localhost" is not an address/],
    ['a file without a duration', { device: 'toy', out: 'x' }, /^--out needs --duration/],
    ['a speed of 0', { device: 'toy', tcp: '127.0.0.1:0', speed: '0' }, /^--speed "0"/],
    [
      'a speed past all measure',
      { device: 'toy', tcp: '127.0.0.1:0', speed: '1001' },
      /^--speed 1001 is more/,
    ],
    ['line settings that are none', { device: 'toy', serial: 'x', line: '4800 9N1' }, /^--line: "9N1" is no/],
    [
      'line settings without a serial line',
      { device: 'toy', tcp: '127.0.0.1:0', line: '4800' },
      /^--line belongs to --serial: --tcp has no line settings$/,
    ],
    ['a seed with a point', { device: 'toy', tcp: '127.0.0.1:0', seed: '1.5' }, /^--seed "1.5"/],
    ['a duration in words', { device: 'toy', tcp: '127.0.0.1:0', duration: 'long' }, /^--duration "long"/],
    [
      'an unknown scenario',
      { device: 'toy', tcp: '127.0.0.1:0', scenario: 'calm' },
      /^--scenario "calm" .*steady/,
    ],
    [
      'a scenario file that is not there',
      { device: 'toy', tcp: '127.0.0.1:0', scenario: './no.json' },
      /no\.json/,
    ],
  ])('%s: one line that names the option, exit 2', async (_, texts, message) => {
    await expect(start(texts).ended).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringMatching(message),
    });
  });

  it.each([
    ['is not JSON', '{', /: not JSON: /],
    [
      'has a wrong field',
      '{"name":"x","title":"X","events":[{"kind":"apnea","atS":1,"durationS":0}]}',
      /events\[0\]\.durationS/,
    ],
  ])('a scenario file that %s: exit 2 with its name and the field', async (_, content, message) => {
    const path = join(folder, 'mine.json');
    writeFileSync(path, content);
    const failure = start({ device: 'toy', tcp: '127.0.0.1:0', scenario: path }).ended;
    await expect(failure).rejects.toMatchObject({ exitCode: 2, message: expect.stringMatching(message) });
    await expect(failure).rejects.toThrow(path);
  });
});

describe('simulate --out', () => {
  it('writes the bytes of the simulated time, asked by the family’s driver, the same for the same seed', async () => {
    const contents: string[] = [];
    for (const [name, seed] of [
      ['a', '7'],
      ['b', '7'],
      ['c', '8'],
    ] as const) {
      const path = join(folder, name);
      const run = start({ device: 'toy', out: path, duration: '30', seed });
      await run.ended;
      contents.push(readFileSync(path, 'latin1'));
      expect(JSON.parse(run.stdout())).toEqual({
        device: 'toy',
        scenario: 'steady',
        seed: Number(seed),
        speed: 1,
        out: path,
        bytes: contents.at(-1)?.length,
      });
    }
    const [first, second, third] = contents;
    expect(first?.match(/^!?\d+:/gm)).toHaveLength(31);
    expect(first?.match(/!/g)).toHaveLength(30);
    expect(second).toBe(first);
    expect(third).not.toBe(first);
  });

  it('that cannot be written: one line, exit 1', async () => {
    const path = join(folder, 'none', 'x');
    await expect(start({ device: 'toy', out: path, duration: '1' }).ended).rejects.toMatchObject({
      exitCode: 1,
      message: `${path}: the folder does not exist`,
    });
  });
});

describe('simulate --tcp', () => {
  it('prints one JSON line when it listens, speaks, and ends when it is asked to', async () => {
    const run = start({ device: 'toy', tcp: '127.0.0.1:0', scenario: 'bp-spike', seed: '5', speed: '20' });
    await eventually(() => expect(run.stdout()).toContain('\n'));
    const ready: unknown = JSON.parse(run.stdout());
    expect(ready).toEqual({
      device: 'toy',
      scenario: 'bp-spike',
      seed: 5,
      speed: 20,
      listening: expect.stringMatching(/^127\.0\.0\.1:\d+$/),
    });
    const port = Number(/:(\d+)"/.exec(run.stdout())?.[1]);
    let received = '';
    const socket = connect(port, '127.0.0.1', () => socket.write('?'));
    socket.on('data', (bytes: Uint8Array) => {
      received += text(bytes);
    });
    await eventually(() => expect(received).toMatch(/!\d+:\d+@|\n!/));
    run.stop();
    await run.ended;
    await new Promise((resolve) => socket.once('close', resolve));
    expect(run.stdout().trimEnd()).not.toContain('\n');
  });

  it('ends by itself after its duration', async () => {
    await start({ device: 'toy', tcp: '127.0.0.1:0', duration: '5', speed: '100' }).ended;
  });

  it('on a port in use: one line, exit 1', async () => {
    const server = createServer();
    const port = await new Promise<number>((resolve) => {
      server.listen(0, '127.0.0.1', () => {
        const address = server.address();
        resolve(address === null || typeof address === 'string' ? 0 : address.port);
      });
    });
    await expect(start({ device: 'toy', tcp: `127.0.0.1:${port}` }).ended).rejects.toMatchObject({
      exitCode: 1,
      message: expect.stringContaining(`127.0.0.1:${port} is already in use`),
    });
    server.close();
  });
});

describe('simulate --pty', () => {
  it.skipIf(process.platform !== 'linux')('makes the link and takes it away at the end', async () => {
    const link = join(folder, 'monitor');
    const run = start({ device: 'toy', pty: link });
    await eventually(() => expect(run.stdout()).toContain('\n'));
    expect(JSON.parse(run.stdout())).toMatchObject({ pty: link });
    expect(existsSync(link)).toBe(true);
    run.stop();
    await run.ended;
    expect(existsSync(link)).toBe(false);
  });
});

describe('simulate --serial', () => {
  it.skipIf(openPty === null)(
    'opens the port with what --line says, the rest being the family’s, and speaks',
    async () => {
      if (openPty === null) return;
      const { master, slave, pty } = openPty();
      // Its own copy closed, so that the port is the monitor's alone.
      closeSync(slave);
      const run = start({ device: 'toy', serial: pty, line: '4800 7E1', speed: '20' });
      await eventually(() => expect(run.stdout()).toContain('\n'));
      const { dataBits, parity, stopBits, ...rest } = toyProfile.serial;
      expect([dataBits, parity, stopBits]).not.toEqual([7, 'even', 1]);
      expect(JSON.parse(run.stdout())).toMatchObject({
        serial: `${pty} ${describeSettings({ ...rest, baudRate: 4800, dataBits: 7, parity: 'even', stopBits: 1 })}`,
      });
      const buffer = new Uint8Array(4096);
      let received = '';
      await eventually(() => {
        received += text(buffer.slice(0, readSync(master, buffer, 0, buffer.length, null)));
        expect(received).toMatch(/\d+:\d+@/);
      });
      run.stop();
      await run.ended;
      closeSync(master);
    },
  );

  it('on a port that is not there: one line, exit 1', async () => {
    await expect(start({ device: 'toy', serial: join(folder, 'ttyUSB9') }).ended).rejects.toMatchObject({
      exitCode: 1,
      message: expect.stringContaining('ttyUSB9'),
    });
  });
});

describe('simulate --list-scenarios', () => {
  it('prints every scenario as JSON and needs nothing else', async () => {
    const program = new Command();
    const stdout = new PassThrough();
    const io = { stdin: stdout, stdout, stderr: stdout, clock: systemClock(), stopped: AbortSignal.abort() };
    registerSimulate(program, io);
    await program.parseAsync(['simulate', '--list-scenarios'], { from: 'user' });
    const list: unknown = JSON.parse(stdout.read().toString());
    expect(list).toEqual(
      builtInScenarios().map(({ name, title, description }) => ({ name, title, description })),
    );
  });
});
