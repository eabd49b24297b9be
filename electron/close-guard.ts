/**
 * Asks before monitoring ends. Whoever closes the window or quits while drug may be running somewhere gets the
 * harmless answer by default; stopping takes two deliberate steps. Never a synchronous dialog: that would stop
 * the main process, and with it the heartbeat it listens for.
 */
import { type BaseWindow, dialog, type MessageBoxOptions } from 'electron';

export type CloseAnswer = 'stop' | 'background' | 'cancel';

const FIRST = {
  type: 'warning',
  title: 'Chairside',
  message: 'A patient is under treatment.',
  detail:
    'Monitoring, alarms and the record can go on with the window out of the way. An alarm brings it back.',
  buttons: ['Keep monitoring in the background', 'Stop monitoring…', 'Cancel'],
  defaultId: 0,
  cancelId: 2,
  noLink: true,
} as const;

const UNKNOWN_MESSAGE = 'A patient may be under treatment: the station has not answered.';

const SECOND = {
  type: 'warning',
  title: 'Chairside',
  message: 'Really stop monitoring?',
  detail:
    'No values, no alarms and no record until Chairside is started again. The session stays open and is taken up again then.',
  buttons: ['Go on monitoring', 'Stop monitoring'],
  defaultId: 0,
  cancelId: 0,
  noLink: true,
} as const;

export interface CloseGuard {
  /** Resolves with what to do; asks only while a session is under treatment. One question at a time: `cancel`. */
  ask(): Promise<CloseAnswer>;
}

/**
 * @param underTreatment null when the station has not said yet: that is not the same as no.
 * @param parent the window the question belongs to.
 */
export const createCloseGuard = (
  underTreatment: () => boolean | null,
  parent: () => BaseWindow | null,
): CloseGuard => {
  let isAsking = false;

  const show = async (options: MessageBoxOptions): Promise<number> => {
    const window = parent();
    const shown = window === null ? dialog.showMessageBox(options) : dialog.showMessageBox(window, options);
    return (await shown).response;
  };

  const question = async (isKnown: boolean): Promise<CloseAnswer> => {
    const first = await show({
      ...FIRST,
      buttons: [...FIRST.buttons],
      ...(isKnown ? {} : { message: UNKNOWN_MESSAGE }),
    });
    if (first === 0) return 'background';
    if (first !== 1) return 'cancel';
    return (await show({ ...SECOND, buttons: [...SECOND.buttons] })) === 1 ? 'stop' : 'background';
  };

  return {
    ask: async () => {
      if (isAsking) return 'cancel';
      const answer = underTreatment();
      if (answer === false) return 'stop';
      isAsking = true;
      try {
        return await question(answer !== null);
      } finally {
        isAsking = false;
      }
    },
  };
};
