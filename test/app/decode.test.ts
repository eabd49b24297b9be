import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registerDecode } from '../../app/cli/decode.ts';
import { encodeCaptureHeader, encodeCaptureRecord } from '../../core/capture/format.ts';
import { epochMs } from '../../core/time.ts';
import { DEVICE_PROFILES } from '../../devices/index.ts';
import { cliBench } from './cli-bench.ts';
import { TOY, toyLine } from './toy-monitor.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'decode-'));
});
afterAll(() => rm(folder, { recursive: true }));

const file = async (name: string, content: string): Promise<string> => {
  const path = join(folder, name);
  await writeFile(path, content, 'latin1');
  return path;
};
const bench = () => cliBench((program, io) => registerDecode(program, io, [TOY]));
const value = { code: 'MDC_PULS_OXIM_SAT_O2', unit: '%', device: 'toy' };

describe('decode of plain bytes', () => {
  it('prints one object a line, with the seconds from the start at the family’s line rate', async () => {
    // 960 bytes a second, in slices of 20 ms: 19 bytes and the rest of 36.
    const path = await file('plain.raw', toyLine(97) + toyLine(null) + toyLine(98));
    const result = await bench().run('decode', '--device', 'toy', '--in', path);
    expect(result.exitCode).toBe(0);
    expect(result.stdout.split('\n')[0]).toBe(
      '{"elapsed":0.02,"code":"MDC_PULS_OXIM_SAT_O2","value":97,"unit":"%","validity":"valid","device":"toy"}',
    );
    expect(result.json).toEqual([
      { elapsed: 0.02, ...value, value: 97, validity: 'valid' },
      { elapsed: 0.038, ...value, value: null, validity: 'unavailable' },
      { elapsed: 0.038, ...value, value: 98, validity: 'valid' },
    ]);
    expect(result.counts).toEqual({
      device: 'toy',
      bytes: 36,
      frames: 3,
      rejectedBytes: 0,
      checksumErrors: 0,
      rejected: {},
      observations: 3,
    });
  });

  it('takes the monitor’s own clock for the time where the protocol carries one', async () => {
    const path = await file('clock.raw', toyLine(97, '14:00:05'));
    const { stdout } = await bench().run('decode', '--device', 'toy', '--in', path);
    expect(stdout).toBe(
      '{"time":"2026-03-01T14:00:05.000Z","code":"MDC_PULS_OXIM_SAT_O2","value":97,"unit":"%","validity":"valid","device":"toy"}\n',
    );
  });

  it('counts what was refused, by reason, and the unfinished end', async () => {
    const wrong = toyLine(97).replace('97', '96');
    const path = await file('bad.raw', `${wrong}garbage\r\n${toyLine(98)}SPO2`);
    const result = await bench().run('decode', '--device', 'toy', '--in', path);
    expect(result.json).toHaveLength(1);
    expect(result.counts).toEqual({
      device: 'toy',
      bytes: 37,
      frames: 1,
      rejectedBytes: 25,
      checksumErrors: 1,
      rejected: { checksum: 1, syntax: 1, truncated: 1 },
      observations: 1,
    });
  });

  it('reads stdin as it comes: a line is out before the next one is in', async () => {
    const test = bench();
    const running = test.run('decode', '--device', 'toy');
    test.stdin.write(toyLine(97));
    await expect.poll(test.stdout).toContain('"value":97');
    test.stdin.write(Buffer.from(toyLine(98)).subarray(0, 4));
    test.stdin.end(Buffer.from(toyLine(98)).subarray(4));
    const result = await running;
    expect(result.json).toHaveLength(2);
    expect(result.counts).toMatchObject({ bytes: 24, observations: 2 });
  });

  it('ends with its counts when it is asked to stop', async () => {
    const test = bench();
    const running = test.run('decode', '--device', 'toy');
    test.stdin.write(toyLine(97));
    await expect.poll(test.stdout).toContain('"value":97');
    test.stop();
    expect(await running).toMatchObject({ exitCode: 0, counts: { observations: 1 } });
  });

  it('an empty file is no failure and has no observations', async () => {
    const result = await bench().run('decode', '--device', 'toy', '--in', await file('empty.raw', ''));
    expect(result).toMatchObject({ exitCode: 0, stdout: '', counts: { bytes: 0, frames: 0 } });
  });

  it('ends quietly when the reader of its output has left', async () => {
    const path = await file('long.raw', toyLine(97).repeat(20_000));
    const test = bench();
    const gone = new PassThrough({ highWaterMark: 1_000 });
    const register = { ...test.io, stdout: gone };
    gone.once('data', () => gone.destroy(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' })));
    const other = cliBench((program) => registerDecode(program, register, [TOY]));
    const result = await other.run('decode', '--device', 'toy', '--in', path);
    expect(result).toMatchObject({ exitCode: 0, failure: '' });
    expect(test.stderr()).toMatch(/^\{"device":"toy",.*\}\n$/);
  });
});

describe('decode of a capture', () => {
  const startedAt = epochMs(Date.UTC(2026, 2, 1, 9));
  const header = (device = 'toy') =>
    encodeCaptureHeader({ device, source: 'x', serial: TOY.serial, startedAt });
  const rx = (offsetMs: number, text: string, kind: 'rx' | 'tx' = 'rx') =>
    encodeCaptureRecord({
      kind,
      offsetMs,
      wall: epochMs(startedAt + offsetMs),
      bytes: Uint8Array.from(Buffer.from(text, 'latin1')),
    });

  it('gives the time of receipt, and takes only what came from the monitor', async () => {
    const content = header() + rx(250, '?', 'tx') + rx(1_500, 'SPO2=') + rx(1_600, toyLine(97).slice(5));
    const result = await bench().run('decode', '--device', 'toy', '--in', await file('a.cap', content));
    expect(result.json).toEqual([
      { time: '2026-03-01T09:00:01.600Z', ...value, value: 97, validity: 'valid' },
    ]);
    expect(result.counts).toMatchObject({ bytes: 12, frames: 1, rejectedBytes: 0 });
  });

  it('with a torn last line gives everything before it and says what was left out', async () => {
    const content = header() + rx(0, toyLine(97)) + rx(1_000, toyLine(98)).slice(0, 40);
    const result = await bench().run('decode', '--device', 'toy', '--in', await file('torn.cap', content));
    expect(result.json).toHaveLength(1);
    expect(result.stderr.split('\n')[0]).toMatch(
      /^capture, byte \d+: 40 bytes left out: the last line is torn$/,
    );
    expect(result.exitCode).toBe(0);
  });

  it('never glues bytes together across a damaged record or a lost line', async () => {
    const [head, tail] = [toyLine(97).slice(0, 5), toyLine(97).slice(5)];
    const damaged = rx(10, 'xyz').replace('"rx"', '"ry"');
    const closed = encodeCaptureRecord({ kind: 'closed', offsetMs: 20, wall: startedAt, reason: 'pulled' });
    for (const between of [damaged, closed, header()]) {
      const content = header() + rx(0, head) + between + rx(30, tail) + rx(40, toyLine(98));
      const result = await bench().run('decode', '--device', 'toy', '--in', await file('gap.cap', content));
      expect(result.json).toMatchObject([{ value: 98 }]);
      expect(result.counts).toMatchObject({ rejected: { truncated: 1, syntax: 1 } });
    }
  });

  it('of another family says so and decodes as asked', async () => {
    const path = await file('other.cap', header('nellcor') + rx(0, toyLine(97)));
    const result = await bench().run('decode', '--device', 'toy', '--in', path);
    expect(result.stderr).toContain('the capture says that it is of nellcor; decoding it as toy, as asked');
    expect(result.json).toHaveLength(1);
  });

  it('of a later format version is refused', async () => {
    const content = header().replace('"chairsideCapture":1', '"chairsideCapture":9');
    const { crc32Hex } = await import('../../core/capture/crc32.ts');
    const body = content.slice(0, content.indexOf(',"crc"'));
    const path = await file('later.cap', `${body},"crc":"${crc32Hex(body)}"}\n`);
    expect(await bench().run('decode', '--device', 'toy', '--in', path)).toMatchObject({
      exitCode: 1,
      failure: 'the capture is of format version 9, which this program does not know',
    });
  });
});

describe('wrong usage of decode', () => {
  it('an unknown family is exit status 2 and lists the known ones', async () => {
    expect(await bench().run('decode', '--device', 'acme')).toMatchObject({
      exitCode: 2,
      failure: '--device "acme" is not a known device family; known: toy',
      stdout: '',
    });
  });

  it('a file that is not there is exit status 1', async () => {
    const path = join(folder, 'nothing.raw');
    expect(await bench().run('decode', '--device', 'toy', '--in', path)).toMatchObject({
      exitCode: 1,
      failure: `${path} is not there`,
    });
    expect(await bench().run('decode', '--device', 'toy', '--in', folder)).toMatchObject({
      exitCode: 1,
      failure: `${folder} is a folder, not a file`,
    });
  });
});

const captures = fileURLToPath(new URL('../../../shared/data/captures/', import.meta.url));
const REAL = [
  { id: 'ge-s5-dri', path: 'ge-s5-dri/db02.raw', metric: 'MDC_ECG_HEART_RATE', least: 100 },
  { id: 'nellcor', path: 'nellcor-n560/n560_demo_stream.log', metric: 'MDC_PULS_OXIM_SAT_O2', least: 20 },
  { id: 'masimo-ascii', path: 'masimo-ascii/yahnatan_rad8.log', metric: 'MDC_PULS_OXIM_SAT_O2', least: 5 },
] as const;

describe.each(REAL)('decode of a real recording of $id', ({ id, path, metric, least }) => {
  const isThere = existsSync(join(captures, path)) && DEVICE_PROFILES.some((profile) => profile.id === id);

  it.skipIf(!isThere)('gives null exactly when there is no usable number', async () => {
    const test = cliBench((program, io) => registerDecode(program, io));
    const { json, exitCode } = await test.run('decode', '--device', id, '--in', join(captures, path));
    expect(exitCode).toBe(0);
    const lines = json as readonly { code: string; value: number | null; validity: string; device: string }[];
    expect(lines.filter((line) => line.code === metric).length).toBeGreaterThanOrEqual(least);
    for (const line of lines) {
      expect(line.device).toBe(id);
      expect(line.value === null).toBe(!['valid', 'questionable'].includes(line.validity));
    }
  });
});
