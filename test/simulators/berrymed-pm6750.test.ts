import { describe, expect, it } from 'vitest';
import { cuffStateOf, type ModuleMessage, moduleCodec } from '../../devices/berrymed-pm6750/codec.ts';
import { berrymedPm6750Simulator } from '../../simulators/berrymed-pm6750.ts';
import type { Patient, PatientState } from '../../simulators/patient.ts';
import { createPatient } from '../../simulators/physiology/create-patient.ts';
import { parseScenario } from '../../simulators/scenario.ts';
import { oximeterPatient } from './oximeter-patient.ts';

type Change = (seconds: number) => Partial<PatientState>;
const calm = oximeterPatient(() => ({})).stateAt(0);
const patientWith = (change: Change): Patient => ({
  stateAt: (elapsedMs) => ({ ...calm, ...change(elapsedMs / 1000), elapsedMs }),
  command: () => undefined,
});
const create = (patient: Patient) => berrymedPm6750Simulator.create(patient, { startEpochMs: 0, seed: 1 });
const command = (code: number, value: number): Uint8Array =>
  Uint8Array.of(0x55, 0xaa, 4, code, value, 255 - ((4 + code + value) % 256));
const messagesIn = (bytes: Uint8Array): readonly ModuleMessage[] => {
  const decoder = moduleCodec.decoder();
  return [...decoder.push(bytes), ...decoder.end()].map((decoded) => {
    if (!decoded.ok) throw new Error(decoded.detail);
    return decoded.message;
  });
};
const counts = (messages: readonly ModuleMessage[]): Readonly<Record<string, number>> => {
  const all: Record<string, number> = {};
  for (const { kind } of messages) all[kind] = (all[kind] ?? 0) + 1;
  return all;
};
const ALL_ON = [0x01, 0x03, 0x04, 0xfe, 0xff];
const running = (patient: Patient) => {
  const simulator = create(patient);
  for (const code of ALL_ON) simulator.receive(command(code, 1));
  return simulator;
};
const values = (change: Change) => messagesIn(running(patientWith(change)).advanceTo(1000));

