/**
 * Host 1, put together: from the command line to the open window, and from the wish to close to the stopped
 * station. Everything that Electron wants before its `ready` event happens in `startDesktop`, at once.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { app, dialog, session } from 'electron';
import { defaultDataDir } from '../app/data-dir.ts';
import { VERSION } from '../app/version.ts';
import type { Clock } from '../station/clock.ts';
import type { Log } from '../station/ports.ts';
import { registerAppScheme, serveAppFiles } from './app-protocol.ts';
import { readArguments } from './arguments.ts';
import { createCloseGuard } from './close-guard.ts';
import { allowOwnDownloads } from './downloads.ts';
import { hardenAllContents, hardenSession } from './hardening.ts';
import { IPC } from './ipc.ts';
import { installMenu } from './menu.ts';
import { beep, notify } from './os-alert.ts';
import { type SafetyNet, startSafetyNet } from './safety-net.ts';
import { createScreenAwake } from './screen-awake.ts';
import type { StationOptions, StationState, StationStatus } from './station-messages.ts';
import { type StationProcess, startStationProcess } from './station-process.ts';
import { type MainWindow, openMainWindow } from './window.ts';
import { listenToWindow } from './window-ipc.ts';

/** As in electron-builder.yml; Windows shows notifications only for a program with this id. */
const APP_ID = 'org.chairside.desktop';

const RECOVERED = {
  title: 'Chairside’s window was started again',
  body: 'Its renderer process had failed. Monitoring and recording went on meanwhile.',
};

export interface DesktopEnvironment {
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly platform: NodeJS.Platform;
  readonly clock: Clock;
  readonly log: Log;
  readonly paths: { readonly preload: string; readonly stationHost: string; readonly renderer: string };
  readonly killHard: (processId: number) => void;
}

/** Starts the desktop app, or hands over to the one that already runs on this data folder. */
export const startDesktop = (environment: DesktopEnvironment): void => {
  const { log } = environment;
  const read = readArguments(environment.argv, environment.cwd, defaultDataDir());
  if (!read.ok) {
    process.stderr.write(`${read.problem}\n`);
    app.exit(2);
    return;
  }
  app.setName('Chairside');
  app.setAppUserModelId(APP_ID);
  app.setAboutPanelOptions({
    applicationName: 'Chairside',
    applicationVersion: VERSION,
    copyright:
      'A secondary display and record. The bedside monitor is the primary alarm. Apache License 2.0.',
  });
  try {
    keepProfileIn(read.options.dataDir);
  } catch (error) {
    refuseToStart(words(error), log);
    return;
  }
  // The lock lives in the profile, so there is one desktop for each data folder, as there is one station.
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  app.commandLine.appendSwitch('autoplay-policy', 'no-user-gesture-required');
  app.enableSandbox();
  registerAppScheme();
  hardenAllContents();
  app
    .whenReady()
    .then(() => openDesktop(environment, read.options))
    .catch((error: unknown) => refuseToStart(words(error), log));
};

const words = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/**
 * Chromium's own files go into a folder of their own inside the data folder: the record is where
 * `chairside serve`, `sessions` and `verify` look for it, whoever wrote it.
 */
const keepProfileIn = (dataDir: string): void => {
  const profile = join(dataDir, 'window');
  // `setPath` wants the folder to be there (Electron, app.setPath).
  mkdirSync(profile, { recursive: true, mode: 0o700 });
  app.setPath('userData', profile);
};

/** One line in a box and on stderr; then the end. */
const refuseToStart = (message: string, log: Log): void => {
  process.stderr.write(`Chairside could not start: ${message}\n`);
  app
    .whenReady()
    .then(() =>
      dialog.showMessageBox({
        type: 'error',
        title: 'Chairside',
        message: 'Chairside could not start.',
        detail: message,
      }),
    )
    .catch((error: unknown) => log.error('the reason could not be shown', { error: String(error) }))
    .finally(() => app.exit(1));
};

const openDesktop = (environment: DesktopEnvironment, options: StationOptions): void => {
  const { clock, log, paths } = environment;
  const { isPackaged } = app;
  hardenSession(session.defaultSession, isPackaged);
  allowOwnDownloads(session.defaultSession, log);
  serveAppFiles(paths.renderer);

  const screen = createScreenAwake();
  let status: StationStatus | null = null;
  let closing: 'no' | 'stopping' | 'done' = 'no';

  const net: SafetyNet = startSafetyNet({
    clock,
    beep,
    notify: (title, body) => notify(title, body, window.raise),
    raise: () => window.raiseFromBackground(),
    onWindowSilent: () => window.offerReload(),
    onWindowBack: () => window.withdrawOffer(),
  });
  const window: MainWindow = openMainWindow({
    preload: paths.preload,
    isPackaged,
    clock,
    log,
    onCloseWish: () => wishToClose(),
    onRecovering: () => notify(RECOVERED.title, RECOVERED.body, window.raise),
  });
  const guard = createCloseGuard(
    () => (status === null ? null : status.underTreatment),
    () => (window.window.isDestroyed() ? null : window.window),
  );

  const onState = (state: StationState): void => {
    net.stationState(state);
    window.send(IPC.stationState, state);
    window.flash(state.kind === 'down');
    if (state.kind !== 'refused') return;
    closing = 'done';
    net.stop();
    window.destroy();
    refuseToStart(state.message, log);
  };
  const onStatus = (next: StationStatus): void => {
    const wasUrgent = isUrgent(status);
    status = next;
    net.stationStatus(next);
    screen.hold(next.sessionOpen);
    if (isUrgent(next) && !wasUrgent) window.raiseFromBackground();
  };
  const station: StationProcess = startStationProcess({
    modulePath: paths.stationHost,
    options,
    clock,
    log,
    onState,
    onStatus,
    killHard: environment.killHard,
  });

  listenToWindow({
    isOurs: window.isOurs,
    onRequestPort: (contents) => {
      window.send(IPC.stationState, station.state());
      station.connectWindow(contents);
    },
    onAlive: net.windowAlive,
    log,
  });
  installMenu({
    window: window.window,
    dataDir: options.dataDir,
    isPackaged,
    isMac: environment.platform === 'darwin',
    onProblem: (message) => log.warn('the data folder could not be shown', { message }),
  });

  const stopEverything = async (): Promise<void> => {
    closing = 'stopping';
    // Silence first: from here on nobody monitors on purpose.
    net.stop();
    window.destroy();
    screen.hold(false);
    await station.stop();
    closing = 'done';
    app.quit();
  };
  const wishToClose = (): void => {
    if (closing !== 'no') return;
    guard
      .ask()
      .then((answer) => {
        if (answer === 'background') window.toBackground();
        return answer === 'stop' ? stopEverything() : undefined;
      })
      .catch((error: unknown) => {
        // Never stop for want of an answer; the person can ask again.
        log.error('closing failed', { error: String(error) });
      });
  };

  app.on('second-instance', () => window.raise());
  app.on('activate', () => window.raise());
  app.on('before-quit', (event) => {
    if (closing === 'done') return;
    event.preventDefault();
    wishToClose();
  });
  // Without a listener Electron quits here by itself; the end is decided above.
  app.on('window-all-closed', () => undefined);
};

const isUrgent = (status: StationStatus | null): boolean =>
  status?.sounding === 'high' || status?.sounding === 'medium';
