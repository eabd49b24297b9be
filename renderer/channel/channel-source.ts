/**
 * Where channels to the station come from. A channel is one line and dies once; a source opens the first one
 * and, for as long as it runs, another after each loss. The window does not know which carrier it has.
 */
import type { Channel } from '../../core/api/envelope.ts';

export interface ChannelSource {
  /** Starts; calls `onChannel` for each line that is open. Returns the function that stops and closes. */
  start(onChannel: (channel: Channel) => void): () => void;
}

/** What wakes somebody later; a test passes its own. Returns the function that cancels. */
export type Schedule = (callback: () => void, delayMs: number) => () => void;

/** `setTimeout` of the window. */
export const windowSchedule: Schedule = (callback, delayMs) => {
  const timer = setTimeout(callback, delayMs);
  return () => clearTimeout(timer);
};

/** A list of things to tell once or many times, with removal. */
export interface Listeners<T> {
  add(listener: (value: T) => void): () => void;
  tell(value: T): void;
}

/** An empty list of listeners. */
export const createListeners = <T>(): Listeners<T> => {
  const all = new Set<(value: T) => void>();
  return {
    add(listener) {
      all.add(listener);
      return () => all.delete(listener);
    },
    tell(value) {
      for (const listener of [...all]) listener(value);
    },
  };
};
