import { onTestFinished } from 'vitest';
import type { SendingOverview } from '../../../core/api/sending-views.ts';
import { type SessionId, sessionId } from '../../../core/ids.ts';
import type { ChairsideDb } from '../../../db/open.ts';
import type { RecordMaker } from '../../../station/making/job.ts';
import type { RecordMakers } from '../../../station/making/make.ts';
import type { Destination } from '../../../station/sending/config.ts';
import { formatsOf } from '../../../station/sending/config.ts';
import type { Carrier, Outcome, Parcel } from '../../../station/sending/outcome.ts';
import { createSendings, type Sendings } from '../../../station/sending/sendings.ts';
import { moved, openSession } from '../../db/samples.ts';
import { type FakeClock, fakeClock } from '../../support/fake-clock.ts';
import { memoryDatabases } from '../../support/station-harness.ts';
import { plainMaker } from './make.ts';

/** A destination that answers as it is told, and remembers what it took. */
export const scripted = () => {
  const script: (Outcome | 'hang' | Promise<Outcome>)[] = [];
  const came: Parcel[] = [];
  const carrier: Carrier = {
    deliver: async (parcel, stop) => {
      came.push(parcel);
      const next = script.shift() ?? { kind: 'sent', acknowledgement: 'yes' };
      if (next !== 'hang') return next;
      return new Promise((resolve) => {
        stop.addEventListener('abort', () => resolve({ kind: 'unanswered', problem: 'Stopped.' }));
      });
    },
  };
  return { script, came, carrier };
};

interface Room {
  readonly clock: FakeClock;
  readonly live: ChairsideDb;
  readonly synthetic: ChairsideDb;
  readonly sendings: Sendings;
  readonly told: SendingOverview[];
  readonly logged: string[];
  /** Time passes and the heartbeat looks, once. */
  look(ms?: number): Promise<void>;
  queue(id: SessionId, destination: Destination): string;
  state(id: string): string | undefined;
}

export const room = (
  destinations: readonly Destination[],
  part: {
    readonly carrierOf?: (destination: Destination) => Carrier;
    readonly makers?: RecordMakers;
    readonly maker?: RecordMaker;
  } = {},
): Room => {
  const clock = fakeClock();
  const databases = memoryDatabases(clock);
  const told: SendingOverview[] = [];
  const logged: string[] = [];
  const log = (message: string, fields?: object): void => {
    logged.push(`${message} ${JSON.stringify(fields ?? {})}`);
  };
  const sendings = createSendings({
    destinations,
    databases,
    maker: part.maker ?? plainMaker(part.makers),
    clock,
    log: { info: log, warn: log, error: log },
    env: {},
    push: (overview) => told.push(overview),
    ...(part.carrierOf === undefined ? {} : { carrierOf: part.carrierOf }),
  });
  onTestFinished(sendings.stop);
  return {
    clock,
    live: databases.live,
    synthetic: databases.synthetic,
    sendings,
    told,
    logged,
    look: async (ms = 1000) => {
      await clock.advance(ms);
      sendings.look();
    },
    queue: (id, destination) =>
      databases.live.sending.queue({
        destination: destination.id,
        sessionId: id,
        formats: formatsOf(destination),
        by: 'N',
        at: clock.now(),
      }).sending.id,
    state: (id) => databases.live.sending.newest(100).find((each) => each.id === id)?.state,
  };
};
export const closed = (db: ChairsideDb, name: string): SessionId => {
  openSession(db, sessionId(name), [moved('intake', 'cancelled')]);
  return sessionId(name);
};
export const DOWN = { kind: 'unreachable', problem: 'Nobody is there.' } as const satisfies Outcome;
export const SILENT: Outcome = { kind: 'unanswered', problem: 'No answer.' };
export const BUSY: Outcome = { kind: 'refused', problem: 'Not now.' };
