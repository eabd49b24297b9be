/** Passes on what no metric is mapped to, when it changes. */
import type { DriverOutput } from '../device.ts';

export interface UnmappedLatch {
  /** `id`: the monitor's own name of the item; `value`: its text. Empty when nothing changed. */
  tell(id: string, value: string): readonly DriverOutput[];
}

/** More items than this are not kept apart (our choice: far more than a monitor has). */
const ITEMS_MAX = 64;

/** A latch that has told nothing yet; its memory is bounded. */
export const createUnmappedLatch = (): UnmappedLatch => {
  const told = new Map<string, string>();
  return {
    tell(id, value) {
      if (told.get(id) === value || (!told.has(id) && told.size >= ITEMS_MAX)) return [];
      told.set(id, value);
      return [{ type: 'unmapped', id, value }];
    },
  };
};
