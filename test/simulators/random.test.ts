import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bits, gaussian, smoothNoise, stream, uniform } from '../../simulators/random.ts';

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const deviation = (values: readonly number[]) => {
  const centre = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - centre) ** 2)));
};
const ticks = (count: number) => Array.from({ length: count }, (_, tick) => tick);

describe('seeded noise', () => {
  it('gives the same number for the same question, and another for another seed, channel or tick', () => {
    const source = stream(7, 'a');
    expect(bits(source, 3)).toBe(bits(stream(7, 'a'), 3));
    const others = [bits(stream(8, 'a'), 3), bits(stream(7, 'b'), 3), bits(source, 4)];
    expect(others).not.toContain(bits(source, 3));
  });

  it('spreads evenly over [0, 1) for neighbouring seeds and ticks', () => {
    const bySeed = ticks(4000).map((seed) => uniform(stream(seed, 'population'), 0));
    const byTick = ticks(4000).map((tick) => uniform(stream(1, 'population'), tick));
    for (const values of [bySeed, byTick]) {
      expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...values)).toBeLessThan(1);
      expect(mean(values)).toBeCloseTo(0.5, 1);
      const tenths = ticks(10).map(
        (tenth) => values.filter((value) => Math.floor(value * 10) === tenth).length,
      );
      for (const count of tenths) expect(count).toBeGreaterThan(320);
      for (const count of tenths) expect(count).toBeLessThan(480);
    }
  });

  it('makes normal values of mean 0 and deviation 1 that are not correlated from tick to tick', () => {
    const values = ticks(20_000).map((tick) => gaussian(stream(3, 'g'), tick));
    expect(Math.abs(mean(values))).toBeLessThan(0.03);
    expect(Math.abs(deviation(values) - 1)).toBeLessThan(0.03);
    const neighbours = mean(values.slice(1).map((value, index) => value * (values[index] ?? 0)));
    expect(Math.abs(neighbours)).toBeLessThan(0.03);
  });

  it('makes smooth noise of deviation 1 at every place between the lattice points', () => {
    for (const part of [0, 0.25, 0.5, 0.9]) {
      const values = ticks(6000).map((tick) => smoothNoise(stream(5, 's'), tick + part));
      expect(Math.abs(deviation(values) - 1)).toBeLessThan(0.06);
    }
  });

  it('moves smooth noise by little over a short way', () => {
    fc.assert(
      fc.property(fc.integer(), fc.double({ min: -1e4, max: 1e4, noNaN: true }), (seed, x) => {
        const source = stream(seed, 'smooth');
        expect(Math.abs(smoothNoise(source, x + 0.001) - smoothNoise(source, x))).toBeLessThan(0.05);
      }),
      { numRuns: 300 },
    );
  });
});
