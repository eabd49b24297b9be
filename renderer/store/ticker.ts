/**
 * A steady tick that goes on while the window is hidden. Browsers slow the timers of hidden pages down to one
 * a minute; those of a worker they leave alone, and NOT MONITORING must not come a minute late.
 */

/** Calls `onTick` about every `periodMs`; returns the function that stops it. */
export type Every = (periodMs: number, onTick: () => void) => () => void;

/** Ticks from a worker; from the window's own timer where workers are not allowed. */
export const windowEvery: Every = (periodMs, onTick) => {
  let timer: ReturnType<typeof setInterval> | null = null;
  const fallBack = () => {
    if (timer === null) timer = setInterval(onTick, periodMs);
  };
  const worker = startWorker();
  if (worker === null) fallBack();
  worker?.addEventListener('message', onTick);
  worker?.addEventListener('error', fallBack);
  worker?.postMessage(periodMs);
  return () => {
    worker?.terminate();
    if (timer !== null) clearInterval(timer);
  };
};

const startWorker = (): Worker | null => {
  try {
    return new Worker(new URL('./ticker-worker.ts', import.meta.url), { type: 'module' });
  } catch {
    // A page loaded from a file may not start workers; the caller uses the window's own timer.
    return null;
  }
};
