/**
 * A strict listener for HL7 v2 messages, on a real socket: it takes one framed message at a time, keeps each control id
 * once, and misbehaves when told to.
 */

import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';

/** What it does with the next message; `AA` when nothing else was asked for. */
export type MllpBehaviour =
  | 'AA'
  | 'AE'
  | 'AR'
  | 'CA'
  | 'CE'
  | 'CR'
  | 'hang'
  | 'drop-before'
  /** Stores, then closes the line without an answer. */
  | 'drop-after'
  /** Stores, and never answers. */
  | 'store-and-hang'
  | 'wrong-id'
  /** Both acknowledgements at once, in one packet. */
  | 'CA+AA'
  /** Holds the message; the application speaks when the test says so (`speak`). */
  | 'CA, then'
  | 'gibberish'
  /** A frame that is no acknowledgement. */
  | 'no-ack'
  /** A proper acknowledgement, byte by byte, with other bytes before it and LF between its segments. */
  | 'in-pieces'
  /** More bytes than any acknowledgement has, without an end. */
  | 'flood';

export interface MllpReceiver {
  readonly port: number;
  /** MSH-10 → the message, as it first came. */
  readonly stored: ReadonlyMap<string, string>;
  /** Every message that came, also those that were stored before. */
  readonly received: readonly string[];
  /** True while two messages were ever under way at once on a line: a breach of the protocol. */
  readonly sawTwoAtOnce: () => boolean;
  next(...behaviours: readonly MllpBehaviour[]): void;
  /** The application says this of the message that is held, or of the one before it; `wantsAccept`: and wants to be accepted. */
  speak(code: 'AA' | 'AE' | 'AR', of?: 'held' | 'first', wantsAccept?: boolean): void;
  /** Accept acknowledgements that came for acknowledgements. */
  readonly accepted: readonly string[];
  onStored: (() => void) | null;
  close(): Promise<void>;
}

const frame = (text: string): Buffer => Buffer.from(`\x0b${text}\x1c\r`, 'utf8');

/** @param tls a certificate and its key; null: unencrypted. */
export const startMllpReceiver = async (
  tls: { readonly cert: Buffer; readonly key: Buffer } | null = null,
): Promise<MllpReceiver> => {
  const stored = new Map<string, string>();
  const received: string[] = [];
  const queue: MllpBehaviour[] = [];
  const sockets = new Set<Socket>();
  const receiver: { onStored: (() => void) | null } = { onStored: null };
  let sawTwo = false;
  let held: { readonly socket: Socket; readonly ids: string[] } | null = null;
  const accepted: string[] = [];

  const ack = (code: string, to: string, end = '\r', wantsAccept = false): string =>
    [
      `MSH|^~\\&|ENGINE|H|CHAIRSIDE||20260301||ACK^R01^ACK|A${received.length}|P|2.6${wantsAccept ? '|||AL|NE' : ''}`,
      `MSA|${code}|${to}`,
    ]
      .concat(code.endsWith('A') ? [] : ['ERR||PID^1^3|204^Unknown key^HL70357|E||||no such patient'])
      .map((segment) => `${segment}${end}`)
      .join('');

  const answer = (socket: Socket, message: string): void => {
    if (message.includes('\rMSA|CA|')) {
      accepted.push(message);
      return;
    }
    const behaviour = queue.shift() ?? 'AA';
    if (behaviour === 'drop-before') {
      socket.destroy();
      return;
    }
    received.push(message);
    const id = message.split('\r')[0]?.split('|')[9] ?? '';
    if (!['AE', 'AR', 'CE', 'CR', 'hang'].includes(behaviour) && !stored.has(id)) stored.set(id, message);
    receiver.onStored?.();
    switch (behaviour) {
      case 'AA':
      case 'AE':
      case 'AR':
      case 'CA':
      case 'CE':
      case 'CR':
        socket.write(frame(ack(behaviour, id)));
        return;
      case 'CA+AA':
        socket.write(Buffer.concat([frame(ack('CA', id)), frame(ack('AA', id))]));
        return;
      case 'CA, then':
        held = { socket, ids: [...(held?.ids ?? []), id] };
        socket.write(frame(ack('CA', id)));
        return;
      case 'hang':
      case 'store-and-hang':
        return;
      case 'drop-after':
        socket.destroy();
        return;
      case 'wrong-id':
        socket.write(frame(ack('AA', 'SOMEBODYELSE')));
        return;
      case 'gibberish':
        socket.write('HTTP/1.1 400 Bad Request\r\n\r\n');
        return;
      case 'no-ack':
        socket.write(frame('MSH|^~\\&|ENGINE|||||ADT^A01|1|P|2.6\r'));
        return;
      case 'in-pieces':
        for (const byte of Buffer.concat([Buffer.from('\r\n'), frame(ack('AA', id, '\n'))])) {
          socket.write(Buffer.from([byte]));
        }
        return;
      case 'flood':
        socket.write(Buffer.alloc(200_000, 'x'));
        return;
      default:
        behaviour satisfies never;
    }
  };

  const serve = (socket: Socket): void => {
    sockets.add(socket);
    let bytes = Buffer.alloc(0);
    socket.setNoDelay(true);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
    socket.on('data', (chunk) => {
      bytes = Buffer.concat([bytes, chunk]);
      const end = bytes.indexOf('\x1c\r');
      if (end < 0) return;
      if (bytes[0] !== 0x0b) throw new Error('a frame begins with 0x0b');
      if (bytes.length > end + 2) sawTwo = true;
      const message = bytes.subarray(1, end).toString('utf8');
      bytes = Buffer.from(bytes.subarray(end + 2));
      if (!message.startsWith('MSH|') || !message.endsWith('\r')) throw new Error('not a message');
      answer(socket, message);
    });
  };
  const server = tls === null ? createServer(serve) : createTlsServer(tls, serve);
  const port = await listening(server);
  return {
    port,
    stored,
    received,
    sawTwoAtOnce: () => sawTwo,
    accepted,
    speak: (code, of = 'held', wantsAccept = false) => {
      const id = of === 'held' ? held?.ids.at(-1) : held?.ids[0];
      if (held === null || id === undefined) throw new Error('no message is held');
      held.socket.write(frame(ack(code, id, '\r', wantsAccept)));
    },
    next: (...behaviours) => {
      queue.push(...behaviours);
    },
    get onStored() {
      return receiver.onStored;
    },
    set onStored(act) {
      receiver.onStored = act;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
};

const listening = (server: Server): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
