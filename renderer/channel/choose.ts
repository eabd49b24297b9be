/** Picks the carrier: the desktop's ports where the preload is there, else a WebSocket to the own origin. */
import type { ChannelSource } from './channel-source.ts';
import { type DesktopHost, messagePortSource } from './message-port.ts';
import { apiUrl, websocketSource } from './websocket.ts';

declare global {
  interface Window {
    readonly chairsideHost?: DesktopHost;
  }
}

/** The source of channels for this window. */
export const chooseSource = (page: Window): ChannelSource =>
  page.chairsideHost === undefined
    ? websocketSource(() => new WebSocket(apiUrl(page.location)))
    : messagePortSource(page, page.chairsideHost);
