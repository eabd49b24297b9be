/** A connection that the monitor itself opens to a listening host, and opens again for ever, as networked monitors do. */
import { connect, type Socket } from 'node:net';
import { createInbox, type Outlet } from './outlet.ts';

/** Pause between two attempts (ms); our choice. */
const RETRY_AFTER_MS = 500;
/** A host that takes no bytes is disconnected when this many wait for it. */
const BACKLOG_BYTES_MAX = 262_144;

/** Connects to host and port in the background. Bytes for a host that is not there are lost. */
export const openTcpClientOutlet = (host: string, port: number): Outlet => {
  const inbox = createInbox();
  let socket: Socket | null = null;
  let isConnected = false;
  let retry: NodeJS.Timeout | null = null;
  let isClosed = false;

  const open = (): void => {
    retry = null;
    const made = connect({ host, port, noDelay: true });
    socket = made;
    made.on('connect', () => {
      isConnected = true;
    });
    made.on('data', (bytes) => inbox.push(bytes));
    // Whatever went wrong: 'close' follows, and the monitor tries again.
    made.on('error', () => made.destroy());
    made.on('end', () => made.destroy());
    made.on('close', () => {
      isConnected = false;
      if (!isClosed) retry = setTimeout(open, RETRY_AFTER_MS);
    });
  };
  open();

  return {
    address: `${host.includes(':') ? `[${host}]` : host}:${port}`,
    write: (bytes) => {
      if (socket === null || !isConnected) return;
      if (socket.writableLength > BACKLOG_BYTES_MAX) socket.destroy();
      else socket.write(bytes);
    },
    read: inbox.take,
    failure: () => null,
    hostCount: () => (isConnected ? 1 : 0),
    close: async () => {
      isClosed = true;
      if (retry !== null) clearTimeout(retry);
      const made = socket;
      if (made === null || made.closed) return;
      await new Promise<void>((resolve) => {
        made.once('close', () => resolve());
        made.destroy();
      });
    },
  };
};
