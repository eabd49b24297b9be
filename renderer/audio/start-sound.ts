/** Puts the window's sound together: loudspeaker, alarms, settings that are kept, taps that let sound through. */
import type { StoreApi } from 'zustand/vanilla';
import type { WindowState } from '../store/state.ts';
import type { Every } from '../store/ticker.ts';
import { startAlarmSound } from './alarm-sound.ts';
import { onOutputsChanged } from './outputs.ts';
import { createPlayer, openAudio, type Player } from './player.ts';
import { markSound } from './sound-mark.ts';
import { writeSoundSettings } from './sound-settings.ts';

export interface WindowSoundDependencies {
  readonly store: StoreApi<WindowState>;
  readonly every: Every;
  readonly local: { monoMs(): number; wallMs(): number };
}

/** Starts for the life of the window. */
export const startWindowSound = ({ store, every, local }: WindowSoundDependencies): Player => {
  const player = createPlayer({
    open: openAudio,
    nowMs: local.monoMs,
    onChange: () => store.setState({ sound: player.look() }),
  });
  startAlarmSound({ store, player, every, local, report: markSound });
  store.subscribe((state, before) => {
    if (state.soundSettings !== before.soundSettings) writeSoundSettings(localStorage, state.soundSettings);
  });
  onOutputsChanged(() =>
    store.setState(({ soundSettings }) => ({
      soundSettings: {
        ...soundSettings,
        check: soundSettings.check === null ? null : { ...soundSettings.check, isOverturned: true },
      },
    })),
  );
  // Browsers let sound through only after a tap or a key, whichever comes first.
  for (const type of ['pointerdown', 'keydown'] as const) {
    addEventListener(type, () => player.enable(), { capture: true });
  }
  player.enable();
  return player;
};
