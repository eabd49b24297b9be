import { describe, expect, it } from 'vitest';
import { accutorrSimulatorProfile, datascopeAccutorrSimulator } from '../../simulators/datascope-accutorr.ts';
import type { Patient, PatientState } from '../../simulators/patient.ts';
import { bytesOf } from '../devices/drive.ts';
import { WELL } from './oximeter-patient.ts';

const READING = {
  kind: 'reading',
  number: 1,
  systolic: 121,
  diastolic: 75,
  mean: 92,
  pulseRate: 64,
  endedAtMs: 20_000,
} as const;
const patientWith = (change: Partial<PatientState>): Patient => ({
  stateAt: (elapsedMs) => ({
    elapsedMs,
    ecg: { leads: 'on', heartRate: 66, artefact: false },
    oximeter: { ...WELL, spo2: 98, pulseRate: 72 },
    respiration: { rate: 14, sinceBreathMs: 1000, etco2MmHg: null },
    cuff: { measuring: false, auto: false, last: READING },
    temperatureCel: null,
    monitor: { batteryLow: false, alarmText: null },
    ...change,
  }),
  command: () => undefined,
});
const start = (change: Partial<PatientState> = {}, profile = datascopeAccutorrSimulator) => {
  const monitor = profile.create(patientWith(change), { startEpochMs: 0, seed: 1 });
  const until = (ms: number) => Buffer.from(monitor.advanceTo(ms)).toString('latin1');
  return { monitor, until };
};
/** What it answers at 200 s, three minutes after the reading. */
const answerTo = (
  text: string,
  change: Partial<PatientState> = {},
  profile = datascopeAccutorrSimulator,
): string => {
  const { monitor, until } = start(change, profile);
  until(200_000);
  monitor.receive(bytesOf(text));
  return until(200_300);
};

describe('the simulated Accutorr 3', () => {
  it('says that it is ready, then waits behind its prompt', () => {
    expect(start().until(60_000)).toBe('ACCUTORR PC Interface is ready\r\n>');
  });

  it.each<[string, Partial<PatientState>, string]>([
    ['a well patient', {}, 'P:098,072,121,092,075,000,000,000,  3\r\n>'],
    [
      'no reading yet',
      { cuff: { measuring: true, auto: false, last: null } },
      'P:098,072, --, --, --,000,000,000, --\r\n>',
    ],
    [
      'no sensor',
      { oximeter: { ...WELL, probe: 'disconnected' } },
      'P: --, --,121,092,075,001,000,000,  3\r\n>',
    ],
    ['sensor off', { oximeter: { ...WELL, probe: 'off' } }, 'P: --, --,121,092,075,002,000,000,  3\r\n>'],
    ['interference', { oximeter: { ...WELL, motion: true } }, 'P: --, --,121,092,075,004,000,000,  3\r\n>'],
    [
      'pulse search',
      { oximeter: { ...WELL, searching: true } },
      'P: --, --,121,092,075,008,000,000,  3\r\n>',
    ],
    [
      'weak pulse',
      { oximeter: { ...WELL, perfusionIndex: 0.2 } },
      'P:097,066,121,092,075,016,000,000,  3\r\n>',
    ],
    [
      'a cuff that moved',
      {
        cuff: {
          measuring: false,
          auto: false,
          last: { kind: 'failed', number: 2, cause: 'motion', endedAtMs: 1 },
        },
      },
      'P:098,072, --, --, --,000,000,002, --\r\n>',
    ],
  ])('answers P with %s in the form of the manual', (_name, change, answer) => {
    expect(answerTo('P', change)).toBe(answer);
  });

  it('puts the pressures in the order of the printed example where asked for', () => {
    expect(answerTo('P', {}, accutorrSimulatorProfile({ order: 'example' }))).toMatch(
      /^P:098,072,121,075,092/,
    );
  });

  it('gives limits and the prompt, and hears nothing else', () => {
    expect(answerTo('L')).toMatch(/^L: --,085,150,045,180,080,130,060,110,045\r\n>$/);
    expect(answerTo('\x03')).toBe('>');
    expect(answerTo('p\r\n?')).toBe('');
  });

  it('takes one command at a time', () => {
    expect(answerTo('PPP')).toMatch(/^P:[^P]*>$/);
  });
});
