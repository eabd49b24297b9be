/**
 * A stand-in for the `electron` module: records what the app asks of it and lets a test play the operating
 * system, the window and the station's process. Only what the desktop host uses; anything else is undefined
 * and fails loudly.
 */
import { EventEmitter } from 'node:events';
import { FakePort, FakeUtilityProcess, fakeEvent, journal, portPair } from './fake-processes.ts';

export { FakePort, FakeUtilityProcess, fakeEvent, journal, portPair };

export class FakeContents extends EventEmitter {
  url = '';
  isGone = false;
  hasCrashed = false;
  loads: string[] = [];
  sent: { channel: string; message: unknown }[] = [];
  windowOpen: ((details: { url: string }) => unknown) | null = null;
  reloads = 0;
  readonly mainFrame = { url: 'app://chairside/', parent: null };

  loadURL(url: string): Promise<void> {
    this.loads.push(url);
    this.url = url;
    this.hasCrashed = false;
    return Promise.resolve();
  }
  getURL = (): string => this.url;
  isDestroyed = (): boolean => this.isGone;
  isCrashed = (): boolean => this.hasCrashed;
  reload = (): void => {
    this.reloads += 1;
  };
  forcefullyCrashRenderer = (): void => this.crash('killed');
  setWindowOpenHandler(handler: (details: { url: string }) => unknown): void {
    this.windowOpen = handler;
  }
  send(channel: string, message: unknown): void {
    this.sent.push({ channel, message });
  }
  postMessage(channel: string, message: unknown, ports: readonly FakePort[] = []): void {
    journal.push({ to: 'window', message: channel, ports });
    this.sent.push({ channel, message });
  }
  /** The renderer process goes. */
  crash(reason: string): void {
    this.hasCrashed = true;
    this.emit('render-process-gone', {}, { reason, exitCode: 1 });
  }
}

export class FakeBrowserWindow extends EventEmitter {
  readonly webContents = new FakeContents();
  readonly options: { webPreferences: Record<string, unknown> };
  isGone = false;
  isDown = false;
  isShown = true;
  isFlashing = false;
  raised = 0;
  kiosk = false;

  constructor(options: { webPreferences: Record<string, unknown> }) {
    super();
    this.options = options;
    world.windows.push(this);
    app.emit('web-contents-created', {}, this.webContents);
  }
  isDestroyed = (): boolean => this.isGone;
  isMinimized = (): boolean => this.isDown;
  isVisible = (): boolean => this.isShown;
  isKiosk = (): boolean => this.kiosk;
  setKiosk = (on: boolean): void => {
    this.kiosk = on;
  };
  minimize = (): void => {
    this.isDown = true;
  };
  restore = (): void => {
    this.isDown = false;
  };
  show = (): void => {
    this.isShown = true;
    this.raised += 1;
  };
  focus = (): void => undefined;
  flashFrame = (on: boolean): void => {
    this.isFlashing = on;
  };
  destroy = (): void => {
    this.isGone = true;
    this.webContents.isGone = true;
    this.webContents.emit('destroyed');
    app.emit('window-all-closed');
  };
  /** The person presses the close button. */
  pressClose(): boolean {
    const event = fakeEvent({});
    this.emit('close', event);
    return !event.defaultPrevented;
  }
}

class FakeNotification extends EventEmitter {
  static isSupported = (): boolean => true;
  isShown = false;
  readonly options: { title: string; body: string };
  constructor(options: { title: string; body: string }) {
    super();
    this.options = options;
    world.notifications.push(this);
  }
  show = (): void => {
    this.isShown = true;
  };
  close = (): void => {
    this.isShown = false;
  };
}

interface Question {
  readonly options: {
    readonly message: string;
    readonly buttons?: readonly string[];
    readonly detail?: string;
    readonly defaultId?: number;
    readonly signal?: AbortSignal;
  };
  readonly parent: FakeBrowserWindow | null;
  answer(button: string | number): void;
}

type Answer = (request: Request) => Promise<Response>;

/** Electron's DownloadItem, as far as the app uses it. */
export interface FakeDownload {
  getURL(): string;
  getFilename(): string;
  setSaveDialogOptions(options: { readonly title: string; readonly defaultPath: string }): void;
  once(name: string, listener: (event: unknown, state: string) => void): void;
}

const freshWorld = () => ({
  windows: [] as FakeBrowserWindow[],
  processes: [] as FakeUtilityProcess[],
  notifications: [] as FakeNotification[],
  questions: [] as Question[],
  beeps: 0,
  menus: [] as unknown[],
  blockers: new Map<number, string>(),
  switches: [] as [string, string | undefined][],
  calls: [] as string[],
  paths: {} as Record<string, string>,
  exits: [] as number[],
  quits: 0,
  isFirstInstance: true,
  isReady: false,
  schemes: [] as unknown[],
  handlers: new Map<string, Answer>(),
  session: {
    permissionRequest: null as null | ((c: unknown, p: string, decide: (ok: boolean) => void) => void),
    permissionCheck: null as null | (() => boolean),
    devicePermission: null as null | (() => boolean),
    beforeRequest: null as null | ((d: { url: string }, decide: (r: { cancel: boolean }) => void) => void),
    willDownload: null as null | ((event: { preventDefault(): void }, item: FakeDownload) => void),
  },
});

