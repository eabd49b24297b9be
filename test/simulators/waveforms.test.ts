import { describe, expect, it } from 'vitest';
import {
  breathFraction,
  co2Fraction,
  createOscillator,
  ecgMillivolt,
  plethFraction,
} from '../../simulators/waveforms.ts';

const phases = Array.from({ length: 1000 }, (_, index) => index / 1000);

describe('the shapes of simulated waves', () => {
  it('stay within their scales and join at the ends of a cycle', () => {
    for (const shape of [plethFraction, breathFraction, co2Fraction]) {
      const values = phases.map(shape);
      expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...values)).toBeLessThanOrEqual(1);
      expect(Math.max(...values)).toBeGreaterThan(0.9);
      expect(Math.abs(shape(0) - shape(0.999))).toBeLessThan(0.05);
    }
    const ecg = phases.map(ecgMillivolt);
    expect(Math.max(...ecg)).toBeGreaterThan(0.9);
    expect(Math.abs(ecgMillivolt(0) - ecgMillivolt(0.999))).toBeLessThan(0.01);
  });

  it('have one beat for each beat of the rate, through changes of it', () => {
    const oscillator = createOscillator();
    let beats = 0;
    let before = 0;
    for (let sample = 0; sample < 6000; sample += 1) {
      const phase = oscillator.next(sample < 3000 ? 60 : 120, 10);
      if (phase < before) beats += 1;
      before = phase;
    }
    expect(Math.abs(beats - 90)).toBeLessThanOrEqual(1);
    expect(oscillator.next(0, 1000)).toBe(oscillator.next(0, 1000));
  });
});
