/**
 * Who can sound an alarm: windows say so again and again, and a word counts for some seconds. A window that
 * was closed, hangs, or whose sound is blocked does not count.
 */
import { SOUND_BELIEVED_MS, type SoundState } from '../core/api/sound.ts';
import { elapsedMs, type Instant } from '../core/time.ts';

/** Since when nobody can sound, and why, in words. */
export interface Unheard {
  readonly since: Instant;
  readonly why: string;
}

export interface SoundWatch {
  opened(window: object): void;
  told(window: object, state: SoundState): void;
  closed(window: object): void;
  /** Null: some window can sound. To be asked steadily: the first time that nobody can is `since`. */
  unheard(): Unheard | null;
}

const WHY: Readonly<Record<Exclude<SoundState, 'ready'>, string>> = {
  blocked: 'The browser holds the sound back',
  stalled: 'The sound output stands still',
  failed: 'The sound output failed',
  unavailable: 'The browser has no sound',
};

export const createSoundWatch = (now: () => Instant): SoundWatch => {
  const windows = new Map<object, { readonly state: SoundState; readonly at: Instant } | null>();
  let since: Instant | null = now();

  const why = (at: Instant): string | null => {
    if (windows.size === 0) return 'No window is open';
    const fresh = [...windows.values()].filter(
      (word) => word !== null && elapsedMs(word.at, at) <= SOUND_BELIEVED_MS,
    );
    const [first] = fresh;
    if (first === undefined || first === null) return 'No open window answers';
    if (fresh.some((word) => word?.state === 'ready')) return null;
    return first.state === 'ready' ? null : WHY[first.state];
  };

  return {
    opened: (window) => windows.set(window, null),
    told: (window, state) => {
      // A window that has closed in between says nothing any more.
      if (windows.has(window)) windows.set(window, { state, at: now() });
    },
    closed: (window) => windows.delete(window),
    unheard: () => {
      const at = now();
      const words = why(at);
      if (words === null) {
        since = null;
        return null;
      }
      since ??= at;
      return { since, why: words };
    },
  };
};
