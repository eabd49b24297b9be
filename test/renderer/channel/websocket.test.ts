import { describe, expect, it } from 'vitest';
import type { Channel } from '../../../core/api/envelope.ts';
import { apiUrl, backOffMs, websocketSource } from '../../../renderer/channel/websocket.ts';

/** A socket that the test opens, feeds and breaks. */
class FakeSocket extends EventTarget {
  readonly sent: string[] = [];
  isClosed = false;
  send(text: string) {
    this.sent.push(text);
  }
  close() {
    if (this.isClosed) return;
    this.isClosed = true;
    this.dispatchEvent(new Event('close'));
  }
  open() {
    this.dispatchEvent(new Event('open'));
  }
  receive(data: unknown) {
    this.dispatchEvent(new MessageEvent('message', { data }));
  }
}

const setUp = () => {
  const sockets: FakeSocket[] = [];
  const waits: { readonly callback: () => void; readonly delayMs: number }[] = [];
  const channels: Channel[] = [];
  const source = websocketSource(
    () => {
      const socket = new FakeSocket();
      sockets.push(socket);
      // The part of WebSocket that the source uses.
      return socket as unknown as WebSocket;
    },
    (callback, delayMs) => {
      const wait = { callback, delayMs };
      waits.push(wait);
      return () => {
        const index = waits.indexOf(wait);
        if (index >= 0) waits.splice(index, 1);
      };
    },
  );
  const stop = source.start((channel) => channels.push(channel));
  const socket = () => {
    const last = sockets.at(-1);
    if (last === undefined) throw new Error('no socket yet');
    return last;
  };
  return { sockets, waits, channels, stop, socket };
};

describe('the channel over a WebSocket', () => {
  it('goes to the page’s own origin, encrypted where the page is', () => {
    expect(apiUrl({ protocol: 'http:', host: '127.0.0.1:4000', search: '' })).toBe('ws://127.0.0.1:4000/api');
    expect(apiUrl({ protocol: 'https:', host: 'clinic', search: '?token=x' })).toBe(
      'wss://clinic/api?token=x',
    );
  });

  it('carries envelopes both ways as JSON', () => {
    const { channels, socket } = setUp();
    socket().open();
    const got: unknown[] = [];
    channels[0]?.listen((envelope) => got.push(envelope));
    channels[0]?.post({ kind: 'call', id: 1, command: 'station.snapshot', params: {} });
    socket().receive('{"kind":"ok","id":1,"result":null}');
    expect(socket().sent).toEqual(['{"kind":"call","id":1,"command":"station.snapshot","params":{}}']);
    expect(got).toEqual([{ kind: 'ok', id: 1, result: null }]);
  });

  it('opens another line after a loss, waiting longer after each failure, and quickly again after a success', () => {
    const { channels, waits, sockets, socket } = setUp();
    const pauses: number[] = [];
    for (let failure = 0; failure < 7; failure += 1) {
      socket().close();
      const wait = waits[0];
      pauses.push(wait?.delayMs ?? Number.NaN);
      waits.length = 0;
      wait?.callback();
    }
    expect(pauses).toEqual([250, 500, 1_000, 2_000, 3_000, 3_000, 3_000]);
    socket().open();
    expect(channels).toHaveLength(1);
    socket().close();
    expect(waits.map(({ delayMs }) => delayMs)).toEqual([backOffMs(0)]);
    expect(sockets).toHaveLength(8);
  });

  it('says once that a line has closed', () => {
    const { channels, socket } = setUp();
    socket().open();
    let closed = 0;
    channels[0]?.onClosed(() => {
      closed += 1;
    });
    socket().close();
    socket().dispatchEvent(new Event('error'));
    expect(closed).toBe(1);
  });

  it('gives up a line that carries no JSON', () => {
    const { channels, socket } = setUp();
    socket().open();
    const got: unknown[] = [];
    channels[0]?.listen((envelope) => got.push(envelope));
    socket().receive('<html>');
    expect(got).toEqual([]);
    expect(socket().isClosed).toBe(true);
  });

  it('gives up a line that neither opens nor fails', () => {
    const { waits, sockets } = setUp();
    expect(waits.map(({ delayMs }) => delayMs)).toEqual([5_000]);
    waits[0]?.callback();
    expect(sockets[0]?.isClosed).toBe(true);
  });

  it('opens nothing more after it was stopped', () => {
    const { stop, waits, sockets } = setUp();
    stop();
    expect(sockets[0]?.isClosed).toBe(true);
    expect(waits).toEqual([]);
  });
});
