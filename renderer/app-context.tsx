/** What every screen may use: the store, the line to the station, and who is at the window. */
import { createContext, type ReactNode, useContext } from 'react';
import { useStore } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import type { Instant } from '../core/time.ts';
import type { Player } from './audio/player.ts';
import type { StationState, WindowState } from './store/state.ts';
import type { StationLink } from './store/station-link.ts';

export interface App {
  readonly store: StoreApi<WindowState>;
  readonly link: StationLink;
  readonly player: Player;
}

const AppContext = createContext<App | null>(null);

export const AppProvider = ({ app, children }: { readonly app: App; readonly children: ReactNode }) => (
  <AppContext value={app}>{children}</AppContext>
);

/** The app. @throws Error outside of `AppProvider`. */
export const useApp = (): App => {
  const app = useContext(AppContext);
  if (app === null) throw new Error('no AppProvider above');
  return app;
};

/** A part of the window's state; the component renders again when it changes. */
export const useWindow = <T,>(select: (state: WindowState) => T): T => useStore(useApp().store, select);

/** What the station told last; null before its first word. */
export const useStation = (): StationState | null => useWindow((state) => state.station);

/**
 * The station's time for everything that must look live: null while the station is not heard, so that ages,
 * countdowns and numbers stop at once.
 */
export const useNow = (): Instant | null => useWindow((state) => (state.link === 'live' ? state.now : null));
