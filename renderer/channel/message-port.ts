/**
 * The desktop's carrier: MessagePorts that the preload hands to the page. The preload posts
 * `{ type: 'chairside-port' }` with one port after the page has loaded, and again with a new port whenever the
 * station was started again; a new port ends the channel over the old one.
 */
import type { Channel } from '../../core/api/envelope.ts';
import { type ChannelSource, createListeners } from './channel-source.ts';

/** What the preload exposes as `window.chairsideHost`. */
export interface DesktopHost {
  readonly kind: 'desktop';
  readonly version: string;
  /** Asks for a port (again); the answer is a posted message. */
  requestPort(): void;
}

/** The part of `window` that is used here. */
export interface PortWindow {
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
  removeEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
}

/** Channels over the ports that the preload posts into `page`. */
export const messagePortSource = (page: PortWindow, host: DesktopHost): ChannelSource => ({
  start(onChannel) {
    let current: Channel | null = null;
    const receive = (event: MessageEvent) => {
      // Only this window itself (the preload speaks as it) may hand over the station.
      if (event.source !== null && event.source !== page) return;
      const port = event.ports[0];
      if (!isPortMessage(event.data) || port === undefined) return;
      current?.close();
      current = portChannel(port);
      onChannel(current);
    };
    page.addEventListener('message', receive);
    host.requestPort();
    return () => {
      page.removeEventListener('message', receive);
      current?.close();
    };
  },
});

const isPortMessage = (data: unknown): boolean =>
  typeof data === 'object' && data !== null && 'type' in data && data.type === 'chairside-port';

const portChannel = (port: MessagePort): Channel => {
  const closed = createListeners<void>();
  let isOver = false;
  const over = () => {
    if (isOver) return;
    isOver = true;
    port.close();
    closed.tell();
  };
  // Chromium tells the other end of a port when its process has gone.
  port.addEventListener('close', over);
  return {
    post: (envelope) => port.postMessage(envelope),
    listen(onEnvelope) {
      const receive = (event: MessageEvent) => onEnvelope(event.data);
      port.addEventListener('message', receive);
      port.start();
      return () => port.removeEventListener('message', receive);
    },
    onClosed: closed.add,
    close: over,
  };
};
