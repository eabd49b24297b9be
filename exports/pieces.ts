/** Puts a file together piece by piece, so that a station that writes it goes on listening to its monitors. */
import { setImmediate } from 'node:timers/promises';

/** The pieces as bytes of UTF-8, one after the other; other work of the process comes in between. */
export const bytesOf = async (pieces: Iterable<string>): Promise<Uint8Array> => {
  const parts: Buffer[] = [];
  for (const piece of pieces) {
    parts.push(Buffer.from(piece, 'utf8'));
    await setImmediate();
  }
  return Uint8Array.from(Buffer.concat(parts));
};

/** The items in lists of at most `size`. */
export function* inLists<T>(items: Iterable<T>, size: number): Generator<readonly T[]> {
  let list: T[] = [];
  for (const item of items) {
    list.push(item);
    if (list.length === size) {
      yield list;
      list = [];
    }
  }
  if (list.length > 0) yield list;
}
