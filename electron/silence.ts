/**
 * Notices that somebody has not been heard for too long, and does not take this process's own sleep for the
 * other's silence: after a suspended computer wakes, everybody gets the full time again.
 */
import type { Clock } from '../station/clock.ts';

/** How often a watch looks (ms). */
export const LOOK_EVERY_MS = 500;
/** Two looks further apart than this: it was this process that did not run (ms). */
const OWN_SLEEP_MS = 2000;

export interface SilenceWatch {
  /** Somebody was heard. */
  heard(): void;
  /** For how long nobody has been heard (ms). */
  silentForMs(): number;
  stop(): void;
}

/** Starts as if just heard; calls `onLook` twice a second. */
export const watchSilence = (clock: Clock, onLook: () => void): SilenceWatch => {
  let heardAt: number = clock.now().mono;
  let lookedAt = heardAt;
  const silentForMs = (): number => clock.now().mono - heardAt;
  const stop = clock.every(LOOK_EVERY_MS, () => {
    const now = clock.now().mono;
    if (now - lookedAt > OWN_SLEEP_MS) heardAt = now;
    lookedAt = now;
    onLook();
  });
  return {
    heard: () => {
      heardAt = clock.now().mono;
    },
    silentForMs,
    stop,
  };
};
