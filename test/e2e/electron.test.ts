/**
 * The desktop app in a real Electron, where there is one: the window, the close question, and what happens when
 * the renderer's or the station's process is killed.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { goToChair, HR, hasNumber, iAm, infuse, notMonitoring, SPO2, until } from './acts.ts';
import { freshFolder, removeFolder } from './support.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Path of the Electron program, or null where it was not downloaded. */
const program = (): string | null => {
  const package_ = join(ROOT, 'node_modules', 'electron');
  const pathFile = join(package_, 'path.txt');
  if (!existsSync(pathFile)) return null;
  const file = join(package_, 'dist', readFileSync(pathFile, 'utf8'));
  return existsSync(file) ? file : null;
};

/** True where the system lets ordinary programs make the name spaces that Chromium's sandbox is built from. */
const maySandbox = (): boolean => {
  const restricted = '/proc/sys/kernel/apparmor_restrict_unprivileged_userns';
  return !existsSync(restricted) || readFileSync(restricted, 'utf8').trim() === '0';
};

/** Why the desktop cannot be tested here; null when it can. */
const obstacle = (): string | null => {
  if (program() === null) return 'the Electron program is not installed';
  if (process.platform !== 'linux') return null;
  if (!process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return 'there is no display';
  if (!maySandbox()) return 'AppArmor does not allow the sandbox of an unpackaged Electron';
  return process.getuid?.() === 0 ? 'Electron does not run as root' : null;
};

const reason = obstacle();

/** What the app asked in boxes, and how it is answered: put into the main process by the test. */
interface Asked {
  asked?: string[];
}

let folder: string;
let app: ElectronApplication;
let page: Page;

const start = async (): Promise<void> => {
  folder = freshFolder();
  const executablePath = program();
  if (executablePath === null) throw new Error('no Electron');
  app = await _electron.launch({ executablePath, args: [ROOT, '--demo', '--data', folder] });
  page = await app.firstWindow();
  await goToChair(page, 'demo-chair');
  await until(() => hasNumber(page, HR)).toBe(true);
};

/** From now on each question is answered with this button. */
const answerWith = (button: string): Promise<void> =>
  app.evaluate(({ dialog }, wanted) => {
    const scope = globalThis as Asked;
    scope.asked = [];
    const answer = (...args: readonly unknown[]) => {
      const options = args.at(-1) as { message: string; buttons?: readonly string[]; cancelId?: number };
      scope.asked?.push(options.message);
      const response = options.buttons?.indexOf(wanted) ?? -1;
      return Promise.resolve({
        response: response >= 0 ? response : (options.cancelId ?? 0),
        checkboxChecked: false,
      });
    };
    Object.assign(dialog, { showMessageBox: answer });
  }, button);

const asked = (): Promise<readonly string[]> => app.evaluate(() => (globalThis as Asked).asked ?? []);

/** The process id of the station's process; null while there is none. */
const stationPid = (): Promise<number | null> =>
  app.evaluate(
    ({ app: main }) => main.getAppMetrics().find((item) => item.name === 'Chairside station')?.pid ?? null,
  );

/** Something the page shows, asked through the main process: outlives a renderer that was killed. */
const inPage = (script: string): Promise<unknown> =>
  app.evaluate(async ({ BrowserWindow }, code) => {
    const [window] = BrowserWindow.getAllWindows();
    return window === undefined || window.webContents.isCrashed()
      ? null
      : window.webContents.executeJavaScript(code);
  }, script);

describe.skipIf(reason !== null)(
  `the desktop app in Electron${reason === null ? '' : ` (skipped: ${reason})`}`,
  () => {
    beforeEach(start);
    afterEach(async () => {
      const child = app.process();
      child.kill('SIGKILL');
      await new Promise((resolve) => (child.exitCode === null ? child.once('exit', resolve) : resolve(null)));
      removeFolder(folder);
    });

    it('opens its window and shows the demonstration’s live values, marked as simulated', async () => {
      expect(page.url()).toMatch(/^app:\/\/chairside\//);
      await until(() => hasNumber(page, SPO2)).toBe(true);
      await until(() => page.getByTestId('simulated-banner').isVisible()).toBe(true);
      await until(() => notMonitoring(page).count()).toBe(0);
      await until(() => page.evaluate(() => typeof Reflect.get(globalThis, 'require'))).toBe('undefined');
    });

    it('asks before it closes while a patient is being infused, and then goes on in the background', async () => {
      await iAm(page, 'E.T.');
      await infuse(page);
      await answerWith('Keep monitoring in the background');
      const before = await stationPid();
      // The main process hears of the phase within a second.
      await until(async () => {
        await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
        return asked();
      }).toContain('A patient is under treatment.');
      expect(await stationPid()).toBe(before);
      await until(() =>
        app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isMinimized()),
      ).toBe(true);
    });

    it('loads the window again when its renderer process was killed, while the station goes on', async () => {
      const before = await stationPid();
      await app.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
      );
      await until(() => inPage('location.search')).toBe('?recovered=renderer');
      await until(() => inPage('document.querySelector("[data-link]")?.dataset.link')).toBe('live');
      expect(await stationPid()).toBe(before);
    });

    it('says NOT MONITORING when the station’s process was killed, and recovers by itself', async () => {
      const before = await stationPid();
      if (before === null) throw new Error('no station process');
      process.kill(before, 'SIGKILL');
      await notMonitoring(page).waitFor({ timeout: 4000 });
      await notMonitoring(page).waitFor({ state: 'detached', timeout: 20_000 });
      await until(() => hasNumber(page, HR)).toBe(true);
      expect(await stationPid()).not.toBe(before);
    });
  },
);
