/**
 * The only bridge into the page: where the station's port comes through, and nothing else. Runs sandboxed, in
 * its own world; the page sees `window.chairsideHost` and posted messages.
 */
import { contextBridge, type IpcRendererEvent, ipcRenderer } from 'electron';
import { isAppUrl } from './app-url.ts';
import { ALIVE_EVERY_MS, IPC } from './ipc.ts';

/** The part of the page's `window` that is used here; this room is compiled without the browser's types. */
interface PageWindow {
  readonly location: { readonly href: string };
  postMessage(message: unknown, targetOrigin: string, transfer?: readonly unknown[]): void;
}
declare const window: PageWindow;
/** Put in by the build (vite.preload.config.ts): the script can load no other file. */
declare const CHAIRSIDE_VERSION: string;

if (isAppUrl(window.location.href)) {
  ipcRenderer.on(IPC.port, (event: IpcRendererEvent) => {
    // To this very window only; the page checks that the source is itself. Electron, MessagePorts in Electron.
    window.postMessage({ type: IPC.port }, '*', event.ports);
  });
  ipcRenderer.on(IPC.stationState, (_event, state: unknown) => {
    window.postMessage({ type: IPC.stationState, state }, '*');
  });
  contextBridge.exposeInMainWorld('chairsideHost', {
    kind: 'desktop',
    version: CHAIRSIDE_VERSION,
    requestPort: () => ipcRenderer.send(IPC.requestPort),
  });
  // These timers run in the renderer process: when it hangs, the main process no longer hears them.
  setInterval(() => ipcRenderer.send(IPC.windowAlive), ALIVE_EVERY_MS);
  ipcRenderer.send(IPC.windowAlive);
}
