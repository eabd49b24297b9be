/** `detect` on real lines: simulators behind TCP and behind pseudo-terminals. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { registerDetect } from '../../app/cli/detect.ts';
import { registerSimulate } from '../../app/cli/simulate.ts';
import { DEVICE_PROFILES } from '../../devices/index.ts';
import { SIMULATOR_PROFILES } from '../../simulators/index.ts';
import { eventually } from '../support/eventually.ts';
import { cliBench } from './cli-bench.ts';

/** Starts a simulated monitor, which ends with the test; resolves to what it announced. */
const simulate = async (
  onTestFinished: (undo: () => Promise<void>) => void,
  device: string,
  ...outlet: readonly string[]
): Promise<Record<string, unknown>> => {
  const bench = cliBench(registerSimulate);
  const ended = bench.run('simulate', '--device', device, '--scenario', 'steady', ...outlet);
  onTestFinished(async () => {
    bench.stop();
    await ended;
  });
  return eventually(() => {
    const [line = ''] = bench.stdout().split('\n');
    return JSON.parse(line) as Record<string, unknown>;
  });
};

const families = SIMULATOR_PROFILES.map(({ profileId }) => profileId).filter(
  (id) => DEVICE_PROFILES.find((profile) => profile.id === id)?.callsIn !== true,
);

// All at once: each spends its time waiting for a line.
it.concurrent.for(families)(
  'finds a %s behind TCP, and prints which family it is as JSON',
  { timeout: 120_000 },
  async (device, { expect, onTestFinished }) => {
    const { listening } = await simulate(onTestFinished, device, '--tcp', '127.0.0.1:0');
    // With few others: all of them would take their time for each of them.
    const few = DEVICE_PROFILES.filter(({ id }) => [device, 'masimo-ascii', 'nellcor'].includes(id));
    const { run } = cliBench((program, io) => registerDetect(program, io, few));
    const { exitCode, json, stderr } = await run('detect', '--tcp', String(listening));
    expect(json).toMatchObject([{ outcome: 'found', found: { family: device, settings: null } }]);
    expect(exitCode).toBe(0);
    expect(stderr).toContain('on the network line: listening for');
  },
);

it.skipIf(process.platform === 'win32')(
  'finds a monitor on a serial line and its settings',
  async ({ onTestFinished }) => {
    const folder = mkdtempSync(join(tmpdir(), 'detect-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const pty = join(folder, 'line');
    await simulate(onTestFinished, 'masimo-ascii', '--pty', pty);
    const few = DEVICE_PROFILES.filter(({ id }) => ['masimo-ascii', 'nellcor'].includes(id));
    const { run } = cliBench((program, io) => registerDetect(program, io, few));
    const { exitCode, json } = await run('detect', '--serial', pty);
    expect(json).toMatchObject([
      {
        outcome: 'found',
        found: { family: 'masimo-ascii', settings: '9600 8N1', after: 'listening' },
        sent: [],
      },
    ]);
    expect(exitCode).toBe(0);
  },
  90_000,
);

it('a server that says nothing, and one that says nonsense: what came instead, exit 1', async () => {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.write('Welcome to the printer\r\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const { run } = cliBench(registerDetect);
  const { exitCode, json } = await run('detect', '--tcp', `127.0.0.1:${port}`, '--limit', '2');
  server.close();
  expect(json).toMatchObject([{ outcome: 'not-understood', found: null }]);
  expect(exitCode).toBe(1);
});

it('a port that is not there: the reason, exit 1, at once', async () => {
  const { run } = cliBench(registerDetect);
  const missing = join(tmpdir(), 'chairside-no-such-folder', 'none');
  const { exitCode, json } = await run('detect', '--serial', missing);
  expect(json).toMatchObject([{ outcome: 'no-line', words: expect.stringContaining(missing) }]);
  expect(exitCode).toBe(1);
});

it.each([
  ['no line', [], 'give one of --serial PATH or --tcp HOST:PORT'],
  ['two lines', ['--serial', 'x', '--tcp', 'y:1'], 'give one of --serial PATH or --tcp HOST:PORT'],
  ['a limit of 0', ['--tcp', 'y:1', '--limit', '0'], '--limit "0" is not a number above 0'],
])('%s: one line that says what is wrong, exit 2', async (_, args, failure) => {
  const { run } = cliBench(registerDetect);
  expect(await run('detect', ...args)).toMatchObject({ exitCode: 2, failure });
});
