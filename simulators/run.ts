/**
 * Drives simulated monitors: the only module of this room that has a clock and a timer. A bedside is one patient
 * and one run of simulated time, shared by every monitor on it.
 */
import { createBedsideMonitor } from './bedside-monitor.ts';
import type { FaultsOf } from './faults.ts';
import { type Outlet, OutletError } from './outlets/outlet.ts';
import { openTcpOutlet } from './outlets/tcp.ts';
import type { Patient } from './patient.ts';
import { createPatient } from './physiology/create-patient.ts';
import type { Scenario, ScenarioLineFault } from './scenario.ts';
import type { DeviceSimulator, SimulatorProfile } from './simulator.ts';

/** The clock and the timer; tests give their own. */
export interface RunClock {
  /** Monotonic milliseconds from any origin. */
  monoMs(): number;
  /** Milliseconds since the epoch. */
  wallMs(): number;
  /** Calls `action` about every `periodMs`; returns the way to end it. */
  every(periodMs: number, action: () => void): () => void;
}

/** The clock of this computer. */
export const systemClock: RunClock = {
  monoMs: () => performance.now(),
  wallMs: () => Date.now(),
  every: (periodMs, action) => {
    const timer = setInterval(action, periodMs);
    return () => clearInterval(timer);
  },
};

/** A patient in simulated time. */
export interface Bedside {
  readonly scenario: Scenario;
  readonly seed: number;
  readonly speed: number;
  readonly patient: Patient;
  /** Wall time of simulated time 0. */
  readonly startEpochMs: number;
  /** Simulated time now (ms). */
  elapsedMs(): number;
}

/** What a bedside is made from; `speed` is simulated seconds per real second. */
export interface BedsideOptions {
  readonly scenario: Scenario;
  readonly seed: number;
  readonly speed?: number;
  readonly clock?: RunClock;
  /** The patient, where it is not the one that the scenario makes up. */
  readonly patient?: Patient;
}

/** One turn of the runner: about 20 a second. */
export const TURN_MS = 50;
/** After a longer pause (a computer that slept) the patient slept as well: no burst of hours of old bytes. */
const LONGEST_STEP_MS = 2_000;

/** A patient whose time begins now. */
export const createBedside = ({
  scenario,
  seed,
  speed = 1,
  clock = systemClock,
  patient = createPatient(scenario, seed),
}: BedsideOptions): Bedside => {
  let readAtMs = clock.monoMs();
  let elapsedMs = 0;
  return {
    scenario,
    seed,
    speed,
    patient,
    startEpochMs: clock.wallMs(),
    elapsedMs: () => {
      const nowMs = clock.monoMs();
      elapsedMs += Math.min(LONGEST_STEP_MS, Math.max(0, nowMs - readAtMs)) * speed;
      readAtMs = nowMs;
      return elapsedMs;
    },
  };
};

/** A simulator that runs in real time. */
export interface Run {
  /** Resolves when the duration is over or `stop` was called; rejects when the outlet or the simulator failed. */
  readonly ended: Promise<void>;
  /** Ends the run and closes the outlet. Can be called again. */
  stop(): Promise<void>;
}

/** What is driven, and for how long (simulated ms after the start; absent: until stopped). */
export interface RunOptions {
  readonly simulator: DeviceSimulator;
  readonly bedside: Bedside;
  readonly outlet: Outlet;
  readonly durationMs?: number;
  readonly clock?: RunClock;
}

/** Drives a simulator at the bedside's speed into an open outlet, which it closes at the end. */
export const runSimulator = ({
  simulator,
  bedside,
  outlet,
  durationMs = Number.POSITIVE_INFINITY,
  clock = systemClock,
}: RunOptions): Run => {
  const endMs = bedside.elapsedMs() + durationMs;
  let closed: Promise<void> | null = null;
  let settle: { readonly resolve: () => void; readonly reject: (reason: unknown) => void };
  const ended = new Promise<void>((resolve, reject) => {
    settle = { resolve, reject };
  });

  /** Once: ends the turns, closes the outlet, and then says how it ended. */
  const finish = (failure: unknown = null): Promise<void> => {
    if (closed === null) {
      stopTimer();
      closed = outlet.close();
      closed.then(() => (failure === null ? settle.resolve() : settle.reject(failure)), settle.reject);
    }
    return closed;
  };
  const turn = (): void => {
    const elapsedMs = Math.min(bedside.elapsedMs(), endMs);
    const fromHost = outlet.read();
    if (fromHost.length > 0) emit(outlet, simulator.receive(fromHost));
    emit(outlet, simulator.advanceTo(elapsedMs));
    const failure = outlet.failure();
    if (failure !== null) throw new OutletError(failure);
    if (elapsedMs >= endMs) void finish();
  };
  const stopTimer = clock.every(TURN_MS, () => {
    try {
      turn();
    } catch (error) {
      // Whoever started the run hears of it through `ended`.
      void finish(error);
    }
  });
  return { ended, stop: () => finish() };
};

const emit = (outlet: Outlet, bytes: Uint8Array): void => {
  if (bytes.length > 0) outlet.write(bytes);
};

/** A simulated monitor for a host that connects over TCP, as the app's own demonstration does. */
export interface SimulatorServer {
  readonly host: string;
  /** The real port, where 0 was asked for. */
  readonly port: number;
  readonly bedside: Bedside;
  readonly patient: Patient;
  /** Rejects when the simulator fails; resolves after `close`. */
  readonly ended: Promise<void>;
  close(): Promise<void>;
}

/** A monitor of its own with a new patient (`scenario`, `seed`, `speed`), or one more monitor on a bedside. */
export type SimulatorServerOptions = {
  readonly profile: SimulatorProfile;
  readonly host: string;
  readonly port: number;
  /** Faults of this monitor's line; absent: those of the scenario. */
  readonly line?: FaultsOf<ScenarioLineFault>;
  readonly clock?: RunClock;
} & (BedsideOptions | { readonly bedside: Bedside });

/** Switches a monitor on now and serves it over TCP. Rejects with `OutletError` when the port cannot be had. */
export const startSimulatorServer = async (options: SimulatorServerOptions): Promise<SimulatorServer> => {
  const clock = options.clock ?? systemClock;
  const outlet = await openTcpOutlet(options.host, options.port);
  const bedside = 'bedside' in options ? options.bedside : createBedside(options);
  const simulator = monitorAt(bedside, options.profile, options.line);
  const run = runSimulator({ simulator, bedside, outlet, clock });
  return {
    host: options.host,
    port: outlet.port,
    bedside,
    patient: bedside.patient,
    ended: run.ended,
    close: () => run.stop(),
  };
};

/** A monitor that is switched on at the bedside now, with the scenario's line faults unless others are given. */
export const monitorAt = (
  bedside: Bedside,
  profile: SimulatorProfile,
  line: FaultsOf<ScenarioLineFault> = bedside.scenario.line,
): DeviceSimulator =>
  createBedsideMonitor({
    profile,
    patient: bedside.patient,
    startEpochMs: bedside.startEpochMs,
    seed: bedside.seed,
    line,
    poweredOnAtMs: bedside.elapsedMs(),
  });
