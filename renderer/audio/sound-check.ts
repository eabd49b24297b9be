/**
 * The sound check at the start of a shift (alarm rules S-13): what was heard, who listened, and for how long it
 * holds. It is about this window and its loudspeaker.
 */
import type { AlarmPriority } from '../../core/alarm/types.ts';
import type { EpochMs } from '../../core/time.ts';
import { dateTimeText } from '../view-model/time-text.ts';

/** In the order in which they are played. */
export const CHECKED: readonly AlarmPriority[] = ['high', 'medium', 'low'];

export interface SoundCheck {
  readonly at: EpochMs;
  readonly by: string;
  readonly heard: Readonly<Record<AlarmPriority, boolean>>;
  /** The step of the volume it was done with. */
  readonly volume: number;
  /** The output's name; null: the browser does not tell it. */
  readonly device: string | null;
  /** The computer's sound outputs changed afterwards. */
  readonly isOverturned: boolean;
}

/** A check holds for a shift (ms). Our choice. */
export const CHECK_HOLDS_MS = 12 * 3_600_000;

/**
 * - `none`: none within the last shift, the outputs changed, or the volume is lower than it was then
 * - `passed` / `failed`: everything was heard / something was not
 */
export type CheckState = 'none' | 'passed' | 'failed';

/** What a check is worth now; `volume` is the step in force. */
export const checkState = (check: SoundCheck | null, volume: number, now: EpochMs): CheckState => {
  if (check === null) return 'none';
  if (!CHECKED.every((priority) => check.heard[priority])) return 'failed';
  const ageMs = now - check.at;
  const holds = ageMs >= 0 && ageMs < CHECK_HOLDS_MS && !check.isOverturned && volume >= check.volume;
  return holds ? 'passed' : 'none';
};

/** The check in one line, for the screen and for the record of a session. */
export const checkText = (check: SoundCheck): string => {
  const heard = CHECKED.map((priority) => `${priority} ${check.heard[priority] ? 'heard' : 'NOT HEARD'}`);
  return [
    `Sound check ${dateTimeText(check.at)} by ${check.by}: ${heard.join(', ')}`,
    `volume step ${check.volume}`,
    `output ${check.device ?? 'not named by the browser'}`,
  ].join('; ');
};
