/** How each push of the station changes what the window knows. Pure; nothing here reads a clock. */
import type { ChairView, CurrentValue, MonitorView, StationView, Topics } from '../../core/api/views.ts';
import type { ChairId, MonitorId, SessionId } from '../../core/ids.ts';
import type { MetricId } from '../../core/nomenclature/metrics.ts';
import type { SessionEvent } from '../../core/session/events.ts';
import type { StationState } from './state.ts';

/** The whole state as the station told it. Entries of sessions that are still open are kept. */
export const fromSnapshot = (view: StationView, before: StationState | null): StationState => {
  const open = new Set(view.chairs.flatMap((chair) => (chair.session === null ? [] : [chair.session.id])));
  const kept = Object.entries(before?.events ?? {}).filter(([id]) => open.has(id as SessionId));
  return {
    product: view.product,
    demo: view.demo,
    alarmPolicy: view.alarmPolicy,
    storageFault: view.storageFault,
    strandedSessions: view.strandedSessions,
    sending: view.sending,
    chairs: view.chairs,
    monitors: view.monitors,
    events: Object.fromEntries(kept),
  };
};

/**
 * New observations of one chair, in order of arrival. Which of several monitors a chair shows is decided in
 * the station, once for all windows: whatever it pushes is what is shown.
 */
export const withObservations = (
  state: StationState,
  { chairId, values }: Topics['observations'],
): StationState =>
  updateChair(state, chairId, (chair) => {
    const current: Partial<Record<MetricId, CurrentValue>> = { ...chair.current };
    for (const value of values) current[value.observation.metric] = value;
    return { ...chair, current };
  });

/** A chair changed in anything but its observations, or is new. */
export const withChair = (state: StationState, changed: Topics['chair']): StationState =>
  state.chairs.some(({ id }) => id === changed.id)
    ? updateChair(state, changed.id, (chair) => ({ ...changed, current: chair.current }))
    : { ...state, chairs: [...state.chairs, { ...changed, current: {} }] };

/** A chair was taken away. */
export const withoutChair = (state: StationState, id: ChairId): StationState => ({
  ...state,
  chairs: state.chairs.filter((chair) => chair.id !== id),
});

/** A monitor changed or is new. */
export const withMonitor = (state: StationState, changed: MonitorView): StationState => ({
  ...state,
  monitors: state.monitors.some(({ id }) => id === changed.id)
    ? state.monitors.map((monitor) => (monitor.id === changed.id ? changed : monitor))
    : [...state.monitors, changed],
});

/** A monitor was taken away. */
export const withoutMonitor = (state: StationState, id: MonitorId): StationState => ({
  ...state,
  monitors: state.monitors.filter((monitor) => monitor.id !== id),
});

/** Entries of one session, from a push or from the history; each sequence number once, in order. */
export const withEvents = (
  state: StationState,
  sessionId: SessionId,
  added: readonly SessionEvent[],
): StationState => {
  const merged = new Map<number, SessionEvent>();
  for (const event of state.events[sessionId] ?? []) merged.set(event.sequence, event);
  for (const event of added) merged.set(event.sequence, event);
  const ordered = [...merged.values()].sort((a, b) => a.sequence - b.sequence);
  return { ...state, events: { ...state.events, [sessionId]: ordered } };
};

const updateChair = (
  state: StationState,
  id: ChairId,
  change: (chair: ChairView) => ChairView,
): StationState => ({
  ...state,
  chairs: state.chairs.map((chair) => (chair.id === id ? change(chair) : chair)),
});
