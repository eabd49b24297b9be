/** An action at the station that carries the name of the person who does it. */
import { useCallback } from 'react';
import { CallError } from '../../core/api/client.ts';
import { type Failure, useAction } from '../app-actions.ts';
import { useApp } from '../app-context.tsx';
import type { StationLink } from '../store/station-link.ts';
import { useWho } from './who.tsx';

export interface Perform {
  readonly isBusy: boolean;
  readonly failure: Failure | null;
  clear(): void;
  /** Asks who it is if need be, then does `work`. Null: the person went back, or it failed (see `failure`). */
  perform<T>(work: (call: StationLink['call'], by: string) => Promise<T>): Promise<T | null>;
}

export const usePerform = (): Perform => {
  const { link } = useApp();
  const { ask, prove } = useWho();
  const { isBusy, failure, run, clear } = useAction();
  const perform = useCallback<Perform['perform']>(
    async (work) => {
      const by = await ask();
      if (by === null) return null;
      return run(async () => {
        try {
          return await work(link.call, by);
        } catch (error) {
          // Emergency access, or a lock that came in between: whoever signs in now goes on with what was begun.
          if (!(error instanceof CallError) || error.code !== 'sign-in-needed') throw error;
          const proved = await prove();
          if (proved === null) throw error;
          return work(link.call, proved);
        }
      });
    },
    [ask, prove, link, run],
  );
  return { isBusy, failure, clear, perform };
};

/** For event handlers, which nobody awaits: failures were already put on the screen by the action itself. */
export const start = (work: Promise<unknown>): void => {
  work.catch((error: unknown) => {
    // A bug, not a refusal: let the window's own error handling see it.
    queueMicrotask(() => {
      throw error;
    });
  });
};
