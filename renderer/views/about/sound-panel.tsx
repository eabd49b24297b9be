/** The sound of this window: volume, the check at the start of a shift, and the soft tone. */
import { useId } from 'react';
import { useApp, useWindow } from '../../app-context.tsx';
import { isFloorHeld, volumeInForce, windowDemand } from '../../audio/demand.ts';
import { checkText } from '../../audio/sound-check.ts';
import { SOUND_WORDS } from '../../audio/sound-health.ts';
import type { SoundSettings } from '../../audio/sound-settings.ts';
import { allowedStep, stepGain, VOLUME } from '../../audio/volume.ts';
import { SoundCheckFlow } from './sound-check-flow.tsx';
import { SOUND_TEXT } from './sound-text.ts';

export const SoundPanel = () => {
  const { player, store } = useApp();
  const sound = useWindow((state) => state.sound);
  const settings = useWindow((state) => state.soundSettings);
  // A check in the middle of an alarm would cut into its burst.
  const isAlarming = useWindow((state) => windowDemand(state, Date.now()) !== null);
  const change = (part: Partial<SoundSettings>) =>
    store.setState(({ soundSettings }) => ({ soundSettings: { ...soundSettings, ...part } }));
  const { check } = settings;
  return (
    <section className="panel sound-panel" data-testid="sound-panel">
      <h2>{SOUND_TEXT.title}</h2>
      {sound === 'ready' ? null : <p className="failure">{SOUND_WORDS[sound].reason}</p>}
      <Volume onChange={(volume) => change({ volume })} />
      <p data-testid="sound-check-result">{check === null ? SOUND_TEXT.neverChecked : checkText(check)}</p>
      {check?.isOverturned === true ? <p className="warning">{SOUND_TEXT.overturned}</p> : null}
      <p>{SOUND_TEXT.checkHelp}</p>
      {isAlarming ? <p className="warning">{SOUND_TEXT.alarming}</p> : null}
      <SoundCheckFlow
        isPossible={sound === 'ready' && !isAlarming}
        onDone={(done) => change({ check: done })}
      />
      <label className="check-field">
        <input
          type="checkbox"
          checked={settings.isReadingTone}
          onChange={(event) => {
            change({ isReadingTone: event.target.checked });
            if (event.target.checked && !isAlarming) {
              player.play('information', stepGain(volumeInForce(store.getState())));
            }
          }}
          data-testid="reading-tone"
        />{' '}
        {SOUND_TEXT.readingTone}
      </label>
    </section>
  );
};

const Volume = ({ onChange }: { readonly onChange: (step: number) => void }) => {
  const id = useId();
  const volume = useWindow(volumeInForce);
  const isFloor = useWindow(isFloorHeld);
  const lowest = isFloor ? VOLUME.sessionFloor : VOLUME.min;
  return (
    <p className="volume">
      <label htmlFor={id}>{SOUND_TEXT.volume}</label>
      <input
        id={id}
        type="range"
        min={lowest}
        max={VOLUME.max}
        step={1}
        value={volume}
        onChange={(event) => onChange(allowedStep(Number(event.target.value), isFloor))}
        data-testid="volume"
      />
      <output htmlFor={id}>
        {volume}/{VOLUME.max}
      </output>
      <span>{isFloor ? SOUND_TEXT.sessionFloor(lowest) : SOUND_TEXT.floor(lowest)}</span>
    </p>
  );
};
