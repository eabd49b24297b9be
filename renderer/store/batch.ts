/**
 * Collects changes and applies them together: at most once per animation frame, and a few times a second. A hidden
 * window gets no frames, but its alarms must still sound: there the changes are applied at once.
 */

/** Runs `flush` at the next good moment. */
export type Frame = (flush: () => void) => void;

/** What pacing needs of a window. */
export interface Pace {
  nowMs(): number;
  isHidden(): boolean;
  nextFrame(run: () => void): void;
  after(ms: number, run: () => void): void;
}

/**
 * Monitors send a number a second, but those of many chairs come evenly spread: drawing each by itself would keep
 * the window so busy that a new alarm waits for the drawing to end. After a pause the first change is not held back.
 */
export const DRAW_EVERY_MS = 200;
/** A frame that has not come after this long will not come soon: the window was hidden in between (ms). */
const NO_FRAME_MS = 100;

/** Frames of a window, at most one each `DRAW_EVERY_MS`; at once while it is hidden. */
export const pacedFrame = (pace: Pace): Frame => {
  let lastMs = Number.NEGATIVE_INFINITY;
  return (flush) => {
    let done = false;
    const once = () => {
      if (done) return;
      done = true;
      lastMs = pace.nowMs();
      flush();
    };
    const draw = () => {
      if (pace.isHidden()) {
        once();
        return;
      }
      // Whichever comes first: a frame, or a moment later when the window was hidden in between.
      pace.nextFrame(once);
      pace.after(NO_FRAME_MS, once);
    };
    const waitMs = lastMs + DRAW_EVERY_MS - pace.nowMs();
    if (waitMs > 0 && !pace.isHidden()) pace.after(waitMs, draw);
    else draw();
  };
};

/** The frames of this window. */
export const windowFrame: Frame = pacedFrame({
  nowMs: () => performance.now(),
  isHidden: () => document.hidden,
  nextFrame: (run) => requestAnimationFrame(run),
  after: (ms, run) => setTimeout(run, ms),
});

export interface Batch<S> {
  /** Queues a step; all queued steps are folded and applied together, in order. */
  change(step: (state: S) => S): void;
  /** Applies what is queued now: for what must not wait for a frame. */
  flush(): void;
}

export const createBatch = <S>(apply: (fold: (state: S) => S) => void, frame: Frame): Batch<S> => {
  let queue: ((state: S) => S)[] = [];
  const flush = () => {
    const steps = queue;
    queue = [];
    if (steps.length > 0) apply((state) => steps.reduce((before, step) => step(before), state));
  };
  return {
    flush,
    change: (step) => {
      queue.push(step);
      if (queue.length === 1) frame(flush);
    },
  };
};
