/** Entry of the window: puts the parts together and draws. */
import { createRoot } from 'react-dom/client';
import { createStore } from 'zustand/vanilla';
import type { App } from './app-context.tsx';
import { AppProvider } from './app-context.tsx';
import { readSoundSettings } from './audio/sound-settings.ts';
import { startWindowSound } from './audio/start-sound.ts';
import { tellStationOfSound } from './audio/tell-station.ts';
import type { ChannelSource } from './channel/channel-source.ts';
import { chooseSource } from './channel/choose.ts';
import { readWho } from './parts/who-storage.ts';
import { Shell } from './shell.tsx';
import { windowFrame } from './store/batch.ts';
import { initialState, type WindowState } from './store/state.ts';
import { startStationLink } from './store/station-link.ts';
import { windowEvery } from './store/ticker.ts';
import { startFlashClock } from './theme/flash-clock.ts';
import './theme/index.css';

const local = { monoMs: () => performance.now(), wallMs: () => Date.now() };

/** In development `/?fake` runs without a station; the whole branch is gone from the build. */
const source = async (): Promise<ChannelSource> => {
  if (import.meta.env.DEV && new URLSearchParams(location.search).has('fake')) {
    const { fakeSource } = await import('./dev/fake-station.ts');
    return fakeSource();
  }
  return chooseSource(window);
};

const start = async (root: HTMLElement): Promise<void> => {
  const store = createStore<WindowState>(() => ({
    ...initialState(readWho()),
    soundSettings: readSoundSettings(localStorage),
  }));
  const link = startStationLink({
    source: await source(),
    store,
    local,
    frame: windowFrame,
    every: windowEvery,
  });
  startFlashClock(document);
  const player = startWindowSound({ store, every: windowEvery, local });
  tellStationOfSound({ store, call: link.call, every: windowEvery });
  const app: App = { store, link, player };
  createRoot(root).render(
    <AppProvider app={app}>
      <Shell />
    </AppProvider>,
  );
};

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
start(root).catch((error: unknown) => {
  root.textContent = 'NOT MONITORING. This window could not start. Look at the bedside monitors.';
  throw error;
});