/** Everything that was recorded since `resetElectron`. */
export let world = freshWorld();

class FakeApp extends EventEmitter {
  isPackaged = false;
  readonly commandLine = {
    appendSwitch: (name: string, value?: string): void => {
      world.switches.push([name, value]);
    },
  };
  private ready: Promise<void> = Promise.resolve();
  private becomeReady: () => void = () => undefined;

  reset(): void {
    this.removeAllListeners();
    this.isPackaged = false;
    this.ready = new Promise((resolve) => {
      this.becomeReady = () => {
        world.isReady = true;
        resolve();
      };
    });
  }
  /** Electron is initialised. */
  async fireReady(): Promise<void> {
    this.becomeReady();
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
  }
  private early(call: string): void {
    if (world.isReady) throw new Error(`${call} came after ready`);
    world.calls.push(call);
  }
  setName = (name: string): void => {
    world.calls.push(`setName ${name}`);
  };
  setAppUserModelId = (): void => undefined;
  setAboutPanelOptions = (): void => undefined;
  showAboutPanel = (): void => undefined;
  setPath = (name: string, path: string): void => {
    this.early(`setPath ${name}`);
    world.paths[name] = path;
  };
  requestSingleInstanceLock = (): boolean => {
    this.early('requestSingleInstanceLock');
    return world.isFirstInstance;
  };
  enableSandbox = (): void => this.early('enableSandbox');
  whenReady = (): Promise<void> => this.ready;
  quit = (): void => {
    const event = fakeEvent({});
    this.emit('before-quit', event);
    if (!event.defaultPrevented) world.quits += 1;
  };
  exit = (code: number): void => {
    world.exits.push(code);
  };
}

export const app = new FakeApp();

let nextPid = 4000;
let nextBlocker = 1;

export const ipcMain = new EventEmitter();

/** The module, as `vi.mock('electron', …)` wants it. */
export const electronModule = {
  app,
  BrowserWindow: FakeBrowserWindow,
  Notification: FakeNotification,
  MessageChannelMain: class {
    readonly port1: FakePort;
    readonly port2: FakePort;
    constructor() {
      [this.port1, this.port2] = portPair();
    }
  },
  Menu: {
    buildFromTemplate: (template: unknown) => template,
    setApplicationMenu: (menu: unknown) => world.menus.push(menu),
  },
  dialog: {
    showMessageBox: (...args: readonly unknown[]) =>
      new Promise((resolve) => {
        const [parent, options] = args.length === 2 ? args : [null, args[0]];
        const question: Question = {
          parent: parent as FakeBrowserWindow | null,
          options: options as Question['options'],
          answer: (button) =>
            resolve({
              response:
                typeof button === 'number' ? button : (question.options.buttons ?? ['OK']).indexOf(button),
            }),
        };
        question.options.signal?.addEventListener('abort', () => resolve({ response: 1 }));
        world.questions.push(question);
      }),
  },
  ipcMain,
  powerSaveBlocker: {
    start: (type: string) => {
      world.blockers.set(nextBlocker, type);
      return nextBlocker++;
    },
    stop: (id: number) => world.blockers.delete(id),
  },
  protocol: {
    registerSchemesAsPrivileged: (schemes: readonly unknown[]) => {
      if (world.isReady) throw new Error('registerSchemesAsPrivileged came after ready');
      world.schemes.push(...schemes);
    },
    handle: (scheme: string, answer: Answer) => world.handlers.set(scheme, answer),
  },
  session: {
    defaultSession: {
      on: (name: string, listener: never) => {
        if (name === 'will-download') world.session.willDownload = listener;
      },
      setPermissionRequestHandler: (handler: never) => {
        world.session.permissionRequest = handler;
      },
      setPermissionCheckHandler: (handler: never) => {
        world.session.permissionCheck = handler;
      },
      setDevicePermissionHandler: (handler: never) => {
        world.session.devicePermission = handler;
      },
      webRequest: {
        onBeforeRequest: (handler: never) => {
          world.session.beforeRequest = handler;
        },
      },
    },
  },
  shell: {
    beep: () => {
      world.beeps += 1;
    },
    openPath: () => Promise.resolve(''),
  },
  utilityProcess: {
    fork: (modulePath: string, _args: readonly string[], options: unknown) => {
      if (!world.isReady) throw new Error('utilityProcess.fork came before ready');
      const child = new FakeUtilityProcess(nextPid++, modulePath, options);
      world.processes.push(child);
      return child;
    },
  },
};

/** A new world for the next test. */
export const resetElectron = (): void => {
  world = freshWorld();
  journal.length = 0;
  ipcMain.removeAllListeners();
  app.reset();
};

/** The last of a list that must not be empty. */
export const last = <T>(list: readonly T[]): T => {
  const item = list.at(-1);
  if (item === undefined) throw new Error('nothing was recorded');
  return item;
};
