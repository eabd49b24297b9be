/**
 * A link that went quiet and came back: whatever the monitor says of itself is told again, because the station forgot it
 * with the link.
 */
import { describe, expect, it } from 'vitest';
import type { DeviceProfile, DriverOutput } from '../../devices/device.ts';
import { createBedsideMonitor } from '../../simulators/bedside-monitor.ts';
import { createPatient } from '../../simulators/physiology/create-patient.ts';
import { recordSimulator } from '../../simulators/record.ts';
import type { Scenario } from '../../simulators/scenario.ts';
import { builtInScenarios } from '../../simulators/scenarios/index.ts';
import type { SimulatorProfile } from '../../simulators/simulator.ts';
import { resolveOptions } from '../../station/driver-options.ts';
import { PAIRS } from './pairs.ts';
import { START_EPOCH_MS, simulated } from './run.ts';

const QUIET_FROM_MS = 60_000;

/**
 * The conditions that stand at the end as the station has them: it forgets all when the link is quiet. `quietMs`: how
 * long nothing comes through, while the line stays open.
 */
const standingAfter = (
  profile: DeviceProfile,
  simulator: SimulatorProfile,
  scenario: Scenario,
  quietMs: number,
): readonly string[] => {
  const options = resolveOptions(profile, {});
  const driver = profile.createDriver(options);
  const standing = new Set<string>();
  const isQuiet = (atMs: number) => atMs >= QUIET_FROM_MS && atMs < QUIET_FROM_MS + quietMs;
  const hear = (outputs: readonly DriverOutput[], atMs: number): Uint8Array => {
    for (const output of outputs) {
      if (output.type !== 'condition') continue;
      const { code, metric, text, present } = output.condition;
      const key = `${code} ${metric} ${text}`;
      if (present) standing.add(key);
      else standing.delete(key);
    }
    if (isQuiet(atMs) && atMs > QUIET_FROM_MS + profile.maxQuietMs(options)) standing.clear();
    return isQuiet(atMs)
      ? new Uint8Array()
      : new Uint8Array(
          Buffer.concat(outputs.flatMap((output) => (output.type === 'request' ? [output.bytes] : []))),
        );
  };
  const monitor = createBedsideMonitor({
    profile: simulator,
    patient: createPatient(scenario, 1),
    startEpochMs: START_EPOCH_MS,
    seed: 1,
    line: [],
    poweredOnAtMs: 0,
  });
  const host = {
    start: (atMs: number) => hear(driver.start(simulated(atMs)), atMs),
    receive: (bytes: Uint8Array, atMs: number) =>
      isQuiet(atMs) ? new Uint8Array() : hear(driver.receive(bytes, simulated(atMs)), atMs),
    tick: (atMs: number) => hear(driver.tick(simulated(atMs)), atMs),
  };
  for (const _ of recordSimulator({ simulator: monitor, durationMs: 200_000, host }));
  return [...standing].sort();
};

/** One trouble from the beginning to the end: the probe off and disconnected, leads off, no breath, little blood in the finger. */
const TROUBLES: readonly Scenario['events'][number][] = [
  { kind: 'probe-off', atS: 20, durationS: 300, how: 'off' },
  { kind: 'leads-off', atS: 20, durationS: 300 },
  { kind: 'apnea', atS: 20, durationS: 300 },
  { kind: 'low-perfusion', atS: 20, durationS: 300, to: 0.1, rampS: 1, recoverS: 1 },
];

const scenarioWith = (event: Scenario['events'][number]): Scenario => {
  const base = builtInScenarios().find(({ name }) => name === 'steady');
  if (base === undefined) throw new Error('no such scenario');
  return { ...base, events: [event] };
};

describe.each(PAIRS.map(({ id, profile, simulator }) => [id, profile, simulator] as const))(
  '%s',
  (_id, profile, simulator) => {
    it.each(TROUBLES)('tells its conditions again after the link went quiet ($kind)', (event) => {
      const quietMs = profile.maxQuietMs(resolveOptions(profile, {})) + 5_000;
      const scenario = scenarioWith(event);
      expect(standingAfter(profile, simulator, scenario, quietMs)).toEqual(
        standingAfter(profile, simulator, scenario, 0),
      );
    });
  },
);

it('most families have a condition to tell in one of these troubles', () => {
  const telling = PAIRS.filter(({ profile, simulator }) =>
    TROUBLES.some((event) => standingAfter(profile, simulator, scenarioWith(event), 0).length > 0),
  );
  expect(telling.map(({ id }) => id)).toEqual(
    expect.arrayContaining(['ge-s5-dri', 'masimo-ascii', 'nellcor']),
  );
});
