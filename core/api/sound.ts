/** Whether a window can sound alarms, as it tells the station and shows it in its bar. */

/**
 * - `ready`: running, and its clock was seen to move
 * - `blocked`: the browser or the system holds it back; a tap or a key lets it through
 * - `stalled`: it says that it runs, but its clock stands still
 * - `failed`: the browser ended it, or reported an error of the output
 * - `unavailable`: this browser has no Web Audio
 */
export const SOUND_STATES = ['ready', 'blocked', 'stalled', 'failed', 'unavailable'] as const;
export type SoundState = (typeof SOUND_STATES)[number];

/** How often a window tells the station whether it can be heard (ms). */
export const SOUND_TOLD_EVERY_MS = 2_000;
/** A window that has not said so for this long does not count as one that can be heard (ms; alarm rules D-2). */
export const SOUND_BELIEVED_MS = 5_000;
