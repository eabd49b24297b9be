/**
 * The record of one chair's open session: what a person enters is on disk before it is answered; what the
 * station itself notices (alarms, links) is written at once, or kept in order and written as soon as the
 * disk takes it again. Nothing that happened is dropped.
 */
import type { ChairId, EventId, SessionId } from '../core/ids.ts';
import { eventId, sessionId } from '../core/ids.ts';
import { type Exclusion, foldExclusions } from '../core/review/exclusions.ts';
import type { DataOrigin, SessionEvent, SessionEventBody } from '../core/session/events.ts';
import { applyEvent, foldSession, type Session } from '../core/session/session.ts';
import type { Instant } from '../core/time.ts';
import type { ChairsideDb } from '../db/open.ts';

/** Who the station is in the record. */
export const STATION = 'station';

/** The station's own entry that waits for the disk. */
export interface PendingEntry {
  readonly body: SessionEventBody;
  readonly at: Instant;
}

export interface SessionRecord {
  session(): Session | null;
  /** Opens a new session. Throws what the database throws; then nothing has changed. */
  open(bodies: readonly SessionEventBody[], by: string, at: Instant): Session;
  /** Takes up a session that was open when the station last stopped. */
  resume(events: readonly SessionEvent[]): Session;
  /** A person's entry: durable when this returns. Throws what the database throws; then nothing has changed. */
  enter(bodies: readonly SessionEventBody[], by: string, at: Instant): Session;
  /** The station's own entry: never throws; kept and retried when the disk refuses it. */
  observe(body: SessionEventBody, at: Instant): void;
  /** Tries to write what is kept. Returns the words of the fault, or null when everything is on disk. */
  retry(): string | null;
  /** What the disk has refused so far, oldest first. */
  pending(): readonly PendingEntry[];
  /** What people have left out of the open session as artefacts. */
  exclusions(): readonly Exclusion[];
  /** The entry written last in this run; null before the first. */
  lastEntry(): SessionEvent | null;
  /** Lets go of a closed session. */
  release(): void;
}

/**
 * @param dbOf the database that keeps sessions of an origin.
 * @param onEntry told of every entry once it is on disk.
 * @param named an entry with the names of the monitors it speaks of, as they are now.
 */
export const createSessionRecord = (
  dbOf: (origin: DataOrigin) => ChairsideDb,
  newId: () => string,
  onEntry: (event: SessionEvent) => void,
  named: (body: SessionEventBody) => SessionEventBody,
): SessionRecord => {
  let session: Session | null = null;
  let last: SessionEvent | null = null;
  let kept: readonly PendingEntry[] = [];
  /** The entries that leave values out or take them back. */
  let corrections: readonly SessionEvent[] = [];

  const make = (id: SessionId, first: number, bodies: readonly SessionEventBody[], by: string, at: Instant) =>
    bodies.map(
      (body, index): SessionEvent => ({
        id: eventId(newId()) satisfies EventId,
        sessionId: id,
        sequence: first + index,
        at,
        by,
        body,
      }),
    );

  const tell = (events: readonly SessionEvent[]): void => {
    corrections = [...corrections, ...events.filter(isCorrection)];
    for (const event of events) onEntry(event);
    last = events.at(-1) ?? last;
  };

  const commit = (current: Session, events: readonly SessionEvent[]): Session => {
    dbOf(current.origin).appendEvents(events);
    const next = events.reduce(applyEvent, current);
    session = next;
    tell(events);
    return next;
  };

  /** Writes what is kept, oldest first. Throws when the disk still refuses. */
  const flush = (): void => {
    while (session !== null && kept.length > 0) {
      const [entry] = kept;
      if (entry === undefined) return;
      commit(session, make(session.id, session.sequence + 1, [entry.body], STATION, entry.at));
      kept = kept.slice(1);
    }
  };

  const retry = (): string | null => {
    if (kept.length === 0 || session === null) return null;
    try {
      flush();
      return null;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  };

  return {
    session: () => session,
    open: (bodies, by, at) => {
      const events = make(sessionId(newId()), 1, bodies, by, at);
      const opened = foldSession(events);
      dbOf(opened.origin).appendEvents(events);
      session = opened;
      kept = [];
      corrections = [];
      tell(events);
      return opened;
    },
    resume: (events) => {
      session = foldSession(events);
      kept = [];
      corrections = events.filter(isCorrection);
      return session;
    },
    enter: (bodies, by, at) => {
      flush();
      const current = session;
      if (current === null) throw new Error('no session is open');
      return commit(current, make(current.id, current.sequence + 1, bodies.map(named), by, at));
    },
    observe: (body, at) => {
      if (session === null) return;
      kept = [...kept, { body: named(body), at }];
      retry();
    },
    retry,
    pending: () => kept,
    exclusions: () => foldExclusions(corrections),
    lastEntry: () => last,
    release: () => {
      session = null;
      kept = [];
    },
  };
};

const isCorrection = ({ body }: SessionEvent): boolean =>
  body.type === 'artefact-excluded' || body.type === 'artefact-restored';

/** The chair on which a session's events end; null when they do not begin with its opening. */
export const chairOf = (events: readonly SessionEvent[]): ChairId | null => {
  const [first] = events;
  if (first?.body.type !== 'session-opened') return null;
  return events.reduce<ChairId>(
    (chair, { body }) => (body.type === 'chair-moved' ? body.to : chair),
    first.body.chairId,
  );
};
