/** A capture whose program is killed: what was on the line half a second before is in the file, whole. */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, vi } from 'vitest';
import { type CaptureItem, captureReader } from '../../core/capture/format.ts';

const MAIN = fileURLToPath(new URL('../../app/cli/main.ts', import.meta.url));

const read = async (path: string): Promise<readonly CaptureItem[]> => {
  const reader = captureReader();
  return [...reader.push(await readFile(path, 'latin1')), ...reader.end()];
};
const heard = (items: readonly CaptureItem[]): string =>
  items
    .flatMap((item) => (item.kind === 'record' && item.record.kind === 'rx' ? [item.record.bytes] : []))
    .map((bytes) => Buffer.from(bytes).toString('latin1'))
    .join('');

it('a killed capture keeps every whole record, and at most its last line is torn', {
  timeout: 60_000,
}, async ({ onTestFinished }) => {
  const folder = await mkdtemp(join(tmpdir(), 'capture-kill-'));
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    sockets.push(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const path = join(folder, 'bed.cap');
  const program = spawn(
    process.execPath,
    [MAIN, ...['capture', '--device', 'nellcor', '--tcp', `127.0.0.1:${port}`, '--out', path]],
    { stdio: 'ignore' },
  );
  onTestFinished(async () => {
    program.kill('SIGKILL');
    for (const socket of sockets) socket.destroy();
    server.close();
    await rm(folder, { recursive: true, force: true });
  });
  await vi.waitFor(() => expect(sockets).toHaveLength(1), { timeout: 30_000, interval: 50 });
  let said = '';
  const say = (text: string): void => {
    said += text;
    sockets[0]?.write(text);
  };
  for (let n = 0; n < 50; n += 1) say(`line ${n}\r\n`);
  const before = said;
  await vi.waitFor(async () => expect(heard(await read(path))).toBe(before), {
    timeout: 20_000,
    interval: 50,
  });
  // More comes while it dies.
  for (let n = 0; n < 50; n += 1) say(`late ${n}\r\n`);
  const ended = new Promise((resolve) => program.once('exit', resolve));
  program.kill('SIGKILL');
  await ended;
  const items = await read(path);
  expect(said.startsWith(heard(items))).toBe(true);
  expect(heard(items).startsWith(before)).toBe(true);
  const damaged = items.flatMap((item, index) => (item.kind === 'damaged' ? [index] : []));
  expect(damaged.every((index) => index === items.length - 1)).toBe(true);
});
