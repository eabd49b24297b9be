/** The simulator lab: as many simulated monitors as wanted, added, driven and taken away by commands. */
import { writeFile } from 'node:fs/promises';
import { type AddCommand, isLineAct, isPatientAct, type LabCommand } from '../../core/lab/commands.ts';
import type { BytesRow, LabView } from '../../core/lab/views.ts';
import type { DeviceProfile } from '../../devices/device.ts';
import { DrivingError } from '../../simulators/driving/patient-acts.ts';
import { OutletError } from '../../simulators/outlets/outlet.ts';
import type { RunClock } from '../../simulators/run.ts';
import type { MonitorSaying, SimulatorProfile } from '../../simulators/simulator.ts';
import type { Clock } from '../../station/clock.ts';
import { openOutlet } from '../outlets.ts';
import { type LoadedScenario, loadScenario, ScenarioError, scenarioFromJson } from '../scenario-file.ts';
import { createLabMonitor, type LabMonitor } from './lab-monitor.ts';
import { createLabPatient, type LabPatient } from './lab-patient.ts';

/** A command that the lab does not carry out; the message is one line for people. */
export class LabError extends Error {
  override readonly name = 'LabError';
}

/** What a command came to: its own facts, as JSON. */
export type LabAnswer = Readonly<Record<string, unknown>>;

/** A running lab. */
export interface Lab {
  /** Carries out one command. Rejects with `LabError` when it cannot; then nothing has changed. */
  perform(command: LabCommand): Promise<LabAnswer>;
  view(): LabView;
  rowsAfter(monitor: string, number: number): readonly BytesRow[];
  /** Calls for every row of bytes; returns the way to end it. */
  onBytes(listener: (monitor: string, row: BytesRow) => void): () => void;
  /** Takes every monitor away. */
  stop(): Promise<void>;
}

/** What a lab needs; `pause` waits in real time. */
export interface LabOptions {
  readonly profiles: readonly DeviceProfile[];
  readonly simulators: readonly SimulatorProfile[];
  readonly clock: Clock;
  readonly pause: (ms: number) => Promise<void>;
}

/** More would only be a mistake in a script. */
const MONITORS_MAX = 64;
const NEEDS: Readonly<Record<string, MonitorSaying>> = { battery: 'battery-low', 'alarm-text': 'alarm-text' };

