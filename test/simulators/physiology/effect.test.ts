import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drugEffect, type RateStep } from '../../../simulators/physiology/effect.ts';

const MINUTE = 60_000;
const usual: readonly RateStep[] = [
  { atMs: 0, rateMgPerKgPerH: 0.75 },
  { atMs: 40 * MINUTE, rateMgPerKgPerH: 0 },
];
const at = (minutes: number, steps = usual) => drugEffect(steps, minutes * MINUTE);

describe('the effect of 0.5 mg/kg over 40 min', () => {
  it('is 0 before, 1 at 40 min, and nowhere higher than a minute after the end', () => {
    expect(at(0)).toBe(0);
    expect(at(40)).toBeCloseTo(1, 10);
    const course = Array.from({ length: 240 }, (_, minute) => at(minute));
    const peak = course.indexOf(Math.max(...course));
    expect(peak).toBeGreaterThanOrEqual(40);
    expect(peak).toBeLessThanOrEqual(42);
  });

  it('shows within minutes, is past half at 15 min, and is all but gone 60 to 90 min after the stop', () => {
    expect(at(5)).toBeGreaterThan(0.1);
    expect(at(15)).toBeGreaterThan(0.5);
    expect(at(100)).toBeLessThan(0.12);
    expect(at(130)).toBeLessThan(0.04);
  });
});

describe('the effect of any infusion', () => {
  const plan = fc
    .array(fc.tuple(fc.integer({ min: 1, max: 90 }), fc.double({ min: 0, max: 5, noNaN: true })), {
      maxLength: 6,
    })
    .map((gaps) => {
      let atMs = 0;
      return gaps.map(([minutes, rateMgPerKgPerH]) => {
        atMs += minutes * MINUTE;
        return { atMs, rateMgPerKgPerH };
      });
    });

  it('stays between 0 and 3, without jumps', () => {
    fc.assert(
      fc.property(plan, fc.integer({ min: 0, max: 900 }), (steps, minutes) => {
        const effect = at(minutes, steps);
        expect(effect).toBeGreaterThanOrEqual(0);
        expect(effect).toBeLessThanOrEqual(3);
        expect(Math.abs(at(minutes + 1 / 60, steps) - effect)).toBeLessThan(0.02);
      }),
      { numRuns: 400 },
    );
  });

  it('does not depend on what comes later', () => {
    fc.assert(
      fc.property(plan, fc.integer({ min: 0, max: 500 }), (steps, minutes) => {
        const soFar = steps.filter((step) => step.atMs <= minutes * MINUTE);
        expect(at(minutes, steps)).toBe(at(minutes, soFar));
      }),
      { numRuns: 200 },
    );
  });
});
