/**
 * What the station needs from the outside, given to it when it is made: it opens no file, port or window
 * itself. The composition root (`app/`) fills these in; tests fill in fakes.
 */
import type { PortView } from '../core/api/views.ts';
import type { DataOrigin } from '../core/session/events.ts';
import type { ChairsideDb } from '../db/open.ts';
import type { DeviceProfile, SerialSettings } from '../devices/device.ts';
import type { Transport } from '../devices/transport/transport.ts';
import type { Clock } from './clock.ts';
import type { MonitorConfig, StationConfig } from './config.ts';
import type { RecordMaker } from './making/job.ts';
import type { ScryptCost } from './people/secrets.ts';

/** Where human words about the running of the station go. Never a patient's data. */
export interface Log {
  info(message: string, fields?: Readonly<Record<string, unknown>>): void;
  warn(message: string, fields?: Readonly<Record<string, unknown>>): void;
  error(message: string, fields?: Readonly<Record<string, unknown>>): void;
}

/** The two records: what came from patients, and what came from simulators or recordings. Never mixed. */
export interface Databases {
  readonly live: ChairsideDb;
  readonly synthetic: ChairsideDb;
}

/**
 * Makes the line to a monitor at these settings; `patient` names whose simulated body a simulator watches (the chair).
 * Rejects with an Error whose message says what is wrong with the address.
 */
export type OpenLine = (
  profile: DeviceProfile,
  address: MonitorConfig['address'],
  patient: string,
  serial: SerialSettings,
) => Transport | Promise<Transport>;

export interface StationDeps {
  readonly version: string;
  readonly demo: boolean;
  readonly clock: Clock;
  readonly log: Log;
  readonly databases: Databases;
  readonly profiles: readonly DeviceProfile[];
  readonly openLine: OpenLine;
  /** Room left for this program where the record lies (bytes). Rejects when it cannot be measured. */
  readonly freeDiskBytes: () => Promise<number>;
  readonly listPorts: () => Promise<readonly PortView[]>;
  /** Keeps the configuration after a change made in a window. Rejects when it cannot be kept. */
  readonly saveConfig: (config: StationConfig) => Promise<void>;
  readonly newId: () => string;
  /** Makes the files of records that are handed on. Whoever made it stops it, after the station. */
  readonly recordMaker: RecordMaker;
  /** Where tokens for destinations are looked for; absent: nowhere. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** What hashing a secret costs; absent: what protects real ones. Tests make it cheap. */
  readonly secretCost?: ScryptCost;
}

/** Where a monitor's numbers come from, by its configuration. */
export const originOf = (monitor: Pick<MonitorConfig, 'simulated' | 'address'>): DataOrigin => {
  if (monitor.address.kind === 'replay') return 'replayed';
  return monitor.simulated || monitor.address.kind === 'simulator' ? 'simulated' : 'live';
};
