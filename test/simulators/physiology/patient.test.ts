import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PatientCommand } from '../../../simulators/patient.ts';
import { createPatient } from '../../../simulators/physiology/create-patient.ts';
import { builtInScenarios } from '../../../simulators/scenarios/index.ts';
import { builtIn, cuffResults, patientOf, readings, scenarioOf, statesBetween } from './states.ts';

const anyScenario = fc.constantFrom(...builtInScenarios());
const anySeed = fc.integer({ min: 0, max: 0xffffffff });

describe('a simulated patient', () => {
  it('gives equal states at equal times, however often and in whatever order it is asked', () => {
    const command = fc.oneof(
      fc.constant<PatientCommand>({ kind: 'start-cuff' }),
      fc.constant<PatientCommand>({ kind: 'stop-cuff' }),
      fc
        .double({ min: 0, max: 3, noNaN: true })
        .map((rateMgPerKgPerH): PatientCommand => ({ kind: 'infusion', rateMgPerKgPerH })),
    );
    const commands = fc
      .array(fc.tuple(command, fc.integer({ min: 0, max: 900_000 })), { maxLength: 5 })
      .map((list) => list.sort((a, b) => a[1] - b[1]));
    fc.assert(
      fc.property(
        anyScenario,
        anySeed,
        commands,
        fc.array(fc.integer({ min: 0, max: 900_000 }), { minLength: 1, maxLength: 6 }),
        (scenario, seed, given, times) => {
          const direct = createPatient(scenario, seed);
          for (const [what, atMs] of given) direct.command(what, atMs);
          const watched = createPatient(scenario, seed);
          const pending = [...given];
          let nowMs = 0;
          for (const timeMs of [...times].sort((a, b) => a - b)) {
            for (; nowMs <= timeMs; nowMs += 7_000) {
              while (pending[0] !== undefined && pending[0][1] <= nowMs) {
                watched.command(...pending[0]);
                pending.shift();
              }
              watched.stateAt(nowMs);
              watched.stateAt(Math.max(0, nowMs - 10_000));
            }
            while (pending[0] !== undefined && pending[0][1] <= timeMs) {
              watched.command(...pending[0]);
              pending.shift();
            }
            expect(watched.stateAt(timeMs)).toEqual(direct.stateAt(timeMs));
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('keeps every number in the range a sensor can meet, in every scenario', () => {
    for (const scenario of builtInScenarios()) {
      for (const state of statesBetween(createPatient(scenario, 11), 0, 400)) {
        const { ecg, oximeter, respiration, temperatureCel } = state;
        expect(ecg.heartRate === 0 || (ecg.heartRate >= 20 && ecg.heartRate <= 260)).toBe(true);
        expect(oximeter.spo2 === 0 || (oximeter.spo2 >= 30 && oximeter.spo2 <= 100)).toBe(true);
        expect(oximeter.spo2 === 0).toBe(oximeter.probe !== 'on' || oximeter.searching);
        expect(oximeter.pulseRate === 0).toBe(oximeter.probe !== 'on' || oximeter.searching);
        expect(oximeter.perfusionIndex).toBeGreaterThanOrEqual(0.02);
        expect(oximeter.perfusionIndex).toBeLessThanOrEqual(20);
        expect(respiration.rate).toBeGreaterThanOrEqual(0);
        expect(respiration.rate).toBeLessThan(45);
        expect(respiration.sinceBreathMs).toBeGreaterThanOrEqual(0);
        expect(temperatureCel === null || (temperatureCel > 34 && temperatureCel < 40)).toBe(true);
      }
    }
  });

  it('differs from a patient of another seed', () => {
    const rates = (seed: number) =>
      statesBetween(patientOf('steady', seed), 0, 60).map((s) => s.ecg.heartRate);
    expect(rates(1)).not.toEqual(rates(2));
  });

  it('varies from second to second at rest, but not much', () => {
    const rates = statesBetween(patientOf('steady'), 0, 300).map((state) => state.ecg.heartRate);
    expect(new Set(rates.map(Math.round)).size).toBeGreaterThan(4);
    expect(Math.max(...rates) - Math.min(...rates)).toBeLessThan(16);
  });

  it('breathes the heart rate up and down (sinus arrhythmia)', () => {
    const quiet = createPatient(scenarioOf({ patient: { heartRate: 60, respiratoryRate: 6 } }), 2);
    const states = Array.from({ length: 6000 }, (_, tick) => quiet.stateAt(tick * 100));
    const mean = (rising: boolean) => {
      const chosen = states.filter(({ respiration }) => {
        const phase = (respiration.sinceBreathMs * (respiration.rate ?? Number.NaN)) / 60_000;
        return rising ? phase > 0.1 && phase < 0.4 : phase > 0.6 && phase < 0.9;
      });
      return chosen.reduce((sum, state) => sum + state.ecg.heartRate, 0) / chosen.length;
    };
    expect(mean(true) - mean(false)).toBeGreaterThan(2);
  });

  it('answers an hour of seconds in a small part of a second', () => {
    const hours = [1, 2, 3, 4, 5].map((seed) => {
      const patient = patientOf('typical-infusion', seed);
      const before = performance.now();
      for (let second = 0; second < 3600; second += 1) patient.stateAt(second * 1000);
      return performance.now() - before;
    });
    // The best of five: this bounds the work, not the load of the computer that runs the tests.
    expect(Math.min(...hours)).toBeLessThan(100);
  });
});

describe('an infusion command', () => {
  it('raises the pressure that a later reading finds, and stopping it lets it fall', () => {
    const scenario = scenarioOf({ cuff: { intervalS: 600 }, patient: { response: { systolicRise: 40 } } });
    const given = createPatient(scenario, 4);
    given.command({ kind: 'infusion', rateMgPerKgPerH: 0.75 }, 60_000);
    given.command({ kind: 'infusion', rateMgPerKgPerH: 0 }, 2_460_000);
    const untouched = readings(cuffResults(createPatient(scenario, 4), 9000));
    const rises = readings(cuffResults(given, 9000)).map(
      (reading, index) => reading.systolic - (untouched[index]?.systolic ?? Number.NaN),
    );
    expect(rises[0]).toBe(0);
    expect(rises[4]).toBeGreaterThan(30);
    expect(rises.at(-1)).toBeLessThan(3);
  });

  it('replaces the rest of the plan', () => {
    const stopped = createPatient(builtIn('typical-infusion'), 1);
    stopped.command({ kind: 'infusion', rateMgPerKgPerH: 0 }, 100_000);
    const never = createPatient({ ...builtIn('typical-infusion'), infusion: [] }, 1);
    expect(stopped.stateAt(2_600_000)).toEqual(never.stateAt(2_600_000));
  });

  it('changes nothing before its moment', () => {
    const patient = patientOf('steady');
    const before = patient.stateAt(95_000);
    patient.stateAt(101_000);
    patient.command({ kind: 'infusion', rateMgPerKgPerH: 2 }, 100_000);
    expect(patient.stateAt(95_000)).toEqual(before);
  });
});
