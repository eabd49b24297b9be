/**
 * Files that the window hands over for saving: only what the app's own page made, and only to where a person says
 * (Electron, DownloadItem: without a path set here the system's own save dialog asks).
 */
import type { Session } from 'electron';
import type { Log } from '../station/ports.ts';
import { isAppUrl } from './app-url.ts';

/** Denies every other download; a save that fails is written down, without the file's name. */
export const allowOwnDownloads = (session: Session, log: Log): void => {
  session.on('will-download', (event, item) => {
    const address = item.getURL();
    if (!address.startsWith('blob:') || !isAppUrl(address.slice('blob:'.length))) {
      event.preventDefault();
      log.warn('a download that is not the app’s own was refused');
      return;
    }
    item.setSaveDialogOptions({ title: 'Save', defaultPath: item.getFilename() });
    item.once('done', (_event, state) => {
      if (state === 'interrupted') log.error('a file could not be saved');
    });
  });
};
