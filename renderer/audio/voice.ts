/**
 * Makes the sounds of the table with Web Audio, on whatever context it is given: the window's loudspeaker or, in
 * the test that measures them, memory. One voice: a new sound ends the one before.
 */
import { amplitudes, burstLengthMs, pulseTimes, SOUNDS, type SoundId } from './burst.ts';

export interface Voice {
  /** Ends what sounds and starts this; the context's time (s) at which the first pulse begins to rise. */
  play(sound: SoundId, gain: number): number;
  stop(): void;
}

/** Between the call and the first pulse (s): enough for the ramps to be there before their time comes. */
const LEAD_S = 0.02;
/** Time constant of the fade of what is cut short (s): a pulse that is cut off hard makes a click. */
const FADE_S = 0.004;

/** A voice that speaks through `context`'s destination. */
export const createVoice = (context: BaseAudioContext): Voice => {
  let current: { readonly out: GainNode; readonly tones: readonly OscillatorNode[] } | null = null;

  const stop = () => {
    if (current === null) return;
    current.out.gain.setTargetAtTime(0, context.currentTime, FADE_S);
    for (const tone of current.tones) tone.stop(context.currentTime + 10 * FADE_S);
    current = null;
  };

  return {
    stop,
    play(sound, gain) {
      stop();
      const spec = SOUNDS[sound];
      const startAt = context.currentTime + LEAD_S;
      const out = new GainNode(context, { gain: gain * spec.gain });
      const envelope = new GainNode(context, { gain: 0 });
      envelope.connect(out).connect(context.destination);
      for (const { startMs, endMs } of pulseTimes(spec)) {
        const from = startAt + startMs / 1000;
        const to = startAt + endMs / 1000;
        envelope.gain.setValueAtTime(0, from);
        envelope.gain.linearRampToValueAtTime(1, from + spec.riseMs / 1000);
        envelope.gain.setValueAtTime(1, to - spec.fallMs / 1000);
        envelope.gain.linearRampToValueAtTime(0, to);
      }
      const endAt = startAt + burstLengthMs(spec) / 1000;
      const tones = amplitudes(spec).map((amplitude, index) => {
        const tone = new OscillatorNode(context, { frequency: spec.fundamentalHz * (index + 1) });
        tone.connect(new GainNode(context, { gain: amplitude })).connect(envelope);
        tone.start(startAt);
        tone.stop(endAt);
        return tone;
      });
      // Nothing of a finished sound stays connected, over a day of alarms.
      tones[0]?.addEventListener('ended', () => out.disconnect());
      current = { out, tones };
      return startAt;
    },
  };
};
