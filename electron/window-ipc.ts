/** The two messages that a window may send, heard only from our own page in our own window. */
import { type IpcMainEvent, ipcMain, type WebContents } from 'electron';
import type { Log } from '../station/ports.ts';
import { isOwnSender } from './hardening.ts';
import { IPC } from './ipc.ts';

export interface WindowIpcDeps {
  readonly isOurs: (contents: WebContents) => boolean;
  readonly onRequestPort: (contents: WebContents) => void;
  readonly onAlive: () => void;
  readonly log: Log;
}

export const listenToWindow = (deps: WindowIpcDeps): void => {
  const fromOwnPage = (channel: string, act: (contents: WebContents) => void): void => {
    ipcMain.on(channel, (event: IpcMainEvent) => {
      if (isOwnSender(event, deps.isOurs)) act(event.sender);
      else deps.log.warn('a message from elsewhere was refused', { channel });
    });
  };
  fromOwnPage(IPC.requestPort, deps.onRequestPort);
  fromOwnPage(IPC.windowAlive, deps.onAlive);
};
