import type { BrowserWindow, MenuItemConstructorOptions } from 'electron';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type MenuDeps, menuTemplate } from '../../electron/menu.ts';
import { settle } from '../support/fake-clock.ts';
import { electronModule, FakeBrowserWindow, resetElectron } from './fake-electron.ts';

vi.mock('electron', async () => (await import('./fake-electron.ts')).electronModule);

beforeEach(resetElectron);

const menu = (options: Partial<MenuDeps> = {}) => {
  const window = new FakeBrowserWindow({ webPreferences: {} });
  const problems: string[] = [];
  const template = menuTemplate({
    // The fake has what the menu uses of a window.
    window: window as unknown as BrowserWindow,
    dataDir: '/srv/data',
    isPackaged: true,
    isMac: false,
    onProblem: (message) => problems.push(message),
    ...options,
  });
  const items = template.flatMap((entry) => [
    entry,
    ...(Array.isArray(entry.submenu) ? (entry.submenu as MenuItemConstructorOptions[]) : []),
  ]);
  const press = (label: string): void => {
    const click = items.find((item) => item.label === label)?.click as (() => void) | undefined;
    if (click === undefined) throw new Error(`there is no "${label}"`);
    click();
  };
  return { window, problems, roles: items.map((item) => item.role), press };
};

describe('the menu', () => {
  it('has developer tools only where the app is not packaged', () => {
    expect(menu({ isPackaged: true }).roles).not.toContain('toggleDevTools');
    expect(menu({ isPackaged: false }).roles).toContain('toggleDevTools');
  });

  it('quits through the app, which asks first', () => {
    expect(menu().roles).toContain('quit');
    expect(menu({ isMac: true }).roles).toContain('appMenu');
  });

  it('reloads the window and switches the kiosk on and off', () => {
    const { window, press } = menu();
    press('&Reload window');
    expect(window.webContents.reloads).toBe(1);
    press('&Kiosk (whole screen, no bars)');
    expect(window.kiosk).toBe(true);
    press('&Kiosk (whole screen, no bars)');
    expect(window.kiosk).toBe(false);
  });

  it('opens the data folder, and tells the system’s words when it cannot', async () => {
    const openPath = vi.spyOn(electronModule.shell, 'openPath').mockResolvedValue('no file manager');
    const { press, problems } = menu();
    press('Open &data folder');
    await settle();
    expect(openPath).toHaveBeenCalledWith('/srv/data');
    expect(problems).toEqual(['no file manager']);
    openPath.mockRestore();
  });
});
