/** What is set about sound on this computer: volume, the soft tone, and the last sound check. Kept in the browser. */
import { epochMs } from '../../core/time.ts';
import { CHECKED, type SoundCheck } from './sound-check.ts';
import { allowedStep, VOLUME } from './volume.ts';

export interface SoundSettings {
  /** The step of the volume that was set; what is in force may be more (`allowedStep`). */
  readonly volume: number;
  /** A soft tone when a cuff reading arrives and no alarm sounds. Off unless somebody wants it. */
  readonly isReadingTone: boolean;
  /** Null: none was done on this computer. */
  readonly check: SoundCheck | null;
}

export const INITIAL_SOUND_SETTINGS: SoundSettings = {
  volume: VOLUME.initial,
  isReadingTone: false,
  check: null,
};

const KEY = 'chairside-sound';

type Kept = Pick<Storage, 'getItem' | 'setItem'>;

/** What was kept; whatever cannot be understood of it counts as never set. */
export const readSoundSettings = (kept: Kept): SoundSettings => {
  const text = kept.getItem(KEY);
  if (text === null) return INITIAL_SOUND_SETTINGS;
  const found = parse(text);
  const { volume, isReadingTone, check } = isRecord(found) ? found : {};
  return {
    volume:
      typeof volume === 'number' && Number.isFinite(volume)
        ? allowedStep(volume, false)
        : INITIAL_SOUND_SETTINGS.volume,
    isReadingTone: isReadingTone === true,
    check: readCheck(check),
  };
};

export const writeSoundSettings = (kept: Kept, settings: SoundSettings): void =>
  kept.setItem(KEY, JSON.stringify(settings));

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    // Somebody else's text: as if nothing had been kept.
    return null;
  }
};

const readCheck = (found: unknown): SoundCheck | null => {
  if (!isRecord(found) || !isRecord(found.heard)) return null;
  const { at, by, volume, device, isOverturned, heard } = found;
  if (typeof at !== 'number' || typeof by !== 'string' || typeof volume !== 'number') return null;
  const [high, medium, low] = CHECKED.map((priority) => heard[priority] === true);
  return {
    at: epochMs(at),
    by,
    volume,
    device: typeof device === 'string' ? device : null,
    // What is not plainly false counts against the check.
    isOverturned: isOverturned !== false,
    heard: { high: high === true, medium: medium === true, low: low === true },
  };
};
