/**
 * Leaves each burst's start in the browser's own timeline (User Timing), where a profiler or the latency
 * benchmark can see it. Identities of alarms, never anything about a patient; nothing is kept.
 */
import type { BurstStart } from './alarm-sound.ts';

export const SOUND_MARK = 'chairside-alarm-sound';

export const markSound = ({ priority, keys, startsAtMs }: BurstStart): void => {
  performance.mark(SOUND_MARK, { startTime: startsAtMs, detail: { priority, keys } });
  // Observers have it; the browser would keep it for ever.
  performance.clearMarks(SOUND_MARK);
};
