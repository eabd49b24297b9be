/**
 * What every page in this app may not do (Electron, Security, checklist): leave, open windows, ask for
 * permissions, load anything from elsewhere. One list of refusals, applied to everything there is or comes.
 */
import {
  app,
  type Event,
  type IpcMainEvent,
  type Session,
  type WebContents,
  type WebPreferences,
} from 'electron';
import { isAppUrl } from './app-url.ts';

/** How each window's page runs. Defaults of Electron are written out, so that a change of theirs is none of ours. */
export const webPreferences = (preload: string, isPackaged: boolean): WebPreferences => ({
  preload,
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  nodeIntegrationInSubFrames: false,
  nodeIntegrationInWorker: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  plugins: false,
  navigateOnDragDrop: false,
  // Dictionaries would be fetched from elsewhere.
  spellcheck: false,
  devTools: !isPackaged,
  // A minimised or covered window goes on sounding alarms and saying that it lives.
  backgroundThrottling: false,
  // Alarms sound without anybody having clicked.
  autoplayPolicy: 'no-user-gesture-required',
});

/** Requests that may leave a page. Packaged builds have no developer tools to load. */
export const mayLoad = (address: string, isPackaged: boolean): boolean => {
  if (isAppUrl(address)) return true;
  const protocol = URL.parse(address)?.protocol;
  // Neither fetches anything: the content is in the address, or was made by the page itself.
  if (protocol === 'data:') return true;
  if (protocol === 'blob:') return isAppUrl(address.slice('blob:'.length));
  return protocol === 'devtools:' && !isPackaged;
};

/** Denies every permission and every request that is not the app's own. */
export const hardenSession = (session: Session, isPackaged: boolean): void => {
  session.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.webRequest.onBeforeRequest((details, decide) =>
    decide({ cancel: !mayLoad(details.url, isPackaged) }),
  );
};

/** Denies navigation, new windows and web views to every page from now on. */
export const hardenAllContents = (): void => {
  app.on('web-contents-created', (_event, contents) => hardenContents(contents));
};

const hardenContents = (contents: WebContents): void => {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  const stayHome = (details: Event<{ url: string }>): void => {
    if (!isAppUrl(details.url)) details.preventDefault();
  };
  contents.on('will-navigate', stayHome);
  contents.on('will-frame-navigate', stayHome);
  contents.on('will-redirect', stayHome);
  contents.on('will-attach-webview', (event) => event.preventDefault());
};

/**
 * True when a message comes from the main frame of one of our windows, on the app's own page.
 * (Electron, Security, 17: validate the sender of all IPC messages; `senderFrame` is null once it has gone.)
 */
export const isOwnSender = (event: IpcMainEvent, isOurs: (contents: WebContents) => boolean): boolean => {
  const frame = event.senderFrame;
  return frame !== null && frame.parent === null && isAppUrl(frame.url) && isOurs(event.sender);
};
