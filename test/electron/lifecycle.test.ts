import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startDesktop } from '../../electron/app-lifecycle.ts';
import { fakeClock, settle } from '../support/fake-clock.ts';
import { app, fakeEvent, ipcMain, last, resetElectron, world } from './fake-electron.ts';

vi.mock('electron', async () => (await import('./fake-electron.ts')).electronModule);

let folder: string;
let dataDir: string;
let renderer: string;

beforeEach(() => {
  resetElectron();
  folder = mkdtempSync(join(tmpdir(), 'chairside-desktop-'));
  dataDir = join(folder, 'data');
  renderer = join(folder, 'renderer');
  mkdirSync(renderer);
  writeFileSync(join(renderer, 'index.html'), '<!doctype html>');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const start = (argv: readonly string[] = []) => {
  const clock = fakeClock();
  startDesktop({
    argv: ['.', '--data', dataDir, ...argv],
    cwd: '/',
    platform: 'linux',
    clock,
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    paths: {
      preload: '/out/electron/preload.cjs',
      stationHost: '/out/electron/station-host.js',
      renderer,
    },
    killHard: () => undefined,
  });
  return clock;
};

interface Status {
  readonly sounding?: 'high' | 'medium' | 'low' | null;
  readonly underTreatment?: boolean;
  readonly sessionOpen?: boolean;
}

const say = (status: Status): void =>
  last(world.processes).say({
    type: 'status',
    sounding: null,
    unheard: null,
    underTreatment: false,
    sessionOpen: false,
    ...status,
  });

/** The app with its window open and its station running. */
const open = async (status: Status = {}) => {
  const clock = start();
  await app.fireReady();
  say(status);
  last(world.processes).say({ type: 'ready' });
  const window = last(world.windows);
  fromPage('chairside-window-alive');
  return { clock, window, child: last(world.processes) };
};

/** A message as the page in our window sends it. */
const fromPage = (channel: string): void => {
  const contents = last(world.windows).webContents;
  ipcMain.emit(channel, { sender: contents, senderFrame: contents.mainFrame });
};

describe('starting', () => {
  it('does what must be done before Electron is ready, at once', () => {
    start();
    expect(world.calls).toEqual([
      'setName Chairside',
      'setPath userData',
      'requestSingleInstanceLock',
      'enableSandbox',
    ]);
    expect(world.switches).toContainEqual(['autoplay-policy', 'no-user-gesture-required']);
    expect(world.schemes).toHaveLength(1);
    expect(world.windows).toEqual([]);
  });

  it('keeps Chromium’s files in a folder of their own inside the data folder', () => {
    start();
    expect(world.paths).toEqual({ userData: join(dataDir, 'window') });
    expect(statSync(join(dataDir, 'window')).isDirectory()).toBe(true);
  });

  it('opens one window on the app’s own address and starts the station on the data folder', async () => {
    start(['--demo']);
    await app.fireReady();
    expect(world.windows.map((window) => window.webContents.loads)).toEqual([['app://chairside/']]);
    expect(last(world.processes).posted[0]?.message).toEqual({
      type: 'start',
      dataDir,
      configFile: null,
      demo: true,
    });
  });

  it('denies every permission and every address but its own', async () => {
    await open();
    const { permissionRequest, permissionCheck, devicePermission, beforeRequest } = world.session;
    const granted: boolean[] = [];
    permissionRequest?.({}, 'media', (ok) => granted.push(ok));
    expect([granted, permissionCheck?.(), devicePermission?.()]).toEqual([[false], false, false]);
    const cancelled = (url: string): boolean | undefined => {
      let outcome: boolean | undefined;
      beforeRequest?.({ url }, ({ cancel }) => {
        outcome = cancel;
      });
      return outcome;
    };
    expect([cancelled('https://example.org/'), cancelled('app://chairside/x.js')]).toEqual([true, false]);
  });

  it('gives way to the one that already runs on this data folder', async () => {
    world.isFirstInstance = false;
    start();
    await app.fireReady();
    expect([world.quits, world.windows, world.processes]).toEqual([1, [], []]);
  });

  it('comes to the front when it is started a second time', async () => {
    const { window } = await open();
    window.minimize();
    app.emit('second-instance');
    expect([window.isDown, window.raised]).toEqual([false, 1]);
  });

  it('ends with one line on wrong usage', () => {
    const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    start(['--config']);
    expect(world.exits).toEqual([2]);
    expect(write.mock.calls).toEqual([['--config: name the configuration file\n']]);
    write.mockRestore();
  });

  it('says in one box why the data folder cannot be used, and ends', async () => {
    const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    writeFileSync(dataDir, 'a file where the folder should be');
    start();
    await app.fireReady();
    expect(last(world.questions).options).toMatchObject({ message: 'Chairside could not start.' });
    expect(last(world.questions).options.detail).toContain('ENOTDIR');
    expect(world.exits).toEqual([]);
    last(world.questions).answer('OK');
    await settle();
    expect(world.exits).toEqual([1]);
    write.mockRestore();
  });

  it('says in one box that the user interface was not built, before it starts a station', async () => {
    const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    rmSync(renderer, { recursive: true });
    start();
    await app.fireReady();
    await settle();
    expect(last(world.questions).options.detail).toContain('run npm run build');
    expect([world.windows, world.processes]).toEqual([[], []]);
    write.mockRestore();
  });

  it('says in one box why the station cannot start, and ends', async () => {
    const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    start();
    await app.fireReady();
    last(world.processes).say({ type: 'fatal', message: 'chairside.db: written by a newer Chairside' });
    await settle();
    expect(last(world.questions).options.detail).toBe('chairside.db: written by a newer Chairside');
    expect(last(world.windows).isGone).toBe(true);
    last(world.questions).answer('OK');
    await settle();
    expect(world.exits).toEqual([1]);
    write.mockRestore();
  });
});

describe('the window', () => {
  it('gets a port when its page asks, and the state of the station', async () => {
    const { window } = await open();
    fromPage('chairside-request-port');
    const sent = window.webContents.sent.map((item) => item.channel);
    expect(sent.filter((channel) => channel === 'chairside-port')).toHaveLength(1);
    expect(
      last(window.webContents.sent.filter((item) => item.channel === 'chairside-station-state')),
    ).toEqual({ channel: 'chairside-station-state', message: { kind: 'running', restarts: 0 } });
  });

  it('gets no port for a frame that is not our page', async () => {
    const { window } = await open();
    const { webContents } = window;
    const elsewhere = { url: 'https://example.org/', parent: null };
    const inside = { url: 'app://chairside/', parent: webContents.mainFrame };
    for (const senderFrame of [elsewhere, inside, null]) {
      ipcMain.emit('chairside-request-port', { sender: webContents, senderFrame });
    }
    expect(webContents.sent.some((item) => item.channel === 'chairside-port')).toBe(false);
  });

  it('is loaded again, with a mark, when its renderer process has gone; the station goes on', async () => {
    const { clock, window, child } = await open({ underTreatment: true });
    window.webContents.url = 'app://chairside/#/chair/demo-chair';
    window.webContents.crash('crashed');
    await clock.advance(0);
    expect(window.webContents.loads.at(-1)).toBe('app://chairside/?recovered=renderer#/chair/demo-chair');
    expect([child.kills, world.processes.length]).toEqual([0, 1]);
    expect(world.notifications.map((item) => item.options.title)).toEqual([
      'Chairside’s window was started again',
    ]);
  });

  it('that goes again and again is loaded again with pauses', async () => {
    const { clock, window } = await open();
    window.webContents.crash('crashed');
    await clock.advance(0);
    window.webContents.crash('oom');
    await clock.advance(1900);
    expect(window.webContents.loads).toHaveLength(2);
    await clock.advance(200);
    expect(window.webContents.loads).toHaveLength(3);
  });

  it('that hangs is offered to be started again, after 3 s, with a beep and a notification', async () => {
    const { clock, window } = await open();
    await clock.advance(2500);
    expect([world.beeps, world.questions]).toEqual([0, []]);
    last(world.processes).say({ type: 'alive' });
    await clock.advance(1000);
    expect(world.beeps).toBe(1);
    expect(world.notifications.map((item) => item.options.title)).toEqual([
      'Chairside’s window does not respond',
    ]);
    last(world.questions).answer('Start the window again');
    await settle();
    await clock.advance(0);
    expect(window.webContents.loads.at(-1)).toBe('app://chairside/?recovered=renderer');
  });

  it('that is heard again takes the question away', async () => {
    const { clock } = await open();
    await clock.advance(2500);
    last(world.processes).say({ type: 'alive' });
    await clock.advance(1000);
    const { signal } = last(world.questions).options;
    expect(signal?.aborted).toBe(false);
    fromPage('chairside-window-alive');
    expect(signal?.aborted).toBe(true);
    await settle();
    expect(last(world.windows).webContents.loads).toHaveLength(1);
  });

  it('comes out of the background when an alarm sounds, once for each', async () => {
    const { window } = await open({ underTreatment: true });
    window.minimize();
    say({ sounding: 'low' });
    expect(window.isDown).toBe(true);
    say({ sounding: 'high' });
    expect([window.isDown, window.raised]).toEqual([false, 1]);
    window.minimize();
    say({ sounding: 'high' });
    expect(window.isDown).toBe(true);
  });
});

describe('the station down', () => {
  it('is NOT MONITORING: told to the window, beeped, notified and flashed, until it runs again', async () => {
    const { clock, window, child } = await open({ underTreatment: true });
    child.end(139);
    const down = { kind: 'down', restarts: 0, message: 'The station’s process ended (exit code 139).' };
    expect(last(window.webContents.sent)).toEqual({ channel: 'chairside-station-state', message: down });
    expect([world.beeps, window.isFlashing]).toEqual([1, true]);
    expect(last(world.notifications).options.title).toBe('NOT MONITORING');
    await clock.advance(500);
    last(world.processes).say({ type: 'ready' });
    expect(window.isFlashing).toBe(false);
    expect(last(window.webContents.sent).message).toEqual({ kind: 'running', restarts: 1 });
  });

  it('still asks before closing when a patient was under treatment', async () => {
    const { window, child } = await open({ underTreatment: true });
    child.end(1);
    expect(window.pressClose()).toBe(false);
    expect(last(world.questions).options.message).toBe('A patient is under treatment.');
  });
});

describe('the screen', () => {
  it('stays on while a session is open, and only then', async () => {
    const { clock } = await open();
    expect([...world.blockers.values()]).toEqual([]);
    say({ sessionOpen: true });
    say({ sessionOpen: true });
    expect([...world.blockers.values()]).toEqual(['prevent-display-sleep']);
    last(world.processes).end(1);
    await clock.advance(500);
    expect(world.blockers.size).toBe(1);
    say({ sessionOpen: false });
    expect(world.blockers.size).toBe(0);
  });
});

describe('closing', () => {
  it('without a session stops the station, then ends the app', async () => {
    const { window, child } = await open();
    expect(window.pressClose()).toBe(false);
    await settle();
    expect(child.posted.at(-1)?.message).toEqual({ type: 'stop' });
    expect([window.isGone, world.quits, world.questions, world.beeps]).toEqual([true, 1, [], 0]);
  });

  it('under treatment asks; “keep monitoring” leaves window and station alive in the background', async () => {
    const { window, child } = await open({ underTreatment: true });
    window.pressClose();
    expect(last(world.questions).parent).toBe(window);
    last(world.questions).answer('Keep monitoring in the background');
    await settle();
    expect([window.isGone, window.isDown, world.quits]).toEqual([false, true, 0]);
    expect(child.posted.map((item) => item.message)).not.toContainEqual({ type: 'stop' });
  });

  it('by quitting asks just the same', async () => {
    const { child } = await open({ underTreatment: true });
    app.quit();
    expect(world.quits).toBe(0);
    expect(world.questions).toHaveLength(1);
    last(world.questions).answer('Cancel');
    await settle();
    expect(child.posted.map((item) => item.message)).not.toContainEqual({ type: 'stop' });
  });

  it('under treatment stops only after the second answer', async () => {
    const { window } = await open({ underTreatment: true, sessionOpen: true });
    window.pressClose();
    last(world.questions).answer('Stop monitoring…');
    await settle();
    expect(window.isGone).toBe(false);
    last(world.questions).answer('Stop monitoring');
    await settle();
    expect([window.isGone, world.quits, world.blockers.size]).toEqual([true, 1, 0]);
  });

  it('before the station has said anything asks, for nobody knows', async () => {
    start();
    await app.fireReady();
    last(world.windows).pressClose();
    expect(last(world.questions).options.message).toContain('may be under treatment');
  });

  it('never quits by itself because no window is open', async () => {
    await open();
    const event = fakeEvent({});
    app.emit('window-all-closed', event);
    expect([app.listenerCount('window-all-closed'), world.quits]).toEqual([1, 0]);
  });
});
