/** The window's loudspeaker: a voice on the browser's audio, the watch over it, and its way back. */
import type { SoundId } from './burst.ts';
import { type AudioLook, type SoundHealth, type SoundState, soundHealth } from './sound-health.ts';
import { createVoice, type Voice } from './voice.ts';

export interface Player {
  /**
   * Ends what sounds and plays this one.
   * @returns the moment (`performance.now()` time, ms) at which its first pulse leaves this program for the
   * loudspeaker; null: it could not be played
   */
  play(sound: SoundId, gain: number): number | null;
  stop(): void;
  /** Asks the browser to let sound through, or builds the output anew; works from a tap or a key. */
  enable(): void;
  /** Looks whether sound comes through; to be called steadily. */
  look(): SoundState;
}

export interface PlayerDependencies {
  /** A new context; null where the browser has none. */
  readonly open: () => AudioContext | null;
  /** The window's steady clock (ms). */
  readonly nowMs: () => number;
  /** Hears that it is time to look, between the steady looks. */
  readonly onChange: () => void;
}

interface Output {
  readonly context: AudioContext;
  readonly voice: Voice;
  /** It reported an error. */
  hasFailed: boolean;
  /** The browser was asked to let it run and has not answered. */
  isResuming: boolean;
}

/** What does not come through is tried again by itself, at most this often (ms). */
const RETRY_MS = 5_000;

/** The browser's own audio; null where there is none, or where it refuses another one. */
export const openAudio = (): AudioContext | null => {
  if (typeof AudioContext === 'undefined') return null;
  try {
    return new AudioContext({ latencyHint: 'interactive' });
  } catch {
    // A window without sound says so in its bar; one that did not open would show nothing at all.
    return null;
  }
};

export const createPlayer = ({ open, nowMs, onChange }: PlayerDependencies): Player => {
  let output: Output | null = null;
  let health: SoundHealth | null = null;
  let retriedAtMs = nowMs();

  const begin = () => {
    const context = open();
    health = null;
    if (context === null) {
      output = null;
      return;
    }
    const opened: Output = { context, voice: createVoice(context), hasFailed: false, isResuming: false };
    output = opened;
    context.addEventListener('statechange', onChange);
    context.addEventListener('error', () => {
      opened.hasFailed = true;
      onChange();
    });
  };

  const renew = () => {
    const old = output?.context ?? null;
    begin();
    // Already closed is what was wanted; whatever else it says, nothing is expected of it any more.
    if (old !== null && old.state !== 'closed') old.close().catch(onChange);
  };

  const lookNow = (): SoundState => {
    const at = nowMs();
    health = soundHealth(health, {
      context: output === null ? 'none' : output.hasFailed ? 'error' : contextState(output.context),
      contextMs: (output?.context.currentTime ?? 0) * 1000,
      nowMs: at,
    });
    return health.state;
  };

  /** Without a tap the browser may refuse, or wait for one; the state then stays `blocked` and the screen says so. */
  const resume = () => {
    const asked = output;
    if (asked === null || asked.context.state === 'closed' || asked.isResuming) return;
    asked.isResuming = true;
    const settled = () => {
      asked.isResuming = false;
      onChange();
    };
    asked.context.resume().then(settled, settled);
  };

  begin();
  return {
    look() {
      const state = lookNow();
      if (state === 'ready' || state === 'unavailable' || nowMs() - retriedAtMs < RETRY_MS) return state;
      retriedAtMs = nowMs();
      if (state === 'blocked') resume();
      else {
        renew();
        resume();
        // What is broken stays so until the new output's clock was seen to move.
        health = { state, last: { context: 'suspended', contextMs: 0, nowMs: nowMs() }, stillMs: 0 };
      }
      return state;
    },
    play(sound, gain) {
      if (output === null || output.context.state !== 'running') return null;
      const { context, voice } = output;
      const startAt = voice.play(sound, gain);
      return nowMs() + (startAt - context.currentTime) * 1000;
    },
    stop: () => output?.voice.stop(),
    enable() {
      const state = lookNow();
      if (state === 'stalled' || state === 'failed') renew();
      if (output === null || output.context.state === 'running') return;
      // A wait for a tap that began before this tap does not count as one.
      output.isResuming = false;
      resume();
    },
  };
};

const contextState = ({ state }: AudioContext): AudioLook['context'] => state;
