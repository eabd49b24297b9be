/**
 * A whole room for the benchmarks: a process full of simulated monitors, and in this process a station with a
 * database on disk and a web host. Every chair has a multi-parameter monitor and an oximeter.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { connect, type StationClient } from '../../core/api/client.ts';
import { type ChairId, chairId } from '../../core/ids.ts';
import { openDatabase } from '../../db/open.ts';
import { DEVICE_PROFILES } from '../../devices/index.ts';
import { startWebHost } from '../../server/web-host.ts';
import type { Clock } from '../../station/clock.ts';
import { parseConfig } from '../../station/config.ts';
import { startStation } from '../../station/station.ts';
import { openLineWith } from '../lines.ts';
import { recordMakerHere } from '../record-makers.ts';
import { createSimulatedMonitors } from '../simulated-monitors.ts';
import { openWebSocket } from './websocket-line.ts';

const FARM = fileURLToPath(new URL('./monitor-farm.ts', import.meta.url));
/** The user interface as `npm run build` leaves it. */
export const BUILT_RENDERER = fileURLToPath(new URL('../../out/renderer', import.meta.url));

export interface RoomOptions {
  readonly chairs: number;
  readonly clock: Clock;
  readonly rendererDir: string;
  /** How fast the monitors' time runs: cuff readings come that much more often. */
  readonly speed: number;
}

export interface BenchRoom {
  readonly chairs: readonly ChairId[];
  /** Opens the user interface. */
  readonly url: string;
  /** Address of the API, for `openClient`. */
  readonly api: string;
  /** Ends everything; the size of the database that was written (bytes). */
  stop(): Promise<number>;
}

export const startBenchRoom = async (options: RoomOptions): Promise<BenchRoom> => {
  const { clock } = options;
  const dataDir = mkdtempSync(join(tmpdir(), 'chairside-bench-'));
  const farm = spawn(process.execPath, [FARM, String(options.chairs), String(options.speed)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ports = await farmPorts(farm);
  const readClockWall = () => clock.now().wall;
  const live = openDatabase(join(dataDir, 'live.db'), { kind: 'live', readClockWall });
  const synthetic = openDatabase(join(dataDir, 'simulated.db'), { kind: 'simulated', readClockWall });
  const simulated = createSimulatedMonitors();
  let ids = 0;
  const station = startStation(configFor(ports), {
    version: 'bench',
    demo: false,
    clock,
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    databases: { live, synthetic },
    profiles: DEVICE_PROFILES,
    recordMaker: recordMakerHere('bench'),
    openLine: openLineWith(clock, simulated),
    freeDiskBytes: async () => Number.POSITIVE_INFINITY,
    listPorts: async () => [],
    saveConfig: async () => undefined,
    newId: () => {
      ids += 1;
      return `bench-${ids}`;
    },
  });
  const host = await startWebHost({
    port: 0,
    dataDir,
    rendererDir: options.rendererDir,
    now: () => Date.now(),
    onWindow: station.attach,
  });
  return {
    chairs: ports.map((_, index) => chairId(`chair-${index + 1}`)),
    url: host.url,
    api: `ws://127.0.0.1:${host.port}/api?token=${host.token}`,
    stop: async () => {
      await host.close();
      await station.stop();
      await simulated.stop();
      live.close();
      synthetic.checkpoint();
      const sizeBytes = statSync(join(dataDir, 'simulated.db')).size;
      synthetic.close();
      farm.stdin?.end();
      rmSync(dataDir, { recursive: true, force: true });
      return sizeBytes;
    },
  };
};

/** A subscriber to a room's station. */
export const openClient = async ({ api }: Pick<BenchRoom, 'api'>): Promise<StationClient> =>
  connect(await openWebSocket(api));

const configFor = (ports: readonly (readonly [number, number])[]) =>
  parseConfig(
    JSON.stringify({
      chairs: ports.map(([monitor, probe], index) => ({
        id: `chair-${index + 1}`,
        name: `Chair ${index + 1}`,
        monitors: [
          {
            id: `monitor-${index + 1}`,
            name: 'Monitor',
            family: 'ge-s5-dri',
            address: { kind: 'tcp', host: '127.0.0.1', port: monitor },
            simulated: true,
            options: { intervalS: 1 },
          },
          {
            id: `probe-${index + 1}`,
            name: 'Oximeter',
            family: 'masimo-ascii',
            address: { kind: 'tcp', host: '127.0.0.1', port: probe },
            simulated: true,
          },
        ],
      })),
    }),
    'bench',
  );

const farmPorts = (farm: ChildProcess): Promise<readonly (readonly [number, number])[]> =>
  new Promise((resolve, reject) => {
    if (farm.stdout === null) throw new Error('the farm has no stdout');
    farm.once('exit', (code) => reject(new Error(`the simulated monitors ended with code ${code}`)));
    createInterface({ input: farm.stdout }).once('line', (line) => resolve(JSON.parse(line)));
  });

/** Resolves after `ms` of the clock. */
export const pauseFor = (clock: Clock, ms: number): Promise<void> =>
  new Promise((resolve) => {
    clock.after(ms, resolve);
  });
