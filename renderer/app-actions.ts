/** Doing something at the station from a screen: who does it, whether it runs, and what went wrong. */
import { useCallback, useState } from 'react';
import { CallError } from '../core/api/client.ts';
import type { ApiErrorCode } from '../core/api/envelope.ts';

export interface Failure {
  readonly code: ApiErrorCode;
  readonly message: string;
}

/** What failed, for people. */
export const describeFailure = (error: unknown): Failure => {
  if (error instanceof CallError) return { code: error.code, message: error.message };
  return { code: 'internal', message: error instanceof Error ? error.message : 'Something went wrong.' };
};

export interface Action {
  readonly isBusy: boolean;
  readonly failure: Failure | null;
  /** Runs one thing at a time; resolves to what it gave, or to null when it failed (see `failure`). */
  run<T>(work: () => Promise<T>): Promise<T | null>;
  clear(): void;
}

/** One place on a screen that can run an action. */
export const useAction = (): Action => {
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const run = useCallback(async <T>(work: () => Promise<T>): Promise<T | null> => {
    setBusy(true);
    setFailure(null);
    try {
      return await work();
    } catch (error) {
      setFailure(describeFailure(error));
      return null;
    } finally {
      setBusy(false);
    }
  }, []);
  const clear = useCallback(() => setFailure(null), []);
  return { isBusy, failure, run, clear };
};
