/** A clock that moves only when a test says so; timers run in order, at their own time. */
import { type Instant, instant } from '../../core/time.ts';
import type { Clock } from '../../station/clock.ts';

interface Timer {
  dueMs: number;
  readonly everyMs: number | null;
  readonly act: () => void;
}

export interface FakeClock extends Clock {
  /** Moves both clocks forward, running what falls due; lets promises settle in between. */
  advance(ms: number): Promise<void>;
  /** The computer's wall clock is set by `ms` while the monotonic one goes on. */
  jumpWall(ms: number): void;
}

/** Lets everything that is already resolved run on. */
export const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
};

export const fakeClock = (startWall = Date.UTC(2026, 2, 1, 14, 0, 0)): FakeClock => {
  const timers = new Set<Timer>();
  let mono = 1000;
  let jumped = 0;
  const now = (): Instant => instant(startWall + mono - 1000, mono);

  const next = (untilMs: number): Timer | null => {
    let first: Timer | null = null;
    for (const timer of timers) {
      if (timer.dueMs <= untilMs && (first === null || timer.dueMs < first.dueMs)) first = timer;
    }
    return first;
  };

  const add = (timer: Timer): (() => void) => {
    timers.add(timer);
    return () => {
      timers.delete(timer);
    };
  };

  return {
    now,
    wallDriftMs: () => jumped,
    renewAnchor: () => {
      jumped = 0;
    },
    every: (ms, act) => add({ dueMs: mono + ms, everyMs: ms, act }),
    after: (ms, act) => add({ dueMs: mono + ms, everyMs: null, act }),
    jumpWall: (ms) => {
      jumped += ms;
    },
    advance: async (ms) => {
      const end = mono + ms;
      await settle();
      for (let timer = next(end); timer !== null; timer = next(end)) {
        mono = Math.max(mono, timer.dueMs);
        if (timer.everyMs === null) timers.delete(timer);
        else timer.dueMs += timer.everyMs;
        timer.act();
        await settle();
      }
      mono = end;
      await settle();
    },
  };
};
