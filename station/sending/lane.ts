/**
 * The way to one destination: one record at a time, oldest first, each attempt after the one before it has ended. What
 * waits is in the database, and every step is there before the next is taken; only waiting times live in here, on the
 * monotonic clock. After a restart nothing waits any longer: everything open is due.
 */
import { setImmediate } from 'node:timers/promises';
import { MOST_REFUSALS, type Sending, type SendingId, waitAfter } from '../../core/sending/sending.ts';
import { addMs, type Instant } from '../../core/time.ts';
import { type ChairsideDb, type SendingChange, StorageError } from '../../db/open.ts';
import type { Clock } from '../clock.ts';
import { type Made, MakingError, type RecordMaker } from '../making/job.ts';
import type { Log } from '../ports.ts';
import { auditHandedOn } from './audit.ts';
import type { Destination } from './config.ts';
import type { Carrier, Outcome, Parcel } from './outcome.ts';
import { hashesOf, jobFor, partsOf } from './parcel.ts';

export interface LaneDeps {
  readonly destination: Destination;
  readonly carrier: Carrier;
  /** Both records: what is not live is sent by hand only, but by the same way. */
  readonly databases: readonly ChairsideDb[];
  readonly maker: RecordMaker;
  readonly clock: Pick<Clock, 'now' | 'after'>;
  readonly log: Log;
  /** Something about a sending changed on disk. */
  readonly changed: () => void;
}

export interface Lane {
  readonly destination: Destination;
  /** Looks whether anything is due. Cheap; never waits. */
  look(): void;
  /** A person says now: this sending, and whatever waits for the destination, is due. */
  hurry(id: SendingId | null): void;
  /** Ends the attempt under way if it is that of this sending. */
  abandon(id: SendingId): void;
  /** Why nothing leaves just now, and until when; null: nothing holds it. */
  held(): { readonly problem: string; readonly until: Instant } | null;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
  /** Ends the attempt under way; what was on its way waits for the next start. */
  stop(): Promise<void>;
}

/** What holds one record back. */
interface Wait {
  readonly due: Instant;
  /** Attempts in a row that did not end with `sent`. */
  readonly attempts: number;
  readonly refusals: number;
}

interface Found {
  readonly db: ChairsideDb;
  readonly sending: Sending;
}

const STATION = 'station';
const SUPERSEDED = 'A newer state of the record is handed on instead.';
const STOPPED =
  'The station was stopped in the middle of an attempt: whether it arrived is not known. It is made again under the same identifiers.';

