/**
 * `bench codec`: what decoding costs, family by family. A simulated monitor and the family's driver talk for one hour of
 * simulated time; what went over the line is kept. Then fresh drivers read those bytes again, in the same pieces and with the
 * same ticks, on one core, until the clock has something to measure. Codec and driver together: the way of every byte.
 */

import { instant } from '../../core/time.ts';
import type { DeviceProfile, Driver, DriverOutput } from '../../devices/device.ts';
import { createPatient } from '../../simulators/physiology/create-patient.ts';
import { findScenario } from '../../simulators/scenarios/index.ts';
import type { SimulatorProfile } from '../../simulators/simulator.ts';

/** What codec and driver of one family do and cost. */
export interface CodecFigures {
  readonly device: string;
  /** Both directions of one hour on the line, at the driver's default options (bytes). */
  readonly bytesPerHour: { readonly fromMonitor: number; readonly toMonitor: number };
  readonly observationsPerHour: number;
  readonly framesPerHour: number;
  readonly waveSamplesPerHour: number;
  /** Bytes of the monitor read in a second of one core (MB = 10^6). */
  readonly mbPerS: number;
  readonly observationsPerS: number;
  /** Processor time for one hour of one monitor (ms). */
  readonly cpuMsPerHour: number;
  readonly rounds: number;
}

export interface CodecBench {
  readonly pairs: readonly { readonly profile: DeviceProfile; readonly simulator: SimulatorProfile }[];
  /** Simulated time of the talk (s). */
  readonly simulatedS: number;
  /** Processor time to spend on each family at least (ms). */
  readonly leastCpuMs: number;
  /** Processor time of this process so far (ms). */
  cpuMs(): number;
}

/** The station's rhythm: the driver's tick, and how bytes come together at 20 wake-ups a second (ms). */
const STEP_MS = 50;
const TICK_MS = 250;
const HOUR_S = 3600;
const START_EPOCH_MS = Date.UTC(2026, 2, 1, 14);
const SCENARIO = 'typical-infusion';

/** Runs every pair, one after the other. @throws Error when the built-in scenario is gone. */
export const benchCodec = (
  bench: CodecBench,
): { readonly bench: 'codec'; readonly families: CodecFigures[] } => ({
  bench: 'codec',
  families: bench.pairs.map(({ profile, simulator }) => measure(profile, simulator, bench)),
});

const defaults = ({ options }: DeviceProfile) =>
  Object.fromEntries(options.map((option) => [option.key, option.default]));

interface Talk {
  /** What the monitor sent, and when it had come (ms). */
  readonly pieces: readonly { readonly atMs: number; readonly bytes: Uint8Array }[];
  readonly toMonitor: number;
}

/** One simulated talk of driver and monitor. */
const talk = (profile: DeviceProfile, simulator: SimulatorProfile, simulatedS: number): Talk => {
  const scenario = findScenario(SCENARIO);
  if (scenario === null) throw new Error(`there is no scenario ${SCENARIO}`);
  const monitor = simulator.create(createPatient(scenario, 1), { startEpochMs: START_EPOCH_MS, seed: 1 });
  const driver = profile.createDriver(defaults(profile));
  const pieces: { atMs: number; bytes: Uint8Array }[] = [];
  let toMonitor = 0;
  const hear = (outputs: readonly DriverOutput[], atMs: number): void => {
    for (const output of outputs) {
      if (output.type !== 'request') continue;
      toMonitor += output.bytes.length;
      take(monitor.receive(output.bytes), atMs);
    }
  };
  const take = (bytes: Uint8Array, atMs: number): void => {
    if (bytes.length === 0) return;
    pieces.push({ atMs, bytes });
    hear(driver.receive(bytes, at(atMs)), atMs);
  };
  hear(driver.start(at(0)), 0);
  for (let ms = STEP_MS; ms <= simulatedS * 1000; ms += STEP_MS) {
    take(monitor.advanceTo(ms), ms);
    if (ms % TICK_MS === 0) hear(driver.tick(at(ms)), ms);
  }
  return { pieces, toMonitor };
};

const at = (ms: number) => instant(START_EPOCH_MS + ms, ms);

interface Counts {
  frames: number;
  observations: number;
  waveSamples: number;
}

/** A fresh driver reads the talk again; what it writes goes nowhere. */
const listen = (driver: Driver, { pieces }: Talk, simulatedS: number): Counts => {
  const counts: Counts = { frames: 0, observations: 0, waveSamples: 0 };
  const count = (outputs: readonly DriverOutput[]): void => {
    for (const output of outputs) {
      if (output.type === 'frame') counts.frames += 1;
      else if (output.type === 'observation') counts.observations += 1;
      else if (output.type === 'waveform') counts.waveSamples += output.block.samples.length;
    }
  };
  let next = 0;
  driver.start(at(0));
  for (let ms = TICK_MS; ms <= simulatedS * 1000; ms += TICK_MS) {
    for (let piece = pieces[next]; piece !== undefined && piece.atMs <= ms; piece = pieces[next]) {
      count(driver.receive(piece.bytes, at(piece.atMs)));
      next += 1;
    }
    count(driver.tick(at(ms)));
  }
  return counts;
};

const measure = (
  profile: DeviceProfile,
  simulator: SimulatorProfile,
  { simulatedS, leastCpuMs, cpuMs }: CodecBench,
): CodecFigures => {
  const recorded = talk(profile, simulator, simulatedS);
  const options = defaults(profile);
  // The first round warms the compiler up and gives the counts.
  const counts = listen(profile.createDriver(options), recorded, simulatedS);
  const from = cpuMs();
  let rounds = 0;
  do {
    listen(profile.createDriver(options), recorded, simulatedS);
    rounds += 1;
  } while (cpuMs() - from < leastCpuMs);
  const perRoundMs = (cpuMs() - from) / rounds;
  const bytes = recorded.pieces.reduce((sum, piece) => sum + piece.bytes.length, 0);
  const hours = simulatedS / HOUR_S;
  const perHour = (count: number): number => Math.round(count / hours);
  return {
    device: profile.id,
    bytesPerHour: { fromMonitor: perHour(bytes), toMonitor: perHour(recorded.toMonitor) },
    observationsPerHour: perHour(counts.observations),
    framesPerHour: perHour(counts.frames),
    waveSamplesPerHour: perHour(counts.waveSamples),
    mbPerS: round(bytes / 1000 / perRoundMs),
    observationsPerS: Math.round((1000 * counts.observations) / perRoundMs),
    cpuMsPerHour: round(perRoundMs / hours),
    rounds,
  };
};

const round = (value: number): number => Math.round(value * 100) / 100;
