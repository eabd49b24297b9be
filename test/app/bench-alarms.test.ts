/**
 * The budget of alarms on simulated visits. The full evidence is `bench alarms` (500 visits); here are as many as
 * fit into a test run, with the same seeds from 1 on.
 */
import { describe, expect, it } from 'vitest';
import { populationComparison, populationFigures } from '../../app/bench/alarm-budget.ts';
import { createOracle } from '../../app/bench/must-alarm.ts';
import { roughVisit, typicalVisit } from '../../app/bench/populations.ts';
import { simulateVisit } from '../../app/bench/simulated-session.ts';
import { DEFAULT_PRESET } from '../../core/alarm/presets.ts';
import type { PatientState } from '../../simulators/patient.ts';

const NURSE = { kind: 'nurse', afterMs: 30_000 } as const;
const LONG_MS = 300_000;

describe('the typical population', () => {
  it(
    'has at most two audible alarms in 60 min at default limits, and no missed event',
    () => {
      const figures = populationFigures({
        planOf: typicalVisit,
        visits: 100,
        acknowledging: NURSE,
        repeats: false,
      });
      expect(figures.soundsPer60Min.mean).toBeLessThanOrEqual(2);
      expect(figures.missed).toEqual([]);
      expect(figures.required['BP-5']).toBeGreaterThan(5);
    },
    LONG_MS,
  );
});

describe('the rough population', () => {
  it(
    'has no missed event, whoever acknowledges',
    () => {
      const figures = populationFigures({
        planOf: roughVisit,
        visits: 20,
        acknowledging: NURSE,
        repeats: true,
      });
      expect(figures.missed).toEqual([]);
      expect(figures.required['SpO2-high']).toBeGreaterThan(10);
      expect(figures.required['BP-3']).toBeGreaterThan(5);
      const unattended = { planOf: roughVisit, visits: 5, repeats: false };
      expect(populationFigures({ ...unattended, acknowledging: { kind: 'nobody' } }).missed).toEqual([]);
    },
    LONG_MS,
  );

  it(
    'has no sustained violation without an alarm or a declared reason',
    () => {
      const { sustained } = populationComparison(roughVisit, 5);
      expect(sustained.all).toBeGreaterThan(20);
      expect(sustained.missedExamples).toEqual([]);
    },
    LONG_MS,
  );
});

describe('a simulated visit', () => {
  it('is the same twice', () => {
    const options = {
      limits: DEFAULT_PRESET,
      seed: 7,
      acknowledging: NURSE,
      repeats: true,
      keepInputs: false,
    };
    const plan = { ...roughVisit(7), endS: 1_200 };
    expect(simulateVisit(plan, options).run).toEqual(simulateVisit(plan, options).run);
  });

  it('misses events where the limits are off: the oracle is not the engine', () => {
    const limits = { ...DEFAULT_PRESET, limits: [], relative: [] };
    const options = { limits, seed: 3, acknowledging: NURSE, repeats: false, keepInputs: false };
    const { required, missed } = simulateVisit(roughVisit(3), options);
    expect(required.length).toBeGreaterThan(0);
    expect(missed).toEqual(required);
  });
});

describe('the oracle', () => {
  const state = (
    elapsedMs: number,
    spo2: number,
    cuff: PatientState['cuff']['last'] = null,
  ): PatientState => ({
    elapsedMs,
    ecg: { leads: 'on', heartRate: 70, artefact: false },
    oximeter: { probe: 'on', searching: false, spo2, pulseRate: 70, perfusionIndex: 3, motion: false },
    respiration: { rate: 14, sinceBreathMs: 0, etco2MmHg: null },
    cuff: { measuring: false, auto: true, last: cuff },
    temperatureCel: null,
    monitor: { batteryLow: false, alarmText: null },
  });
  const reading = (number: number, systolic: number, diastolic: number): PatientState['cuff']['last'] => ({
    kind: 'reading',
    number,
    systolic,
    diastolic,
    mean: Math.round((systolic + 2 * diastolic) / 3),
    pulseRate: 70,
    endedAtMs: 0,
  });

  it('asks for SpO2 below 85 for five seconds, once, and not for 4.9 s', () => {
    const oracle = createOracle();
    const kinds = [0, 1, 2, 3, 4, 5, 6].map((second) => oracle(state(second * 1000, 84.4), true).length);
    expect(kinds).toEqual([0, 0, 0, 0, 0, 1, 0]);
    expect(oracle(state(7_000, 84.6), true)).toEqual([]);
    expect(oracle(state(8_000, 84), true)).toEqual([]);
  });

  it('asks for 180/110, 200/120 and 40/25 above the mean of the last two readings at rest', () => {
    const oracle = createOracle();
    oracle(state(0, 97, reading(1, 118, 70)), false);
    oracle(state(1_000, 97, reading(2, 122, 74)), false);
    const kinds = (last: PatientState['cuff']['last']) =>
      oracle(state(2_000, 97, last), true).map(({ kind }) => kind);
    expect(kinds(reading(3, 159, 90))).toEqual([]);
    expect(kinds(reading(4, 160, 90))).toEqual(['BP-5']);
    expect(kinds(reading(4, 160, 90))).toEqual([]);
    expect(kinds(reading(5, 150, 97))).toEqual(['BP-5']);
    expect(kinds(reading(6, 181, 96))).toEqual(['BP-2', 'BP-5']);
    expect(kinds(reading(7, 201, 96))).toEqual(['BP-2', 'BP-3', 'BP-5']);
  });
});
