/** The station's end of a browser's line: a window that is slow or strange holds nobody up. */
import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import type { Envelope } from '../../core/api/envelope.ts';
import { MAX_BACKLOG_BYTES, webSocketChannel } from '../../server/websocket-channel.ts';

const setup = () => {
  const sent: string[] = [];
  const ended: string[] = [];
  const socket = Object.assign(new EventEmitter(), {
    OPEN: 1,
    readyState: 1,
    bufferedAmount: 0,
    send: (text: string) => {
      sent.push(text);
    },
    terminate: () => {
      ended.push('terminated');
    },
    close: (code: number) => {
      ended.push(`closed ${code}`);
    },
  });
  // Only what the channel uses of a WebSocket.
  return { socket, sent, ended, channel: webSocketChannel(socket as unknown as WebSocket) };
};

const PUSH: Envelope = { kind: 'push', sequence: 1, topic: 'heartbeat', payload: {} };

describe('a window over a WebSocket', () => {
  it('gets envelopes as JSON while it takes them', () => {
    const { channel, socket, sent, ended } = setup();
    socket.bufferedAmount = MAX_BACKLOG_BYTES;
    channel.post(PUSH);
    expect(sent.map((text) => JSON.parse(text))).toEqual([PUSH]);
    expect(ended).toEqual([]);
  });

  it('gets what every other window gets, under its own sequence number', () => {
    const [first, second] = [setup(), setup()];
    const payload = { fault: 'a "quoted" reason', list: [1, null, { deep: true }] };
    const push = (sequence: number, of: unknown): Envelope => ({
      kind: 'push',
      sequence,
      topic: 'storage',
      payload: of,
    });
    const mine = [push(7, payload), push(8, { fault: null }), push(9, payload), push(10, null)];
    for (const envelope of mine) {
      first.channel.post(envelope);
      second.channel.post({ ...envelope, ...(envelope.kind === 'push' ? { sequence: 1 } : {}) });
    }
    expect(first.sent).toEqual(mine.map((envelope) => JSON.stringify(envelope)));
    expect(second.sent.map((text) => JSON.parse(text))).toEqual(mine.map((one) => ({ ...one, sequence: 1 })));
  });

  it('that takes nothing any more is cut off instead of filling the station’s memory with old numbers', () => {
    const { channel, socket, sent, ended } = setup();
    socket.bufferedAmount = MAX_BACKLOG_BYTES + 1;
    channel.post(PUSH);
    expect(sent).toEqual([]);
    expect(ended).toEqual(['terminated']);
  });

  it('that has gone is not written to', () => {
    const { channel, socket, sent } = setup();
    socket.readyState = 3;
    channel.post(PUSH);
    expect(sent).toEqual([]);
  });

  it('that says what is no JSON is heard no further', () => {
    const { channel, socket, ended } = setup();
    const heard: unknown[] = [];
    channel.listen((envelope) => {
      heard.push(envelope);
    });
    socket.emit('message', Buffer.from('{"kind":"call"'), false);
    expect(heard).toEqual([]);
    expect(ended).toEqual(['closed 1007']);
  });
});
