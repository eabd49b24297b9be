import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { tcpListenTransport } from '../../../devices/transport/tcp-listen.ts';
import { ascii, countingClock, watch } from './observe.ts';

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

const listening = async (port = 0) => {
  const transport = tcpListenTransport('127.0.0.1', port, countingClock());
  undo.push(() => transport.close());
  const watched = watch(transport);
  await watched.next('notice');
  return { transport, watched, port: transport.port() ?? 0 };
};

const monitor = async (port: number): Promise<Socket> => {
  const socket = connect(port, '127.0.0.1');
  undo.push(() => socket.destroy());
  await once(socket, 'connect');
  return socket;
};

describe('a port that monitors connect to', () => {
  it('says that it waits, opens when a monitor connects, and carries bytes both ways', async () => {
    const { transport, watched, port } = await listening();
    expect(watched.events).toEqual([
      { type: 'notice', message: 'Waiting on 127.0.0.1:0 for the monitor to connect.' },
    ]);
    const socket = await monitor(port);
    await watched.next('open');
    socket.write('hello');
    expect(await watched.bytes(5)).toEqual(ascii('hello'));
    const heard = once(socket, 'data');
    await transport.write(ascii('answer'));
    expect(String((await heard)[0])).toBe('answer');
  });

  it('turns a second monitor away and says so, while the first goes on', async () => {
    const { watched, port } = await listening();
    const first = await monitor(port);
    await watched.next('open');
    const second = connect(port, '127.0.0.1');
    undo.push(() => second.destroy());
    second.write('numbers of another patient');
    second.on('error', () => undefined);
    await once(second, 'close');
    first.write('mine');
    expect(await watched.bytes(4)).toEqual(ascii('mine'));
    const notices = watched.events.flatMap((event) => (event.type === 'notice' ? [event.message] : []));
    expect(notices[1]).toMatch(
      /^127\.0\.0\.1:\d+ also wanted to connect .* was refused: one monitor at a time\.$/,
    );
  });

  it('ends when the monitor goes, in one line that names it, and the port is free again', async () => {
    const { watched, port } = await listening();
    (await monitor(port)).end();
    expect(await watched.next('closed')).toMatchObject({
      cause: {
        code: 'lost',
        message: expect.stringMatching(/^The monitor at 127\.0\.0\.1:\d+ ended the connection$/),
      },
    });
    const again = await listening(port);
    await monitor(port);
    await again.watched.next('open');
  });

  it('that is in use is one clear line', async () => {
    const { port } = await listening();
    const second = watch(tcpListenTransport('127.0.0.1', port, countingClock()));
    expect(await second.next('closed')).toEqual({
      type: 'closed',
      cause: {
        code: 'busy',
        message: `127.0.0.1:${port} is already in use: choose another port, or end the program that holds it`,
      },
    });
  });

  it('on an address that is not ours is one clear line', async () => {
    const watched = watch(tcpListenTransport('192.0.2.1', 2575, countingClock()));
    expect(await watched.next('closed')).toMatchObject({
      cause: { code: 'not-found', message: '192.0.2.1:2575 is not an address of this computer' },
    });
  });

  it('closes while it waits, and while a monitor is connected, and says nothing after it', async () => {
    const waiting = await listening();
    await waiting.transport.close();
    expect(waiting.watched.events.at(-1)).toEqual({ type: 'closed', cause: null });
    await expect(waiting.transport.write(ascii('x'))).rejects.toThrow('is not open');

    const { transport, watched, port } = await listening();
    const socket = await monitor(port);
    await watched.next('open');
    const gone = once(socket, 'close');
    await transport.close();
    await gone;
    expect(watched.events.at(-1)).toEqual({ type: 'closed', cause: null });
    await transport.close();
  });
});
