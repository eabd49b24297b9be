import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { addressLabel } from '../../../devices/transport/line-settings.ts';
import { tcpTransport } from '../../../devices/transport/tcp.ts';
import { ascii, countingClock, watch } from './observe.ts';

const servers: Server[] = [];
const sockets: Socket[] = [];

const listen = async (onClient: (socket: Socket) => void = () => undefined): Promise<number> => {
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined);
    onClient(socket);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
};

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await Promise.all(
    servers.splice(0).map((server) => new Promise<void>((resolve) => server.close(() => resolve()))),
  );
});

describe('a TCP line', () => {
  it('carries bytes both ways, stamped as they arrive', async () => {
    const port = await listen((socket) => socket.on('data', (bytes) => socket.write(bytes)));
    const transport = tcpTransport('127.0.0.1', port, countingClock());
    expect(transport.label).toBe(`127.0.0.1:${port}`);
    await expect(transport.write(ascii('early'))).rejects.toThrow('is not open');
    const watched = watch(transport);
    await watched.next('open');
    const all = Uint8Array.from({ length: 256 }, (_, index) => index);
    await transport.write(all);
    expect(await watched.bytes(256)).toEqual(all);
    expect(watched.events[1]).toMatchObject({ type: 'data', at: { mono: 1 } });
    await transport.close();
  });

  it('refused: says so and asks for the port number', async () => {
    const port = await listen();
    await new Promise<void>((resolve) => servers.splice(0)[0]?.close(() => resolve()));
    const watched = watch(tcpTransport('127.0.0.1', port, countingClock()));
    expect((await watched.next('closed')).cause).toEqual({
      code: 'refused',
      message: `127.0.0.1:${port} refused the connection; is the port number right and the server running?`,
    });
    expect(watched.events).toHaveLength(1);
  });

  it('an unknown host name is not found', async () => {
    const watched = watch(tcpTransport('no-such-host.invalid', 4001, countingClock()));
    expect((await watched.next('closed')).cause).toMatchObject({ code: 'not-found' });
  });

  it('gives up on an address that does not answer', async () => {
    // 192.0.2.0/24 is reserved for documentation (RFC 5737): nobody answers, or the system has no way there.
    const watched = watch(tcpTransport('192.0.2.7', 4001, countingClock(), { connectTimeoutMs: 50 }));
    const { cause } = await watched.next('closed');
    expect(cause?.code).toMatch(/not-found|denied|refused|io/);
    expect(cause?.message).toMatch(/^192\.0\.2\.7:4001 /);
    expect(watched.events).toHaveLength(1);
  });

  it.each([
    ['resets', (socket: Socket) => socket.resetAndDestroy()],
    ['ends', (socket: Socket) => socket.end()],
    ['vanishes', (socket: Socket) => socket.destroy()],
  ])('is lost when the server %s', async (_, leave) => {
    const port = await listen((socket) => {
      socket.write('x');
      socket.once('data', () => leave(socket));
    });
    const transport = tcpTransport('127.0.0.1', port, countingClock());
    const watched = watch(transport);
    await watched.bytes(1);
    await transport.write(ascii('go'));
    expect((await watched.next('closed')).cause).toMatchObject({ code: 'lost' });
    await transport.close();
    expect(watched.events.map((event) => event.type)).toEqual(['open', 'data', 'closed']);
    await expect(transport.write(ascii('late'))).rejects.toThrow('is not open');
  });

  it('closes without a cause, once, and says nothing afterwards', async () => {
    const port = await listen((socket) => socket.write('x'.repeat(100_000)));
    const transport = tcpTransport('127.0.0.1', port, countingClock());
    const watched = watch(transport);
    await watched.bytes(1);
    await Promise.all([transport.close(), transport.close()]);
    const count = watched.events.length;
    await new Promise((resolve) => setImmediate(resolve));
    expect(watched.events).toHaveLength(count);
    expect(watched.events.at(-1)).toEqual({ type: 'closed', cause: null });
  });

  it('closed while connecting never reports open', async () => {
    const port = await listen();
    const transport = tcpTransport('127.0.0.1', port, countingClock());
    const watched = watch(transport);
    await transport.close();
    expect(watched.events).toEqual([{ type: 'closed', cause: null }]);
  });

  it('writes an IPv6 address with brackets', () => {
    expect(addressLabel('::1', 4001)).toBe('[::1]:4001');
  });
});
