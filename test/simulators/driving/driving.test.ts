import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isLineAct, isPatientAct, type LabCommand, parseLabCommand } from '../../../core/lab/commands.ts';
import { createBedsideMonitor } from '../../../simulators/bedside-monitor.ts';
import { createDrivenPatient, type DrivenPatient } from '../../../simulators/driving/driven-patient.ts';
import { withLineAct } from '../../../simulators/driving/line-acts.ts';
import { DrivingError, withPatientAct } from '../../../simulators/driving/patient-acts.ts';
import { savedScenario } from '../../../simulators/driving/saved-scenario.ts';
import { findSimulator } from '../../../simulators/index.ts';
import { createPatient } from '../../../simulators/physiology/create-patient.ts';
import { parseScenario, type Scenario, type ScenarioLineFault } from '../../../simulators/scenario.ts';
import { findScenario } from '../../../simulators/scenarios/index.ts';

const START = Date.UTC(2026, 0, 1, 9);
const STEP_MS = 50;

const scenarioNamed = (name: string): Scenario => {
  const found = findScenario(name);
  if (found === null) throw new Error(`no scenario ${name}`);
  return found;
};
const command = (json: object): LabCommand => {
  const parsed = parseLabCommand({ monitor: 'm1', ...json });
  if (!parsed.ok) throw new Error(parsed.problem);
  return parsed.command;
};

/** A driven patient at a moment, with the moment of the next command. */
const drive = (patient: DrivenPatient, json: object, atMs: number): void => {
  const act = command(json);
  if (!isPatientAct(act)) throw new Error('no act on the patient');
  patient.revise((now) => withPatientAct(now, act, atMs / 1000, patient.truthAt(atMs)));
};
const steady = () => createDrivenPatient(scenarioNamed('steady'), (scenario) => createPatient(scenario, 1));

describe('a patient driven by hand', () => {
  it('reaches what it is set to in the time given, and goes back when it is released', () => {
    const patient = steady();
    drive(patient, { do: 'set', parameter: 'hr', to: 140, over: '20 s' }, 60_001);
    expect(patient.truthAt(60_000).heartRate).toBeLessThan(85);
    expect(patient.truthAt(70_000).heartRate).toBeGreaterThan(95);
    expect(patient.truthAt(81_000).heartRate).toBeCloseTo(140, 5);
    drive(patient, { do: 'release', parameter: 'hr', over: '5 s' }, 90_001);
    expect(patient.truthAt(96_000).heartRate).toBeLessThan(85);
  });

  it('raises the systolic pressure by 40 mmHg over 3 min, and the cuff finds it', () => {
    const patient = steady();
    const before = patient.truthAt(10_000).systolic ?? 0;
    drive(patient, { do: 'ramp', parameter: 'nibp-sys', by: 40, over: '3 min' }, 10_001);
    drive(patient, { do: 'cuff' }, 200_001);
    expect((patient.truthAt(195_000).systolic ?? 0) - before).toBeGreaterThan(39);
    expect((patient.truthAt(195_000).systolic ?? 0) - before).toBeLessThan(41);
    const { last } = patient.stateAt(245_000).cuff;
    if (last?.kind !== 'reading') throw new Error('no reading');
    expect(Math.abs(last.systolic - before - 40)).toBeLessThan(15);
  });

  it('takes off probe and leads, stops breathing, and says what the monitor is given to say', () => {
    const patient = steady();
    drive(patient, { do: 'probe', state: 'off' }, 5_001);
    drive(patient, { do: 'leads', state: 'off', for: '10 s' }, 5_002);
    drive(patient, { do: 'apnoea', state: 'on' }, 5_003);
    drive(patient, { do: 'alarm-text', text: 'CHECK PATIENT' }, 5_004);
    drive(patient, { do: 'battery', state: 'low' }, 5_005);
    const state = patient.stateAt(14_000);
    expect(state).toMatchObject({
      oximeter: { probe: 'off' },
      ecg: { leads: 'off' },
      monitor: { batteryLow: true, alarmText: 'CHECK PATIENT' },
    });
    expect(patient.stateAt(40_000)).toMatchObject({ ecg: { leads: 'on' }, respiration: { rate: 0 } });
    drive(patient, { do: 'probe', state: 'on' }, 40_001);
    drive(patient, { do: 'apnoea', state: 'off' }, 40_002);
    drive(patient, { do: 'alarm-text', text: null }, 40_003);
    expect(patient.stateAt(60_000)).toMatchObject({
      oximeter: { probe: 'on', searching: false },
      monitor: { alarmText: null },
    });
    expect(patient.stateAt(60_000).respiration.rate).toBeGreaterThan(5);
  });

  it('refuses what nothing measures, and what is beyond its range, in one line', () => {
    const patient = steady();
    expect(() => drive(patient, { do: 'set', parameter: 'etco2', to: 40 }, 1)).toThrow(DrivingError);
    expect(() => drive(patient, { do: 'ramp', parameter: 'spo2', by: 20, over: 1 }, 1)).toThrow(
      /^SpO₂ can be set to 40 to 100 %, not to 11/,
    );
  });
});

