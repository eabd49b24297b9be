/** A recording of a family's simulator, asked by the family's own driver, in simulated time. */
import type { RecordingEvent } from '../../app/recording.ts';
import type { DeviceProfile, DriverOutput } from '../../devices/device.ts';
import { createBedsideMonitor } from '../../simulators/bedside-monitor.ts';
import { createPatient } from '../../simulators/physiology/create-patient.ts';
import { recordSimulator } from '../../simulators/record.ts';
import { findScenario } from '../../simulators/scenarios/index.ts';
import type { SimulatorProfile } from '../../simulators/simulator.ts';
import { resolveOptions } from '../../station/driver-options.ts';
import { START_EPOCH_MS, simulated } from '../conformance/run.ts';

/** @param between stands between its messages, after every seventh read. */
export const recordingOf = (
  profile: DeviceProfile,
  simulator: SimulatorProfile,
  seconds: number,
  between: Uint8Array = new Uint8Array(),
): readonly RecordingEvent[] => {
  const scenario = findScenario('typical-infusion');
  if (scenario === null) throw new Error('no such scenario');
  const driver = profile.createDriver(resolveOptions(profile, {}));
  const events: RecordingEvent[] = [{ type: 'open', at: simulated(0) }];
  const asked = (outputs: readonly DriverOutput[]): Uint8Array =>
    new Uint8Array(
      Buffer.concat(outputs.flatMap((output) => (output.type === 'request' ? [output.bytes] : []))),
    );
  const monitor = createBedsideMonitor({
    profile: simulator,
    patient: createPatient(scenario, 1),
    startEpochMs: START_EPOCH_MS,
    seed: 1,
    line: [],
    poweredOnAtMs: 0,
  });
  let chunks = 0;
  const host = {
    start: (atMs: number) => asked(driver.start(simulated(atMs))),
    receive: (bytes: Uint8Array, atMs: number) => {
      chunks += 1;
      const withNoise = chunks % 7 === 0 ? Buffer.concat([bytes, between]) : bytes;
      events.push({ type: 'data', bytes: Uint8Array.from(withNoise), at: simulated(atMs) });
      return asked(driver.receive(bytes, simulated(atMs)));
    },
    tick: (atMs: number) => asked(driver.tick(simulated(atMs))),
  };
  for (const _ of recordSimulator({ simulator: monitor, durationMs: seconds * 1000, host }));
  return [...events, { type: 'closed', at: simulated(seconds * 1000) }];
};
