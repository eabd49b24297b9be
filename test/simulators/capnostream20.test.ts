import { describe, expect, it } from 'vitest';
import { type CapnostreamMessage, capnostreamCodec } from '../../devices/capnostream20/codec.ts';
import { capnostream20Simulator } from '../../simulators/capnostream20.ts';
import { createPatient } from '../../simulators/physiology/create-patient.ts';
import { findScenario } from '../../simulators/scenarios/index.ts';
import type { DeviceSimulator } from '../../simulators/simulator.ts';

const monitor = (name: string): DeviceSimulator => {
  const scenario = findScenario(name);
  if (scenario === null) throw new Error(`no scenario ${name}`);
  const patient = createPatient(scenario, 1);
  return capnostream20Simulator.create(patient, { startEpochMs: Date.UTC(2026, 0, 1, 9), seed: 1 });
};
const messagesIn = (bytes: Uint8Array): readonly CapnostreamMessage[] => {
  const decoder = capnostreamCodec.decoder();
  return [...decoder.push(bytes), ...decoder.end()].map((decoded) => {
    if (!decoded.ok) throw new Error(decoded.detail);
    return decoded.message;
  });
};
const kinds = (bytes: Uint8Array): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const { kind } of messagesIn(bytes)) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return counts;
};

const ENABLE = Uint8Array.of(0x85, 0x01, 0x01, 0x00);
const START = Uint8Array.of(0x85, 0x01, 0x04, 0x05);
const ALIVE = Uint8Array.of(0x85, 0x01, 0x06, 0x07);
const STOP = Uint8Array.of(0x85, 0x01, 0x05, 0x04);

const started = (name: string): DeviceSimulator => {
  const simulator = monitor(name);
  simulator.receive(ENABLE);
  simulator.advanceTo(500);
  simulator.receive(START);
  return simulator;
};
const numericsIn = (simulator: DeviceSimulator, fromMs: number, untilMs: number) => {
  const all: Extract<CapnostreamMessage, { kind: 'numerics' }>[] = [];
  for (let ms = fromMs; ms <= untilMs; ms += 1000) {
    simulator.receive(ALIVE);
    for (const message of messagesIn(simulator.advanceTo(ms)))
      if (message.kind === 'numerics') all.push(message);
  }
  return all;
};

describe('the simulated Capnostream', () => {
  it('is silent until it is switched on, says who it is, and starts when it is told to', () => {
    const simulator = monitor('apnea');
    expect(simulator.advanceTo(3000)).toHaveLength(0);
    simulator.receive(START);
    expect(simulator.advanceTo(4000)).toHaveLength(0);
    simulator.receive(ENABLE);
    expect(kinds(simulator.advanceTo(5000))).toEqual(new Map([['identity', 1]]));
    simulator.receive(START);
    expect(kinds(simulator.advanceTo(10_000))).toEqual(
      new Map([
        ['wave', 100],
        ['numerics', 5],
      ]),
    );
    simulator.receive(STOP);
    expect(simulator.advanceTo(15_000)).toHaveLength(0);
  });

  it('falls silent 30 s after the last word of the host', () => {
    const simulator = started('apnea');
    expect(simulator.advanceTo(20_000).length).toBeGreaterThan(0);
    simulator.receive(ALIVE);
    expect(simulator.advanceTo(49_000).length).toBeGreaterThan(0);
    simulator.advanceTo(51_000);
    expect(simulator.advanceTo(60_000)).toHaveLength(0);
  });

  it('finds no breath in an apnoea, and goes on sending', () => {
    const numerics = numericsIn(started('apnea'), 1000, 900_000);
    const apnoea = numerics.filter(({ co2Alarms }) => (co2Alarms & 0x01) !== 0);
    expect(apnoea.length).toBeGreaterThan(5);
    expect(apnoea.every(({ rate }) => rate === 0)).toBe(true);
    expect(numerics.some(({ rate, etco2 }) => (rate ?? 0) > 8 && (etco2 ?? 0) > 25)).toBe(true);
  });

  it('has no CO2 without a FilterLine, and no oximetry while the sensor is off', () => {
    const numerics = numericsIn(started('probe-off'), 1000, 600_000);
    expect(numerics.every(({ etco2, rate }) => etco2 === null && rate === null)).toBe(true);
    const off = numerics.filter(({ spo2Alarms }) => (spo2Alarms & 0x60) !== 0);
    expect(off.length).toBeGreaterThan(5);
    expect(off.every(({ spo2, pulse }) => spo2 === null && pulse === null)).toBe(true);
  });
});
