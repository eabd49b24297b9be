/**
 * A simulated monitor at a bedside: it is switched on at some moment of the patient's time, may be switched off
 * and on again, and its cable may fail, all as the scenario says. Time here is the patient's time.
 */
import { type FaultsOf, faultsNow, lineFaultsOf, withLineFaults } from './faults.ts';
import type { Patient, PatientState } from './patient.ts';
import { LONGEST_S, type ScenarioLineFault } from './scenario.ts';
import type { DeviceSimulator, SimulatorProfile } from './simulator.ts';

/** What a monitor at a bedside is made of. */
export interface BedsideMonitorOptions {
  readonly profile: SimulatorProfile;
  readonly patient: Patient;
  /** Wall time of the patient's time 0 (ms since the epoch), for the monitor's own clock. */
  readonly startEpochMs: number;
  readonly seed: number;
  /** Line faults and restarts, in the patient's time. */
  readonly line: FaultsOf<ScenarioLineFault>;
  /** When it is switched on (the patient's time, ms). */
  readonly poweredOnAtMs: number;
}

/** The monitor, to be advanced in the patient's time (ms) from `poweredOnAtMs` on. */
export const createBedsideMonitor = (options: BedsideMonitorOptions): DeviceSimulator =>
  withLineFaults(withPowerSwitch(options), lineFaultsIn(options.line), options.seed);

/** The faults of the line among them, made anew only when the list is another one. */
const lineFaultsIn = (source: FaultsOf<ScenarioLineFault>) => {
  let known = faultsNow(source);
  let faults = lineFaultsOf(known);
  return () => {
    const now = faultsNow(source);
    if (now !== known) {
      known = now;
      faults = lineFaultsOf(now);
    }
    return faults;
  };
};

const NOTHING = new Uint8Array(0);

const withPowerSwitch = (options: BedsideMonitorOptions): DeviceSimulator => {
  const switchOn = (atMs: number): { readonly sinceMs: number; readonly simulator: DeviceSimulator } => ({
    sinceMs: atMs,
    simulator: options.profile.create(seenSince(options.patient, atMs), {
      startEpochMs: options.startEpochMs + atMs,
      seed: options.seed,
    }),
  });
  let running: ReturnType<typeof switchOn> | null = switchOn(options.poweredOnAtMs);
  let nowMs = options.poweredOnAtMs;

  return {
    advanceTo: (elapsedMs) => {
      const parts: Uint8Array[] = [];
      for (const edge of powerEdges(options, nowMs, elapsedMs)) {
        if (edge.isOn) running ??= switchOn(edge.atMs);
        else if (running !== null) {
          parts.push(running.simulator.advanceTo(edge.atMs - running.sinceMs));
          running = null;
        }
      }
      nowMs = elapsedMs;
      if (running !== null) parts.push(running.simulator.advanceTo(elapsedMs - running.sinceMs));
      return new Uint8Array(Buffer.concat(parts));
    },
    receive: (bytes) => running?.simulator.receive(bytes) ?? NOTHING,
  };
};

/**
 * When the switch is moved in (fromMs, toMs], in order of time. An outage that began before the monitor was first switched on
 * is not its own; one that begins at that very moment is.
 */
const powerEdges = (
  { line, poweredOnAtMs }: BedsideMonitorOptions,
  fromMs: number,
  toMs: number,
): readonly { readonly atMs: number; readonly isOn: boolean }[] =>
  faultsNow(line)
    .filter((fault) => fault.kind === 'restart' && fault.atS * 1000 >= poweredOnAtMs)
    .flatMap((fault) => [
      { atMs: fault.atS * 1000, isOn: false },
      { atMs: (fault.atS + (fault.durationS ?? LONGEST_S)) * 1000, isOn: true },
    ])
    .filter(({ atMs }) => (atMs > fromMs || (atMs === fromMs && fromMs === poweredOnAtMs)) && atMs <= toMs)
    .sort((a, b) => a.atMs - b.atMs);

/** The patient as a monitor sees it that was switched on at `sinceMs`: its own time, and no older readings. */
const seenSince = (patient: Patient, sinceMs: number): Patient => ({
  stateAt: (elapsedMs) => shifted(patient.stateAt(elapsedMs + sinceMs), sinceMs),
  command: (command, elapsedMs) => patient.command(command, elapsedMs + sinceMs),
});

const shifted = (state: PatientState, sinceMs: number): PatientState => {
  const last = state.cuff.last;
  return {
    ...state,
    elapsedMs: state.elapsedMs - sinceMs,
    cuff: {
      ...state.cuff,
      last:
        last === null || last.endedAtMs < sinceMs ? null : { ...last, endedAtMs: last.endedAtMs - sinceMs },
    },
  };
};
