/** The menu: what the page itself cannot offer. No developer tools in packaged builds. */
import { app, type BrowserWindow, Menu, type MenuItemConstructorOptions, shell } from 'electron';

export interface MenuDeps {
  readonly window: BrowserWindow;
  readonly dataDir: string;
  readonly isPackaged: boolean;
  readonly isMac: boolean;
  /** The data folder could not be shown: why. */
  readonly onProblem: (message: string) => void;
}

export const menuTemplate = (deps: MenuDeps): MenuItemConstructorOptions[] => {
  const { window } = deps;
  const openDataFolder = async (): Promise<void> => {
    // Resolves with the system's words when it failed, '' when not (Electron, shell.openPath).
    const problem = await shell.openPath(deps.dataDir);
    if (problem !== '') deps.onProblem(problem);
  };
  return [
    ...(deps.isMac ? [{ role: 'appMenu' } as const] : []),
    {
      label: '&File',
      submenu: [
        {
          label: 'Open &data folder',
          accelerator: 'CmdOrCtrl+Shift+D',
          click: () => {
            openDataFolder().catch((error: unknown) => deps.onProblem(String(error)));
          },
        },
        { type: 'separator' },
        deps.isMac ? { role: 'close' } : { role: 'quit' },
      ],
    },
    { role: 'editMenu' },
    {
      label: '&View',
      submenu: [
        { label: '&Reload window', accelerator: 'CmdOrCtrl+R', click: () => window.webContents.reload() },
        { type: 'separator' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'resetZoom' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
        {
          label: '&Kiosk (whole screen, no bars)',
          accelerator: 'CmdOrCtrl+Shift+K',
          click: () => window.setKiosk(!window.isKiosk()),
        },
        ...(deps.isPackaged ? [] : [{ type: 'separator' } as const, { role: 'toggleDevTools' } as const]),
      ],
    },
    {
      label: '&Help',
      submenu: [{ label: '&About Chairside', click: () => app.showAboutPanel() }],
    },
  ];
};

export const installMenu = (deps: MenuDeps): void => {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(deps)));
};
