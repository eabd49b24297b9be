/**
 * The last observations of one chair, outside React: the live trend appends from here without a render. A
 * ring of fixed size per chair; a reader that fell behind further than the ring gets what is still held.
 */
import type { CurrentValue } from '../../core/api/views.ts';

/** What a chart reads: everything after its cursor, and a call whenever there is more. */
export interface SampleSource {
  /** Values that arrived after `cursor` (0 for all that is held), oldest first, and the cursor to ask with next. */
  since(cursor: number): { values: readonly CurrentValue[]; cursor: number };
  /** Calls `onMore` after values were appended; returns the function that stops it. */
  subscribe(onMore: () => void): () => void;
}

/** A `SampleSource` that can be written to. */
export interface SampleRing extends SampleSource {
  append(values: readonly CurrentValue[]): void;
  /** Forgets everything held (another run of the station: its monotonic clock is another one). Cursors stay valid. */
  clear(): void;
}

/**
 * About half an hour of twelve metrics once a second: enough to bridge any gap until the chart's next read
 * of the stored history.
 */
export const DEFAULT_RING_SIZE = 20_000;

/**
 * A ring of `size` values.
 * @throws RangeError when `size` is not a positive integer.
 */
export const createSampleRing = (size: number = DEFAULT_RING_SIZE): SampleRing => {
  if (!Number.isInteger(size) || size < 1) throw new RangeError('size must be a positive integer');
  const slots: CurrentValue[] = [];
  const listeners = new Set<() => void>();
  /** Number of values ever appended; value n (from 0) lives in slot n % size. */
  let appended = 0;
  /** Number of the oldest value that is still held. */
  let oldest = 0;

  return {
    since(cursor) {
      const values: CurrentValue[] = [];
      for (let n = Math.max(cursor, oldest); n < appended; n += 1) {
        const value = slots[n % size];
        if (value !== undefined) values.push(value);
      }
      return { values, cursor: appended };
    },
    subscribe(onMore) {
      listeners.add(onMore);
      return () => listeners.delete(onMore);
    },
    append(values) {
      if (values.length === 0) return;
      for (const value of values) {
        slots[appended % size] = value;
        appended += 1;
      }
      oldest = Math.max(oldest, appended - size);
      for (const listener of listeners) listener();
    },
    clear() {
      slots.length = 0;
      oldest = appended;
    },
  };
};
