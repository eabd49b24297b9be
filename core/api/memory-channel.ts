/**
 * Two ends of a line inside one process. Everything passes through JSON text, so that what does not survive
 * a real carrier does not survive here either. Delivery is immediate and in order.
 */
import type { Channel, Envelope } from './envelope.ts';

/** A connected pair: what one end posts, the other hears. Closing either closes both. */
export const memoryChannelPair = (): readonly [Channel, Channel] => {
  const listeners = [new Set<(envelope: unknown) => void>(), new Set<(envelope: unknown) => void>()] as const;
  const closers = [new Set<() => void>(), new Set<() => void>()] as const;
  let open = true;
  const close = (): void => {
    if (!open) return;
    open = false;
    for (const set of closers) for (const onClosed of set) onClosed();
  };
  const end = (own: 0 | 1, other: 0 | 1): Channel => ({
    post: (envelope: Envelope) => {
      if (!open) return;
      const text = JSON.stringify(envelope);
      for (const listener of listeners[other]) listener(JSON.parse(text));
    },
    listen: (listener) => {
      listeners[own].add(listener);
      return () => {
        listeners[own].delete(listener);
      };
    },
    onClosed: (listener) => {
      closers[own].add(listener);
      return () => {
        closers[own].delete(listener);
      };
    },
    close,
  });
  return [end(0, 1), end(1, 0)];
};
