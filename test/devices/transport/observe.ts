/** Watching a transport from a test: its events in order, and waiting for the next of a kind. */

import { instant } from '../../../core/time.ts';
import type { ReadClock, Transport, TransportEvent } from '../../../devices/transport/transport.ts';

type EventOf<T extends TransportEvent['type']> = Extract<TransportEvent, { type: T }>;

export interface Watched {
  readonly events: TransportEvent[];
  /** The first event of this kind, come or to come. */
  next<T extends TransportEvent['type']>(type: T): Promise<EventOf<T>>;
  /** Resolves when so many bytes have come. */
  bytes(count: number): Promise<Uint8Array>;
}

/** Opens a transport and watches it. */
export const watch = (transport: Transport): Watched => {
  const events: TransportEvent[] = [];
  let check: (() => void)[] = [];
  const until = <R>(find: () => R | undefined): Promise<R> =>
    new Promise((resolve) => {
      const look = () => {
        const found = find();
        if (found === undefined) return;
        check = check.filter((other) => other !== look);
        resolve(found);
      };
      check.push(look);
      look();
    });
  transport.open((event) => {
    events.push(event);
    for (const look of [...check]) look();
  });
  return {
    events,
    next: <T extends TransportEvent['type']>(type: T) =>
      until(() => events.find((event): event is EventOf<T> => event.type === type)),
    bytes: (count) =>
      until(() => {
        const all = dataOf(events);
        return all.length >= count ? all : undefined;
      }),
  };
};

/** All data bytes of some events, joined. */
export const dataOf = (events: readonly TransportEvent[]): Uint8Array =>
  Uint8Array.from(events.flatMap((event) => (event.type === 'data' ? [...event.bytes] : [])));

/** A clock that counts its readings: the nth reading is n ms after 2026-03-01T14:00:00Z. */
export const countingClock = (): ReadClock => {
  let reading = 0;
  return () => {
    reading += 1;
    return instant(Date.UTC(2026, 2, 1, 14) + reading, reading);
  };
};

/** Bytes of a text, one a character. */
export const ascii = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'latin1'));
