import { describe, expect, it } from 'vitest';
import { createMedibusDriver } from '../../devices/draeger-medibus/driver.ts';
import { draegerMedibusSimulator, medibusSimulatorProfile } from '../../simulators/draeger-medibus.ts';
import { createPatient } from '../../simulators/physiology/create-patient.ts';
import { findScenario } from '../../simulators/scenarios/index.ts';
import type { DeviceSimulator, SimulatorProfile } from '../../simulators/simulator.ts';
import { at, bytesOf, observationsIn } from '../devices/drive.ts';

const machine = (name: string, profile: SimulatorProfile = draegerMedibusSimulator): DeviceSimulator => {
  const scenario = findScenario(name);
  if (scenario === null) throw new Error(`no scenario ${name}`);
  return profile.create(createPatient(scenario, 1), { startEpochMs: Date.UTC(2026, 0, 1, 9), seed: 1 });
};

const said = (simulator: DeviceSimulator, untilMs: number): string =>
  Buffer.from(simulator.advanceTo(untilMs)).toString('latin1');
const ask = (simulator: DeviceSimulator, text: string): void => {
  simulator.receive(bytesOf(text));
};

const ICC = '\x1bQ6C\r';
const MEASURED = '\x1b$3F\r';

/** A host that keeps asking; the answers to measured values. */
const values = (simulator: DeviceSimulator, fromMs: number, untilMs: number): readonly string[] => {
  const all: string[] = [];
  for (let ms = fromMs; ms <= untilMs; ms += 1000) {
    ask(simulator, MEASURED);
    all.push(
      ...said(simulator, ms)
        .split('\r')
        .filter((frame) => frame.startsWith('\x01$')),
    );
  }
  return all;
};

describe('the simulated MEDIBUS machine', () => {
  it('opens from its own side, and answers nothing but ICC until the communication is open', () => {
    const simulator = machine('steady');
    expect(said(simulator, 1000)).toBe(ICC);
    ask(simulator, MEASURED);
    expect(said(simulator, 2000)).toBe('');
    ask(simulator, ICC);
    expect(said(simulator, 2500)).toBe('\x01Q52\r');
    ask(simulator, '\x1bR6D\r');
    expect(said(simulator, 3000)).toMatch(/^.R8210'Evita 4'01\.10:04\.03[0-9A-F]{2}\r$/);
    ask(simulator, MEASURED);
    expect(said(simulator, 3500)).toMatch(
      /^.\$(D6.{4})(D5.{4})(E6.{4})(E1.{4})(EB.{4})(F0.{4})[0-9A-F]{2}\r$/,
    );
  });

  it('says NOP when it is idle, and forgets a host that says nothing for 3 s', () => {
    const simulator = machine('steady');
    said(simulator, 1000);
    ask(simulator, ICC);
    said(simulator, 1500);
    expect(said(simulator, 3900)).toBe('\x1b04B\r');
    said(simulator, 5000);
    ask(simulator, MEASURED);
    expect(said(simulator, 6000)).toBe('');
  });

  it('says that it did not understand a command with a wrong sum', () => {
    const simulator = machine('steady');
    said(simulator, 1000);
    ask(simulator, ICC);
    said(simulator, 1500);
    ask(simulator, '\x1b$3E\r');
    expect(said(simulator, 2000)).toBe('\x01\x1516\r');
  });

  it('leaves the oximeter blank while its sensor is off', () => {
    const simulator = machine('probe-off');
    ask(simulator, ICC);
    said(simulator, 100);
    const all = values(simulator, 1000, 600_000);
    expect(all.some((frame) => frame.includes('E1    EB    '))).toBe(true);
    expect(all.some((frame) => /EB ?[ 0-9]{3} ?/.test(frame) && !frame.includes('EB    '))).toBe(true);
  });

  it('is understood with real-time data in between', () => {
    const simulator = machine('apnea', medibusSimulatorProfile({ hasWaveBytes: true }));
    const driver = createMedibusDriver();
    const metrics = new Set<string>();
    let toMonitor = driver.start(at(0));
    for (let ms = 50; ms <= 10_000; ms += 50) {
      for (const output of toMonitor) if (output.type === 'request') simulator.receive(output.bytes);
      const outputs = [...driver.receive(simulator.advanceTo(ms), at(ms)), ...driver.tick(at(ms))];
      for (const { metric, value } of observationsIn(outputs)) if (value !== null) metrics.add(metric);
      toMonitor = outputs;
    }
    expect([...metrics].toSorted()).toEqual([
      'MDC_CO2_RESP_RATE',
      'MDC_CONC_AWAY_CO2_ET',
      'MDC_PULS_OXIM_PULS_RATE',
      'MDC_PULS_OXIM_SAT_O2',
      'MDC_RESP_RATE',
    ]);
  });
});
