import { describe, expect, it } from 'vitest';
import { createPatient } from '../../../simulators/physiology/create-patient.ts';
import { patientOf, scenarioOf, statesBetween } from './states.ts';

describe('the oximeter', () => {
  it('is on the finger and finds the pulse when the monitor is switched on', () => {
    expect(patientOf('steady').stateAt(0).oximeter).toMatchObject({ probe: 'on', searching: false });
  });

  it('says off, then searches for 5 to 8 s, and has no numbers until the pulse is found', () => {
    for (let seed = 0; seed < 20; seed += 1) {
      const scenario = scenarioOf({ events: [{ kind: 'probe-off', atS: 10, durationS: 20 }] });
      const patient = createPatient(scenario, seed);
      const at = (seconds: number) => patient.stateAt(seconds * 1000).oximeter;
      expect(at(9.9)).toMatchObject({ probe: 'on', searching: false });
      expect(at(10)).toMatchObject({ probe: 'off', searching: false, spo2: 0, pulseRate: 0 });
      expect(at(29.9).probe).toBe('off');
      expect(at(30)).toMatchObject({ probe: 'on', searching: true, spo2: 0, pulseRate: 0 });
      expect(at(34.9).searching).toBe(true);
      expect(at(38).searching).toBe(false);
      expect(at(38).spo2).toBeGreaterThan(94);
    }
  });

  it('runs 4 to 6 s behind the blood', () => {
    const scenario = scenarioOf({
      events: [{ kind: 'desaturation', atS: 60, durationS: 300, rampS: 0, recoverS: 0, to: 80 }],
    });
    const patient = createPatient(scenario, 1);
    const start = patient.stateAt(60_000).oximeter.spo2;
    const half = Array.from({ length: 300 }, (_, tick) => 60 + tick / 10).find(
      (seconds) => patient.stateAt(seconds * 1000).oximeter.spo2 < (start + 80) / 2,
    );
    expect(half).toBeGreaterThanOrEqual(63.5);
    expect(half).toBeLessThanOrEqual(66);
  });

  it('finds no pulse when there is none', () => {
    const scenario = scenarioOf({
      events: [{ kind: 'heart-rate', atS: 10, durationS: 30, rampS: 2, recoverS: 2, to: 0 }],
    });
    const state = createPatient(scenario, 1).stateAt(30_000);
    expect(state.ecg.heartRate).toBe(0);
    expect(state.oximeter).toMatchObject({ probe: 'on', searching: true, spo2: 0, pulseRate: 0 });
  });

  it('is disturbed by motion, and says so', () => {
    const scenario = scenarioOf({ events: [{ kind: 'motion', atS: 60, durationS: 60 }] });
    const patient = createPatient(scenario, 1);
    const range = (fromS: number) => {
      const rates = statesBetween(patient, fromS, fromS + 50).map((state) => state.oximeter.pulseRate);
      return Math.max(...rates) - Math.min(...rates);
    };
    expect(range(65)).toBeGreaterThan(3 * range(5));
    expect(patient.stateAt(90_000)).toMatchObject({ oximeter: { motion: true }, ecg: { artefact: true } });
    expect(patient.stateAt(130_000)).toMatchObject({ oximeter: { motion: false }, ecg: { artefact: false } });
  });
});

describe('breathing', () => {
  it('has one breath after another at about the patient’s rate', () => {
    const patient = createPatient(scenarioOf({ patient: { respiratoryRate: 15 } }), 1);
    const states = Array.from({ length: 6000 }, (_, tick) => patient.stateAt(tick * 100));
    const breaths = states.filter(
      (state, index) =>
        index > 0 && state.respiration.sinceBreathMs < (states[index - 1]?.respiration.sinceBreathMs ?? 0),
    );
    expect(breaths.length).toBeGreaterThan(140);
    expect(breaths.length).toBeLessThan(160);
    expect(states.every(({ respiration }) => Math.abs((respiration.rate ?? Number.NaN) - 15) < 5)).toBe(true);
  });

  it('stops in an apnoea: the time since the last breath grows, the rate falls to 0, and the saturation follows late', () => {
    const scenario = scenarioOf({
      patient: { etco2MmHg: 38 },
      events: [{ kind: 'apnea', atS: 60, durationS: 60 }],
    });
    const patient = createPatient(scenario, 1);
    const at = (seconds: number) => patient.stateAt(seconds * 1000);
    expect(at(62).respiration.rate).toBeGreaterThan(8);
    expect(at(80).respiration).toMatchObject({ rate: 0, etco2MmHg: 0 });
    expect(at(119).respiration.sinceBreathMs - at(80).respiration.sinceBreathMs).toBeCloseTo(39_000, 3);
    expect(at(80).oximeter.spo2).toBeGreaterThan(95);
    expect(at(120.5).respiration.sinceBreathMs).toBeLessThan(1000);
    expect(at(125).respiration.etco2MmHg).toBeGreaterThan(42);
    const lowest = statesBetween(patient, 60, 240).reduce((low, state) =>
      state.oximeter.spo2 < low.oximeter.spo2 ? state : low,
    );
    expect(lowest.oximeter.spo2).toBeLessThan(92);
    expect(lowest.elapsedMs).toBeGreaterThan(122_000);
    expect(lowest.elapsedMs).toBeLessThan(140_000);
    expect(at(200).oximeter.spo2).toBeGreaterThan(95);
  });

  it('has no end-tidal CO2 and no temperature where nothing is fitted', () => {
    const bare = createPatient(scenarioOf({ patient: { temperatureCel: null } }), 1).stateAt(5000);
    expect([bare.temperatureCel, bare.respiration.etco2MmHg]).toEqual([null, null]);
  });

  it('still answers after three days, in the same way as a patient who was never asked before', () => {
    const patient = patientOf('steady');
    for (let hour = 0; hour < 72; hour += 1) patient.stateAt(hour * 3_600_000);
    expect(patient.stateAt(72 * 3_600_000)).toEqual(patientOf('steady').stateAt(72 * 3_600_000));
  });
});
