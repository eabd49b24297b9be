/**
 * The last one that can make a sound under `serve`: where no window can, this process rings the bell of its
 * terminal and says so in words. The desktop has its safety net instead (`electron/safety-net.ts`).
 */
import { unheardOf } from '../../core/alarm/unheard.ts';
import type { StationView } from '../../core/api/views.ts';
import type { Clock } from '../../station/clock.ts';

/** How often it looks, and rings while an alarm is unheard (ms). */
const LOOK_EVERY_MS = 2_000;
/** How often it rings while there is no alarm yet (ms). */
const QUIET_EVERY_MS = 10_000;
/** How often it says the same again in words (ms). */
const SAY_EVERY_MS = 60_000;
const BELL = '\u0007';

const WORDS = {
  alarm: 'ALARM that no window can sound. Look at the patient and the bedside monitors; open the link.',
  quiet: 'No window can sound alarms although a patient is there. Open the link and tap into the window.',
  over: 'A window can sound alarms again.',
} as const;

export interface LastResortDeps {
  readonly clock: Clock;
  readonly chairs: () => StationView['chairs'];
  readonly write: (text: string) => void;
}

/** Starts; returns the function that stops. */
export const startLastResort = ({ clock, chairs, write }: LastResortDeps): (() => void) => {
  let was: 'quiet' | 'alarm' | null = null;
  let rangAt = Number.NEGATIVE_INFINITY;
  let saidAt = Number.NEGATIVE_INFINITY;
  return clock.every(LOOK_EVERY_MS, () => {
    const is = unheardOf(chairs());
    const now = clock.now().mono;
    const isNew = is !== was;
    if (is === null) {
      if (was !== null) write(`${WORDS.over}\n`);
      was = null;
      return;
    }
    was = is;
    if (isNew || now - saidAt >= SAY_EVERY_MS) {
      write(`${WORDS[is]}\n`);
      saidAt = now;
    }
    if (isNew || is === 'alarm' || now - rangAt >= QUIET_EVERY_MS) {
      write(BELL);
      rangAt = now;
    }
  });
};
