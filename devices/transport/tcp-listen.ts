/**
 * A TCP port that a monitor connects to. One monitor at a time: a second one is turned away at once and named in a
 * notice, because its numbers would be another patient's. The life of the transport is the life of one connection;
 * between two, the device session opens it again.
 */
import { createServer, type Server, type Socket } from 'node:net';
import { lifecycle, notOpen } from './lifecycle.ts';
import { addressLabel } from './line-settings.ts';
import type { ReadClock, Transport, TransportError, TransportErrorCode } from './transport.ts';

/** Idle time before the system starts to probe whether the other side still exists (ms). */
const KEEP_ALIVE_AFTER_MS = 5_000;

const LISTEN_FAILURES: Readonly<
  Record<string, { readonly code: TransportErrorCode; readonly says: string }>
> = {
  EADDRINUSE: {
    code: 'busy',
    says: 'is already in use: choose another port, or end the program that holds it',
  },
  EACCES: { code: 'denied', says: 'may not be listened on by this user: choose a port above 1023' },
  EADDRNOTAVAIL: { code: 'not-found', says: 'is not an address of this computer' },
  ENOTFOUND: { code: 'not-found', says: 'is not an address of this computer' },
};

const explainListen = (address: string, error: NodeJS.ErrnoException): TransportError => {
  const known = LISTEN_FAILURES[error.code ?? ''];
  if (known !== undefined) return { code: known.code, message: `${address} ${known.says}` };
  return { code: 'io', message: `${address}: ${error.message || error.code || 'listening failed'}` };
};

/** The transport, and the port it listens on (where 0 was asked for). */
export interface TcpListenTransport extends Transport {
  /** The real port once it listens; null before and after. */
  readonly port: () => number | null;
}

/**
 * Listens on `host`:`port` until a monitor connects, which is `open`. Errors: `busy` (port in use), `denied`, `not-found`
 * (no address of this computer), `io`; `lost` when the monitor ends its connection.
 */
export const tcpListenTransport = (host: string, port: number, readClock: ReadClock): TcpListenTransport => {
  const label = addressLabel(host, port);
  const life = lifecycle(label);
  let server: Server | null = null;
  let client: Socket | null = null;

  const release = (): void => {
    client?.destroy();
    server?.close();
  };
  const fail = (cause: TransportError): void => {
    release();
    life.closed(cause);
  };

  const serve = (socket: Socket): void => {
    const who = addressLabel(socket.remoteAddress ?? 'an unknown address', socket.remotePort ?? 0);
    if (client !== null || life.phase() !== 'opening') {
      socket.destroy();
      life.notice(`${who} also wanted to connect to ${label} and was refused: one monitor at a time.`);
      return;
    }
    client = socket;
    const lose = (detail: string): void =>
      fail({ code: 'lost', message: `The monitor at ${who} ended the connection${detail}` });
    socket.setNoDelay(true);
    socket.setKeepAlive(true, KEEP_ALIVE_AFTER_MS);
    socket.on('data', (bytes) => life.data(Uint8Array.from(bytes), readClock()));
    socket.on('end', () => lose(''));
    socket.on('error', (error: NodeJS.ErrnoException) => lose(` (${error.code ?? error.message})`));
    socket.on('close', () => lose(''));
    life.opened();
  };

  return {
    label,
    isCalled: true,
    port: () => {
      const address = server?.listening === true ? server.address() : null;
      return address === null || typeof address === 'string' ? null : address.port;
    },
    open(listener) {
      life.begin(listener);
      const made = createServer(serve);
      server = made;
      made.on('error', (error: NodeJS.ErrnoException) => fail(explainListen(label, error)));
      made.listen({ host, port, exclusive: true }, () =>
        life.notice(`Waiting on ${label} for the monitor to connect.`),
      );
    },
    write(bytes) {
      return new Promise((resolve, reject) => {
        if (life.phase() !== 'open' || client === null) reject(notOpen(label));
        else client.write(Buffer.from(bytes), (error) => (error ? reject(error) : resolve()));
      });
    },
    async close() {
      const made = server;
      life.closed(null);
      if (made === null) return;
      await new Promise<void>((resolve) => {
        // Resolves also when it never listened: the error says only that.
        made.close(() => resolve());
        client?.destroy();
      });
    },
  };
};
