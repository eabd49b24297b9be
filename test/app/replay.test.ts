import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registerReplay } from '../../app/cli/replay.ts';
import { fileBytes, loadReplayChunks, readRecording } from '../../app/recording.ts';
import { encodeCaptureHeader, encodeCaptureRecord } from '../../core/capture/format.ts';
import { epochMs } from '../../core/time.ts';
import { cliBench, turnedClock } from './cli-bench.ts';
import { TOY, toyLine } from './toy-monitor.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'replay-'));
});
afterAll(() => rm(folder, { recursive: true }));

const startedAt = epochMs(Date.UTC(2026, 2, 1, 9));
const header = (at = startedAt) =>
  encodeCaptureHeader({ device: 'toy', source: 'x', serial: TOY.serial, startedAt: at });
const rx = (offsetMs: number, text: string, base = startedAt) =>
  encodeCaptureRecord({
    kind: 'rx',
    offsetMs,
    wall: epochMs(base + offsetMs),
    bytes: Uint8Array.from(Buffer.from(text, 'latin1')),
  });
const file = async (name: string, content: string): Promise<string> => {
  const path = join(folder, name);
  await writeFile(path, content, 'latin1');
  return path;
};
const CAPTURE = header() + rx(0, toyLine(97)) + rx(1_000, toyLine(96)) + rx(3_000, toyLine(null));
const bench = (clock = turnedClock()) => ({
  clock,
  ...cliBench((program, io) => registerReplay(program, io, [TOY]), clock),
});
const countLines = (text: string) => text.split('\n').length - 1;

describe('replay to stdout', () => {
  it('prints each observation when its time has come, with the recorded time, marked as replayed', async () => {
    const { run, clock, stdout } = bench();
    const running = run('replay', await file('live.cap', CAPTURE));
    await expect.poll(() => countLines(stdout())).toBe(1);
    await clock.advance(990);
    expect(countLines(stdout())).toBe(1);
    await clock.advance(20);
    await expect.poll(() => countLines(stdout())).toBe(2);
    await clock.advance(2_000);
    const result = await running;
    expect(result.exitCode).toBe(0);
    expect(result.stdout.split('\n')[1]).toBe(
      '{"time":"2026-03-01T09:00:01.000Z","code":"MDC_PULS_OXIM_SAT_O2","value":96,"unit":"%","validity":"valid","device":"toy","replayed":true}',
    );
    expect(result.json).toMatchObject([
      { value: 97 },
      { value: 96 },
      { value: null, validity: 'unavailable' },
    ]);
    expect(result.counts).toMatchObject({ device: 'toy', bytes: 36, observations: 3 });
  });

  it('is so many times faster with --speed', async () => {
    const { run, clock, stdout } = bench();
    const running = run('replay', await file('fast.cap', CAPTURE), '--speed', '10');
    await expect.poll(() => countLines(stdout())).toBe(1);
    await clock.advance(100);
    await expect.poll(() => countLines(stdout())).toBe(2);
    await clock.advance(200);
    expect((await running).json).toHaveLength(3);
  });

  it('does not wait at all with --speed max', async () => {
    const result = await bench().run('replay', await file('max.cap', CAPTURE), '--speed', 'max');
    expect(result.json).toHaveLength(3);
  });

  it('stops where it is when asked to', async () => {
    const { run, stop, stdout } = bench();
    const running = run('replay', await file('stopped.cap', CAPTURE));
    await expect.poll(() => countLines(stdout())).toBe(1);
    stop();
    expect(await running).toMatchObject({ exitCode: 0, counts: { observations: 1 } });
  });

  it('plays plain bytes at the family’s line rate', async () => {
    const { run, clock, stdout } = bench();
    const path = await file('plain.raw', toyLine(97).repeat(80));
    const running = run('replay', path, '--device', 'toy');
    await clock.advance(500);
    // 25 slices of 19 bytes have come: 39 whole lines of 12.
    await expect.poll(() => countLines(stdout())).toBe(39);
    await clock.advance(500);
    expect((await running).json).toHaveLength(80);
  });

  it('plays a long pause between two parts of a capture as ten seconds, with the true times', async () => {
    const later = epochMs(startedAt + 3_600_000);
    const path = await file(
      'parts.cap',
      header() + rx(0, toyLine(97)) + header(later) + rx(0, toyLine(98), later),
    );
    const events = [];
    for await (const event of readRecording(fileBytes(path), TOY.serial))
      if (event.type === 'data') events.push(event.at);
    expect(events).toEqual([
      { wall: startedAt, mono: 0 },
      { wall: later, mono: 10_000 },
    ]);
  });
});

