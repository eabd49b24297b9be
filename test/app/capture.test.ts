import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registerCapture } from '../../app/cli/capture.ts';
import { openCaptureFile } from '../../app/cli/capture-file.ts';
import { registerDecode } from '../../app/cli/decode.ts';
import { type CaptureItem, captureReader } from '../../core/capture/format.ts';
import type { SerialSettings } from '../../core/line/line-settings.ts';
import { type MemoryTransport, memoryTransport } from '../../devices/transport/memory.ts';
import { cliBench, turnedClock } from './cli-bench.ts';
import { TOY, toyLine } from './toy-monitor.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'capture-'));
});
afterAll(() => rm(folder, { recursive: true }));

const bytes = (text: string) => Uint8Array.from(Buffer.from(text, 'latin1'));
const read = async (path: string): Promise<readonly CaptureItem[]> => {
  const reader = captureReader();
  return [...reader.push(await readFile(path, 'latin1')), ...reader.end()];
};
/** Records as short texts: `rx SPO2=97…`, `closed pulled`. */
const shown = (items: readonly CaptureItem[]): readonly string[] =>
  items.map((item) => {
    if (item.kind !== 'record') return item.kind;
    const { record } = item;
    if (record.kind === 'rx' || record.kind === 'tx')
      return `${record.kind} ${record.offsetMs} ${JSON.stringify(Buffer.from(record.bytes).toString('latin1'))}`;
    return record.kind === 'closed' ? `closed ${record.reason}` : record.kind;
  });

/** A capture over lines in memory, on a clock that the test turns. */
const memoryBench = () => {
  const clock = turnedClock();
  const lines: MemoryTransport[] = [];
  let made = 0;
  const test = cliBench(
    (program, io) =>
      registerCapture(program, io, [TOY], () => () => {
        const line = memoryTransport(`line ${made}`);
        const open = line.open.bind(line);
        made += 1;
        // Only lines that are opened count: the verb makes one for its label as well.
        return {
          ...line,
          label: 'memory',
          open: (listener) => {
            lines.push(line);
            open(listener);
          },
        };
      }),
    clock,
  );
  const feed = (line: MemoryTransport | undefined, text: string) => line?.feed(bytes(text), clock.now());
  return { ...test, clock, lines, feed };
};

const ONE_LINE = 'give one of --serial PATH, --tcp HOST:PORT or --tcp-listen HOST:PORT';