/** An empty lab. */
export const createLab = ({ profiles, simulators, clock, pause }: LabOptions): Lab => {
  const monitors = new Map<string, LabMonitor>();
  const taken = new Set<string>();
  const listeners = new Set<(monitor: string, row: BytesRow) => void>();
  const runClock: RunClock = {
    monoMs: () => clock.now().mono,
    wallMs: () => clock.now().wall,
    every: (periodMs, action) => clock.every(periodMs, action),
  };

  const requireMonitor = (id: string): LabMonitor => {
    const found = monitors.get(id);
    if (found !== undefined) return found;
    const known = [...monitors.keys()].join(', ') || 'none';
    throw new LabError(`there is no monitor "${id}" (there are: ${known})`);
  };
  const freeId = (): string => {
    for (let number = 1; ; number += 1) if (!taken.has(`m${number}`)) return `m${number}`;
  };

  const add = async (command: AddCommand): Promise<LabAnswer> => {
    const id = command.monitor ?? freeId();
    if (taken.has(id)) throw new LabError(`there is a monitor "${id}" already`);
    if (taken.size >= MONITORS_MAX)
      throw new LabError(`the lab has ${MONITORS_MAX} monitors, which is its limit`);
    const profile = profiles.find((candidate) => candidate.id === command.device);
    const simulator = simulators.find((candidate) => candidate.profileId === command.device);
    if (profile === undefined || simulator === undefined) {
      const known = simulators.map(({ profileId }) => profileId).join(', ');
      throw new LabError(`device: "${command.device}" has no simulator (there are: ${known})`);
    }
    const patient = patientFor(command, id);
    taken.add(id);
    try {
      const outlet = await openOutlet(command.outlet, profile, () => clock.now());
      const monitor = createLabMonitor({
        id,
        profile,
        simulator,
        patient,
        outlet,
        outletKind: command.outlet.kind,
        clock: runClock,
        onBytes: (row) => {
          for (const tell of listeners) tell(id, row);
        },
      });
      monitors.set(id, monitor);
      return { monitor: id, device: profile.id, outlet: command.outlet.kind, address: outlet.address };
    } catch (error) {
      taken.delete(id);
      throw error;
    }
  };

  const patientFor = (command: AddCommand, id: string): LabPatient => {
    if (command.with !== undefined) return requireMonitor(command.with).patient;
    const { seed, speed } = command;
    return createLabPatient(`patient of ${id}`, loaded(command.scenario), { seed, speed, clock: runClock });
  };

  const perform = async (command: LabCommand): Promise<LabAnswer> => {
    if (isPatientAct(command) || isLineAct(command)) {
      const monitor = requireMonitor(command.monitor);
      const needed = NEEDS[command.do];
      if (needed !== undefined && !(monitor.simulator.says ?? []).includes(needed)) {
        throw new LabError(`${monitor.simulator.profileId} cannot say that on its line`);
      }
      return { monitor: command.monitor, atS: monitor.act(command) };
    }
    switch (command.do) {
      case 'add':
        return add(command);
      case 'remove': {
        const monitor = requireMonitor(command.monitor);
        monitors.delete(command.monitor);
        await monitor.stop();
        taken.delete(command.monitor);
        return { monitor: command.monitor };
      }
      case 'run': {
        const monitor = requireMonitor(command.monitor);
        const { scenario } = loaded(command.scenario);
        if (scenario.recording !== null) {
          throw new LabError(
            'a recording cannot begin in a running patient: add a monitor with this scenario',
          );
        }
        return { monitor: command.monitor, atS: monitor.run(scenario) };
      }
      case 'save': {
        const { monitor: id, name, title, file } = command;
        const monitor = requireMonitor(id);
        const scenario = monitor.saved(name, title);
        const { seed } = monitor.patient.bedside;
        if (file === undefined) return { monitor: id, seed, scenario };
        await writeFile(file, `${JSON.stringify(scenario, null, 2)}\n`);
        return { monitor: id, seed, file };
      }
      case 'state':
        return { monitors: view().monitors };
      case 'wait': {
        const speed =
          command.monitor === undefined ? 1 : requireMonitor(command.monitor).patient.bedside.speed;
        await pause((command.for * 1000) / speed);
        return {};
      }
      default:
        return command satisfies never;
    }
  };

  const view = (): LabView => ({ monitors: [...monitors.values()].map((monitor) => monitor.view()) });

  return {
    perform: async (command) => {
      try {
        return await perform(command);
      } catch (error) {
        if (error instanceof LabError) throw error;
        if (isOfTheWorld(error)) throw new LabError(error.message);
        throw error;
      }
    },
    view,
    rowsAfter: (monitor, number) => requireMonitor(monitor).trace.rowsAfter(number),
    onBytes: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop: async () => {
      await Promise.all([...monitors.values()].map((monitor) => monitor.stop()));
      monitors.clear();
      taken.clear();
    },
  };
};

/** A scenario by name, from a file, or as it is given. */
const loaded = (scenario: AddCommand['scenario']): LoadedScenario =>
  typeof scenario === 'string' ? loadScenario(scenario) : scenarioFromJson(scenario, '.');

/** What a person can put right: a wrong command, a port in use, a file that cannot be written. Anything else is a bug. */
const isOfTheWorld = (error: unknown): error is Error =>
  error instanceof DrivingError ||
  error instanceof ScenarioError ||
  error instanceof OutletError ||
  (error instanceof Error && 'syscall' in error);
