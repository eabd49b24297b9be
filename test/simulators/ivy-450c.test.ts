import { describe, expect, it } from 'vitest';
import { type Block, ivyCodec, NO_TRACE } from '../../devices/ivy-450c/codec.ts';
import { ivy450cSimulator } from '../../simulators/ivy-450c.ts';
import type { CuffResult, Patient, PatientState } from '../../simulators/patient.ts';
import { oximeterPatient } from './oximeter-patient.ts';

type Change = (seconds: number) => Partial<PatientState>;
const calm = oximeterPatient(() => ({})).stateAt(0);
const patientWith = (change: Change): Patient => ({
  stateAt: (elapsedMs) => ({ ...calm, ...change(elapsedMs / 1000), elapsedMs }),
  command: () => undefined,
});
const simulatorOf = (change: Change = () => ({})) =>
  ivy450cSimulator.create(patientWith(change), { startEpochMs: 0, seed: 1 });
const blocksIn = (bytes: Uint8Array): readonly Block[] => {
  const decoder = ivyCodec.decoder();
  return [...decoder.push(bytes), ...decoder.end()].map((decoded) => {
    if (!decoded.ok) throw new Error(decoded.detail);
    return decoded.message;
  });
};
const blocks = (seconds: number, change?: Change): readonly Block[] =>
  blocksIn(simulatorOf(change).advanceTo(seconds * 1000));
const reading = (systolic: number, atS: number): CuffResult => ({
  kind: 'reading',
  number: systolic,
  systolic,
  diastolic: 75,
  mean: 92,
  pulseRate: 80,
  endedAtMs: atS * 1000,
});

describe('the simulated Ivy 450C', () => {
  it('sends a block a second by itself, the same bytes however time is cut, and hears nothing', () => {
    const once = simulatorOf().advanceTo(5000);
    const often = simulatorOf();
    const pieces = Array.from({ length: 50 }, (_, index) => [...often.advanceTo((index + 1) * 100)]);
    expect(Uint8Array.from(pieces.flat())).toEqual(once);
    expect(blocksIn(once)).toHaveLength(5);
    expect(often.receive(Uint8Array.of(1, 2, 3))).toHaveLength(0);
  });

  it('begins each block as the recording does and ends it with CR FE', () => {
    const bytes = simulatorOf().advanceTo(1000);
    expect(Buffer.from(bytes.subarray(0, 9)).toString('latin1')).toBe('\xffANSAR-B ');
    expect(Buffer.from(bytes.subarray(409, 429)).toString('latin1')).toBe('HR=1;66;ECG-II-DIAG;');
    expect([...bytes.subarray(-9)]).toEqual([0x54, 0x32, 0x3d, 0x31, 0x3b, 0x3b, 0x3b, 0x0d, 0xfe]);
  });

  it('repeats the last cuff reading, also through a measurement that fails', () => {
    const all = blocks(6, (seconds) => ({
      cuff: {
        measuring: seconds === 3,
        auto: true,
        last:
          seconds < 2
            ? null
            : seconds < 5
              ? reading(121, 2)
              : { kind: 'failed', number: 2, cause: 'loose', endedAtMs: 5000 },
      },
    }));
    expect(all.map(({ nibp }) => nibp.systolic)).toEqual([null, 121, 121, 121, 121, 121]);
    expect(all.map(({ nibp }) => nibp.alarm)).toEqual(['', '', '', '', 'NIBP FAIL', 'NIBP FAIL']);
  });

  it('has blanks and no traces while leads and probe are off', () => {
    const [block] = blocks(1, () => ({
      ecg: { leads: 'off', heartRate: 70, artefact: false },
      oximeter: { ...calm.oximeter, probe: 'off' },
    }));
    expect([block?.hr.value, block?.rr.value, block?.spo2.saturation, block?.spo2.pulse]).toEqual([
      null,
      null,
      null,
      null,
    ]);
    expect([block?.hr.alarm, block?.spo2.alarm]).toEqual(['LEAD OFF', 'SPO2 PROBE OFF']);
    expect(block?.waves.ecg.every((sample) => sample === NO_TRACE)).toBe(true);
    expect(block?.waves.pleth.every((sample) => sample === NO_TRACE)).toBe(true);
  });

  it('has no oximetry while it searches for the pulse', () => {
    const [block] = blocks(1, () => ({ oximeter: { ...calm.oximeter, searching: true } }));
    expect([block?.spo2.saturation, block?.spo2.alarm]).toEqual([null, '']);
  });

  it('says apnoea after 20 s, and shows EtCO2 only where a capnograph is fitted', () => {
    const all = blocks(2, (seconds) => ({
      respiration: {
        rate: 0,
        sinceBreathMs: seconds === 1 ? 19_000 : 20_000,
        etco2MmHg: seconds === 1 ? null : 38,
      },
    }));
    expect(all.map(({ rr }) => rr.alarm)).toEqual(['', 'APNEA']);
    expect(all.map(({ etco2 }) => etco2.value)).toEqual([null, 38]);
  });

  it('draws beats into the ECG at the rate it shows', () => {
    const samples = blocks(60, () => ({ ecg: { leads: 'on', heartRate: 72, artefact: false } })).flatMap(
      ({ waves }) => [...waves.ecg],
    );
    const beats = samples.filter(
      (sample, index) => sample > 140 && (samples[index - 1] ?? 255) <= 140,
    ).length;
    expect(Math.abs(beats - 72)).toBeLessThanOrEqual(1);
  });
});
