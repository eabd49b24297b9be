/**
 * Tells the station again and again whether this window can be heard, so that it knows when nobody can. On every
 * change at once, and as soon as a new line is there; what is not told is not believed after some seconds.
 */
import type { StoreApi } from 'zustand/vanilla';
import { SOUND_TOLD_EVERY_MS } from '../../core/api/sound.ts';
import type { WindowState } from '../store/state.ts';
import type { StationLink } from '../store/station-link.ts';
import type { Every } from '../store/ticker.ts';

export interface TellDependencies {
  readonly store: StoreApi<WindowState>;
  readonly call: StationLink['call'];
  readonly every: Every;
}

/** Starts; returns the function that stops. */
export const tellStationOfSound = ({ store, call, every }: TellDependencies): (() => void) => {
  const tell = (): void => {
    const { link, sound } = store.getState();
    if (link !== 'live') return;
    // A line that breaks now is not news here: the window says NOT MONITORING, and the station misses the next word.
    call('window.sound', { state: sound }).catch(() => undefined);
  };
  const unsubscribe = store.subscribe((state, before) => {
    const isNewLine = state.link !== before.link || state.connection !== before.connection;
    if (isNewLine || state.sound !== before.sound) tell();
  });
  const stopTicks = every(SOUND_TOLD_EVERY_MS, tell);
  return () => {
    unsubscribe();
    stopTicks();
  };
};
