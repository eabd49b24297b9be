/** Whether this window can be heard, how loud it is, and whether somebody listened; in the bar, always. */

import { epochMs } from '../../core/time.ts';
import { useApp, useWindow } from '../app-context.tsx';
import { volumeInForce } from '../audio/demand.ts';
import { checkState } from '../audio/sound-check.ts';
import { SOUND_WORDS } from '../audio/sound-health.ts';
import { VOLUME } from '../audio/volume.ts';
import { AudioOnIcon, NoSoundIcon } from './icons.tsx';

const TEXT = {
  sound: 'Sound',
  passed: 'checked',
  failed: 'NOT HEARD',
  none: 'not checked',
  go: 'Volume and sound check',
};

export const SoundSign = () => {
  const { player } = useApp();
  const sound = useWindow((state) => state.sound);
  const volume = useWindow(volumeInForce);
  const check = useWindow((state) => state.soundSettings.check);
  // Looked at again with every change above, and with every tick of the station's time in the bar around it.
  const checked = checkState(check, volume, epochMs(Date.now()));
  if (sound === 'ready') {
    return (
      <a
        className="sound-ready"
        href="#/about"
        title={TEXT.go}
        data-testid="sound-state"
        data-state={sound}
        data-check={checked}
        data-volume={volume}
      >
        <AudioOnIcon /> {TEXT.sound} {volume}/{VOLUME.max} <span>{TEXT[checked]}</span>
      </a>
    );
  }
  const { sign, reason } = SOUND_WORDS[sound];
  return (
    <button
      type="button"
      className="bar-button sound-blocked"
      onClick={() => player.enable()}
      title={reason}
      data-testid="sound-state"
      data-state={sound}
    >
      <NoSoundIcon /> {sign}
    </button>
  );
};
