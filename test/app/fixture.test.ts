/** `fixture`: from a customer's capture to a test fixture, or to a clear refusal. */
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { registerDecode } from '../../app/cli/decode.ts';
import { registerFixture } from '../../app/cli/fixture.ts';
import { encodeCaptureHeader, encodeCaptureRecord } from '../../core/capture/format.ts';
import { epochMs } from '../../core/time.ts';
import { DEVICE_PROFILES } from '../../devices/index.ts';
import { cliBench } from './cli-bench.ts';
import { TOY } from './toy-monitor.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fixture-'));
});
afterAll(() => rm(folder, { recursive: true }));

const SERIAL = '0000056661';
const START = Date.UTC(2026, 2, 1);
const line = (second: number, spo2: number): string =>
  `03/01/26 00:00:${String(second).padStart(2, '0')} SN=${SERIAL} SPO2=0${spo2}% BPM=097 PI=03.60% SPCO=--.-% SPMET=--.-% DESAT=-- PIDELTA=+-- ALARM=0000 EXC=000800\r\n`;

/** Thirty seconds of a Masimo at a clinic, each line cut in two reads, with somebody's name between two lines. */
const captured = async (device = 'masimo-ascii'): Promise<string> => {
  const path = join(folder, `${device}-${Math.random().toString(36).slice(2)}.cap`);
  const at = (ms: number) => ({ offsetMs: ms, wall: epochMs(START + ms) });
  const serial = { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1, flowControl: 'none' };
  const rx = (ms: number, text: string) =>
    encodeCaptureRecord({ kind: 'rx', bytes: Buffer.from(text, 'latin1'), ...at(ms) });
  const texts = [
    encodeCaptureHeader({
      device,
      source: '/dev/ttyUSB0 of bed 7, Miller',
      serial,
      startedAt: epochMs(START),
    }),
    encodeCaptureRecord({ kind: 'open', ...at(1) }),
    encodeCaptureRecord({ kind: 'tx', bytes: Buffer.from('MILLER'), ...at(2) }),
  ];
  for (let second = 1; second <= 30; second += 1) {
    const text = line(second, 99 - (second % 5));
    texts.push(rx(second * 1000, text.slice(0, 50)), rx(second * 1000 + 60, text.slice(50)));
    if (second === 15) texts.push(rx(second * 1000 + 90, 'MILLER JANE\r\n'));
  }
  texts.push(encodeCaptureRecord({ kind: 'closed', reason: 'unplugged by Miller', ...at(31_000) }));
  await writeFile(path, texts.join(''));
  return path;
};

const decoded = async (path: string): Promise<readonly string[]> =>
  (await cliBench(registerDecode).run('decode', '--device', 'masimo-ascii', '--in', path)).stdout
    .trim()
    .split('\n');

it('a capture becomes a fixture with the same observations, written beside it, and without names', async () => {
  const [capture, out] = [await captured(), join(folder, 'clean.cap')];
  const { exitCode, counts, stderr } = await cliBench(registerFixture).run(
    ...['fixture', '--in', capture, '--out', out],
  );
  expect({ exitCode, counts }).toMatchObject({ exitCode: 0, counts: { device: 'masimo-ascii' } });
  expect(stderr).toContain('blanked: SN, the serial number');
  const text = await readFile(out, 'utf8');
  const expected = (await readFile(`${out}.expected.ndjson`, 'utf8')).trim().split('\n');
  expect(expected.length).toBeGreaterThan(60);
  expect(expected).toEqual(await decoded(capture));
  expect(expected).toEqual(await decoded(out));
  for (const secret of [SERIAL, 'MILLER', 'Miller', 'JANE']) {
    expect(text).not.toContain(secret);
    expect(text).not.toContain(Buffer.from(secret).toString('hex'));
  }
});

it('a part of a capture is the seconds asked for', async () => {
  const [capture, out] = [await captured(), join(folder, 'part.cap')];
  const { exitCode } = await cliBench(registerFixture).run(
    ...['fixture', '--in', capture, '--out', out, '--from', '10', '--to', '14.5'],
  );
  expect(exitCode).toBe(0);
  const times = (await decoded(out)).map((text) => String((JSON.parse(text) as { time: string }).time));
  expect(times.every((time) => time >= '2026-03-01T00:00:10' && time < '2026-03-01T00:00:15')).toBe(true);
  expect(new Set(times).size).toBeGreaterThan(2);
});

it('nothing is written over, and nothing is written of a family that cannot be cleaned', async () => {
  const [capture, out] = [await captured(), join(folder, 'there.cap')];
  await writeFile(out, 'mine');
  expect(await cliBench(registerFixture).run('fixture', '--in', capture, '--out', out)).toMatchObject({
    exitCode: 1,
    failure: `${out} exists already; choose another name`,
  });
  expect(await readFile(out, 'utf8')).toBe('mine');
  const toy = await captured('toy');
  const refused = await cliBench((program, io) => registerFixture(program, io, [TOY])).run(
    ...['fixture', '--in', toy, '--out', join(folder, 'toy.cap')],
  );
  expect(refused).toMatchObject({
    exitCode: 1,
    failure: expect.stringContaining('no fixture can be made of toy'),
  });
  await expect(stat(join(folder, 'toy.cap'))).rejects.toThrow();
});

it('a fixture that would give other observations is not written', async () => {
  const masimo = DEVICE_PROFILES.find(({ id }) => id === 'masimo-ascii');
  if (masimo === undefined) throw new Error('no Masimo');
  const nothing = {
    push: () => new Uint8Array(),
    quiet: () => new Uint8Array(),
    end: () => new Uint8Array(),
  };
  const lossy = {
    ...masimo,
    anonymity: { kind: 'blanks' as const, what: ['all'], anonymiser: () => nothing },
  };
  const [capture, out] = [await captured(), join(folder, 'lossy.cap')];
  const said = await cliBench((program, io) => registerFixture(program, io, [lossy])).run(
    ...['fixture', '--in', capture, '--out', out],
  );
  expect(said).toMatchObject({ exitCode: 1, failure: expect.stringContaining('no fixture was made') });
  await expect(stat(out)).rejects.toThrow();
});

it('a name that the monitor gave and that would come through stops it', async () => {
  const masimo = DEVICE_PROFILES.find(({ id }) => id === 'masimo-ascii');
  if (masimo === undefined) throw new Error('no Masimo');
  const leaky = {
    ...masimo,
    anonymity: {
      kind: 'blanks' as const,
      what: ['nothing'],
      anonymiser: () => ({
        push: (chunk: Uint8Array) => chunk,
        quiet: () => new Uint8Array(),
        end: () => new Uint8Array(),
      }),
    },
  };
  const said = await cliBench((program, io) => registerFixture(program, io, [leaky])).run(
    ...['fixture', '--in', await captured(), '--out', join(folder, 'leaky.cap')],
  );
  expect(said).toMatchObject({ exitCode: 1, failure: expect.stringContaining('something that identifies') });
});

it.each([
  [['--from', '5', '--to', '5'], '--to must be later than --from'],
  [['--from', 'x'], '--from "x" is no number of seconds'],
])('%j: one line that says what is wrong, exit 2', async (args, failure) => {
  const { run } = cliBench(registerFixture);
  expect(await run('fixture', '--in', 'a', '--out', 'b', ...args)).toMatchObject({ exitCode: 2, failure });
});
