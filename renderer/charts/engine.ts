/**
 * The running trend: takes samples in, asks for history, computes a frame and draws it, at most once per animation
 * frame and at least once a second, also when nothing arrives: a gap must grow before one's eyes. React only gets
 * what stands around the canvas.
 */
import type { ChairView } from '../../core/api/views.ts';
import type { SessionEvent } from '../../core/session/events.ts';
import type { Instant } from '../../core/time.ts';
import type { SampleSource } from '../store/samples.ts';
import { createTrendStore } from './data/trend-store.ts';
import type { PlotBox } from './draw/scene.ts';
import { watchGestures } from './gestures.ts';
import { createHistoryLoader, type LoadHistory } from './history-loader.ts';
import { beginOf, buildFrame, knownReadings, type TrendFrame } from './model/frame.ts';
import { type ReadoutRow, readoutAt } from './model/readout.ts';
import { FOLLOWING, stepView, type ViewAction, type ViewWindow } from './model/view-window.ts';
import { createTrendPlot } from './plot.ts';

/** What the trend is about now; changes with the chair's state. */
export interface TrendContext {
  readonly chair: ChairView;
  readonly events: readonly SessionEvent[];
  readonly loadHistory: LoadHistory;
  readonly stationNow: () => Instant;
}

/** What stands around the canvas after a drawing. */
export interface TrendSnapshot {
  readonly frame: TrendFrame;
  readonly box: PlotBox;
  readonly view: ViewWindow;
  /** Where the session begins: nothing to scroll to before it. */
  readonly begin: number;
  /** Values now, whatever the window shows. */
  readonly latest: readonly ReadoutRow[];
  /** Null without a cursor. `px`: from the left edge of the plotting area. */
  readonly cursor: { readonly px: number; readonly at: number; readonly rows: readonly ReadoutRow[] } | null;
  readonly loading: boolean;
  readonly failure: string | null;
  readonly toWall: (axis: number) => number;
}

export interface TrendEngine {
  setContext(context: TrendContext): void;
  dispatch(action: ViewAction): void;
  /** Moves the cursor by so many pixels, from the right edge when there was none; null takes it away. */
  moveCursor(byPx: number | null): void;
  destroy(): void;
}

/** How often a drawing is due even if nothing arrives (ms). */
const HEARTBEAT_MS = 1_000;

/**
 * Starts the trend in an element of any size; whoever starts it calls `destroy`.
 * @param onSnapshot called after every drawing.
 * @param onCommit called after every drawing with the script time it took (ms), for measurements.
 */
export const startTrend = (
  host: HTMLElement,
  samples: SampleSource,
  first: TrendContext,
  onSnapshot: (snapshot: TrendSnapshot) => void,
  onCommit?: (durationMs: number) => void,
): TrendEngine => {
  let context = first;
  let view = FOLLOWING;
  let readUpTo = 0;
  let pending: number | null = null;
  let cursorPx: number | null = null;
  /** Width of the window drawn last (ms). */
  let shownMs = 0;
  const store = createTrendStore();
  const { clock } = store;
  /** From here on everything that arrives is seen live. */
  const openedAt = clock.place(context.stationNow());
  const loader = createHistoryLoader(
    (from, to, buckets) => context.loadHistory(from, to, buckets),
    clock,
    schedule,
  );
  const plot = createTrendPlot(host, clock.toWall, (px) => {
    if (px === cursorPx) return;
    cursorPx = px;
    schedule();
  });

  const now = (): number => clock.place(context.stationNow());
  const pull = (): void => {
    const { values, cursor } = samples.since(readUpTo);
    readUpTo = cursor;
    store.append(values);
  };

  function commit(): void {
    pending = null;
    const startedAt = performance.now();
    pull();
    const at = now();
    const frame = buildFrame({
      store,
      history: loader.history,
      chair: context.chair,
      events: context.events,
      view,
      now: at,
    });
    if (context.chair.session !== null)
      loader.want(frame.range, at, store.liveSince ?? openedAt, store.pauses);
    plot.draw(frame);
    const { box } = plot;
    const readings = knownReadings({ store, history: loader.history, chair: context.chair });
    const { from, to } = frame.range;
    shownMs = to - from;
    const cursorAt = cursorPx === null ? null : from + (cursorPx / box.width) * (to - from);
    onSnapshot({
      frame,
      box,
      view,
      begin: beginOf({ store, chair: context.chair, now: at }),
      latest: readoutAt(store, loader.history, readings, at),
      cursor:
        cursorPx === null || cursorAt === null
          ? null
          : { px: cursorPx, at: cursorAt, rows: readoutAt(store, loader.history, readings, cursorAt) },
      loading: loader.loading,
      failure: loader.failure,
      toWall: clock.toWall,
    });
    onCommit?.(performance.now() - startedAt);
  }
  function schedule(): void {
    pending ??= requestAnimationFrame(commit);
  }

  const dispatch = (action: ViewAction): void => {
    const at = now();
    view = stepView(view, action, { now: at, begin: beginOf({ store, chair: context.chair, now: at }) });
    schedule();
  };
  const timer = setInterval(() => {
    // A hidden window draws nothing, but it must not fall behind the ring it reads from.
    if (document.hidden) pull();
    schedule();
  }, HEARTBEAT_MS);
  const unsubscribe = samples.subscribe(schedule);
  const observer = new ResizeObserver(() => {
    plot.resize(host.clientWidth, host.clientHeight);
    schedule();
  });
  observer.observe(host);
  const unwatch = watchGestures(plot.surface, (byPx) => {
    dispatch({ type: 'pan', byMs: (byPx / plot.box.width) * shownMs });
  });
  schedule();

  return {
    setContext(next) {
      if (next.chair.session?.id !== context.chair.session?.id) loader.forget();
      context = next;
      schedule();
    },
    dispatch,
    moveCursor(byPx) {
      const { width } = plot.box;
      cursorPx = byPx === null ? null : Math.min(width, Math.max(0, (cursorPx ?? width) + byPx));
      plot.setCursor(cursorPx);
      schedule();
    },
    destroy() {
      if (pending !== null) cancelAnimationFrame(pending);
      clearInterval(timer);
      unsubscribe();
      observer.disconnect();
      unwatch();
      loader.stop();
      plot.destroy();
    },
  };
};
