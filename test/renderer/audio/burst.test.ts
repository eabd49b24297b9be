import { describe, expect, it } from 'vitest';
import { amplitudes, BURSTS, burstLengthMs, pulseTimes } from '../../../renderer/audio/burst.ts';

const PRIORITIES = ['high', 'medium', 'low'] as const;
const gaps = (priority: (typeof PRIORITIES)[number]) => {
  const pulses = pulseTimes(BURSTS[priority]);
  return pulses.slice(1).map((pulse, index) => pulse.startMs - (pulses[index]?.endMs ?? Number.NaN));
};

describe('the bursts', () => {
  it('have ten, three and two pulses', () => {
    expect(PRIORITIES.map((priority) => pulseTimes(BURSTS[priority]).length)).toEqual([10, 3, 2]);
  });

  it('group a high burst as three and two, a pause, and again', () => {
    const [a, b, longer, c, pause, ...again] = gaps('high');
    expect([a, b, c]).toEqual([100, 100, 100]);
    expect(longer).toBe(2 * 100 + BURSTS.high.pulseMs);
    expect(pause).toBeGreaterThanOrEqual(350);
    expect(pause).toBeLessThanOrEqual(1_300);
    expect(again).toEqual([a, b, longer, c]);
  });

  it('keep pulse lengths and spacings within the ranges of the standard', () => {
    expect(BURSTS.high.pulseMs).toBeGreaterThanOrEqual(75);
    expect(BURSTS.high.pulseMs).toBeLessThanOrEqual(200);
    expect(Math.min(...gaps('high'))).toBeGreaterThanOrEqual(50);
    for (const priority of ['medium', 'low'] as const) {
      expect(BURSTS[priority].pulseMs).toBeGreaterThanOrEqual(125);
      expect(BURSTS[priority].pulseMs).toBeLessThanOrEqual(250);
      for (const gap of gaps(priority)) {
        expect(gap).toBeGreaterThanOrEqual(125);
        expect(gap).toBeLessThanOrEqual(250);
      }
    }
    expect(BURSTS.medium.pulseMs + Math.min(...gaps('medium'))).toBeGreaterThanOrEqual(
      BURSTS.high.pulseMs + Math.min(...gaps('high')),
    );
  });

  it.each(PRIORITIES)(
    '%s: rises within 10 to 40 % of the pulse and falls before the next one',
    (priority) => {
      const { riseMs, fallMs, pulseMs } = BURSTS[priority];
      expect(riseMs / pulseMs).toBeGreaterThanOrEqual(0.1);
      expect(riseMs / pulseMs).toBeLessThanOrEqual(0.4);
      expect(riseMs + fallMs).toBeLessThanOrEqual(pulseMs);
    },
  );

  it.each(PRIORITIES)(
    '%s: has four peaks between 150 and 4000 Hz within 15 dB, one of them below 1000 Hz',
    (priority) => {
      const { fundamentalHz, harmonicsDb } = BURSTS[priority];
      const peaks = harmonicsDb.map((_, index) => fundamentalHz * (index + 1));
      expect(peaks.length).toBeGreaterThanOrEqual(4);
      expect(Math.min(...peaks)).toBeGreaterThanOrEqual(150);
      expect(Math.min(...peaks)).toBeLessThanOrEqual(1_000);
      expect(Math.max(...peaks)).toBeLessThanOrEqual(4_000);
      expect(Math.max(...harmonicsDb) - Math.min(...harmonicsDb)).toBeLessThanOrEqual(15);
    },
  );

  it.each(PRIORITIES)('%s: never clips', (priority) => {
    const sum = amplitudes(BURSTS[priority]).reduce((total, each) => total + each, 0);
    expect(sum).toBeCloseTo(1, 10);
  });

  it('are not louder for a lesser priority, and never silent', () => {
    expect(BURSTS.high.gain).toBeGreaterThanOrEqual(BURSTS.medium.gain);
    expect(BURSTS.medium.gain).toBeGreaterThanOrEqual(BURSTS.low.gain);
    expect(BURSTS.low.gain).toBeGreaterThan(0.3);
  });

  it('come again after 8, 20 and 45 s, the low one three times, and end before they begin again', () => {
    expect(PRIORITIES.map((priority) => [BURSTS[priority].repeatMs, BURSTS[priority].maxBursts])).toEqual([
      [8_000, null],
      [20_000, null],
      [45_000, 3],
    ]);
    for (const priority of PRIORITIES) {
      expect(burstLengthMs(BURSTS[priority])).toBeLessThan(BURSTS[priority].repeatMs);
    }
  });
});
