/** Waiting in tests: for a condition, with the patience that a busy computer needs, never for a time. */
import { vi } from 'vitest';

/** Repeats `check` until it no longer throws, and returns what it returned; after 15 s its last error is the test's. */
export const eventually = <T>(check: () => T | Promise<T>): Promise<T> =>
  vi.waitFor(check, { timeout: 15_000, interval: 20 });
