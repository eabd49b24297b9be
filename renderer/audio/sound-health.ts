/**
 * Whether this window can be heard, from looks at the browser's audio: its state, and whether its clock moves. A
 * context that calls itself running while its clock stands still makes no sound. Pure: time is an argument.
 */
import type { SoundState } from '../../core/api/sound.ts';

export type { SoundState };

/** One look. `interrupted` is what some systems say during a call or when the lid is closed. */
export interface AudioLook {
  readonly context: 'running' | 'suspended' | 'interrupted' | 'closed' | 'error' | 'none';
  /** The context's own clock (ms). */
  readonly contextMs: number;
  /** The window's steady clock (ms). */
  readonly nowMs: number;
}

export interface SoundHealth {
  readonly state: SoundState;
  readonly last: AudioLook;
  /** For how long the context's clock has been watched standing still although it should run (ms). */
  readonly stillMs: number;
}

/** A clock that stands still for this long has stopped (ms); longer than any buffer of a working output. */
export const STALLED_AFTER_MS = 1_500;
/** One look counts at most for this much: a computer that slept between two looks has not watched (ms). */
const ONE_LOOK_MS = 500;

const HELD: Readonly<Record<AudioLook['context'], SoundState | null>> = {
  running: null,
  suspended: 'blocked',
  interrupted: 'blocked',
  closed: 'failed',
  error: 'failed',
  none: 'unavailable',
};

/** The state after this look; `before` null: the first one, or the first one at a new context. */
export const soundHealth = (before: SoundHealth | null, look: AudioLook): SoundHealth => {
  const held = HELD[look.context];
  if (held !== null) return { state: held, last: look, stillMs: 0 };
  // Not ready before its clock was seen to move.
  if (before === null || before.last.context !== 'running') {
    return { state: before?.state ?? 'blocked', last: look, stillMs: 0 };
  }
  if (look.contextMs > before.last.contextMs) return { state: 'ready', last: look, stillMs: 0 };
  const stillMs = before.stillMs + Math.min(look.nowMs - before.last.nowMs, ONE_LOOK_MS);
  return { state: stillMs >= STALLED_AFTER_MS ? 'stalled' : before.state, last: look, stillMs };
};

/** What the bar says, and why, for people. `ready` says nothing. */
export const SOUND_WORDS: Readonly<
  Record<Exclude<SoundState, 'ready'>, { readonly sign: string; readonly reason: string }>
> = {
  blocked: {
    sign: 'SOUND BLOCKED: tap to enable',
    reason: 'The browser holds the sound back until somebody taps or presses a key in this window.',
  },
  stalled: {
    sign: 'NO SOUND: tap to retry',
    reason: 'The sound output of this computer stands still. Check the loudspeaker and its connection.',
  },
  failed: {
    sign: 'NO SOUND: tap to retry',
    reason: 'The browser ended the sound output, or it failed. Check the loudspeaker and its connection.',
  },
  unavailable: {
    sign: 'NO SOUND on this device',
    reason: 'This browser cannot make alarm sounds. Use another one.',
  },
};
