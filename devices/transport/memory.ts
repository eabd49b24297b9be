/** A transport without a line, for tests: the test is the monitor. Everything happens at once, synchronously. */
import type { Instant } from '../../core/time.ts';
import { lifecycle, notOpen } from './lifecycle.ts';
import type { Transport, TransportError } from './transport.ts';

export interface MemoryTransport extends Transport {
  /** Everything that was written so far, one entry a call. */
  readonly written: readonly Uint8Array[];
  /** Where it is in its life. */
  readonly phase: () => 'idle' | 'opening' | 'open' | 'closed';
  /** Lets a `manual` transport open. */
  accept(): void;
  /** The monitor sends bytes, which arrive at `at`. */
  feed(bytes: Uint8Array, at: Instant): void;
  /** Bytes are given up before they reached the driver. */
  drop(byteCount: number, at: Instant): void;
  /** Tells people something about the line. */
  notify(message: string): void;
  /** The line cannot be opened, or breaks. */
  fail(cause: TransportError): void;
  /** The line ends without an error, as a recording does. */
  finish(): void;
  /** From now on `write` rejects with this error; null: it works again. */
  refuseWrites(error: Error | null): void;
}

/**
 * A line held in memory.
 * @param opening `at-once` (default): `open()` reports `open` before it returns; `manual`: `accept()` or `fail()`
 *   does; an error: `open()` reports `closed` with it.
 */
export const memoryTransport = (
  label = 'memory',
  opening: 'at-once' | 'manual' | TransportError = 'at-once',
): MemoryTransport => {
  const life = lifecycle(label);
  const written: Uint8Array[] = [];
  let refusal: Error | null = null;
  return {
    label,
    written,
    phase: life.phase,
    open(listener) {
      life.begin(listener);
      if (opening === 'at-once') life.opened();
      else if (opening !== 'manual') life.closed(opening);
    },
    async write(bytes) {
      if (life.phase() !== 'open') throw notOpen(label);
      if (refusal !== null) throw refusal;
      written.push(Uint8Array.from(bytes));
    },
    async close() {
      life.closed(null);
    },
    accept: life.opened,
    feed: life.data,
    drop: life.dropped,
    notify: life.notice,
    fail: (cause) => life.closed(cause),
    finish: () => life.closed(null),
    refuseWrites(error) {
      refusal = error;
    },
  };
};
