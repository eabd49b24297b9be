/** Each built-in scenario does what its name says, soon enough for a person who watches. */
import { describe, expect, it } from 'vitest';
import type { PatientState } from '../../../simulators/patient.ts';
import { builtIn, cuffResults, patientOf, readings, statesBetween } from './states.ts';

/** The first second of the first three minutes in which something holds; null when it never does. */
const firstSecond = (name: string, holds: (state: PatientState) => boolean): number | null => {
  const states = statesBetween(patientOf(name), 0, 180);
  const index = states.findIndex(holds);
  return index === -1 ? null : index;
};

describe('scenario', () => {
  it('steady stays within every usual limit, for an hour and several seeds', () => {
    for (const seed of [1, 2, 3, 4]) {
      const patient = patientOf('steady', seed);
      for (const { ecg, oximeter, respiration } of statesBetween(patient, 0, 3600)) {
        expect(ecg.heartRate > 55 && ecg.heartRate < 95).toBe(true);
        expect(oximeter.probe === 'on' && !oximeter.searching && oximeter.spo2 > 95).toBe(true);
        expect((respiration.rate ?? Number.NaN) > 9 && (respiration.rate ?? Number.NaN) < 20).toBe(true);
      }
      const found = readings(cuffResults(patient, 3600));
      expect(found).toHaveLength(12);
      expect(found.every(({ systolic, diastolic }) => systolic < 140 && diastolic < 90)).toBe(true);
    }
  });

  it('typical-infusion has a baseline of readings that agree, and the usual rise at 40 min', () => {
    const found = readings(cuffResults(patientOf('typical-infusion'), 3000));
    const baseline = found.filter((reading) => reading.endedAtMs < 200_000);
    expect(baseline.length).toBeGreaterThanOrEqual(3);
    const at40 = found.findLast((reading) => reading.endedAtMs <= 2_600_000);
    expect((at40?.systolic ?? 0) - (baseline[1]?.systolic ?? 0)).toBeGreaterThan(6);
    expect(at40?.systolic).toBeLessThan(160);
  });

  it.each([1, 2, 3, 4, 5, 6])(
    'bp-spike is normal, then over 180/110 in a reading before 2:40 (seed %d)',
    (seed) => {
      const found = readings(cuffResults(patientOf('bp-spike', seed), 420));
      expect(found[0]?.systolic).toBeLessThan(140);
      expect(found[1]?.endedAtMs).toBeLessThan(160_000);
      for (const reading of found.slice(1, 4)) {
        expect(reading.systolic).toBeGreaterThanOrEqual(180);
        expect(reading.diastolic).toBeGreaterThanOrEqual(110);
      }
    },
  );

  it('desaturation falls below 85 % within 80 s', () => {
    expect(firstSecond('desaturation', ({ oximeter }) => oximeter.spo2 < 85)).toBeLessThan(80);
    expect(firstSecond('desaturation', ({ oximeter }) => oximeter.spo2 < 95)).toBeGreaterThan(30);
  });

  it('apnea stops the breathing at 0:30 for more than a minute, and the saturation falls below 90 %', () => {
    const states = statesBetween(patientOf('apnea'), 0, 180);
    expect(Math.max(...states.map(({ respiration }) => respiration.sinceBreathMs))).toBeGreaterThan(60_000);
    expect(states.filter(({ oximeter }) => oximeter.spo2 < 90).length).toBeGreaterThan(15);
    expect(firstSecond('apnea', ({ respiration }) => respiration.sinceBreathMs > 20_000)).toBeLessThan(60);
  });

  it('tachycardia is over 120 /min within a minute, for more than three', () => {
    const states = statesBetween(patientOf('tachycardia'), 0, 300);
    expect(firstSecond('tachycardia', ({ ecg }) => ecg.heartRate > 120)).toBeLessThan(60);
    expect(states.filter(({ ecg }) => ecg.heartRate > 120).length).toBeGreaterThan(180);
  });

  it('probe-off is off, back with a search, then unplugged, then back', () => {
    const seen = statesBetween(patientOf('probe-off'), 0, 140).map(({ oximeter }) =>
      oximeter.probe === 'on' && oximeter.searching ? 'searching' : oximeter.probe,
    );
    const changes = seen.filter((state, index) => state !== seen[index - 1]);
    expect(changes).toEqual(['on', 'off', 'searching', 'on', 'disconnected', 'searching', 'on']);
  });

  it('cuff-fail gives a reading, three failures of three causes, and a reading', () => {
    const outcomes = cuffResults(patientOf('cuff-fail'), 340).map((result) =>
      result.kind === 'failed' ? result.cause : 'reading',
    );
    expect(outcomes).toEqual(['reading', 'loose', 'leak', 'motion', 'reading']);
  });

  it('low-perfusion falls below 0.3 %, and later loses the pulse', () => {
    expect(firstSecond('low-perfusion', ({ oximeter }) => oximeter.perfusionIndex < 0.3)).toBeLessThan(45);
    expect(firstSecond('low-perfusion', ({ oximeter }) => oximeter.searching)).toBeGreaterThan(145);
  });

  it('hypotension brings a reading below 90 with a slow heart', () => {
    const low = readings(cuffResults(patientOf('hypotension'), 240)).filter(({ systolic }) => systolic < 90);
    expect(low.length).toBeGreaterThan(0);
    expect(low[0]?.pulseRate).toBeLessThan(50);
  });

  it('leads-off takes the ECG away and leaves the oximeter', () => {
    expect(firstSecond('leads-off', ({ ecg }) => ecg.leads === 'off')).toBe(25);
    expect(patientOf('leads-off').stateAt(40_000)).toMatchObject({
      ecg: { leads: 'off' },
      oximeter: { probe: 'on', searching: false },
    });
  });

  it('pain-4h infuses for four hours', () => {
    const found = readings(cuffResults(patientOf('pain-4h'), 15_000));
    const meanOf = (fromS: number, toS: number) => {
      const chosen = found.filter(({ endedAtMs }) => endedAtMs > fromS * 1000 && endedAtMs < toS * 1000);
      return chosen.reduce((sum, { systolic }) => sum + systolic, 0) / chosen.length;
    };
    expect(meanOf(3000, 7500) - meanOf(0, 300)).toBeGreaterThan(7);
    expect(meanOf(10_500, 14_700) - meanOf(0, 300)).toBeGreaterThan(7);
  });

  it('rough-infusion has a spoilt reading, motion, and a probe that comes off', () => {
    const patient = patientOf('rough-infusion');
    const states = statesBetween(patient, 0, 1500);
    expect(states.some(({ oximeter }) => oximeter.probe === 'off')).toBe(true);
    expect(states.some(({ oximeter }) => oximeter.motion)).toBe(true);
    expect(cuffResults(patient, 1500).some((result) => result.kind === 'failed')).toBe(true);
  });

  it.each([
    ['cable-pulled', 'cut'],
    ['noisy-line', 'noise'],
    ['stalled-line', 'stall'],
    ['monitor-restart', 'restart'],
  ])('%s has a %s of the line in the first minute', (name, kind) => {
    const fault = builtIn(name).line[0];
    expect(fault?.kind).toBe(kind);
    expect(fault?.atS).toBeLessThan(60);
  });
});
