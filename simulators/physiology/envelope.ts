/** The shape of timed events: how much of an event is in force at a moment. */

/** A window of simulated time, in seconds. */
export interface Window {
  readonly atS: number;
  readonly durationS: number;
}

/** A window that is eased in over `rampS` (inside the window) and eased out over `recoverS` (after it). */
export interface RampedWindow extends Window {
  readonly rampS: number;
  readonly recoverS: number;
}

/** True in [at, at + duration). */
export const isWithin = (window: Window, seconds: number): boolean =>
  seconds >= window.atS && seconds < window.atS + window.durationS;

/** The first of the windows that is open now, or null. */
export const openWindow = <W extends Window>(windows: readonly W[], seconds: number): W | null =>
  windows.find((window) => isWithin(window, seconds)) ?? null;

/** How much of a ramped event is in force: 0 before and long after, 1 when fully there, eased between. */
export const strength = (event: RampedWindow, seconds: number): number => {
  if (seconds <= event.atS) return 0;
  const end = event.atS + event.durationS;
  const risen = event.rampS === 0 ? 1 : ease((seconds - event.atS) / event.rampS);
  if (seconds <= end) return risen;
  const reached = event.rampS === 0 ? 1 : ease(event.durationS / event.rampS);
  return event.recoverS === 0 ? 0 : reached * (1 - ease((seconds - end) / event.recoverS));
};

/** Moves a value towards each event's target in turn, by the event's strength. */
export const movedTowards = (
  value: number,
  events: readonly (RampedWindow & { readonly to: number })[],
  seconds: number,
): number => {
  let moved = value;
  for (const event of events) moved += (event.to - moved) * strength(event, seconds);
  return moved;
};

const ease = (part: number): number => {
  const clamped = Math.min(1, Math.max(0, part));
  return clamped * clamped * (3 - 2 * clamped);
};
