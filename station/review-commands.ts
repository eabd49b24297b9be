/** What a session comes to, for the review; and leaving artefacts out of it. */
import { setImmediate } from 'node:timers/promises';
import type { Handlers } from '../core/api/commands.ts';
import type { ReviewView } from '../core/api/review-commands.ts';
import { RefusedError } from '../core/api/serve.ts';
import { eventId, type MonitorId, type SessionId } from '../core/ids.ts';
import { foldSignOff } from '../core/record/sign-off.ts';
import {
  type ArtefactTarget,
  foldExclusions,
  isSameTarget,
  type ReviewEventBody,
} from '../core/review/exclusions.ts';
import { missingWords } from '../core/review/missing.ts';
import { documentMonitors } from '../core/review/monitors.ts';
import { beginFigures, type FigureValue } from '../core/review/session-figures.ts';
import type { SessionEvent } from '../core/session/events.ts';
import { foldSession } from '../core/session/session.ts';
import { type EpochMs, epochMs, type Instant } from '../core/time.ts';
import type { ChairsideDb } from '../db/open.ts';
import type { Chair } from './chair.ts';
import { databaseOf } from './history-commands.ts';
import type { Databases } from './ports.ts';
import { createReviewCache } from './review-cache.ts';

export interface ReviewDeps {
  readonly databases: Databases;
  readonly chairs: () => readonly Chair[];
  /** Writes what waits for the next batch: it belongs to the answer. */
  readonly flush: () => void;
  readonly pushEvent: (event: SessionEvent) => void;
  readonly now: () => Instant;
  readonly newId: () => string;
}

/** How much of a record is read and added up without a rest (ms of the record): chairs are watched in between. */
const PIECE_MS = 30 * 60_000;

export const reviewCommands = (
  deps: ReviewDeps,
): Pick<Handlers, Extract<keyof Handlers, `review.${string}`>> => {
  const cache = createReviewCache();
  const chairOf = (id: SessionId): Chair | undefined =>
    deps.chairs().find((chair) => chair.session()?.id === id);

  const review = async (sessionId: SessionId): Promise<ReviewView> => {
    deps.flush();
    const db = databaseOf(deps.databases, sessionId);
    // A session that a chair still holds may get more; only the record of one that is let go can be remembered.
    const isHeld = chairOf(sessionId) !== undefined;
    const key = isHeld ? null : stateOf(db, sessionId);
    const known = key === null ? undefined : cache.get(sessionId, key);
    if (known !== undefined) return known;
    const view = await readReview(db, sessionId, deps.now().wall);
    if (key !== null) cache.keep(sessionId, key, view);
    return view;
  };

  /** Through the chair while the session is open there; else straight to its record. */
  const enter = async (sessionId: SessionId, body: ReviewEventBody, by: string): Promise<ReviewView> => {
    const chair = chairOf(sessionId);
    if (chair !== undefined) chair.enterOne(body, by);
    else {
      const db = databaseOf(deps.databases, sessionId);
      const sequence = (db.headOf(sessionId)?.sequence ?? 0) + 1;
      const id = eventId(deps.newId());
      const event: SessionEvent = { id, sessionId, sequence, at: deps.now(), by, body };
      db.appendEvents([event]);
      deps.pushEvent(event);
    }
    return review(sessionId);
  };

  return {
    'review.session': ({ sessionId }) => review(sessionId),

    'review.exclude': ({ sessionId, target, reason, by }) => {
      const db = databaseOf(deps.databases, sessionId);
      const events = db.eventsOf(sessionId);
      refuseSigned(events);
      deps.flush();
      refuseNothing(db, sessionId, events, target);
      return enter(sessionId, { type: 'artefact-excluded', target, reason }, by);
    },

    'review.restore': ({ sessionId, excluded, reason, by }) => {
      const events = databaseOf(deps.databases, sessionId).eventsOf(sessionId);
      refuseSigned(events);
      if (!foldExclusions(events).some(({ id }) => id === excluded)) {
        throw new RefusedError('not-found', 'This is not left out (any more). Look again.');
      }
      return enter(sessionId, { type: 'artefact-restored', excluded, reason }, by);
    },
  };
};

/** What a closed session's figures depend on: its entries, and whether anything was stored after them. */
const stateOf = (db: ChairsideDb, sessionId: SessionId): string =>
  JSON.stringify([db.headOf(sessionId)?.hash, db.lastWriteWall(sessionId)]);

/**
 * Reads a session as it is now; what comes while it is read is not in it.
 * @param also is given every value on the way, for whoever needs more of them than the figures.
 */
export const readReview = async (
  db: ChairsideDb,
  sessionId: SessionId,
  now: EpochMs,
  also: (value: FigureValue) => void = () => undefined,
): Promise<ReviewView> => {
  const events = db.eventsOf(sessionId);
  const readings = db.nibpReadings(sessionId);
  const headHash = db.headOf(sessionId)?.hash ?? '';
  const session = foldSession(events);
  const run = beginFigures({ session, events, readings, now });
  const heard = new Set<MonitorId>();
  const take = (value: FigureValue): void => {
    heard.add(value.monitorId);
    run.take(value);
    also(value);
  };
  const end = session.closedAt ?? now;
  for (let from: number = session.openedAt; from <= end; from += PIECE_MS) {
    const to = Math.min(from + PIECE_MS, end + 1);
    db.reviewValues(sessionId, epochMs(from), epochMs(to), take);
    await setImmediate();
  }
  for (const { monitorId } of readings) heard.add(monitorId);
  const figures = run.finish();
  const signOff = foldSignOff(events);
  const exclusions = foldExclusions(events);
  const monitors = documentMonitors(events, heard);
  const missing = missingWords({ session, events, signOff, monitors, exclusions, figures });
  return { session, signOff, monitors, readings, exclusions, figures, missing, headHash };
};

/** @throws RefusedError `not-allowed` once a physician has signed; the database refuses it as well. */
const refuseSigned = (events: readonly SessionEvent[]): void => {
  if (foldSignOff(events).state !== 'signed') return;
  throw new RefusedError(
    'not-allowed',
    'A physician has signed this record: its figures do not change any more. Write an addendum.',
  );
};

/** @throws RefusedError when the target is none of this session's values, or is left out already. */
const refuseNothing = (
  db: ChairsideDb,
  sessionId: SessionId,
  events: readonly SessionEvent[],
  target: ArtefactTarget,
): void => {
  const standing = foldExclusions(events);
  if (standing.some((one) => isSameTarget(one.target, target))) {
    throw new RefusedError('conflict', 'This is left out already.');
  }
  if (target.kind === 'reading') {
    const isThere = db
      .nibpReadings(sessionId)
      .some(
        ({ monitorId, receivedAt }) =>
          monitorId === target.monitorId && receivedAt.wall === target.receivedAt,
      );
    if (!isThere) throw new RefusedError('not-found', 'There is no such cuff reading in this session.');
    return;
  }
  let values = 0;
  db.reviewValues(sessionId, target.from, target.to, ({ metric, value }) => {
    if (value !== null && target.metrics.includes(metric)) values += 1;
  });
  if (values === 0) throw new RefusedError('not-found', 'There is no such value in this time.');
};