/** Commands at random, each as a person would write it. */
const act = fc.oneof(
  fc.record({
    do: fc.constant('set'),
    parameter: fc.constantFrom('hr', 'nibp-sys', 'spo2', 'rr'),
    to: fc.integer({ min: 50, max: 60 }),
    over: fc.constantFrom('0 s', '7 s'),
  }),
  fc.record({
    do: fc.constant('release'),
    parameter: fc.constantFrom('hr', 'rr', 'all'),
    over: fc.constantFrom('0 s', '4 s'),
  }),
  fc.record({ do: fc.constant('probe'), state: fc.constantFrom('on', 'off', 'disconnected') }),
  fc.record({ do: fc.constant('leads'), state: fc.constantFrom('on', 'off') }),
  fc.record({ do: fc.constant('motion'), state: fc.constantFrom('on', 'off') }),
  fc.record({ do: fc.constant('apnoea'), state: fc.constantFrom('on', 'off') }),
  fc.record({ do: fc.constant('cuff'), what: fc.constantFrom('start', 'stop') }),
  fc.record({ do: fc.constant('cuff-fails'), cause: fc.constantFrom('loose', 'leak', 'motion', 'no') }),
  fc.record({ do: fc.constant('infusion'), mgPerKgPerH: fc.constantFrom(0, 0.5, 2) }),
  fc.record({ do: fc.constant('cable'), state: fc.constantFrom('in', 'out') }),
  fc.record({ do: fc.constant('silence'), state: fc.constantFrom('on', 'off'), for: fc.constant('2 s') }),
  fc.record({ do: fc.constant('hold'), state: fc.constantFrom('on', 'off') }),
  fc.record({ do: fc.constant('delay'), by: fc.constantFrom('0 s', '0.7 s', '3 s') }),
  fc.record({ do: fc.constant('noise'), flip: fc.constantFrom(0, 0.01), drop: fc.constantFrom(0, 0.01) }),
  fc.record({ do: fc.constant('power'), state: fc.constantFrom('on', 'off') }),
);
/** Each some steps after the one before it. */
const log = fc.array(fc.tuple(fc.integer({ min: 1, max: 300 }), act), { maxLength: 14 });

/** All bytes of a monitor, in steps as the runner takes them, with the commands given between two steps. */
const driven = (family: string, commands: readonly (readonly [number, object])[], seed: number) => {
  const profile = findSimulator(family);
  if (profile === null) throw new Error(`no simulator ${family}`);
  const scenario = scenarioNamed('typical-infusion');
  const patient = createDrivenPatient(scenario, (now) => createPatient(now, seed));
  let line: readonly ScenarioLineFault[] = scenario.line;
  const monitor = createBedsideMonitor({
    profile,
    patient,
    startEpochMs: START,
    seed,
    line: () => line,
    poweredOnAtMs: 0,
  });
  const bytes: Uint8Array[] = [];
  let nowMs = 0;
  for (const [steps, json] of commands) {
    for (let step = 0; step < steps; step += 1) {
      nowMs += STEP_MS;
      bytes.push(monitor.advanceTo(nowMs));
    }
    const given = command(json);
    // Each command has a moment of its own, after the last step.
    const atS = (nowMs + 1) / 1000;
    if (isLineAct(given)) line = withLineAct(line, given, atS);
    else if (isPatientAct(given)) {
      patient.revise((now) => withPatientAct(now, given, atS, patient.truthAt(nowMs)));
    }
  }
  for (; nowMs < 120_000; nowMs += STEP_MS) bytes.push(monitor.advanceTo(nowMs + STEP_MS));
  return {
    bytes: Buffer.concat(bytes),
    saved: savedScenario(patient.scenario(), line, 'again', 'Again', ''),
  };
};

const played = (family: string, scenario: Scenario, seed: number, lengthMs: number): Buffer => {
  const profile = findSimulator(family);
  if (profile === null) throw new Error(`no simulator ${family}`);
  const monitor = createBedsideMonitor({
    profile,
    patient: createPatient(scenario, seed),
    startEpochMs: START,
    seed,
    line: scenario.line,
    poweredOnAtMs: 0,
  });
  const bytes: Uint8Array[] = [];
  for (let atMs = STEP_MS; atMs <= lengthMs; atMs += STEP_MS) bytes.push(monitor.advanceTo(atMs));
  return Buffer.concat(bytes);
};

describe('what was done by hand', () => {
  it.each(['nellcor', 'ivy-450c', 'berrymed-pm6750'])(
    'and saved as a scenario file plays again byte for byte (%s)',
    (family) => {
      fc.assert(
        fc.property(log, fc.integer({ min: 0, max: 99 }), (commands, seed) => {
          const { bytes, saved } = driven(family, commands, seed);
          const lengthMs = Math.max(120_000, commands.reduce((sum, [steps]) => sum + steps, 0) * STEP_MS);
          const parsed = parseScenario(JSON.parse(JSON.stringify(saved)));
          if (!parsed.ok) throw new Error(parsed.problem);
          expect(played(family, parsed.scenario, seed, lengthMs).equals(bytes)).toBe(true);
        }),
        { numRuns: 25 },
      );
    },
  );

  it('is the same for the same commands and the same seed', () => {
    const commands = [
      [20, { do: 'noise', flip: 0.02 }],
      [40, { do: 'set', parameter: 'hr', to: 150, over: 5 }],
    ] as const;
    expect(driven('nellcor', commands, 5).bytes.equals(driven('nellcor', commands, 5).bytes)).toBe(true);
    expect(driven('nellcor', commands, 5).bytes.equals(driven('nellcor', commands, 6).bytes)).toBe(false);
  });
});