describe('replay over TCP', () => {
  it('serves the monitor’s bytes to whoever connects, then ends', async () => {
    const { run, stdout } = bench();
    const path = await file('served.cap', CAPTURE);
    const running = run('replay', path, '--tcp', '127.0.0.1:0', '--speed', 'max');
    await expect.poll(stdout).toContain('\n');
    const { listening }: { listening: string } = JSON.parse(stdout());
    const received: Buffer[] = [];
    const client = connect(Number(listening.split(':')[1]), '127.0.0.1');
    client.on('data', (bytes) => received.push(bytes));
    client.write('?');
    await new Promise((resolve) => client.on('end', resolve));
    expect(Buffer.concat(received).toString('latin1')).toBe(toyLine(97) + toyLine(96) + toyLine(null));
    expect(await running).toMatchObject({ exitCode: 0, counts: { bytes: 36 } });
  });

  it('goes on when a client leaves, and plays live to one that comes later', async () => {
    const { run, clock, stdout } = bench();
    const path = await file('leave.cap', CAPTURE);
    const running = run('replay', path, '--tcp', '127.0.0.1:0');
    await expect.poll(stdout).toContain('\n');
    const { listening }: { listening: string } = JSON.parse(stdout());
    const port = Number(listening.split(':')[1]);
    const first = connect(port, '127.0.0.1');
    await new Promise((resolve) => first.once('data', resolve));
    first.destroy();
    await new Promise((resolve) => first.once('close', resolve));
    const received: Buffer[] = [];
    const second = connect(port, '127.0.0.1');
    second.on('data', (bytes) => received.push(bytes));
    await new Promise((resolve) => second.once('connect', resolve));
    const ended = new Promise((resolve) => second.once('end', resolve));
    await clock.advance(5_000);
    await ended;
    expect(Buffer.concat(received).toString('latin1')).toContain(toyLine(null));
    expect(Buffer.concat(received).toString('latin1')).not.toContain(toyLine(97));
    expect((await running).exitCode).toBe(0);
  });

  it('stops while it waits for a client', async () => {
    const { run, stop, stdout } = bench();
    const running = run('replay', await file('wait.cap', CAPTURE), '--tcp', '127.0.0.1:0');
    await expect.poll(stdout).toContain('\n');
    stop();
    expect(await running).toMatchObject({ exitCode: 0, counts: { bytes: 0 } });
  });

  it('on an address that is taken fails with one line', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const taken = `127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}`;
    const result = await bench().run('replay', await file('taken.cap', CAPTURE), '--tcp', taken);
    expect(result).toMatchObject({ exitCode: 1, failure: `${taken} is in use already` });
    await new Promise<void>((resolve) => server.close(() => resolve()));
  });
});

describe('a recording for a chair', () => {
  it('is the monitor’s bytes with their offsets', async () => {
    expect(await loadReplayChunks(await file('chair.cap', CAPTURE), TOY.serial)).toMatchObject([
      { offsetMs: 0, bytes: expect.any(Uint8Array) },
      { offsetMs: 1_000 },
      { offsetMs: 3_000 },
    ]);
  });
});

describe('wrong usage of replay', () => {
  it('plain bytes without --device cannot be known', async () => {
    const path = await file('unknown.raw', toyLine(97));
    expect(await bench().run('replay', path)).toMatchObject({
      exitCode: 2,
      failure: expect.stringContaining('--device must say whose bytes it holds'),
    });
  });

  it.each([
    [['--speed', '0'], '--speed "0" is not a number above 0'],
    [['--speed', 'fast'], '--speed "fast" is not a number above 0'],
    [['--device', 'acme'], '--device "acme" is not a known device family; known: toy'],
    [['--tcp', '127.0.0.1'], '--tcp: "127.0.0.1" is not an address HOST:PORT'],
  ])('%j is refused', async (args, failure) => {
    const path = await file('usage.cap', CAPTURE);
    expect(await bench().run('replay', path, ...args)).toMatchObject({
      exitCode: 2,
      failure: expect.stringContaining(failure),
    });
  });

  it('a file that is not there is exit status 1', async () => {
    const path = join(folder, 'nothing.cap');
    expect(await bench().run('replay', path)).toMatchObject({ exitCode: 1, failure: `${path} is not there` });
  });
});
