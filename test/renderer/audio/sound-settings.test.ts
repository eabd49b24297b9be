import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CHECK_HOLDS_MS,
  checkState,
  checkText,
  type SoundCheck,
} from '../../../renderer/audio/sound-check.ts';
import {
  INITIAL_SOUND_SETTINGS,
  readSoundSettings,
  writeSoundSettings,
} from '../../../renderer/audio/sound-settings.ts';
import { allowedStep, stepGain, VOLUME } from '../../../renderer/audio/volume.ts';
import { epochMs } from '../support.ts';

const memory = () => {
  let kept: string | null = null;
  return {
    getItem: () => kept,
    setItem: (_key: string, value: string) => {
      kept = value;
    },
  };
};
const check: SoundCheck = {
  at: epochMs(Date.UTC(2026, 2, 1, 7, 0)),
  by: 'Nurse A',
  heard: { high: true, medium: true, low: true },
  volume: 7,
  device: null,
  isOverturned: false,
};
const later = (ms: number) => epochMs(check.at + ms);

describe('the volume', () => {
  it('is never silent, never above the loudest, and never below the floor while it holds', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), fc.boolean(), (step, isFloorHeld) => {
        const allowed = allowedStep(step, isFloorHeld);
        expect(Number.isInteger(allowed)).toBe(true);
        expect(allowed).toBeLessThanOrEqual(VOLUME.max);
        expect(allowed).toBeGreaterThanOrEqual(isFloorHeld ? VOLUME.sessionFloor : VOLUME.min);
        expect(stepGain(allowed)).toBeGreaterThan(0);
      }),
      { numRuns: 200 },
    );
  });

  it('halves in amplitude about every two steps and is full at the loudest', () => {
    expect(stepGain(VOLUME.max)).toBe(1);
    expect(stepGain(VOLUME.max - 2)).toBeCloseTo(0.5, 2);
  });
});

describe('what is kept in the browser', () => {
  it('comes back as it was set', () => {
    const kept = memory();
    const settings = { volume: 6, isReadingTone: true, check };
    writeSoundSettings(kept, settings);
    expect(readSoundSettings(kept)).toEqual(settings);
  });

  it('is as new when nothing, or nothing sensible, was kept', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        const { volume, check: read } = readSoundSettings({ getItem: () => text, setItem: () => undefined });
        expect(volume).toBeGreaterThanOrEqual(VOLUME.min);
        expect(volume).toBeLessThanOrEqual(VOLUME.max);
        expect(read).toBeNull();
      }),
      { numRuns: 200 },
    );
    expect(readSoundSettings(memory())).toEqual(INITIAL_SOUND_SETTINGS);
  });

  it('cannot make a window silent', () => {
    const kept = memory();
    kept.setItem('', '{"volume":0}');
    expect(readSoundSettings(kept).volume).toBe(VOLUME.min);
  });
});

describe('a sound check', () => {
  it('holds for one shift', () => {
    expect(checkState(check, 7, later(CHECK_HOLDS_MS - 1))).toBe('passed');
    expect(checkState(check, 7, later(CHECK_HOLDS_MS))).toBe('none');
    expect(checkState(null, 7, later(0))).toBe('none');
  });

  it('is void when the outputs changed, the volume was turned down, or the clock was set back', () => {
    expect(checkState({ ...check, isOverturned: true }, 7, later(0))).toBe('none');
    expect(checkState(check, 6, later(0))).toBe('none');
    expect(checkState(check, 8, later(0))).toBe('passed');
    expect(checkState(check, 7, later(-1))).toBe('none');
  });

  it('has failed as soon as one priority was not heard, however long ago', () => {
    const failed = { ...check, heard: { ...check.heard, low: false } };
    expect(checkState(failed, 7, later(CHECK_HOLDS_MS * 3))).toBe('failed');
  });

  it('says in one line who heard what, how loud, and where', () => {
    expect(checkText({ ...check, device: 'Loudspeaker', heard: { ...check.heard, low: false } })).toMatch(
      /^Sound check 2026-03-01 \d\d:00 by Nurse A: high heard, medium heard, low NOT HEARD; volume step 7; output Loudspeaker$/,
    );
  });
});
