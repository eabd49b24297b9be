/** The operating system's own means of being noticed: beep and notification. */
import { Notification, shell } from 'electron';

export const beep = (): void => shell.beep();

/**
 * Shows a notification that stays until it is taken away (where the system allows that); a click calls
 * `onClick`. Returns the function that takes it away.
 */
export const notify = (title: string, body: string, onClick: () => void): (() => void) => {
  if (!Notification.isSupported()) return () => undefined;
  // Silent: the beep beside it is the sound, and is repeated.
  const notification = new Notification({
    title,
    body,
    urgency: 'critical',
    timeoutType: 'never',
    silent: true,
  });
  notification.on('click', onClick);
  notification.show();
  return () => notification.close();
};
