/** Handing records on, put together: a lane for each destination, what goes by itself, and the state for windows. */
import type { DestinationView, SendingOverview } from '../../core/api/sending-views.ts';
import { type SendingId, wantsAttention } from '../../core/sending/sending.ts';
import type { ChairsideDb } from '../../db/open.ts';
import type { Clock } from '../clock.ts';
import type { RecordMaker } from '../making/job.ts';
import type { Databases, Log } from '../ports.ts';
import { type Destination, formatsOf, placeOf } from './config.ts';
import { fhirCarrier } from './fhir.ts';
import { folderCarrier } from './folder.ts';
import { createLane, type Lane } from './lane.ts';
import { mllpCarrier } from './mllp.ts';
import type { Carrier } from './outcome.ts';

export interface SendingsDeps {
  readonly destinations: readonly Destination[];
  readonly databases: Databases;
  readonly maker: RecordMaker;
  readonly clock: Pick<Clock, 'now' | 'after'>;
  readonly log: Log;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly push: (overview: SendingOverview) => void;
  /** For tests: another way than the one of its kind. */
  readonly carrierOf?: (destination: Destination) => Carrier;
}

export interface Sendings {
  /** Finds what is to go by itself and what is due; called about once a second, cheap when there is nothing. */
  look(): void;
  lane(destination: string): Lane | null;
  destinations(): readonly DestinationView[];
  overview(): SendingOverview;
  /** Tells windows. */
  changed(): void;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
  /** The database that has this sending; null: none has. */
  databaseOf(id: SendingId): ChairsideDb | null;
  stop(): Promise<void>;
}

/** Looks after which the state is counted anew even if nothing seems to have changed. */
const LOOKS_BETWEEN_COUNTS = 10;
/** How long stopping waits for attempts under way (ms). */
const STOP_WITHIN_MS = 2000;

export const createSendings = (deps: SendingsDeps): Sendings => {
  const { databases, clock, log } = deps;
  const both = [databases.live, databases.synthetic];
  let changes = 0;
  let looks = 0;
  let told: SendingOverview | null = null;

  const overview = (): SendingOverview => {
    const counts = both.flatMap((db) => db.sending.counts());
    const sum = (is: (item: (typeof counts)[number]) => boolean): number =>
      counts.filter(is).reduce((total, { count }) => total + count, 0);
    return {
      isConfigured: deps.destinations.length > 0,
      waiting: sum(({ state }) => state !== 'failed'),
      failed: sum(({ state }) => state === 'failed'),
      late: sum((item) => item.state !== 'failed' && wantsAttention(item)),
      changes,
    };
  };
  const changed = (): void => {
    changes += 1;
    told = null;
  };
  const carrierOf = deps.carrierOf ?? ((destination) => builtIn(destination, { clock, env: deps.env }));
  const lanes = deps.destinations.map((destination) =>
    createLane({
      destination,
      carrier: carrierOf(destination),
      databases: both,
      maker: deps.maker,
      clock,
      log,
      changed,
    }),
  );
  const byThemselves = deps.destinations.flatMap((destination) =>
    destination.send === 'by-hand'
      ? []
      : [{ destination: destination.id, rule: destination.send, formats: formatsOf(destination) }],
  );

  /** What was on its way when the station stopped last waits again; destinations that are gone are not caught up later. */
  const takeUp = (): void => {
    const at = clock.now();
    const waiting = both.reduce((sum, db) => sum + db.sending.interrupted(at), 0);
    if (waiting > 0) log.warn('records were on their way when the station stopped', { waiting });
    databases.live.sending.sweepOnly(byThemselves.map(({ destination }) => destination));
  };
  let isTakenUp = false;

  return {
    look: () => {
      try {
        if (!isTakenUp) takeUp();
        isTakenUp = true;
        // Only what patients' chairs recorded: the other database never sends by itself.
        for (const rule of byThemselves) {
          if (databases.live.sending.sweep(rule, clock.now()) > 0) changed();
        }
      } catch (error) {
        // A disk that refuses is told by the record itself; what is due stays due.
        log.error('what is to be handed on could not be looked for', { error: String(error) });
        return;
      }
      for (const lane of lanes) lane.look();
      looks += 1;
      // Also without a change of ours: another program of this clinic's may have queued something (`chairside send`).
      if (told !== null && looks % LOOKS_BETWEEN_COUNTS !== 0) return;
      const now = overview();
      if (told !== null && JSON.stringify(told) === JSON.stringify(now)) return;
      told = now;
      deps.push(now);
    },
    lane: (id) => lanes.find(({ destination }) => destination.id === id) ?? null,
    destinations: () => lanes.map(view),
    overview,
    changed,
    idle: async () => {
      await Promise.all(lanes.map((lane) => lane.idle()));
    },
    databaseOf: (id) => both.find((db) => db.sending.get(id) !== null) ?? null,
    stop: async () => {
      const ended = Promise.all(lanes.map((lane) => lane.stop()));
      // A share that hangs must not keep the station from ending: what it was doing is made again after the next start.
      let cancel = (): void => undefined;
      const late = new Promise<void>((resolve) => {
        cancel = clock.after(STOP_WITHIN_MS, resolve);
      });
      await Promise.race([ended, late]);
      cancel();
    },
  };
};

const builtIn = (destination: Destination, deps: Pick<SendingsDeps, 'clock' | 'env'>): Carrier => {
  switch (destination.kind) {
    case 'folder':
      return folderCarrier(destination);
    case 'fhir':
      return fhirCarrier(destination, deps);
    case 'mllp':
      return mllpCarrier(destination, deps);
    default:
      return destination satisfies never;
  }
};

const view = (lane: Lane): DestinationView => {
  const { destination } = lane;
  const held = lane.held();
  return {
    id: destination.id,
    name: destination.name,
    kind: destination.kind,
    place: placeOf(destination),
    rule: destination.send,
    formats: formatsOf(destination),
    held: held === null ? null : { problem: held.problem, until: held.until.wall },
  };
};
