import { beforeAll, describe, expect, it } from 'vitest';
import { bloodPressure, createBody } from '../../../simulators/physiology/body.ts';
import { createPatient } from '../../../simulators/physiology/create-patient.ts';
import { samplePatient, withSampledPatient } from '../../../simulators/physiology/population.ts';
import { builtIn } from './states.ts';

const PATIENTS = 600;
/** The infusion of `typical-infusion` starts at 200 s; the 40-minute reading is on the screen at 2600 s. */
const START_S = 200;
const AT_40_MIN_S = START_S + 2400;

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const deviation = (values: readonly number[]) => {
  const centre = mean(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1));
};

describe('600 sampled patients in the usual infusion', () => {
  const systolic: number[] = [];
  const diastolic: number[] = [];
  const heartRate: number[] = [];
  const course: number[] = Array.from({ length: 140 }, () => 0);

  const reading = (patient: ReturnType<typeof createPatient>, seconds: number) => {
    const last = patient.stateAt(seconds * 1000).cuff.last;
    if (last?.kind !== 'reading') throw new Error(`no reading at ${seconds} s`);
    return last;
  };

  beforeAll(() => {
    for (let seed = 0; seed < PATIENTS; seed += 1) {
      const scenario = withSampledPatient(builtIn('typical-infusion'), seed);
      const patient = createPatient(scenario, seed);
      const baseline = [reading(patient, 60), reading(patient, 130)];
      const late = reading(patient, AT_40_MIN_S);
      expect(late.endedAtMs).toBeGreaterThan((AT_40_MIN_S - 120) * 1000);
      systolic.push(late.systolic - mean(baseline.map((first) => first.systolic)));
      diastolic.push(late.diastolic - mean(baseline.map((first) => first.diastolic)));
      heartRate.push(
        patient.stateAt(AT_40_MIN_S * 1000).ecg.heartRate - patient.stateAt(100_000).ecg.heartRate,
      );
      const body = createBody(scenario, seed);
      const restMmHg = bloodPressure(body, START_S).systolic;
      for (const [minute, sum] of course.entries()) {
        course[minute] = sum + (bloodPressure(body, START_S + minute * 60).systolic - restMmHg) / PATIENTS;
      }
    }
  });

  // Tolerances: three standard errors of the mean, and of the deviation, at this number of patients.
  it('rise by 16.0 (SD 11.2) systolic and 11.0 (SD 8.45) diastolic at the 40-minute reading', () => {
    expect(Math.abs(mean(systolic) - 16)).toBeLessThan((3 * 11.2) / Math.sqrt(PATIENTS));
    expect(Math.abs(mean(diastolic) - 11)).toBeLessThan((3 * 8.45) / Math.sqrt(PATIENTS));
    expect(Math.abs(deviation(systolic) - 11.2)).toBeLessThan((3 * 11.2) / Math.sqrt(2 * PATIENTS));
    expect(Math.abs(deviation(diastolic) - 8.45)).toBeLessThan((3 * 8.45) / Math.sqrt(2 * PATIENTS));
  });

  it('have a heart rate about 4 /min higher', () => {
    expect(Math.abs(mean(heartRate) - 4.09)).toBeLessThan((3 * deviation(heartRate)) / Math.sqrt(PATIENTS));
  });

  it('are highest about 40 min after the start, and back 60 to 90 min after the stop', () => {
    const peak = Math.max(...course);
    expect(course.indexOf(peak)).toBeGreaterThanOrEqual(38);
    expect(course.indexOf(peak)).toBeLessThanOrEqual(43);
    expect(course[5]).toBeGreaterThan(0.12 * peak);
    expect(course[40 + 60]).toBeLessThan(0.2 * peak);
    expect(course[40 + 90]).toBeLessThan(0.08 * peak);
  });
});

describe('a sampled patient', () => {
  it('is the same for the same seed, and one a scenario could name', () => {
    expect(samplePatient(17)).toEqual(samplePatient(17));
    for (let seed = 0; seed < 300; seed += 1) {
      const patient = samplePatient(seed);
      expect(patient.systolic - patient.diastolic).toBeGreaterThan(10);
      expect(patient.spo2).toBeLessThan(100);
      expect(patient.respiratoryRate).toBeGreaterThan(8);
    }
  });
});