describe('capture', () => {
  it('opens the line with the settings that --line says, the rest being the family’s, and writes them down', async () => {
    const made: SerialSettings[] = [];
    const line = memoryTransport('memory');
    const test = cliBench(
      (program, io) =>
        registerCapture(program, io, [TOY], (_options, _profile, _io, settings) => {
          made.push(settings);
          return () => line;
        }),
      turnedClock(),
    );
    const path = join(folder, 'settable.cap');
    const running = test.run(
      ...['capture', '--device', 'toy', '--serial', 'x', '--out', path, '--line', '4800 7O1'],
    );
    const expected = { ...TOY.serial, baudRate: 4800, dataBits: 7, parity: 'odd' };
    await expect.poll(() => made).toEqual([expected]);
    test.stop();
    await running;
    expect((await read(path))[0]).toMatchObject({ header: { serial: expected } });
  });

  it('records both directions as they were on the line, with times, and keeps the monitor talking', async () => {
    const { run, clock, lines, feed, stop } = memoryBench();
    const path = join(folder, 'both.cap');
    const running = run('capture', '--device', 'toy', '--serial', 'x', '--out', path);
    await expect.poll(() => lines.length).toBe(1);
    await clock.advance(400);
    feed(lines[0], 'SPO2=');
    await clock.advance(100);
    feed(lines[0], toyLine(97).slice(5));
    await clock.advance(600);
    stop();
    const result = await running;
    const items = await read(path);
    expect(shown(items)).toEqual([
      'header',
      'open',
      'tx 0 "?"',
      'rx 400 "SPO2="',
      `rx 500 ${JSON.stringify(toyLine(97).slice(5))}`,
      'tx 1000 "?"',
      'closed null',
    ]);
    expect(items[0]).toEqual({
      kind: 'header',
      header: { device: 'toy', source: 'memory', serial: TOY.serial, startedAt: Date.UTC(2026, 2, 1, 14) },
    });
    expect(items[3]).toMatchObject({ record: { wall: Date.UTC(2026, 2, 1, 14) + 400 } });
    expect(result).toMatchObject({
      exitCode: 0,
      stdout: '',
      counts: {
        device: 'toy',
        file: path,
        records: 6,
        receivedBytes: 12,
        sentBytes: 2,
        frames: 1,
        rejectedBytes: 0,
        rejected: {},
        observations: 1,
        reconnects: 0,
        seconds: 1.1,
      },
    });
  });

  it('opens a lost line again, with the gap in the file, and ends after its duration', async () => {
    const { run, clock, lines, feed, stderr } = memoryBench();
    const path = join(folder, 'gap.cap');
    const running = run('capture', '--device', 'toy', '--serial', 'x', '--out', path, '--duration', '60');
    await expect.poll(() => lines.length).toBe(1);
    feed(lines[0], toyLine(97));
    await clock.advance(100);
    lines[0]?.fail({ code: 'lost', message: 'the adapter went away' });
    await clock.advance(5_000);
    expect(lines).toHaveLength(2);
    feed(lines[1], toyLine(98));
    await clock.advance(60_000);
    const result = await running;
    expect(result.counts).toMatchObject({ reconnects: 1, receivedBytes: 24, seconds: 60 });
    expect(stderr()).toContain('the adapter went away');
    const kinds = shown(await read(path)).filter((text) => !text.startsWith('tx'));
    expect(kinds.slice(0, 5)).toEqual([
      'header',
      'open',
      `rx 0 ${JSON.stringify(toyLine(97))}`,
      'closed the adapter went away',
      'open',
    ]);
  });

  it('is on the disk within a second, while it still runs', async () => {
    const { run, clock, lines, feed, stop } = memoryBench();
    const path = join(folder, 'prompt.cap');
    const running = run('capture', '--device', 'toy', '--serial', 'x', '--out', path);
    await expect.poll(() => lines.length).toBe(1);
    feed(lines[0], toyLine(97));
    await clock.advance(1_000);
    await expect.poll(async () => shown(await read(path))).toContain(`rx 0 ${JSON.stringify(toyLine(97))}`);
    stop();
    await running;
  });

  it('never overwrites, and continues with --append, also after a torn line', async () => {
    const path = join(folder, 'kept.cap');
    await writeFile(path, '{"kind":"rx","t":1');
    const refused = await memoryBench().run('capture', '--device', 'toy', '--serial', 'x', '--out', path);
    expect(refused).toMatchObject({
      exitCode: 1,
      failure: `${path} exists already; choose another name, or continue it with --append`,
    });
    expect(await readFile(path, 'utf8')).toBe('{"kind":"rx","t":1');

    const { run, lines, feed, stop } = memoryBench();
    const running = run('capture', '--device', 'toy', '--serial', 'x', '--out', path, '--append');
    await expect.poll(() => lines.length).toBe(1);
    feed(lines[0], toyLine(97));
    stop();
    await running;
    expect((await readFile(path, 'utf8')).startsWith('{"kind":"rx","t":1\n{"chairsideCapture":1')).toBe(true);
    expect(shown(await read(path))).toEqual([
      'damaged',
      'header',
      'open',
      'tx 0 "?"',
      `rx 0 ${JSON.stringify(toyLine(97))}`,
      'closed null',
    ]);
  });

  it('that heard nothing fails and says so', async () => {
    const { run, stop, lines, stderr } = memoryBench();
    const running = run('capture', '--device', 'toy', '--serial', 'x', '--out', join(folder, 'silent.cap'));
    await expect.poll(() => lines.length).toBe(1);
    stop();
    expect(await running).toMatchObject({ exitCode: 1, counts: { receivedBytes: 0 } });
    expect(stderr()).toContain('nothing arrived from memory');
  });

  it('over TCP decodes to what the monitor sent', async () => {
    const asked: string[] = [];
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.on('data', (question) => {
        asked.push(question.toString());
        socket.write(toyLine(97));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = address !== null && typeof address === 'object' ? address.port : 0;
    const path = join(folder, 'tcp.cap');
    const test = cliBench((program, io) => registerCapture(program, io, [TOY]));
    const running = test.run('capture', '--device', 'toy', '--tcp', `127.0.0.1:${port}`, '--out', path);
    await expect.poll(test.stderr).toContain('Receiving.');
    test.stop();
    expect(await running).toMatchObject({ exitCode: 0, counts: { frames: 1, receivedBytes: 12 } });
    expect(asked).toEqual(['?']);
    await new Promise<void>((resolve) => server.close(() => resolve()));

    const decoded = cliBench((program, io) => registerDecode(program, io, [TOY]));
    const { json } = await decoded.run('decode', '--device', 'toy', '--in', path);
    expect(json).toMatchObject([{ value: 97, device: 'toy', time: expect.stringMatching(/^20.*Z$/) }]);
  });

  it.each([
    [['--out', 'x.cap'], ONE_LINE],
    [['--out', 'x.cap', '--tcp', 'a:1', '--tcp-listen', 'b:1'], ONE_LINE],
    [
      ['--out', 'x.cap', '--tcp-listen', '127.0.0.1:0'],
      '--tcp-listen: port 0 is not a port that a monitor can be told',
    ],
    [['--out', 'x.cap', '--serial', 'a', '--tcp', 'b:1'], ONE_LINE],
    [['--out', 'x.cap', '--tcp', 'host'], '--tcp: "host" is not an address HOST:PORT: the port is missing'],
    [['--out', 'x.cap', '--serial', 'a', '--duration', '0'], '--duration "0" is not a number above 0'],
    [
      ['--out', 'x.cap', '--serial', 'a', '--option', 'baudRate'],
      '--option "baudRate" is not of the form key=value',
    ],
    [['--out', 'x.cap', '--serial', 'a', '--option', 'baudRate=1'], '--option: toy has no option "baudRate"'],
  ])('with %j is wrong usage', async (args, failure) => {
    const test = cliBench((program, io) => registerCapture(program, io, [TOY]));
    const result = await test.run('capture', '--device', 'toy', ...args);
    expect(result).toMatchObject({ exitCode: 2, failure: expect.stringContaining(failure) });
  });
});

describe('a capture on disk', () => {
  it('that cannot be made says why', async () => {
    const path = join(folder, 'no-such-folder', 'x.cap');
    await expect(openCaptureFile(path, { append: false }, turnedClock())).rejects.toMatchObject({
      exitCode: 1,
      message: `${path}: the folder is not there`,
    });
  });

  it.runIf(process.platform === 'linux')('on a full disk fails with one line, at once', async () => {
    const clock = turnedClock();
    const file = await openCaptureFile('/dev/full', { append: true }, clock);
    file.append('x'.repeat(100));
    const failed = expect(file.failed).rejects.toThrow('/dev/full could not be written: ENOSPC');
    await clock.advance(1_000);
    await failed;
    await expect(file.close()).rejects.toThrow('/dev/full could not be written');
  });

  it('keeps what was appended just before it is closed', async () => {
    const path = join(folder, 'last.cap');
    const file = await openCaptureFile(path, { append: false }, turnedClock());
    file.append('a\n');
    file.append('b\n');
    await file.close();
    expect(await readFile(path, 'utf8')).toBe('a\nb\n');
  });
});