describe('the simulated PM6750', () => {
  it('is silent until an output is switched on, sends that one only, and stops when told to', () => {
    const simulator = create(patientWith(() => ({})));
    expect(simulator.advanceTo(5000)).toHaveLength(0);
    simulator.receive(command(0x03, 1));
    expect(counts(messagesIn(simulator.advanceTo(10_000)))).toEqual({ spo2: 5 });
    simulator.receive(command(0x03, 0));
    expect(simulator.advanceTo(20_000)).toHaveLength(0);
  });

  it('ignores a command with a wrong sum, an unknown one, and half a one', () => {
    const simulator = create(patientWith(() => ({})));
    simulator.receive(Uint8Array.of(0x55, 0xaa, 4, 1, 1, 0));
    simulator.receive(command(0x20, 1));
    simulator.receive(Uint8Array.of(0x55, 0xaa, 4));
    expect(simulator.advanceTo(5000)).toHaveLength(0);
  });

  it('sends waves at 250 and 50 a second and values once a second, as counted in a recording', () => {
    const { beat, ...rest } = counts(messagesIn(running(patientWith(() => ({}))).advanceTo(10_000)));
    expect(rest).toEqual({
      'ecg-wave': 2500,
      pleth: 500,
      respiration: 500,
      ecg: 10,
      nibp: 10,
      spo2: 10,
      temperature: 10,
    });
    // 66 beats a minute, in ECG and pleth.
    expect(beat).toBeGreaterThanOrEqual(20);
    expect(beat).toBeLessThanOrEqual(24);
  });

  it('gives the same bytes however time is cut', () => {
    const once = running(patientWith(() => ({}))).advanceTo(3000);
    const often = running(patientWith(() => ({})));
    const pieces = Array.from({ length: 60 }, (_, index) => [...often.advanceTo((index + 1) * 50)]);
    expect(Uint8Array.from(pieces.flat())).toEqual(once);
  });

  it('keeps the leads as Einthoven has them: II = I + III about the base line', () => {
    for (const message of values(() => ({}))) {
      if (message.kind !== 'ecg-wave') continue;
      const [i = 0, ii = 0, iii = 0] = message.leads;
      expect(Math.abs(ii - 128 - (i - 128) - (iii - 128))).toBeLessThanOrEqual(2);
    }
  });

  it.each([
    [{ probe: 'disconnected' as const }, 1],
    [{ probe: 'off' as const }, 2],
    [{ searching: true }, 3],
  ])('maps the oximeter %j to status %i with invalid numbers', (change, status) => {
    const all = values(() => ({ oximeter: { ...calm.oximeter, ...change } }));
    expect(all).toContainEqual({ kind: 'spo2', status, spo2: 127, pulse: 255 });
  });

  it('says lead off with zeros, weak signal with artefact, and asystole', () => {
    const said = (ecg: PatientState['ecg']): ModuleMessage | undefined =>
      values(() => ({ ecg })).find(({ kind }) => kind === 'ecg');
    expect(said({ leads: 'off', heartRate: 70, artefact: false })).toMatchObject({
      status: 0x1a,
      heartRate: 0,
      respiration: 0,
      arrhythmia: 1,
    });
    expect(said({ leads: 'on', heartRate: 70, artefact: true })).toMatchObject({
      status: 0x19,
      heartRate: 70,
    });
    expect(said({ leads: 'on', heartRate: 0, artefact: false })).toMatchObject({
      heartRate: 0,
      arrhythmia: 2,
    });
  });

  it('measures when told to, repeats its reading, and takes a new one as often as it is asked', () => {
    const parsed = parseScenario({
      name: 'by-hand',
      title: 'By hand',
      description: 'The cuff is started by command only.',
      cuff: { intervalS: null },
    });
    if (!parsed.ok) throw new Error(parsed.problem);
    const simulator = running(createPatient(parsed.scenario, 1));
    const states = (untilMs: number) =>
      messagesIn(simulator.advanceTo(untilMs)).flatMap((message) =>
        message.kind === 'nibp'
          ? [[cuffStateOf(message.status), message.systolic, message.cuff] as const]
          : [],
      );
    expect(new Set(states(5000).map(([state]) => state))).toEqual(new Set([10]));
    simulator.receive(command(0x09, 1));
    simulator.receive(command(0x0a, 80));
    simulator.receive(command(0x02, 1));
    const first = states(60_000);
    expect(first[0]?.[0]).toBe(1);
    expect(Math.max(...first.map(([, , cuff]) => cuff))).toBeGreaterThan(140);
    expect(first.at(-1)?.[0]).toBe(0);
    expect(first.at(-1)?.[1]).toBeGreaterThan(80);
    simulator.receive(command(0x02, 1));
    expect(states(65_000).at(-1)?.[0]).toBe(1);
    simulator.receive(command(0x02, 0));
    expect(states(70_000).map(([state]) => state)).toEqual([2, 2, 2, 2, 2]);
    simulator.receive(command(0x02, 1));
    expect(states(130_000).at(-1)?.[0]).toBe(0);
  });

  it.each([
    ['loose', 4],
    ['leak', 5],
    ['motion', 7],
  ] as const)(
    'says why a measurement failed (%s: %i), and that 260 mmHg do not fit into a byte',
    (cause, state) => {
      const nibp = (cuff: PatientState['cuff']) =>
        values(() => ({ cuff })).find(({ kind }) => kind === 'nibp');
      const stateOf = (cuff: PatientState['cuff']): number => {
        const message = nibp(cuff);
        return message?.kind === 'nibp' ? cuffStateOf(message.status) : -1;
      };
      const rest = { measuring: false, auto: true } as const;
      expect(stateOf({ ...rest, last: { kind: 'failed', number: 1, cause, endedAtMs: 0 } })).toBe(state);
      const high = { systolic: 260, diastolic: 140, mean: 190, pulseRate: 80, endedAtMs: 0 };
      expect(stateOf({ ...rest, last: { kind: 'reading', number: 1, ...high } })).toBe(8);
    },
  );
});
