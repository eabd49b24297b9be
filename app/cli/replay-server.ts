/** A listening socket that behaves like the serial-to-Ethernet server of a recorded monitor. */
import { createServer, type Server, type Socket } from 'node:net';
import type { Address } from '../../devices/transport/address.ts';
import { addressLabel } from '../../devices/transport/line-settings.ts';
import type { RecordingEvent } from '../recording.ts';
import { CliError, type CliIo, lineWriter, say } from './io.ts';

/**
 * Listens at `address`, waits for the first client, then sends it (and all who come later) the bytes of the
 * recording. Resolves when the recording has ended and everything was handed on, or when asked to stop.
 * @throws CliError 1 when the address cannot be listened at.
 */
export const serveLine = async (
  address: Address,
  events: () => AsyncIterable<RecordingEvent>,
  io: CliIo,
): Promise<void> => {
  const clients = new Set<Socket>();
  let greet: () => void = () => undefined;
  const firstClient = new Promise<void>((resolve) => {
    greet = resolve;
  });
  const server = createServer({ noDelay: true }, (socket) => {
    clients.add(socket);
    // What the host asks is read, so that its writes do not block, and not answered.
    socket.resume();
    socket.on('error', () => clients.delete(socket));
    socket.on('close', () => clients.delete(socket));
    greet();
  });
  const port = await listen(server, address);
  io.stopped.addEventListener('abort', () => greet());
  const label = addressLabel(address.host, port);
  const out = lineWriter(io.stdout);
  await out.write([JSON.stringify({ listening: label })]);
  say(io, `${label} plays the recording to whoever connects; waiting for the first client`);

  await firstClient;
  let sentBytes = 0;
  try {
    if (!io.stopped.aborted)
      for await (const event of events()) {
        if (event.type === 'warning') say(io, event.message);
        if (event.type !== 'data') continue;
        sentBytes += event.bytes.length;
        await Promise.all([...clients].map((client) => send(client, event.bytes)));
      }
  } finally {
    await shutDown(server, clients);
  }
  say(io, JSON.stringify({ bytes: sentBytes }));
};

const listen = (server: Server, { host, port }: Address): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const why = error.code === 'EADDRINUSE' ? 'is in use already' : `cannot be listened at (${error.code})`;
      reject(new CliError(1, `${addressLabel(host, port)} ${why}`));
    });
    server.listen({ host, port }, () => {
      const bound = server.address();
      resolve(typeof bound === 'object' && bound !== null ? bound.port : port);
    });
  });

/** Sends with back-pressure. A client that leaves meanwhile is not waited for. */
const send = (client: Socket, bytes: Uint8Array): Promise<void> =>
  new Promise((resolve) => {
    if (client.destroyed || client.write(bytes)) {
      resolve();
      return;
    }
    const go = () => {
      client.off('drain', go);
      client.off('close', go);
      resolve();
    };
    client.on('drain', go);
    client.on('close', go);
  });

const shutDown = async (server: Server, clients: ReadonlySet<Socket>): Promise<void> => {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  await Promise.all(
    [...clients].map((client) => new Promise<void>((resolve) => client.end(() => resolve()))),
  );
  for (const client of clients) client.destroy();
  await closed;
};
