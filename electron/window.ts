/**
 * The desktop's one window: opens the user interface, comes back after its renderer process has gone, and can
 * always be brought before the eyes. It is closed only on purpose; its close button asks the lifecycle.
 */
import { BrowserWindow, dialog, type WebContents } from 'electron';
import type { Clock } from '../station/clock.ts';
import type { Log } from '../station/ports.ts';
import { APP_ROOT, isAppUrl } from './app-url.ts';
import { webPreferences } from './hardening.ts';

export interface MainWindowDeps {
  /** The built `preload.cjs`. */
  readonly preload: string;
  readonly isPackaged: boolean;
  readonly clock: Clock;
  readonly log: Log;
  /** The person wants the window closed; it stays until `destroy`. */
  readonly onCloseWish: () => void;
  /** The renderer process has gone; the page is being loaded again. */
  readonly onRecovering: () => void;
}

export interface MainWindow {
  /** The window, for dialogs that belong to it. */
  readonly window: BrowserWindow;
  isOurs(contents: WebContents): boolean;
  send(channel: string, message: unknown): void;
  /** Shows it, in front, out of the dock or task bar. */
  raise(): void;
  /** The same, only where nobody can see it. */
  raiseFromBackground(): void;
  /** Out of the way, but alive: it goes on sounding alarms, and the task bar or dock still has it. */
  toBackground(): void;
  /** Draws the eye to it in the task bar or dock. */
  flash(isOn: boolean): void;
  /** Its renderer hangs: asks whether to start it again. `withdrawOffer` takes the question away. */
  offerReload(): void;
  withdrawOffer(): void;
  destroy(): void;
}

/** A renderer that goes again within this time is started again only after a pause (ms). */
const RELOAD_CALM_MS = 10_000;
const RELOAD_PAUSE_MS = 2000;
/** Chromium: a load that was replaced by another one, no failure (net error ABORTED). */
const LOAD_ABORTED = -3;

const OFFER = {
  type: 'warning',
  title: 'Chairside',
  message: 'Chairside’s window does not respond.',
  detail: 'Monitoring and recording go on. Starting the window again takes a few seconds.',
  defaultId: 0,
  cancelId: 1,
  noLink: true,
} as const;

/** The same place in the user interface, with the mark that says why it was loaded again. */
export const recoveredUrl = (address: string): string => {
  const url = new URL(isAppUrl(address) ? address : APP_ROOT);
  url.searchParams.set('recovered', 'renderer');
  return url.href;
};

export const openMainWindow = (deps: MainWindowDeps): MainWindow => {
  const { clock, log } = deps;
  const window = new BrowserWindow({
    width: 1440,
    height: 900,
    minWidth: 800,
    minHeight: 600,
    title: 'Chairside',
    backgroundColor: '#0b0d10',
    webPreferences: webPreferences(deps.preload, deps.isPackaged),
  });
  const contents = window.webContents;
  let reloadedAt: number | null = null;
  let cancelReload: () => void = () => undefined;
  let offer: AbortController | null = null;

  const load = (address: string): void => {
    // What went wrong is told by `did-fail-load` and `render-process-gone`, and handled there.
    contents
      .loadURL(address)
      .catch((error: unknown) => log.warn('the page did not load', { error: String(error) }));
  };

  const loadAgain = (): void => {
    const now = clock.now().mono;
    const pauseMs = reloadedAt !== null && now - reloadedAt < RELOAD_CALM_MS ? RELOAD_PAUSE_MS : 0;
    cancelReload();
    cancelReload = clock.after(pauseMs, () => {
      if (contents.isDestroyed()) return;
      reloadedAt = clock.now().mono;
      load(recoveredUrl(contents.getURL()));
    });
  };

  const withdrawOffer = (): void => {
    offer?.abort();
    offer = null;
  };

  const offerReload = (): void => {
    if (offer !== null || contents.isDestroyed() || contents.isCrashed()) return;
    const asked = new AbortController();
    offer = asked;
    dialog
      .showMessageBox({ ...OFFER, buttons: ['Start the window again', 'Wait'], signal: asked.signal })
      .then(({ response }) => {
        if (offer === asked) offer = null;
        // The loss of the renderer then loads the page again, as after any crash.
        if (response === 0 && !asked.signal.aborted && !contents.isDestroyed()) {
          contents.forcefullyCrashRenderer();
        }
      })
      .catch((error: unknown) => log.error('the question could not be shown', { error: String(error) }));
  };

  window.on('close', (event) => {
    event.preventDefault();
    deps.onCloseWish();
  });
  contents.on('render-process-gone', (_event, { reason, exitCode }) => {
    log.error('the window’s renderer process has gone', { reason, exitCode });
    withdrawOffer();
    deps.onRecovering();
    loadAgain();
  });
  contents.on('did-fail-load', (_event, errorCode, errorDescription, _url, isMainFrame) => {
    if (!isMainFrame || errorCode === LOAD_ABORTED) return;
    log.error('the window’s page did not load', { errorCode, errorDescription });
    loadAgain();
  });
  contents.on('unresponsive', offerReload);
  contents.on('responsive', withdrawOffer);
  load(APP_ROOT);

  const raise = (): void => {
    if (window.isDestroyed()) return;
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  };

  return {
    window,
    isOurs: (other) => other === contents,
    send: (channel, message) => {
      if (!contents.isDestroyed() && !contents.isCrashed()) contents.send(channel, message);
    },
    raise,
    raiseFromBackground: () => {
      if (!window.isDestroyed() && (window.isMinimized() || !window.isVisible())) raise();
    },
    toBackground: () => window.minimize(),
    flash: (isOn) => {
      if (!window.isDestroyed()) window.flashFrame(isOn);
    },
    offerReload,
    withdrawOffer,
    destroy: () => {
      cancelReload();
      withdrawOffer();
      // `destroy` does not ask the page or the close handler again (Electron, BrowserWindow).
      if (!window.isDestroyed()) window.destroy();
    },
  };
};
