/**
 * Renders what the window's own voice and its decisions make of a course of events, into memory, and hands the
 * samples out. Nothing is measured here: that is done by the test, which knows nothing of the tables.
 */
import type { SoundId } from '../../../../renderer/audio/burst.ts';
import { type Sounding, soundStep } from '../../../../renderer/audio/sounder.ts';
import { createVoice } from '../../../../renderer/audio/voice.ts';
import { allowedStep, stepGain, VOLUME } from '../../../../renderer/audio/volume.ts';
import type { SoundDemand } from '../../../../renderer/view-model/alarm.ts';

/** At `atMs`: this sound at this step of the volume (the loudest without one), or silence. */
export interface Cue {
  readonly atMs: number;
  readonly sound: SoundId | null;
  readonly step?: number;
}

/** From `fromMs` on this is what the window is asked to sound. */
export interface DemandFrom {
  readonly fromMs: number;
  readonly demand: SoundDemand | null;
}

export interface SoundPage {
  /** Samples (32 bit floats, base64) of the cues played in this order. */
  cues(cues: readonly Cue[], seconds: number, sampleRate: number): Promise<string>;
  /** The same of what the window decides when it is asked for these, looking four times a second. */
  course(course: readonly DemandFrom[], seconds: number, sampleRate: number, step: number): Promise<string>;
}

declare global {
  interface Window {
    sound: SoundPage;
  }
}

/** The context's time stands still while `act` runs, at the first block at or after `atS`. */
const at = (context: OfflineAudioContext, atS: number, act: () => void): void => {
  if (atS === 0) {
    act();
    return;
  }
  context
    .suspend(atS)
    .then(() => {
      act();
      return context.resume();
    })
    .catch((error: unknown) => {
      queueMicrotask(() => {
        throw error;
      });
    });
};

const samples = async (context: OfflineAudioContext): Promise<string> => {
  const rendered = await context.startRendering();
  const bytes = new Uint8Array(rendered.getChannelData(0).buffer);
  let text = '';
  for (let from = 0; from < bytes.length; from += 0x8000) {
    text += String.fromCharCode(...bytes.subarray(from, from + 0x8000));
  }
  return btoa(text);
};

window.sound = {
  cues: (cues, seconds, sampleRate) => {
    const context = new OfflineAudioContext(1, seconds * sampleRate, sampleRate);
    const voice = createVoice(context);
    for (const { atMs, sound, step = VOLUME.max } of cues) {
      at(context, atMs / 1000, () => {
        if (sound === null) voice.stop();
        else voice.play(sound, stepGain(step));
      });
    }
    return samples(context);
  },
  course: (course, seconds, sampleRate, step) => {
    const context = new OfflineAudioContext(1, seconds * sampleRate, sampleRate);
    const voice = createVoice(context);
    let sounding: Sounding | null = null;
    for (let ms = 0; ms < seconds * 1000; ms += 250) {
      at(context, ms / 1000, () => {
        const demand = course.findLast(({ fromMs }) => fromMs <= ms)?.demand ?? null;
        const { next, action } = soundStep(sounding, demand, ms);
        sounding = next;
        if (action.kind === 'stop') voice.stop();
        if (action.kind === 'start') {
          voice.play(action.priority, stepGain(allowedStep(step + action.louderSteps, true)));
        }
      });
    }
    return samples(context);
  },
};
