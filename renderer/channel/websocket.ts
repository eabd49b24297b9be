/**
 * The browser's carrier: one WebSocket to `/api` of the page's own origin, opened again with growing pauses
 * for as long as the window lives.
 */
import type { Channel, Envelope } from '../../core/api/envelope.ts';
import { type ChannelSource, createListeners, type Schedule, windowSchedule } from './channel-source.ts';

/** Pause before try n (ms): quick at first, because a restarting station is back within seconds. */
export const BACK_OFF_MS = [250, 500, 1_000, 2_000, 3_000] as const;
const LONGEST_BACK_OFF_MS = 3_000;
/** A line that neither opens nor fails in this time is given up (ms). */
const OPEN_TIMEOUT_MS = 5_000;

/** Pause before the next try after `failures` tries in a row that failed (ms). */
export const backOffMs = (failures: number): number => BACK_OFF_MS[failures] ?? LONGEST_BACK_OFF_MS;

/** The station's address for a page, e.g. `ws://127.0.0.1:4321/api`; the page's query travels along (token). */
export const apiUrl = (page: { readonly protocol: string; readonly host: string; readonly search: string }) =>
  `${page.protocol === 'https:' ? 'wss' : 'ws'}://${page.host}/api${page.search}`;

/** Channels over WebSocket. `open` makes a socket (tests pass a fake). */
export const websocketSource = (
  open: () => WebSocket,
  schedule: Schedule = windowSchedule,
): ChannelSource => ({
  start(onChannel) {
    let failures = 0;
    let stopped = false;
    let cancel: () => void = () => undefined;
    let socket: WebSocket | null = null;

    const connect = () => {
      const current = open();
      socket = current;
      const closed = createListeners<void>();
      let isOver = false;
      const over = () => {
        if (isOver) return;
        isOver = true;
        cancel();
        closed.tell();
        current.close();
        if (stopped) return;
        cancel = schedule(connect, backOffMs(failures));
        failures += 1;
      };
      cancel = schedule(over, OPEN_TIMEOUT_MS);
      current.addEventListener('open', () => {
        if (isOver) return;
        cancel();
        failures = 0;
        onChannel(socketChannel(current, closed.add, over));
      });
      current.addEventListener('close', over);
      current.addEventListener('error', over);
    };
    connect();
    return () => {
      stopped = true;
      cancel();
      socket?.close();
    };
  },
});

const socketChannel = (
  socket: WebSocket,
  onClosed: (listener: () => void) => () => void,
  over: () => void,
): Channel => ({
  post(envelope: Envelope) {
    socket.send(JSON.stringify(envelope));
  },
  listen(onEnvelope) {
    const receive = (event: MessageEvent) => {
      const envelope = parse(event.data);
      // A line that carries anything but JSON is not the station's: drop it and start again.
      if (envelope === undefined) over();
      else onEnvelope(envelope);
    };
    socket.addEventListener('message', receive);
    return () => socket.removeEventListener('message', receive);
  },
  onClosed,
  close: over,
});

const parse = (data: unknown): unknown => {
  if (typeof data !== 'string') return undefined;
  try {
    const value: unknown = JSON.parse(data);
    return value;
  } catch {
    return undefined;
  }
};
