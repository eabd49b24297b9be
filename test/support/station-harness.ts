/** A whole station on a fake clock, two databases in memory and lines that the test feeds. */
import { recordMakerHere } from '../../app/record-makers.ts';
import { connect, type StationClient } from '../../core/api/client.ts';
import { memoryChannelPair } from '../../core/api/memory-channel.ts';
import { SOUND_TOLD_EVERY_MS } from '../../core/api/sound.ts';
import { chairId } from '../../core/ids.ts';
import { type ChairsideDb, openDatabase } from '../../db/open.ts';
import type { DeviceProfile, SerialSettings } from '../../devices/device.ts';
import { type MemoryTransport, memoryTransport } from '../../devices/transport/memory.ts';
import { parseConfig, type StationConfig } from '../../station/config.ts';
import type { RecordMaker } from '../../station/making/job.ts';
import type { Databases, Log } from '../../station/ports.ts';
import { type Station, startStation } from '../../station/station.ts';
import { type FakeClock, fakeClock, settle } from './fake-clock.ts';
import { TOY } from './toy-family.ts';

export const CHAIR = chairId('chair-1');

/** One real chair with one toy monitor. */
export const ONE_CHAIR: StationConfig = parseConfig(
  JSON.stringify({
    chairs: [
      {
        id: CHAIR,
        name: 'Chair 1',
        monitors: [
          { id: 'toy-1', name: 'Toy', family: 'toy', address: { kind: 'tcp', host: 'toy', port: 1 } },
        ],
      },
    ],
  }),
  'test',
);

export interface Harness {
  readonly clock: FakeClock;
  readonly station: Station;
  readonly databases: Databases;
  readonly saved: StationConfig[];
  /** The settings with which lines were opened, oldest first. */
  readonly openedWith: SerialSettings[];
  /** The line opened last for this monitor address (host). */
  line(host?: string): MemoryTransport;
  /** The monitor says this, now: "MDC_…=value;…". */
  say(text: string, host?: string): void;
  /** The four vitals, well inside every limit, and a cuff reading. */
  sayWell(): void;
  window(): StationClient;
  /** A window, and every envelope that the station sends to it, as text. */
  tappedWindow(): { readonly client: StationClient; readonly heard: readonly string[] };
}

export const memoryDatabases = (clock: FakeClock): Databases => {
  const open = (kind: 'live' | 'simulated'): ChairsideDb =>
    openDatabase(':memory:', { kind, readClockWall: () => clock.now().wall });
  return { live: open('live'), synthetic: open('simulated') };
};

/** A cuff reading as the toy monitor says it. */
export const cuff = (systolic: number, diastolic: number): string =>
  `MDC_PRESS_BLD_NONINV_SYS=${systolic};MDC_PRESS_BLD_NONINV_DIA=${diastolic};MDC_PRESS_BLD_NONINV_MEAN=${Math.round(diastolic + (systolic - diastolic) / 3)}`;

export const WELL = 'MDC_ECG_HEART_RATE=72;MDC_PULS_OXIM_SAT_O2=98;MDC_RESP_RATE=14';

export const startHarness = async (
  options: {
    readonly config?: StationConfig;
    readonly clock?: FakeClock;
    readonly databases?: Databases;
    readonly profiles?: readonly DeviceProfile[];
    readonly freeDiskBytes?: () => Promise<number>;
    readonly recordMaker?: RecordMaker;
    readonly log?: Log;
    /** False: its windows never say that they can be heard. */
    readonly isHeard?: boolean;
  } = {},
): Promise<Harness> => {
  const clock = options.clock ?? fakeClock();
  const databases = options.databases ?? memoryDatabases(clock);
  const lines = new Map<string, MemoryTransport>();
  const saved: StationConfig[] = [];
  const openedWith: SerialSettings[] = [];
  let ids = 0;
  const run = Math.trunc(clock.now().mono);
  const station = startStation(options.config ?? ONE_CHAIR, {
    version: '0.0.0-test',
    demo: false,
    clock,
    log: options.log ?? { info: () => undefined, warn: () => undefined, error: () => undefined },
    databases,
    profiles: options.profiles ?? [TOY],
    recordMaker: options.recordMaker ?? recordMakerHere('0.0.0-test'),
    freeDiskBytes: options.freeDiskBytes ?? (async () => Number.POSITIVE_INFINITY),
    openLine: (_profile, address, _patient, serial) => {
      openedWith.push(serial);
      const line = memoryTransport();
      lines.set(address.kind === 'tcp' ? address.host : address.kind, line);
      return line;
    },
    listPorts: async () => [],
    saveConfig: async (config) => {
      saved.push(config);
    },
    // As good as none: what a secret costs is tested where secrets are hashed.
    secretCost: { cost: 16, blockSize: 1, parallelization: 1 },
    newId: () => {
      ids += 1;
      return `id-${run}-${ids}`;
    },
  });
  await settle();

  const line = (host = 'toy'): MemoryTransport => {
    const found = lines.get(host);
    if (found === undefined) throw new Error(`no line to ${host} was opened`);
    return found;
  };
  const say = (text: string, host?: string): void =>
    line(host).feed(new TextEncoder().encode(`${text}\n`), clock.now());

  return {
    clock,
    station,
    databases,
    saved,
    openedWith,
    line,
    say,
    sayWell: () => say(`${WELL};${cuff(124, 78)}`),
    tappedWindow: () => {
      const [windowEnd, stationEnd] = memoryChannelPair();
      const heard: string[] = [];
      windowEnd.listen((envelope) => heard.push(JSON.stringify(envelope)));
      const client = connect(windowEnd);
      station.attach(stationEnd);
      return { client, heard };
    },
    window: () => {
      const [windowEnd, stationEnd] = memoryChannelPair();
      const client = connect(windowEnd);
      station.attach(stationEnd);
      if (options.isHeard !== false) sayHeard(client, clock);
      return client;
    },
  };
};

/** A window that can be heard says so steadily, for as long as it is open. */
export const sayHeard = (client: StationClient, clock: FakeClock): void => {
  const tell = (): void => {
    // A window that was closed in between has nobody to tell; the station notices.
    client.call('window.sound', { state: 'ready' }).catch(() => stop());
  };
  const stop = clock.every(SOUND_TOLD_EVERY_MS, tell);
  tell();
};

/** Opens a session on the chair and takes it to a phase, the short way. */
export const openSession = async (
  harness: Harness,
  client: StationClient,
  upTo: 'intake' | 'baseline' | 'infusing' = 'intake',
) => {
  let session = await client.call('session.open', {
    chairId: CHAIR,
    patientInitials: 'AB',
    indication: 'Depression',
    plannedInfusionMs: 40 * 60_000,
    plannedRecoveryMs: 30 * 60_000,
    by: 'Nurse N',
  });
  if (upTo === 'intake') return session;
  const move = async (from: 'intake' | 'baseline', to: 'baseline' | 'infusing') => {
    session = await client.call('session.move', {
      sessionId: session.id,
      from,
      to,
      reason: null,
      by: 'Nurse N',
    });
  };
  await move('intake', 'baseline');
  if (upTo === 'baseline') return session;
  harness.say(cuff(124, 78));
  await harness.clock.advance(90_000);
  harness.sayWell();
  await move('baseline', 'infusing');
  return session;
};
