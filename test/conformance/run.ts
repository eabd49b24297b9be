/** A simulator and its own driver on one line, in simulated time only: what the driver said, and when. */
import { type Instant, instant } from '../../core/time.ts';
import type { DeviceProfile, DriverOptions, DriverOutput } from '../../devices/device.ts';
import { createBedsideMonitor } from '../../simulators/bedside-monitor.ts';
import type { Patient } from '../../simulators/patient.ts';
import { createPatient } from '../../simulators/physiology/create-patient.ts';
import { recordSimulator } from '../../simulators/record.ts';
import type { Scenario } from '../../simulators/scenario.ts';
import type { SimulatorProfile } from '../../simulators/simulator.ts';
import { resolveOptions } from '../../station/driver-options.ts';

/** Wall time of simulated time 0 (ms since the epoch). */
export const START_EPOCH_MS = Date.UTC(2026, 0, 1, 9, 0, 0);
/** An instant of simulated time; the monotonic clock begins with it. */
export const simulated = (ms: number): Instant => instant(START_EPOCH_MS + ms, ms);

/** What is run, and for how long (simulated ms). */
export interface RunRequest {
  readonly profile: DeviceProfile;
  readonly simulator: SimulatorProfile;
  readonly scenario: Scenario;
  readonly durationMs: number;
  readonly seed?: number;
  /** The patient, where it is not the one that the scenario makes up. */
  readonly patient?: Patient;
  /** Settings that a person made; the others are at their defaults. */
  readonly options?: DriverOptions;
}

/** Everything the driver said, in order. */
export const runScenario = ({
  profile,
  simulator,
  scenario,
  durationMs,
  seed = 1,
  patient = createPatient(scenario, seed),
  options = {},
}: RunRequest): readonly DriverOutput[] => {
  const driver = profile.createDriver(resolveOptions(profile, options));
  const said: DriverOutput[] = [];
  const hear = (outputs: readonly DriverOutput[]): Uint8Array => {
    said.push(...outputs);
    return new Uint8Array(
      Buffer.concat(outputs.flatMap((output) => (output.type === 'request' ? [output.bytes] : []))),
    );
  };
  const monitor = createBedsideMonitor({
    profile: simulator,
    patient,
    startEpochMs: START_EPOCH_MS,
    seed,
    line: scenario.line,
    poweredOnAtMs: 0,
  });
  const host = {
    start: (atMs: number) => hear(driver.start(simulated(atMs))),
    receive: (bytes: Uint8Array, atMs: number) => hear(driver.receive(bytes, simulated(atMs))),
    tick: (atMs: number) => hear(driver.tick(simulated(atMs))),
  };
  // Drawn to its end; what it yields has already gone through the driver.
  for (const _ of recordSimulator({ simulator: monitor, durationMs, host }));
  said.push(...driver.end(simulated(durationMs)));
  return said;
};
