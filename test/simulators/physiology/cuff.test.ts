import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Patient } from '../../../simulators/patient.ts';
import { createPatient } from '../../../simulators/physiology/create-patient.ts';
import { cuffResults, readings, scenarioOf } from './states.ts';

const manual = () => scenarioOf({ cuff: { intervalS: null } });
const cuffAt = (patient: Patient, seconds: number) => patient.stateAt(seconds * 1000).cuff;

describe('the cuff', () => {
  it('measures on its clock, for 25 to 40 s, and counts finished measurements from 1', () => {
    const patient = createPatient(scenarioOf({ cuff: { firstAtS: 20, intervalS: 300 } }), 3);
    expect(cuffAt(patient, 19.9)).toEqual({ measuring: false, auto: true, last: null });
    expect(cuffAt(patient, 20)).toEqual({ measuring: true, auto: true, last: null });
    expect(cuffAt(patient, 44.9).measuring).toBe(true);
    expect(cuffAt(patient, 60).measuring).toBe(false);
    const results = cuffResults(patient, 3620);
    expect(results.map((result) => result.number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    for (const [index, result] of results.entries()) {
      const tookMs = result.endedAtMs - (20 + index * 300) * 1000;
      expect(tookMs).toBeGreaterThanOrEqual(25_000);
      expect(tookMs).toBeLessThanOrEqual(40_000);
    }
  });

  it('does nothing by itself without an interval, and measures on command', () => {
    const patient = createPatient(manual(), 3);
    expect(cuffAt(patient, 4000)).toEqual({ measuring: false, auto: false, last: null });
    patient.command({ kind: 'start-cuff' }, 4_000_000);
    expect(cuffAt(patient, 4000).measuring).toBe(true);
    expect(cuffAt(patient, 4041)).toMatchObject({ measuring: false, last: { kind: 'reading', number: 1 } });
  });

  it('ignores a second command while it measures', () => {
    const patient = createPatient(manual(), 3);
    patient.command({ kind: 'start-cuff' }, 10_000);
    const once = cuffAt(patient, 200);
    patient.command({ kind: 'start-cuff' }, 20_000);
    expect(cuffAt(patient, 200)).toEqual(once);
  });

  it('gives no result when it is stopped, keeps the last one, and measures again later', () => {
    const patient = createPatient(scenarioOf({ cuff: { firstAtS: 10, intervalS: 120 } }), 3);
    const first = cuffAt(patient, 60).last;
    patient.command({ kind: 'stop-cuff' }, 140_000);
    expect(cuffAt(patient, 139).measuring).toBe(true);
    expect(cuffAt(patient, 140)).toEqual({ measuring: false, auto: true, last: first });
    expect(cuffAt(patient, 300).last?.number).toBe(2);
  });

  it('skips the turn of its clock that falls into a measurement', () => {
    const patient = createPatient(scenarioOf({ cuff: { firstAtS: 100, intervalS: 60 } }), 3);
    patient.command({ kind: 'start-cuff' }, 90_000);
    expect(cuffResults(patient, 205).map((result) => result.number)).toEqual([1, 2]);
    expect(cuffAt(patient, 100).measuring).toBe(true);
    expect(cuffAt(patient, 159).measuring).toBe(false);
    expect(cuffAt(patient, 160).measuring).toBe(true);
  });

  it.each([
    ['loose', 14],
    ['leak', 22],
    ['motion', 65],
  ] as const)('fails with a %s cuff after %d s, and the next measurement is good again', (cause, seconds) => {
    const scenario = scenarioOf({
      cuff: { firstAtS: 10, intervalS: 120 },
      events: [{ kind: 'cuff-failure', atS: 5, durationS: 20, cause }],
    });
    const results = cuffResults(createPatient(scenario, 3), 180);
    expect(results[0]).toEqual({ kind: 'failed', number: 1, cause, endedAtMs: (10 + seconds) * 1000 });
    expect(results[1]).toMatchObject({ kind: 'reading', number: 2 });
  });

  it('reads about 3 mmHg (SD) around the truth, in whole numbers, with systolic > mean > diastolic', () => {
    const scenario = scenarioOf({
      cuff: { firstAtS: 0, intervalS: 60 },
      patient: { systolic: 120, diastolic: 75 },
    });
    const found = readings(cuffResults(createPatient(scenario, 5), 36_000));
    expect(found).toHaveLength(600);
    for (const { systolic, mean, diastolic, pulseRate } of found) {
      expect([systolic, mean, diastolic, pulseRate].every(Number.isInteger)).toBe(true);
      expect(systolic).toBeGreaterThan(mean);
      expect(mean).toBeGreaterThan(diastolic);
    }
    // Cuff noise 3 and the slow wander of pressure 2, together 3.6.
    const average = found.reduce((sum, { systolic }) => sum + systolic, 0) / found.length;
    const spread = Math.sqrt(
      found.reduce((sum, { systolic }) => sum + (systolic - average) ** 2, 0) / found.length,
    );
    expect(Math.abs(average - 120)).toBeLessThan(0.8);
    expect(spread).toBeGreaterThan(3.1);
    expect(spread).toBeLessThan(4.1);
  });

  it('never takes a measurement back, never runs two, and never counts backwards, whatever it is told', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 0, max: 1_200_000 })), { maxLength: 12 }),
        fc.integer({ min: 0, max: 1000 }),
        (keys, seed) => {
          const patient = createPatient(scenarioOf({ cuff: { firstAtS: 7, intervalS: 180 } }), seed);
          for (const [isStart, atMs] of keys)
            patient.command({ kind: isStart ? 'start-cuff' : 'stop-cuff' }, atMs);
          let number = 0;
          let endedAtMs = 0;
          for (let second = 0; second <= 1200; second += 1) {
            const last = cuffAt(patient, second).last;
            if (last === null || last.number === number) continue;
            expect(last.number).toBe(number + 1);
            expect(last.endedAtMs).toBeLessThanOrEqual(second * 1000);
            expect(last.endedAtMs - endedAtMs).toBeGreaterThanOrEqual(number === 0 ? 0 : 25_000);
            ({ number, endedAtMs } = last);
          }
          expect(number).toBeGreaterThan(0);
        },
      ),
      { numRuns: 40 },
    );
  });
});
