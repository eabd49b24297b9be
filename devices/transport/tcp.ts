/**
 * A TCP connection to a serial-to-Ethernet server or a simulator. The server owns the line settings; here are
 * only bytes.
 */
import { connect, type Socket } from 'node:net';
import { lifecycle, notOpen } from './lifecycle.ts';
import { addressLabel } from './line-settings.ts';
import type { ReadClock, Transport, TransportError, TransportErrorCode } from './transport.ts';

/** How long a server may take to accept (ms); our choice: a wrong address should show while one watches. */
export const CONNECT_TIMEOUT_MS = 5_000;
/** Idle time before the system starts to probe whether the other side still exists (ms). */
const KEEP_ALIVE_AFTER_MS = 5_000;

interface Explanation {
  readonly code: TransportErrorCode;
  /** Completes the sentence that begins with the address. */
  readonly says: string;
}

const NO_ANSWER: Explanation = {
  code: 'not-found',
  says: 'does not answer; is it switched on and on this network?',
};

const CONNECT_FAILURES: Readonly<Record<string, Explanation>> = {
  ECONNREFUSED: {
    code: 'refused',
    says: 'refused the connection; is the port number right and the server running?',
  },
  ENOTFOUND: { code: 'not-found', says: 'is not a known host name' },
  EAI_AGAIN: { code: 'not-found', says: 'could not be looked up; is the network up?' },
  ETIMEDOUT: NO_ANSWER,
  EHOSTUNREACH: NO_ANSWER,
  EHOSTDOWN: NO_ANSWER,
  ENETUNREACH: { code: 'not-found', says: 'cannot be reached: no network leads there' },
  EACCES: {
    code: 'denied',
    says: 'may not be connected to: a firewall or policy of this computer forbids it',
  },
  EPERM: {
    code: 'denied',
    says: 'may not be connected to: a firewall or policy of this computer forbids it',
  },
};

const explainConnect = (address: string, error: NodeJS.ErrnoException): TransportError => {
  const known = CONNECT_FAILURES[error.code ?? ''];
  if (known !== undefined) return { code: known.code, message: `${address} ${known.says}` };
  return { code: 'io', message: `${address}: ${error.message || error.code || 'connecting failed'}` };
};

/**
 * A connection to `host`:`port`. Errors: `refused`, `not-found` (no such name, no answer within
 * `connectTimeoutMs`), `denied`, `io` on connecting; `lost` when an open connection ends, also by a half close.
 */
export const tcpTransport = (
  host: string,
  port: number,
  readClock: ReadClock,
  { connectTimeoutMs = CONNECT_TIMEOUT_MS }: { readonly connectTimeoutMs?: number } = {},
): Transport => {
  const label = addressLabel(host, port);
  const life = lifecycle(label);
  let socket: Socket | null = null;

  const fail = (cause: TransportError) => {
    socket?.destroy();
    life.closed(cause);
  };
  const lose = (detail: string) => fail({ code: 'lost', message: `${label} ended the connection${detail}` });

  return {
    label,
    open(listener) {
      life.begin(listener);
      const made = connect({
        host,
        port,
        noDelay: true,
        keepAlive: true,
        keepAliveInitialDelay: KEEP_ALIVE_AFTER_MS,
      });
      socket = made;
      made.setTimeout(connectTimeoutMs);
      made.on('timeout', () => fail({ code: NO_ANSWER.code, message: `${label} ${NO_ANSWER.says}` }));
      made.on('connect', () => {
        // Silence of an open line is judged by the device session, which knows how quiet a family may be.
        made.setTimeout(0);
        life.opened();
      });
      made.on('data', (bytes) => life.data(Uint8Array.from(bytes), readClock()));
      made.on('end', () => lose(''));
      made.on('error', (error: NodeJS.ErrnoException) => {
        if (life.phase() === 'opening') fail(explainConnect(label, error));
        else lose(` (${error.code ?? error.message})`);
      });
      made.on('close', () => lose(''));
    },
    write(bytes) {
      return new Promise((resolve, reject) => {
        if (life.phase() !== 'open' || socket === null) reject(notOpen(label));
        else socket.write(Buffer.from(bytes), (error) => (error ? reject(error) : resolve()));
      });
    },
    async close() {
      const made = socket;
      if (made !== null && !made.closed) {
        await new Promise<void>((resolve) => {
          life.closed(null);
          made.once('close', () => resolve());
          made.destroy();
        });
      }
      life.closed(null);
    },
  };
};
