import { describe, expect, it } from 'vitest';
import type { Channel } from '../../../core/api/envelope.ts';
import { messagePortSource } from '../../../renderer/channel/message-port.ts';

const setUp = () => {
  const page = new EventTarget();
  const channels: Channel[] = [];
  let requests = 0;
  const host = {
    kind: 'desktop' as const,
    version: '1',
    requestPort: () => {
      requests += 1;
    },
  };
  // The part of `window` that the source uses; EventTarget's listeners take any event.
  const stop = messagePortSource(page as unknown as Window, host).start((channel) => channels.push(channel));
  const post = (data: unknown, port: MessagePort | null) =>
    page.dispatchEvent(new MessageEvent('message', { data, ports: port === null ? [] : [port] }));
  return { channels, stop, post, requests: () => requests };
};

const next = (port: MessagePort) =>
  new Promise<unknown>((resolve) => {
    port.addEventListener('message', (event) => resolve(event.data), { once: true });
    port.start();
  });

describe('the channel over a MessagePort', () => {
  it('asks the preload for a port and talks over the one it gets', async () => {
    const { channels, post, requests, stop } = setUp();
    expect(requests()).toBe(1);
    const { port1, port2 } = new MessageChannel();
    post({ type: 'chairside-port' }, port1);
    const asked = next(port2);
    channels[0]?.post({ kind: 'call', id: 1, command: 'ports.list', params: {} });
    expect(await asked).toEqual({ kind: 'call', id: 1, command: 'ports.list', params: {} });
    const answer = new Promise((resolve) => channels[0]?.listen(resolve));
    port2.postMessage({ kind: 'ok', id: 1, result: [] });
    expect(await answer).toEqual({ kind: 'ok', id: 1, result: [] });
    stop();
    port2.close();
  });

  it('takes no notice of other messages', () => {
    const { channels, post, stop } = setUp();
    const { port1, port2 } = new MessageChannel();
    post({ type: 'something-else' }, port1);
    post({ type: 'chairside-port' }, null);
    post('chairside-port', port1);
    expect(channels).toEqual([]);
    stop();
    port1.close();
    port2.close();
  });

  it('closes the old line when the station was started again and a new port comes', () => {
    const { channels, post, stop } = setUp();
    const first = new MessageChannel();
    const second = new MessageChannel();
    post({ type: 'chairside-port' }, first.port1);
    let closed = 0;
    channels[0]?.onClosed(() => {
      closed += 1;
    });
    post({ type: 'chairside-port' }, second.port1);
    expect(closed).toBe(1);
    expect(channels).toHaveLength(2);
    stop();
  });
});
