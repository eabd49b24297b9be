/** One running monitor of the lab: its line is watched both ways, and its faults are added to while it runs. */
import { isPatientAct, type LabCommand, type LineAct, type PatientAct } from '../../core/lab/commands.ts';
import type { BytesRow, DoneRow, LabMonitorView } from '../../core/lab/views.ts';
import type { DeviceProfile } from '../../devices/device.ts';
import { withLineAct, withLineOf } from '../../simulators/driving/line-acts.ts';
import { withPatientAct, withScenario } from '../../simulators/driving/patient-acts.ts';
import { savedScenario } from '../../simulators/driving/saved-scenario.ts';
import type { Outlet } from '../../simulators/outlets/outlet.ts';
import { monitorAt, type RunClock, runSimulator } from '../../simulators/run.ts';
import type { Scenario, ScenarioLineFault } from '../../simulators/scenario.ts';
import type { SimulatorProfile } from '../../simulators/simulator.ts';
import { type ByteTrace, createByteTrace } from './byte-trace.ts';
import type { LabPatient } from './lab-patient.ts';
import { monitorView } from './monitor-view.ts';

/** Commands kept for people to look at; all of them are in the scenario. */
const DONE_KEPT = 50;

/** What a monitor is made of; `outlet` is open and closed by the monitor. */
export interface LabMonitorOptions {
  readonly id: string;
  readonly profile: DeviceProfile;
  readonly simulator: SimulatorProfile;
  readonly patient: LabPatient;
  readonly outlet: Outlet;
  readonly outletKind: string;
  readonly clock: RunClock;
  readonly onBytes: (row: BytesRow) => void;
}

/** A monitor that can be driven. */
export interface LabMonitor {
  readonly id: string;
  readonly patient: LabPatient;
  readonly simulator: SimulatorProfile;
  readonly trace: ByteTrace;
  /** Carries out an act; the moment it is done at (s). Throws `DrivingError`. */
  act(act: PatientAct | LineAct): number;
  /** Lets a scenario happen from now on; the moment it begins (s). */
  run(scenario: Scenario): number;
  /** What was done, as a scenario file. */
  saved(name: string, title: string): unknown;
  view(): LabMonitorView;
  stop(): Promise<void>;
}

/** Switches a monitor on now. */
export const createLabMonitor = (options: LabMonitorOptions): LabMonitor => {
  const { id, profile, simulator, patient, outlet, clock, onBytes } = options;
  const { bedside, driven } = patient;
  const trace = createByteTrace(profile, bedside.startEpochMs, onBytes);
  let line: readonly ScenarioLineFault[] = bedside.scenario.line;
  let failure: string | null = null;
  let done: readonly DoneRow[] = [];

  const run = runSimulator({
    simulator: monitorAt(bedside, simulator, () => line),
    bedside,
    outlet: tapped(outlet, trace, () => bedside.elapsedMs()),
    clock,
  });
  // A monitor that fails stays in the lab, and says why.
  run.ended.catch((error: unknown) => {
    failure = error instanceof Error ? error.message : String(error);
  });
  const note = (atS: number, text: string): number => {
    done = [...done, { atS, text }].slice(-DONE_KEPT);
    return atS;
  };

  return {
    id,
    patient,
    simulator,
    trace,
    act: (act) => {
      const atS = patient.nextAtS();
      if (isPatientAct(act)) {
        driven.revise((now) => withPatientAct(now, act, atS, driven.truthAt(atS * 1000)));
      } else line = withLineAct(line, act, atS);
      return note(atS, inWords(act));
    },
    run: (scenario) => {
      const atS = patient.nextAtS();
      driven.revise((now) => withScenario(now, scenario, atS));
      line = withLineOf(line, scenario.line, atS);
      return note(atS, `run ${scenario.name}`);
    },
    saved: (name, title) =>
      savedScenario(
        driven.scenario(),
        line,
        name,
        title,
        `Driven by hand from "${bedside.scenario.name}"; it plays again as it was with seed ${bedside.seed}.`,
      ),
    view: () => monitorView(options, { line, failure, done, counts: trace.counts() }),
    stop: () => run.stop(),
  };
};

/** The outlet, with every byte told to the trace. */
const tapped = (outlet: Outlet, trace: ByteTrace, nowMs: () => number): Outlet => ({
  ...outlet,
  write: (bytes) => {
    trace.toHost(bytes, nowMs());
    outlet.write(bytes);
  },
  read: () => {
    const bytes = outlet.read();
    if (bytes.length > 0) trace.toMonitor(bytes, nowMs());
    return bytes;
  },
});

/** A command as one line: its name and what it was given. */
const inWords = (act: LabCommand): string => {
  const { do: name, ...rest } = act;
  const given = Object.entries(rest).filter(([key]) => key !== 'monitor');
  return [name, ...given.map(([key, value]) => `${key} ${value}`)].join(' · ');
};
