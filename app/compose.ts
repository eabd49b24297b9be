/**
 * The composition root: puts a station together from its parts for the hosts (desktop, web) and for tests.
 * Whoever starts it stops it.
 */
import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { finishMoves } from '../db/backup/moves.ts';
import { openDatabase } from '../db/open.ts';
import { acquireStationLock } from '../db/station-lock.ts';
import { DEVICE_PROFILES } from '../devices/index.ts';
import { listSerialPorts } from '../devices/transport/serial-ports.ts';
import type { Clock } from '../station/clock.ts';
import { requireFamilies } from '../station/config-check.ts';
import type { Log } from '../station/ports.ts';
import { type Station, startStation } from '../station/station.ts';
import { CONFIG_NAME, loadConfig } from './config-file.ts';
import { DATABASE_FILES } from './data-dir.ts';
import { openLineWith } from './lines.ts';
import { recordMakerInWorker } from './record-makers.ts';
import { createSimulatedMonitors } from './simulated-monitors.ts';

export interface RunOptions {
  readonly dataDir: string;
  readonly configFile: string | null;
  readonly demo: boolean;
  readonly provision: boolean;
  readonly version: string;
  /** Where the program of the thread that makes files is (`record-worker`). */
  readonly recordWorker: URL;
  readonly clock: Clock;
  readonly log: Log;
}

export interface RunningStation {
  readonly station: Station;
  stop(): Promise<void>;
}

/**
 * Starts a station on a data folder. Rejects, with nothing left open, with `ConfigError` or `StorageError`,
 * each with one clear line.
 */
export const runStation = async (options: RunOptions): Promise<RunningStation> => {
  const { dataDir, clock, log } = options;
  const readClockWall = () => clock.now().wall;
  const undo: (() => void | Promise<void>)[] = [];
  const undoAll = async (): Promise<void> => {
    for (const step of undo.reverse()) await step();
  };
  try {
    const lock = acquireStationLock(dataDir, { processId: process.pid, readClockWall });
    undo.push(lock.release);
    // A restore that was killed in its last step is finished before anything of the folder is opened.
    if (finishMoves(dataDir)) log.warn('an interrupted restore was finished');
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    const source = await loadConfig({
      dataDir,
      file: options.configFile,
      demo: options.demo,
      provision: options.provision,
    });
    requireFamilies(source.config, DEVICE_PROFILES, options.configFile ?? join(dataDir, CONFIG_NAME));
    const live = openDatabase(join(dataDir, DATABASE_FILES.live), { kind: 'live', readClockWall });
    undo.push(live.close);
    const synthetic = openDatabase(join(dataDir, DATABASE_FILES.simulated), {
      kind: 'simulated',
      readClockWall,
    });
    undo.push(synthetic.close);
    const simulated = createSimulatedMonitors();
    undo.push(simulated.stop);
    const recordMaker = recordMakerInWorker(options.version, options.recordWorker, { clock, log });
    undo.push(recordMaker.stop);
    const station = startStation(source.config, {
      version: options.version,
      demo: options.demo,
      clock,
      log,
      databases: { live, synthetic },
      profiles: DEVICE_PROFILES,
      openLine: openLineWith(clock, simulated),
      freeDiskBytes: async () => {
        const { bavail, bsize } = await statfs(dataDir);
        return bavail * bsize;
      },
      listPorts: listSerialPorts,
      saveConfig: source.save,
      newId: randomUUID,
      recordMaker,
      env: process.env,
    });
    undo.push(station.stop);
    return { station, stop: undoAll };
  } catch (error) {
    await undoAll();
    throw error;
  }
};
