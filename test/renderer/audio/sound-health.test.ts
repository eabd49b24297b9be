import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AudioLook,
  type SoundHealth,
  type SoundState,
  STALLED_AFTER_MS,
  soundHealth,
} from '../../../renderer/audio/sound-health.ts';

/** The states after each look. */
const watch = (looks: readonly AudioLook[]): readonly SoundState[] => {
  let health: SoundHealth | null = null;
  return looks.map((look) => {
    health = soundHealth(health, look);
    return health.state;
  });
};
const running = (nowMs: number, contextMs: number): AudioLook => ({ context: 'running', nowMs, contextMs });

describe('whether a window can be heard', () => {
  it('is blocked until somebody taps, and ready once the clock of the audio was seen to move', () => {
    expect(
      watch([
        { context: 'suspended', nowMs: 0, contextMs: 0 },
        { context: 'suspended', nowMs: 250, contextMs: 0 },
        running(500, 0),
        running(750, 0),
        running(1000, 240),
      ]),
    ).toEqual(['blocked', 'blocked', 'blocked', 'blocked', 'ready']);
  });

  it('is no longer ready when the clock stands still for 1.5 s although it says that it runs', () => {
    const looks = Array.from({ length: 9 }, (_, n) => running(n * 250, n < 2 ? n * 250 : 250));
    const states = watch(looks);
    expect(states.slice(1, 7)).toEqual(Array(6).fill('ready'));
    // Still since 250 ms; watched for 1.5 s at 1750 ms.
    expect(states.slice(7)).toEqual(['stalled', 'stalled']);
  });

  it('comes back by itself when the clock moves again', () => {
    const still = Array.from({ length: 10 }, (_, n) => running(n * 250, 100));
    expect(watch([...still, running(2_750, 350)]).slice(-2)).toEqual(['stalled', 'ready']);
  });

  it('does not take the sleep of a computer for a fault', () => {
    const look = [running(0, 0), running(250, 250), running(3_600_000, 250), running(3_600_250, 500)];
    expect(watch(look).slice(1)).toEqual(['ready', 'ready', 'ready']);
  });

  it.each([
    ['suspended', 'blocked'],
    ['interrupted', 'blocked'],
    ['closed', 'failed'],
    ['error', 'failed'],
    ['none', 'unavailable'],
  ] as const)('is never ready while the audio is %s: it is %s at once', (context, state) => {
    expect(watch([running(0, 0), running(250, 250), { context, nowMs: 300, contextMs: 900 }]).at(-1)).toBe(
      state,
    );
  });

  it('is never called ready when the clock has been watched standing still for longer than 2 s', () => {
    const gaps = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(gaps, fc.integer({ min: 0, max: 10 }), (each, moving) => {
        let now = 0;
        let context = 0;
        let stillSince = 0;
        let health: SoundHealth | null = null;
        each.forEach((gap, index) => {
          now += gap;
          if (index < moving) {
            context += gap;
            stillSince = now;
          }
          health = soundHealth(health, running(now, context));
          if (now - stillSince >= STALLED_AFTER_MS + 500) expect(health.state).toBe('stalled');
        });
      }),
      { numRuns: 200 },
    );
  });
});
