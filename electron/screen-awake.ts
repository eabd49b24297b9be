/** Keeps the screen on while a session is open: numbers and alarms that nobody can see are not shown. */
import { powerSaveBlocker } from 'electron';

export interface ScreenAwake {
  /** True while a session is open somewhere. Idempotent. */
  hold(isWanted: boolean): void;
}

export const createScreenAwake = (): ScreenAwake => {
  let blocker: number | null = null;
  return {
    hold: (isWanted) => {
      if (isWanted === (blocker !== null)) return;
      if (blocker === null) blocker = powerSaveBlocker.start('prevent-display-sleep');
      else {
        powerSaveBlocker.stop(blocker);
        blocker = null;
      }
    },
  };
};
