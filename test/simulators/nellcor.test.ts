import { describe, expect, it } from 'vitest';
import { createNellcorDriver } from '../../devices/nellcor/driver.ts';
import { nellcorSimulator } from '../../simulators/nellcor.ts';
import { conditionsIn, drive, observationsIn, rejectsIn } from '../devices/drive.ts';
import { type OximeterState, oximeterPatient } from './oximeter-patient.ts';

const START = Date.UTC(2026, 2, 1, 14, 0, 0);
const simulate = (at: (elapsedMs: number) => Partial<OximeterState>) =>
  nellcorSimulator.create(oximeterPatient(at), { startEpochMs: START, seed: 1 });
const textOf = (bytes: Uint8Array): readonly string[] =>
  Buffer.from(bytes).toString('latin1').split('\r\n').slice(0, -1);
/** The whole way: patient, wire, driver; one state every two seconds, the last one until the end. */
const run = (...states: readonly Partial<OximeterState>[]) =>
  drive(
    createNellcorDriver(),
    simulate((ms) => states[ms / 2000] ?? {}).advanceTo((states.length - 1) * 2000),
  );
const values = (outputs: ReturnType<typeof run>) =>
  observationsIn(outputs).map(({ value, validity }) => `${value} ${validity}`);

describe('the simulated N-560', () => {
  it('prints its header, then a line every two seconds, to the byte', () => {
    expect(textOf(simulate(() => ({})).advanceTo(2500))).toEqual([
      'N-560    VERSION 1.56.00    CRC:XXXX  SpO2 Limit: 85-100%    PR Limit: 40-170BPM',
      '                             ADULT            0SAT-S ',
      'TIME                 %SpO2   BPM     PA     Status',
      '01-Mar-26 14:00:00    97      66      36                     ',
      '01-Mar-26 14:00:02    97      66      36                     ',
    ]);
  });

  it.each<[string, Partial<OximeterState>, string]>([
    ['motion', { motion: true }, '01-Mar-26 14:00:00    97      66      36    MO               '],
    ['low saturation', { spo2: 84.4 }, '01-Mar-26 14:00:00    84*     66      36       SL            '],
    ['a fast pulse', { pulseRate: 171 }, '01-Mar-26 14:00:00    97     171*     36          PH         '],
    ['a slow pulse', { pulseRate: 38 }, '01-Mar-26 14:00:00    97      38*     36          PL         '],
    [
      'a disconnected sensor',
      { probe: 'disconnected' },
      '01-Mar-26 14:00:00   ---     ---     ---    SD               ',
    ],
    [
      'a sensor off the patient',
      { probe: 'off' },
      '01-Mar-26 14:00:00   ---     ---     ---    SO               ',
    ],
    ['pulse search', { searching: true }, '01-Mar-26 14:00:00     0       0     ---    PS               '],
    ['no pulse', { pulseRate: 0 }, '01-Mar-26 14:00:00   ---     ---     ---    LP               '],
  ])('prints %s as the oximeter does', (_name, state, expected) => {
    expect(textOf(simulate(() => state).advanceTo(0)).at(-1)).toBe(expected);
  });

  it('repeats its header after every 25 lines', () => {
    const lines = textOf(simulate(() => ({})).advanceTo(2000 * 51));
    const headers = lines.flatMap((line, index) => (line.startsWith('N-560') ? [index] : []));
    expect(headers).toEqual([0, 28, 56]);
  });

  it('prints the same however it is advanced', () => {
    const stepwise = simulate(() => ({}));
    const pieces = Array.from({ length: 101 }, (_, index) => stepwise.advanceTo(index * 250));
    expect(Buffer.concat(pieces).toString()).toBe(
      Buffer.from(simulate(() => ({})).advanceTo(25_000)).toString(),
    );
  });

  it('hears nothing', () => {
    expect(simulate(() => ({})).receive(Uint8Array.of(0x11, 0x31, 0x0d))).toHaveLength(0);
  });

  it('is read by the driver: what the patient has is what is told', () => {
    const low = { spo2: 80, pulseRate: 70 };
    const outputs = run(
      {},
      {},
      { spo2: 96.4, pulseRate: 68 },
      { spo2: 84, pulseRate: 70 },
      { ...low, motion: true },
      low,
    );
    const told = ['97', '66', '97', '66', '96', '68', '84', '70'].map((value) => `${value} valid`);
    expect(values(outputs)).toEqual([...told, '80 questionable', '70 questionable', '80 valid', '70 valid']);
    expect(conditionsIn(outputs)).toEqual(['+monitor-alarm', '+signal-questionable', '-signal-questionable']);
    expect(rejectsIn(outputs)).toEqual([]);
  });

  it('is read by the driver without a number, and never as 0, while there is nothing to read', () => {
    const nothing = [
      { probe: 'off' },
      { probe: 'disconnected' },
      { searching: true },
      { searching: true },
    ] as const;
    const outputs = run({}, {}, ...nothing, { pulseRate: 0 }, {}, {});
    expect(values(outputs)).toEqual([
      ...['97 valid', '66 valid', '97 valid', '66 valid'],
      ...Array(8).fill('null unavailable'),
      ...Array(2).fill('null invalid'),
      ...['97 valid', '66 valid', '97 valid', '66 valid'],
    ]);
    expect(conditionsIn(outputs)).toEqual([
      '+sensor-off',
      '-sensor-off',
      '+sensor-disconnected',
      '-sensor-disconnected',
      '+pulse-search',
      '-pulse-search',
      '+pulse-lost',
      '-pulse-lost',
    ]);
    expect(rejectsIn(outputs)).toEqual([]);
  });
});
