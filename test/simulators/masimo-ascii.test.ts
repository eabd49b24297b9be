import { describe, expect, it } from 'vitest';
import { createMasimoDriver } from '../../devices/masimo-ascii/driver.ts';
import { masimoAsciiSimulator, masimoSimulatorProfile } from '../../simulators/masimo-ascii.ts';
import { conditionsIn, drive, observationsIn, rejectsIn } from '../devices/drive.ts';
import { type OximeterState, oximeterPatient } from './oximeter-patient.ts';

const START = Date.UTC(2026, 2, 1, 14, 0, 0);
const simulate = (
  at: (elapsedMs: number) => Partial<OximeterState>,
  profile = masimoSimulatorProfile({ blankLines: false }),
) => profile.create(oximeterPatient(at), { startEpochMs: START, seed: 56_661 });
const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
const run = (...states: readonly Partial<OximeterState>[]) =>
  drive(
    createMasimoDriver(),
    simulate((ms) => states[ms / 1000] ?? {}, masimoAsciiSimulator).advanceTo((states.length - 1) * 1000),
  );
const values = (outputs: ReturnType<typeof run>) =>
  observationsIn(outputs).map(({ value, validity }) => `${value} ${validity}`);

describe('the simulated Rad-8', () => {
  it.each<[string, Partial<OximeterState>, string]>([
    [
      'a well patient',
      {},
      'SPO2=097% BPM=066 PI=03.60% SPCO=--.-% SPMET=--.-% DESAT=-- PIDELTA=+-- ALARM=0000 EXC=000800',
    ],
    [
      'low saturation',
      { spo2: 84 },
      'SPO2=084% BPM=066 PI=03.60% SPCO=--.-% SPMET=--.-% DESAT=-- PIDELTA=+-- ALARM=0012 EXC=000800',
    ],
    [
      'motion',
      { motion: true },
      'SPO2=097% BPM=066 PI=03.60% SPCO=--.-% SPMET=--.-% DESAT=-- PIDELTA=+-- ALARM=0000 EXC=000C10',
    ],
    [
      'low perfusion',
      { perfusionIndex: 0.2 },
      'SPO2=097% BPM=066 PI=00.20% SPCO=--.-% SPMET=--.-% DESAT=-- PIDELTA=+-- ALARM=0000 EXC=000804',
    ],
    [
      'no sensor',
      { probe: 'disconnected' },
      'SPO2=---% BPM=--- PI=--.--% SPCO=--.-% SPMET=--.-% DESAT=-- PIDELTA=+-- ALARM=0000 EXC=000801',
    ],
    [
      'sensor off',
      { probe: 'off' },
      'SPO2=---% BPM=--- PI=--.--% SPCO=--.-% SPMET=--.-% DESAT=-- PIDELTA=+-- ALARM=0000 EXC=000820',
    ],
    [
      'pulse search',
      { searching: true },
      'SPO2=---% BPM=--- PI=--.--% SPCO=--.-% SPMET=--.-% DESAT=-- PIDELTA=+-- ALARM=0000 EXC=000808',
    ],
  ])('prints %s as the oximeter does', (_name, state, expected) => {
    expect(textOf(simulate(() => state).advanceTo(0))).toBe(
      `03/01/26 14:00:00 SN=0000056661 ${expected}\r\n`,
    );
  });

  it('prints a line a second, with a blank line after each where asked for', () => {
    const bare = textOf(simulate(() => ({})).advanceTo(2000));
    const spaced = textOf(simulate(() => ({}), masimoAsciiSimulator).advanceTo(2000));
    expect(bare.match(/14:00:0[0-9]/g)).toEqual(['14:00:00', '14:00:01', '14:00:02']);
    expect(spaced).toBe(bare.replaceAll('\r\n', '\r\n\r\n'));
  });

  it('prints the same however it is advanced, and hears nothing', () => {
    const stepwise = simulate(() => ({}));
    const pieces = Array.from({ length: 101 }, (_, index) => stepwise.advanceTo(index * 250));
    expect(Buffer.concat(pieces).toString()).toBe(textOf(simulate(() => ({})).advanceTo(25_000)));
    expect(stepwise.receive(Uint8Array.of(0x11))).toHaveLength(0);
  });

  it('is read by the driver: what the patient has is what is told', () => {
    const outputs = run(
      {},
      { spo2: 96.4, pulseRate: 68, perfusionIndex: 3.456 },
      { spo2: 82 },
      { spo2: 82, motion: true },
    );
    expect(values(outputs)).toEqual([
      '97 valid',
      '66 valid',
      '3.6 valid',
      '96 valid',
      '68 valid',
      '3.46 valid',
      '82 valid',
      '66 valid',
      '3.6 valid',
      '82 questionable',
      '66 questionable',
      '3.6 questionable',
    ]);
    expect(conditionsIn(outputs)).toEqual(['+monitor-alarm', '+monitor-alarm', '+signal-questionable']);
    expect(rejectsIn(outputs)).toEqual([]);
  });

  it('is read by the driver without a number, and never as 0, while there is nothing to read', () => {
    const outputs = run(
      {},
      {},
      { probe: 'off' },
      { probe: 'disconnected' },
      { searching: true },
      { pulseRate: 0 },
      {},
      {},
    );
    const well = ['97 valid', '66 valid', '3.6 valid', '97 valid', '66 valid', '3.6 valid'];
    expect(values(outputs)).toEqual([...well, ...Array(12).fill('null unavailable'), ...well]);
    expect(conditionsIn(outputs)).toEqual([
      '+sensor-off',
      '-sensor-off',
      '+sensor-disconnected',
      '-sensor-disconnected',
      '+pulse-search',
      '-pulse-search',
    ]);
    expect(rejectsIn(outputs)).toEqual([]);
  });
});
