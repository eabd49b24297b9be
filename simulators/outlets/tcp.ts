/** A TCP listener, like a serial-to-Ethernet server: who connects gets the line, from that moment on. */
import { createServer, type Server, type Socket } from 'node:net';
import { createInbox, messageOf, type Outlet, OutletError, systemErrorCode } from './outlet.ts';

/** A client that takes no bytes is disconnected when this many wait for it. */
const BACKLOG_BYTES_MAX = 262_144;

/** An open TCP outlet; `port` is the real one where 0 was asked for. */
export interface TcpOutlet extends Outlet {
  readonly port: number;
}

/** Listens on host and port (0: a free one). Rejects with `OutletError` when it cannot. */
export const openTcpOutlet = async (host: string, port: number): Promise<TcpOutlet> => {
  const clients = new Set<Socket>();
  const inbox = createInbox();
  let failed: string | null = null;

  const server = createServer((socket) => {
    socket.setNoDelay(true);
    clients.add(socket);
    socket.on('data', (bytes) => inbox.push(bytes));
    // A client that goes, in whatever way, is no error of the monitor's: 'close' follows and it is forgotten.
    socket.on('error', () => socket.destroy());
    socket.on('close', () => clients.delete(socket));
  });
  const realPort = await listening(server, host, port);
  server.on('error', (error) => {
    failed = `${host}:${realPort}: ${error.message}`;
  });

  return {
    port: realPort,
    address: `${host.includes(':') ? `[${host}]` : host}:${realPort}`,
    write: (bytes) => {
      for (const socket of clients) {
        if (socket.writableLength > BACKLOG_BYTES_MAX) socket.destroy();
        else socket.write(bytes);
      }
    },
    read: inbox.take,
    failure: () => failed,
    hostCount: () => clients.size,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of clients) socket.destroy();
      }),
  };
};

const listening = (server: Server, host: string, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', (error) => reject(new OutletError(explain(error, host, port))));
    server.listen(port, host, () => {
      server.removeAllListeners('error');
      const address = server.address();
      if (address === null || typeof address === 'string') {
        reject(new OutletError(`${host}:${port}: the system gave no port`));
      } else resolve(address.port);
    });
  });

const explain = (error: unknown, host: string, port: number): string => {
  const reason = {
    EADDRINUSE: 'is already in use: choose another port, or end the program that holds it',
    EACCES: 'is not allowed for this user: choose a port above 1023',
    EADDRNOTAVAIL: 'is not an address of this computer',
    ENOTFOUND: 'is not a host this computer knows',
  }[systemErrorCode(error)];
  return reason === undefined ? `${host}:${port}: ${messageOf(error)}` : `${host}:${port} ${reason}`;
};
