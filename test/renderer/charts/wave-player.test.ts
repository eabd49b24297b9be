import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WaveBlock } from '../../../core/observation/waveform.ts';
import { instant } from '../../../core/time.ts';
import { createWavePlayer, LEAD_MS, MOST_WAITING_MS } from '../../../renderer/charts/sweep/wave-player.ts';

const PERIOD_MS = 10;
const block = (first: number, count: number, part: Partial<WaveBlock> = {}): WaveBlock => ({
  wave: 'MDC_PULS_OXIM_PLETH',
  unit: '1',
  periodMs: PERIOD_MS,
  samples: Array.from({ length: count }, (_, index) => first + index),
  range: { low: 0, high: 1 },
  receivedAt: instant(0, 0),
  isAfterGap: false,
  ...part,
});
const numbers = (samples: readonly (number | null)[]) => samples.filter((sample) => sample !== null);

describe('the player of a wave', () => {
  it('draws every sample once and in order, however the frames fall', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 50, maxLength: 400 }), (frames) => {
        const player = createWavePlayer();
        const drawn: number[] = [];
        let now = 0;
        let sent = 0;
        for (const frame of frames) {
          // A lump of one second whenever a second is over.
          while (sent * 1000 <= now) {
            player.push(block(sent * 100, 100), now);
            sent += 1;
          }
          drawn.push(...numbers(player.take(now).samples));
          now += frame;
        }
        expect(drawn).toEqual(drawn.map((_, index) => index));
        // What arrived is drawn but for the lead and the lump on its way.
        expect(sent * 100 - drawn.length).toBeLessThanOrEqual((LEAD_MS + 1000) / PERIOD_MS + 1);
      }),
    );
  });

  it('stands still when samples run out, and goes on after a hole', () => {
    const player = createWavePlayer();
    player.push(block(0, 100), 0);
    expect(numbers(player.take(5_000).samples).length).toBe(100);
    expect(player.take(6_000)).toMatchObject({ samples: [], isStarved: true });
    player.push(block(100, 100), 7_000);
    const due = player.take(7_000 + LEAD_MS);
    expect(due.samples[0]).toBeNull();
    expect(due.samples[1]).toBe(100);
  });

  it('has a hole where a frame was lost', () => {
    const player = createWavePlayer();
    player.push(block(0, 5), 0);
    player.push(block(90, 5, { isAfterGap: true }), 1);
    const { samples } = player.take(10_000);
    expect(samples.slice(1)).toEqual([0, 1, 2, 3, 4, null, 90, 91, 92, 93, 94]);
  });

  it('leaps forward with a hole when it has fallen behind, so that the picture is never old', () => {
    const player = createWavePlayer();
    player.push(block(0, 1000), 0);
    expect(player.lagMs()).toBeLessThanOrEqual(LEAD_MS + PERIOD_MS);
    expect(MOST_WAITING_MS).toBeLessThan(1000 * PERIOD_MS);
    const { samples } = player.take(0);
    expect([samples[0], samples[1]]).toEqual([null, 880]);
  });

  it('begins anew when the rate of samples changes', () => {
    const player = createWavePlayer();
    player.push(block(0, 100), 0);
    player.push(block(500, 100, { periodMs: 4 }), 100);
    const due = player.take(100 + LEAD_MS);
    expect(due.periodMs).toBe(4);
    expect(numbers(due.samples)[0]).toBe(500);
  });
});
