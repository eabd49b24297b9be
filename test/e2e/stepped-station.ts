/**
 * A whole station in the test's own process, on a clock that the test moves, served to a real browser: hours of a visit
 * pass in seconds. Its monitors are the simulators behind memory lines, byte for byte, in the station's time.
 */
import { fileURLToPath } from 'node:url';
import { recordMakerHere } from '../../app/record-makers.ts';
import { connect, type StationClient } from '../../core/api/client.ts';
import { memoryChannelPair } from '../../core/api/memory-channel.ts';
import { SOUND_TOLD_EVERY_MS } from '../../core/api/sound.ts';
import { DEVICE_PROFILES } from '../../devices/index.ts';
import { type MemoryTransport, memoryTransport } from '../../devices/transport/memory.ts';
import { startWebHost } from '../../server/web-host.ts';
import { createBedsideMonitor } from '../../simulators/bedside-monitor.ts';
import { findSimulator } from '../../simulators/index.ts';
import { createPatient } from '../../simulators/physiology/create-patient.ts';
import { parseScenario, type Scenario } from '../../simulators/scenario.ts';
import type { DeviceSimulator } from '../../simulators/simulator.ts';
import { parseConfig } from '../../station/config.ts';
import { startStation } from '../../station/station.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { memoryDatabases } from '../support/station-harness.ts';
import type { Stage, Win } from './stage.ts';

const RENDERER_DIR = fileURLToPath(new URL('../../out/renderer', import.meta.url));
/** How often the monitors are asked for their bytes (ms of the station's time). */
const LINE_STEP_MS = 250;
/** The browser gets a turn after so much of the station's time (ms). */
const TURN_MS = 5_000;
/** The station's time goes on by itself, so that its windows hear it, in steps of so much (ms). */
const IDLE_STEP_MS = 250;

export interface SteppedStation {
  readonly url: string;
  readonly client: StationClient;
  /** Lets the station's time pass. */
  pass(ms: number): Promise<void>;
  open(): Promise<Win>;
  end(): Promise<void>;
}

/** A chair for each scenario: `chair-1`, `chair-2` …, each with a simulated multi-parameter monitor. */
export const steppedStation = async (
  stage: Stage,
  scenarios: readonly unknown[],
): Promise<SteppedStation> => {
  const clock = fakeClock(Date.now());
  const startedAt = clock.now();
  const beds = scenarios.map((json, index) => bed(scenarioOf(json), index, startedAt.wall));
  const config = parseConfig(
    JSON.stringify({
      chairs: beds.map(({ id }, index) => ({
        id,
        name: `Chair ${index + 1}`,
        monitors: [
          {
            id: `monitor-${index + 1}`,
            name: `B650 ${index + 1}`,
            family: 'ge-s5-dri',
            simulated: true,
            address: { kind: 'tcp', host: id, port: 1 },
            options: { intervalS: 5 },
          },
        ],
      })),
    }),
    'stepped station',
  );
  const databases = memoryDatabases(clock);
  let ids = 0;
  const station = startStation(config, {
    version: '0.0.0-test',
    demo: false,
    clock,
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    databases,
    profiles: DEVICE_PROFILES,
    recordMaker: recordMakerHere('0.0.0-test'),
    openLine: (_profile, address) => {
      const line = memoryTransport();
      const found = beds.find(({ id }) => address.kind === 'tcp' && address.host === id);
      if (found === undefined) throw new Error('no such bed');
      found.line = line;
      return line;
    },
    listPorts: async () => [],
    saveConfig: async () => undefined,
    freeDiskBytes: async () => 100_000_000_000,
    newId: () => {
      ids += 1;
      return `entry-${ids}`;
    },
  });
  clock.every(LINE_STEP_MS, () => {
    const now = clock.now();
    for (const each of beds) each.step(now.mono - startedAt.mono, now);
  });
  const host = await startWebHost({
    port: 0,
    dataDir: stage.folder(),
    rendererDir: RENDERER_DIR,
    now: () => Date.now(),
    onWindow: station.attach,
  });
  const [windowEnd, stationEnd] = memoryChannelPair();
  const client = connect(windowEnd);
  station.attach(stationEnd);
  // A browser answers in its own time: while minutes pass in a second, this window says in the station's time that it
  // can sound. Who can sound is the matter of other tests.
  clock.every(SOUND_TOLD_EVERY_MS, () => {
    client.call('window.sound', { state: 'ready' }).catch(() => undefined);
  });

  // One step at a time: the clock must not be moved from two places.
  let last: Promise<void> = Promise.resolve();
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    last = last.then(work);
    return last;
  };
  const idle = setInterval(() => {
    inTurn(() => clock.advance(IDLE_STEP_MS)).catch(() => undefined);
  }, IDLE_STEP_MS);
  const pass = (ms: number): Promise<void> =>
    inTurn(async () => {
      for (let left = ms; left > 0; left -= TURN_MS) {
        await clock.advance(Math.min(left, TURN_MS));
        await new Promise((resolve) => setImmediate(resolve));
      }
      // What was pushed reaches the browser before anybody looks.
      await new Promise((resolve) => setTimeout(resolve, 50));
    });
  return {
    url: host.url,
    client,
    pass,
    open: () => stage.open(host.url),
    end: async () => {
      clearInterval(idle);
      await last;
      await host.close();
      await station.stop();
      databases.live.close();
      databases.synthetic.close();
    },
  };
};

const scenarioOf = (json: unknown): Scenario => {
  const parsed = parseScenario(json);
  if (!parsed.ok) throw new Error(parsed.problem);
  return parsed.scenario;
};

/** A chair's monitor at the other end of its memory line. */
const bed = (scenario: Scenario, index: number, startEpochMs: number) => {
  const profile = findSimulator('ge-s5-dri');
  if (profile === null) throw new Error('the simulator is not registered');
  const simulator: DeviceSimulator = createBedsideMonitor({
    profile,
    patient: createPatient(scenario, index + 1),
    startEpochMs,
    seed: index + 1,
    line: scenario.line,
    poweredOnAtMs: 0,
  });
  let heard = 0;
  const made = {
    id: `chair-${index + 1}`,
    line: null as MemoryTransport | null,
    step: (elapsedMs: number, now: Parameters<MemoryTransport['feed']>[1]): void => {
      const { line } = made;
      if (line === null || line.phase() !== 'open') return;
      const asked = line.written.slice(heard);
      heard = line.written.length;
      const answers = asked.map((bytes) => simulator.receive(bytes));
      const bytes = Buffer.concat([...answers, simulator.advanceTo(elapsedMs)]);
      if (bytes.length > 0) line.feed(new Uint8Array(bytes), now);
    },
  };
  return made;
};
