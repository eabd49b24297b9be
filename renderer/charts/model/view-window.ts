/** Which part of the time axis is seen: how wide, and whether it follows the present or stays in the past. */

/** The choices of width. `session` is everything since the session was opened. */
export const WINDOW_CHOICES = [
  { id: '15m', label: '15 min', widthMs: 15 * 60_000 },
  { id: '30m', label: '30 min', widthMs: 30 * 60_000 },
  { id: '1h', label: '1 h', widthMs: 60 * 60_000 },
  { id: 'session', label: 'Session', widthMs: null },
] as const;
export type WindowId = (typeof WINDOW_CHOICES)[number]['id'];

export interface ViewWindow {
  readonly width: WindowId;
  /** Right edge on the time axis; null: the right edge is now, and moves whether or not data arrive. */
  readonly heldAt: number | null;
}

export const FOLLOWING: ViewWindow = { width: '15m', heldAt: null };

/** A stretch of the time axis (ms). */
export interface AxisRange {
  readonly from: number;
  readonly to: number;
}

/** What the window needs to know about time. `begin`: where the session (or else the first sample) begins. */
export interface ViewTimes {
  readonly now: number;
  readonly begin: number;
}

export type ViewAction =
  | { readonly type: 'width'; readonly width: WindowId }
  | { readonly type: 'pan'; readonly byMs: number }
  /** Right edge at a place of the axis. */
  | { readonly type: 'edge'; readonly at: number }
  | { readonly type: 'begin' }
  | { readonly type: 'live' };

/** A whole session is shown at least this wide, so that its first minutes are not stretched. */
const LEAST_SESSION_MS = 15 * 60_000;

const widthMs = (view: ViewWindow, times: ViewTimes): number =>
  WINDOW_CHOICES.find((choice) => choice.id === view.width)?.widthMs ??
  Math.max(LEAST_SESSION_MS, times.now - times.begin);

/** The visible stretch. It never reaches beyond now. */
export const visibleRange = (view: ViewWindow, times: ViewTimes): AxisRange => {
  const width = widthMs(view, times);
  const to = view.heldAt === null ? times.now : Math.min(view.heldAt, times.now);
  return { from: to - width, to };
};

/**
 * The view after an action. Panning to the present (or beyond) follows again; panning into the past stops where
 * the session begins. The whole session always follows: there is nothing beside it.
 */
export const stepView = (view: ViewWindow, action: ViewAction, times: ViewTimes): ViewWindow => {
  switch (action.type) {
    case 'live':
      return { ...view, heldAt: null };
    case 'width':
      return { width: action.width, heldAt: action.width === 'session' ? null : view.heldAt };
    case 'edge':
      return hold(view, action.at, times);
    case 'begin':
      return hold(view, Number.NEGATIVE_INFINITY, times);
    case 'pan':
      return hold(view, visibleRange(view, times).to + action.byMs, times);
    default:
      return action satisfies never;
  }
};

const hold = (view: ViewWindow, edge: number, times: ViewTimes): ViewWindow => {
  if (view.width === 'session') return { ...view, heldAt: null };
  const earliest = times.begin + widthMs(view, times);
  const to = Math.max(edge, earliest);
  return { ...view, heldAt: to >= times.now ? null : to };
};

/** True while the newest data are not in the window: the screen must say that it shows the past. */
export const isPast = (view: ViewWindow): boolean => view.heldAt !== null;
