import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { afterEach, expect, it, vi } from 'vitest';
import { openTcpClientOutlet } from '../../../simulators/outlets/tcp-client.ts';

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});
const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text));

const host = async (port = 0) => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  undo.push(() => new Promise((resolve) => server.close(resolve)));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const accept = async (): Promise<Socket> => {
    const [socket] = await once(server, 'connection');
    undo.push(() => socket.destroy());
    return socket;
  };
  return { port: address.port, accept };
};

it('connects to a host that listens, and carries bytes both ways', async () => {
  const { port, accept } = await host();
  const accepted = accept();
  const outlet = openTcpClientOutlet('127.0.0.1', port);
  undo.push(outlet.close);
  expect(outlet.address).toBe(`127.0.0.1:${port}`);
  const socket = await accepted;
  let heard = '';
  socket.on('data', (data: Buffer) => {
    heard += data.toString();
  });
  await vi.waitFor(() => {
    outlet.write(bytes('x'));
    expect(heard).not.toBe('');
  });
  socket.write('answer');
  await vi.waitFor(() => expect(Buffer.from(outlet.read()).toString()).toBe('answer'));
});

it('connects again after the host has gone, for ever, and fails never', async () => {
  const { port, accept } = await host();
  const first = accept();
  const outlet = openTcpClientOutlet('127.0.0.1', port);
  undo.push(outlet.close);
  const second = first.then((socket) => {
    const next = accept();
    socket.destroy();
    return next;
  });
  await second;
  expect(outlet.failure()).toBeNull();
});
