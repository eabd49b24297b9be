import { describe, expect, it } from 'vitest';
import { recoveryPressureScore, startGate } from '../../../core/alarm/start-gate.ts';
import { BASELINE } from './bench-chair.ts';

const CALM = { spo2: 97, heartRate: 70 };

describe('the start gate', () => {
  it.each([
    [139, 89, 'green'],
    [140, 89, 'amber'],
    [139, 90, 'amber'],
    [159, 99, 'amber'],
    [160, 90, 'red'],
    [150, 100, 'red'],
    [179, 109, 'red'],
    [180, 90, 'blocked'],
    [150, 110, 'blocked'],
    [90, 60, 'green'],
    [89, 60, 'blocked'],
  ])('with a baseline of %d/%d is %s', (systolic, diastolic, level) => {
    expect(startGate({ ...BASELINE, systolic, diastolic }, CALM).level).toBe(level);
  });
  it.each([
    [92, 70, 'green'],
    [91, 70, 'blocked'],
    [97, 50, 'green'],
    [97, 49, 'blocked'],
    [97, 130, 'green'],
    [97, 131, 'blocked'],
    [null, 70, 'blocked'],
    [97, null, 'blocked'],
  ])('with SpO₂ %s and heart rate %s is %s', (spo2, heartRate, level) => {
    expect(startGate(BASELINE, { spo2, heartRate }).level).toBe(level);
  });
  it('is blocked without a baseline', () => {
    expect(startGate(null, CALM)).toEqual({
      level: 'blocked',
      reasons: [{ level: 'blocked', quantity: null, text: 'No blood-pressure baseline' }],
    });
  });
  it('names every reason, the worst first, each quantity once', () => {
    const gate = startGate({ ...BASELINE, systolic: 165, diastolic: 112 }, { spo2: 97, heartRate: 140 });
    expect(gate.reasons.map((reason) => reason.text)).toEqual([
      'Baseline DIA 112 ≥ 110',
      'Heart rate 140 > 130',
      'Baseline SYS 165 ≥ 160',
    ]);
  });
});

describe('the pressure in recovery (BP-9)', () => {
  it.each([
    [144, 2],
    [145, 1],
    [168, 1],
    [169, 0],
    [96, 2],
    [95, 1],
  ])('of %d over a baseline of 120 scores %d', (systolic, score) => {
    expect(recoveryPressureScore(BASELINE, systolic)).toBe(score);
  });
  it('has no score without a baseline or a reading', () => {
    expect([recoveryPressureScore(null, 120), recoveryPressureScore(BASELINE, null)]).toEqual([null, null]);
  });
});