export const createLane = (deps: LaneDeps): Lane => {
  const { destination, carrier, databases, maker, clock, log, changed } = deps;
  const waits = new Map<SendingId, Wait>();
  let hold: { readonly problem: string; readonly until: Instant; readonly attempts: number } | null = null;
  let current: { readonly id: SendingId; readonly control: AbortController } | null = null;
  let working: Promise<void> | null = null;
  /** What is known and could not be written: nothing else is sent before it is. */
  let unwritten: { readonly found: Found; readonly change: SendingChange } | null = null;
  let isStopped = false;

  const isDue = (due: Instant, now: Instant): boolean => due.mono <= now.mono;

  const next = (now: Instant): Found | null => {
    if (hold !== null && !isDue(hold.until, now)) return null;
    const open = databases.flatMap((db) =>
      db.sending
        .open(destination.id)
        .flatMap((sending) => (sending.state === 'queued' ? [{ db, sending }] : [])),
    );
    for (const id of waits.keys()) if (!open.some(({ sending }) => sending.id === id)) waits.delete(id);
    const due = open.filter(({ sending }) => {
      const wait = waits.get(sending.id);
      return wait === undefined || isDue(wait.due, now);
    });
    return due.sort((a, b) => a.sending.queuedAt - b.sending.queuedAt)[0] ?? null;
  };

  /** What an outcome changes, in here and on disk. */
  const changeAfter = ({ sending: { id } }: Found, outcome: Outcome, now: Instant): SendingChange => {
    const before = waits.get(id);
    const attempts = (before?.attempts ?? 0) + 1;
    const putOff = (problem: string, refusals: number): SendingChange => {
      const due = addMs(now, waitAfter(attempts));
      waits.set(id, { due, attempts, refusals });
      return { step: 'put-off', problem, nextAttemptAt: due.wall };
    };
    if (outcome.kind !== 'unreachable') hold = null;
    switch (outcome.kind) {
      case 'sent':
        waits.delete(id);
        return { step: 'sent', acknowledgement: outcome.acknowledgement };
      case 'gave-up':
        waits.delete(id);
        return { step: 'failed', problem: outcome.problem };
      case 'unanswered':
        return putOff(outcome.problem, before?.refusals ?? 0);
      case 'refused': {
        const refusals = (before?.refusals ?? 0) + 1;
        if (refusals < MOST_REFUSALS) return putOff(outcome.problem, refusals);
        waits.delete(id);
        return { step: 'failed', problem: `${outcome.problem} Given up after ${refusals} attempts.` };
      }
      case 'unreachable': {
        const downs = (hold?.attempts ?? 0) + 1;
        const until = addMs(now, outcome.restMs ?? waitAfter(downs));
        hold = { problem: outcome.problem, until, attempts: downs };
        return { step: 'put-off', problem: outcome.problem, nextAttemptAt: until.wall };
      }
      default:
        return outcome satisfies never;
    }
  };

  /** Puts a change on disk; kept, and tried before anything else, when the disk refuses it. */
  const write = (found: Found, change: SendingChange): void => {
    try {
      found.db.sending.change(found.sending.id, change, STATION, clock.now());
      unwritten = null;
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
      unwritten = { found, change };
      log.error('what became of a sending could not be written', {
        destination: destination.id,
        code: error.code,
      });
    }
    changed();
    if (unwritten === null && change.step === 'sent')
      auditHandedOn({ ...found, destination: destination.name, at: clock.now(), log });
  };
  const settle = (found: Found, outcome: Outcome): void =>
    write(found, changeAfter(found, outcome, clock.now()));

  /** What it means for a record that it was not made ready. */
  const notMade = (error: MakingError): Outcome => {
    switch (error.code) {
      // Where this lane called it off itself, nobody looks at the outcome.
      case 'stopped':
      case 'busy':
        return { kind: 'unreachable', problem: error.message };
      case 'crashed':
      case 'timed-out':
        return { kind: 'refused', problem: error.message };
      case 'failed':
        // A bug in an export must not stop the others, nor be tried for ever. Its words may hold a patient's.
        log.error('a record could not be made ready for sending', { destination: destination.id });
        return { kind: 'gave-up', problem: `The record could not be made ready: ${error.message}` };
      default:
        return error.code satisfies never;
    }
  };

  const prepared = async ({ db, sending }: Found, signal: AbortSignal): Promise<Made | Outcome | null> => {
    try {
      const { sessionId, queuedAt } = sending;
      const made = await maker.make(db, jobFor(destination, sessionId, queuedAt, maker.timeZone), signal);
      if (made.headHash === sending.headHash) return made;
      // The record gained an entry meanwhile: what is sent is the record as it is now.
      const { formats, queuedBy } = sending;
      db.sending.queue({ destination: destination.id, sessionId, formats, by: queuedBy, at: clock.now() });
      write({ db, sending }, { step: 'superseded', problem: SUPERSEDED });
      return null;
    } catch (error) {
      if (error instanceof StorageError)
        return { kind: 'unreachable', problem: 'The record could not be read.' };
      if (error instanceof MakingError) return notMade(error);
      throw error;
    }
  };

  const attempt = async (found: Found): Promise<void> => {
    const { db, sending } = found;
    const control = new AbortController();
    current = { id: sending.id, control };
    try {
      const ready = await prepared(found, control.signal);
      if (ready === null || control.signal.aborted) return;
      if ('kind' in ready) {
        settle(found, ready);
        return;
      }
      if (!db.sending.begin(sending.id, hashesOf(ready), clock.now())) return; // a person was faster
      changed();
      const parcel: Parcel = {
        sessionId: sending.sessionId,
        headHash: ready.headHash,
        isLive: ready.origin === 'live',
        parts: partsOf(ready),
        sentBefore: db.sending.payloadsOf(destination.id, sending.sessionId),
      };
      const outcome = await carrier.deliver(parcel, control.signal);
      if (!control.signal.aborted || outcome.kind === 'sent') settle(found, outcome);
      else if (isStopped) write(found, { step: 'interrupted', problem: STOPPED });
    } finally {
      current = null;
    }
  };

  const work = async (): Promise<void> => {
    while (!isStopped) {
      if (unwritten !== null) {
        write(unwritten.found, unwritten.change);
        if (unwritten !== null) return;
      }
      const found = next(clock.now());
      if (found === null) return;
      // Acquisition, alarms and windows first.
      await setImmediate();
      await attempt(found);
    }
  };

  const look = (): void => {
    if (working !== null || isStopped) return;
    working = work()
      .catch((error: unknown) => {
        hold = {
          problem: 'The queue cannot be worked on now.',
          until: addMs(clock.now(), waitAfter(4)),
          attempts: 4,
        };
        log.error('a destination cannot be served', {
          destination: destination.id,
          error: error instanceof Error ? error.message : String(error),
        });
      })
      .finally(() => {
        working = null;
      });
  };

  return {
    destination,
    look,
    hurry: (id) => {
      hold = null;
      if (id !== null) waits.delete(id);
      look();
    },
    abandon: (id) => {
      if (current?.id === id) current.control.abort();
    },
    held: () =>
      hold === null || isDue(hold.until, clock.now()) ? null : { problem: hold.problem, until: hold.until },
    idle: async () => {
      await working;
    },
    stop: async () => {
      isStopped = true;
      current?.control.abort();
      await working;
    },
  };
};
