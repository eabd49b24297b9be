/** The verb `lab` without its page: driven from stdin and from a script, watched as NDJSON. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { Command } from 'commander';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CliIo } from '../../../app/cli/io.ts';
import { registerLab } from '../../../app/cli/lab.ts';
import { systemClock } from '../../../station/clock.ts';
import { eventually } from '../../support/eventually.ts';

let folder = '';
const stops: (() => void)[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lab-verb-'));
});
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
  rmSync(folder, { recursive: true, force: true });
});

type Row = Readonly<Record<string, unknown>>;

const start = (...args: readonly string[]) => {
  const stdin = new PassThrough();
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const stop = new AbortController();
  stops.push(() => stop.abort());
  let printed = '';
  stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
  });
  const io: CliIo = { stdin, stdout, stderr, clock: systemClock(), stopped: stop.signal };
  const program = new Command('chairside').exitOverride();
  registerLab(program, io);
  const ended = program.parseAsync(['lab', '--no-page', ...args], { from: 'user' });
  // Held against by the tests that expect it; nothing is unhandled meanwhile.
  ended.catch(() => undefined);
  const rows = (): readonly Row[] =>
    printed
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line));
  return {
    ended,
    stop: () => stop.abort(),
    rows,
    ofKind: (kind: string) => rows().filter((row) => row.kind === kind),
    say: (...lines: readonly (object | string)[]) => {
      for (const line of lines) stdin.write(`${typeof line === 'string' ? line : JSON.stringify(line)}\n`);
    },
    hangUp: () => stdin.end(),
  };
};

describe('lab, driven from stdin', () => {
  it('answers every line in its order, goes on after one that is refused, and ends with its input', async () => {
    const lab = start('--device', 'nellcor');
    await eventually(() => expect(lab.ofKind('ready')).toHaveLength(1));
    expect(lab.rows()[0]).toMatchObject({
      pid: process.pid,
      monitors: [{ monitor: 'm1', device: 'nellcor', outlet: 'tcp' }],
    });
    expect(lab.rows()[0]).not.toHaveProperty('url');
    lab.say(
      { monitor: 'm1', do: 'probe', state: 'off' },
      '',
      'no json',
      { monitor: 'm7', do: 'cuff' },
      '# a word for people',
      { do: 'add', device: 'masimo-ascii' },
      { do: 'state' },
    );
    await eventually(() => expect(lab.rows()).toHaveLength(6));
    expect(lab.rows().slice(1)).toMatchObject([
      { kind: 'done', line: 1, do: 'probe', monitor: 'm1', atS: expect.any(Number) },
      { kind: 'refused', line: 3, problem: expect.stringMatching(/^not JSON: /) },
      { kind: 'refused', line: 4, problem: 'there is no monitor "m7" (there are: m1)' },
      { kind: 'done', line: 6, do: 'add', monitor: 'm2', device: 'masimo-ascii' },
      { kind: 'done', line: 7, do: 'state', monitors: [{ id: 'm1' }, { id: 'm2' }] },
    ]);
    // The program that drives it may think for as long as it likes between two lines.
    lab.say({ do: 'remove', monitor: 'm2' });
    await eventually(() => expect(lab.rows()).toHaveLength(7));
    lab.hangUp();
    await lab.ended;
  });

  it('carries out a last line that has no line end', async () => {
    const lab = start();
    lab.say({ do: 'state' });
    await eventually(() => expect(lab.ofKind('done')).toHaveLength(1));
    lab.hangUp();
    await lab.ended;
    const other = start();
    other.say('{"do":"state"}');
    other.hangUp();
    await other.ended;
    expect(other.ofKind('done')).toHaveLength(1);
  });

  it('ends when it is asked to, also in the middle of a wait', async () => {
    const lab = start('--device', 'nellcor');
    await eventually(() => expect(lab.ofKind('ready')).toHaveLength(1));
    lab.say({ do: 'wait', for: '1 h' });
    lab.stop();
    await lab.ended;
  });
});

describe('lab --watch', () => {
  it('state: tells the monitors each second, and nothing of the bytes', async () => {
    const lab = start('--device', 'nellcor', '--watch', 'state');
    await eventually(() => expect(lab.ofKind('state').length).toBeGreaterThan(1));
    expect(lab.ofKind('state')[0]).toMatchObject({
      monitors: [{ id: 'm1', device: 'nellcor', truth: { hr: expect.any(Number) } }],
    });
    expect(lab.ofKind('bytes')).toEqual([]);
    lab.stop();
    await lab.ended;
  });

  it('bytes: tells each row with its monitor, in hex and decoded, while commands are answered', async () => {
    const lab = start('--device', 'nellcor', '--device', 'masimo-ascii', '--watch', 'bytes');
    await eventually(() => {
      const monitors = new Set(lab.ofKind('bytes').map(({ monitor }) => monitor));
      expect([...monitors].sort()).toEqual(['m1', 'm2']);
    });
    lab.say({ monitor: 'm1', do: 'cable', state: 'out' });
    await eventually(() => expect(lab.ofKind('done')).toHaveLength(1));
    expect(lab.ofKind('state')).toEqual([]);
    for (const row of lab.ofKind('bytes'))
      expect(row).toMatchObject({
        hex: expect.stringMatching(/^([0-9a-f]{2})+$/),
        decoded: expect.any(Array),
      });
    // Numbers run on for each monitor, so that a row that was left out can be seen.
    const numbers = lab
      .ofKind('bytes')
      .filter(({ monitor }) => monitor === 'm2')
      .map(({ number }) => Number(number));
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
    expect(new Set(numbers).size).toBe(numbers.length);
    lab.hangUp();
    await lab.ended;
  });

  it('all: tells both', async () => {
    const lab = start('--device', 'nellcor', '--watch', 'all');
    await eventually(() => {
      expect(lab.ofKind('state').length).toBeGreaterThan(0);
      expect(lab.ofKind('bytes').length).toBeGreaterThan(0);
    });
    lab.stop();
    await lab.ended;
  });
});

describe('lab --script', () => {
  it('carries out the file and ends', async () => {
    const path = join(folder, 'drive.ndjson');
    writeFileSync(path, '{"do":"add","device":"nellcor"}\n{"do":"wait","for":"50 ms"}\n');
    const lab = start('--script', path);
    await lab.ended;
    expect(lab.ofKind('done').map(({ line }) => line)).toEqual([1, 2]);
  });

  it('ends at the first line that is refused: one line that names it, exit 1', async () => {
    const path = join(folder, 'drive.ndjson');
    writeFileSync(path, '{"do":"add","device":"toaster"}\n{"do":"state"}\n');
    const lab = start('--script', path);
    await expect(lab.ended).rejects.toMatchObject({
      exitCode: 1,
      message: expect.stringMatching(/drive\.ndjson, line 1: device: "toaster" has no simulator/),
    });
    expect(lab.ofKind('done')).toEqual([]);
  });

  it('that cannot be read: one line, exit 1', async () => {
    const lab = start('--script', join(folder, 'none.ndjson'));
    await expect(lab.ended).rejects.toMatchObject({
      exitCode: 1,
      message: expect.stringMatching(/none\.ndjson/),
    });
  });
});
