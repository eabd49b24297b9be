/**
 * Host 2: the user interface and the API on 127.0.0.1. It listens on no other address: beyond this machine
 * would need TLS and a sign-in, which this host does not have.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Channel } from '../core/api/envelope.ts';
import { createAccess } from './access.ts';
import { SECURITY_HEADERS, type ServeFile, staticFiles } from './static-files.ts';
import { webSocketChannel } from './websocket-channel.ts';

export interface WebHost {
  /** The link that opens the user interface, with this run's token. */
  readonly url: string;
  readonly token: string;
  readonly port: number;
  close(): Promise<void>;
}

export interface WebHostOptions {
  /** 0 lets the system choose. */
  readonly port: number;
  /** Where the key that signs cookies is kept; null: nowhere, browsers need the link of each run. */
  readonly dataDir: string | null;
  /** Absent: that of the station. */
  readonly cookieName?: string;
  /** Folder of the built renderer. */
  readonly rendererDir: string;
  readonly now: () => number;
  readonly onWindow: (channel: Channel) => void;
}

const LOOPBACK = '127.0.0.1';
/** Calls are small; anything larger is not one of our windows (bytes). */
const MAX_MESSAGE_BYTES = 1024 * 1024;

/** Starts listening. Rejects with the system's error (`EADDRINUSE`, `EACCES`) when it cannot. */
export const startWebHost = async (options: WebHostOptions): Promise<WebHost> => {
  const access = createAccess(options.dataDir, options.cookieName);
  const serveFile = staticFiles(options.rendererDir);
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES });

  const isLetIn = (request: IncomingMessage, url: URL): boolean =>
    access.isKnown(request, options.now()) || access.isToken(url.searchParams.get('token'));

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', `http://${LOOPBACK}`);
    if (!access.isOwnOrigin(request)) return refuse(response, 403, 'This address is not Chairside’s.');
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(response, 405, 'Only GET.');
    if (access.isToken(url.searchParams.get('token'))) {
      response.writeHead(303, {
        ...SECURITY_HEADERS,
        'Set-Cookie': access.cookie(options.now()),
        Location: '/',
      });
      response.end();
      return undefined;
    }
    if (!access.isKnown(request, options.now())) {
      return refuse(response, 401, 'Open Chairside with the link that it printed when it started.');
    }
    return answer(serveFile, url.pathname, response);
  });

  server.on('upgrade', (request, socket, head) => {
    const url = new URL(request.url ?? '/', `http://${LOOPBACK}`);
    if (url.pathname !== '/api' || !access.isOwnOrigin(request) || !isLetIn(request, url)) {
      socket.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (webSocket: WebSocket) => {
      // A broken line also closes; `close` is what counts.
      webSocket.on('error', () => webSocket.terminate());
      options.onWindow(webSocketChannel(webSocket));
    });
  });

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, LOOPBACK, () => {
      server.off('error', reject);
      resolve();
    });
  });
  // A server that listens on a port has an AddressInfo (Node: net.Server.address).
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://${LOOPBACK}:${port}/?token=${access.token}`,
    token: access.token,
    port,
    close: () =>
      new Promise((resolve) => {
        for (const client of sockets.clients) client.terminate();
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
};

const answer = (serveFile: ServeFile, pathname: string, response: ServerResponse): void => {
  if (!serveFile(pathname, response)) refuse(response, 404, 'There is no such page.');
};

const refuse = (response: ServerResponse, status: number, message: string): void => {
  response.writeHead(status, { ...SECURITY_HEADERS, 'Content-Type': 'text/plain; charset=utf-8' });
  response.end(`${message}\n`);
};
