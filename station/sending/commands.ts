/** What people do about records that are handed on, from any window. */
import type { Handlers } from '../../core/api/commands.ts';
import type { SendingView } from '../../core/api/sending-views.ts';
import { RefusedError } from '../../core/api/serve.ts';
import { foldSignOff } from '../../core/record/sign-off.ts';
import type { Sending, SendingId } from '../../core/sending/sending.ts';
import type { DataOrigin, SessionEvent } from '../../core/session/events.ts';
import type { ChairsideDb } from '../../db/open.ts';
import type { Clock } from '../clock.ts';
import { databaseOf } from '../history-commands.ts';
import type { Databases } from '../ports.ts';
import { formatsOf } from './config.ts';
import type { Lane } from './lane.ts';
import type { Sendings } from './sendings.ts';

export type SendingCommand = Extract<keyof Handlers, `sending.${string}`>;

export interface SendingCommandDeps {
  readonly databases: Databases;
  readonly sendings: Sendings;
  readonly clock: Pick<Clock, 'now'>;
}

const NOT_LIVE: Readonly<Record<Exclude<DataOrigin, 'live'>, string>> = {
  simulated: 'This record is SIMULATED: no patient was treated.',
  replayed: 'This record is REPLAYED: it plays a recording back.',
  imported: 'This record is IMPORTED from a file: Chairside did not watch this patient.',
};

/** Why it is asked a second time before such a record leaves. */
export const doubtsAbout = (events: readonly SessionEvent[]): readonly string[] => {
  const opened = events[0]?.body;
  const origin = opened?.type === 'session-opened' ? opened.origin : 'imported';
  return [
    ...(origin === 'live' ? [] : [`${NOT_LIVE[origin]} The receiver may file it as a patient’s.`]),
    ...(foldSignOff(events).state === 'signed' ? [] : ['No physician has signed this record.']),
  ];
};

/** Why a record cannot leave at all; null: it can. */
export const objectionTo = (events: readonly SessionEvent[]): string | null =>
  foldSignOff(events).state === 'open'
    ? 'The visit is not over yet: a record is handed on after its end.'
    : null;

export const sendingCommands = (deps: SendingCommandDeps): Pick<Handlers, SendingCommand> => {
  const { databases, sendings, clock } = deps;

  const view = (db: ChairsideDb, sending: Sending): SendingView => {
    const opened = db.sending.opening(sending.sessionId);
    return {
      ...sending,
      patientInitials: opened?.patientInitials ?? '?',
      origin: opened?.origin ?? 'imported',
      isNewest: db.headOf(sending.sessionId)?.hash === sending.headHash,
    };
  };
  const found = (id: SendingId): { readonly db: ChairsideDb; readonly sending: Sending } => {
    const db = sendings.databaseOf(id);
    const sending = db?.sending.get(id) ?? null;
    if (db === null || sending === null) throw new RefusedError('not-found', 'There is no such sending.');
    return { db, sending };
  };
  const laneOf = (destination: string): Lane => {
    const lane = sendings.lane(destination);
    if (lane === null) {
      throw new RefusedError('not-found', `The configuration has no destination "${destination}".`);
    }
    return lane;
  };
  const refuseSent = ({ state, acknowledgement }: Sending): void => {
    if (state === 'sent') {
      throw new RefusedError(
        'conflict',
        `This record was handed on already. ${acknowledgement ?? ''}`.trim(),
      );
    }
  };

  return {
    'sending.list': ({ sessionId, limit }) => {
      const lists = [databases.live, databases.synthetic].flatMap((db) =>
        (sessionId === null ? db.sending.newest(limit) : db.sending.ofSession(sessionId)).map((each) =>
          view(db, each),
        ),
      );
      const events = sessionId === null ? null : databaseOf(databases, sessionId).eventsOf(sessionId);
      return {
        destinations: sendings.destinations(),
        sendings: lists.sort((a, b) => b.changedAt - a.changedAt).slice(0, limit),
        doubts: events === null ? [] : doubtsAbout(events),
        objection: events === null ? null : objectionTo(events),
      };
    },

    'sending.send': ({ sessionId, destination, confirmed, by }) => {
      const lane = laneOf(destination);
      const db = databaseOf(databases, sessionId);
      const events = db.eventsOf(sessionId);
      const objection = objectionTo(events);
      if (objection !== null) throw new RefusedError('not-allowed', objection);
      const doubts = doubtsAbout(events);
      if (doubts.length > 0 && !confirmed) {
        throw new RefusedError('not-allowed', `${doubts.join(' ')} Say a second time that it is to leave.`);
      }
      const formats = formatsOf(lane.destination);
      const { sending, isNew } = db.sending.queue({ destination, sessionId, formats, by, at: clock.now() });
      if (!isNew) {
        refuseSent(sending);
        // Failed or stopped before: the same record, asked for again.
        db.sending.change(sending.id, { step: 'asked-again' }, by, clock.now());
      }
      lane.hurry(sending.id);
      sendings.changed();
      return view(db, db.sending.get(sending.id) ?? sending);
    },

    'sending.retry': ({ sendingId, by }) => {
      const { db, sending } = found(sendingId);
      const lane = laneOf(sending.destination);
      refuseSent(sending);
      if (db.headOf(sending.sessionId)?.hash !== sending.headHash) {
        throw new RefusedError(
          'conflict',
          'The record has gained an entry since: hand on the record as it is now.',
        );
      }
      db.sending.change(sendingId, { step: 'asked-again' }, by, clock.now());
      lane.hurry(sendingId);
      sendings.changed();
      return view(db, db.sending.get(sendingId) ?? sending);
    },

    'sending.cancel': ({ sendingId, by }) => {
      const { db, sending } = found(sendingId);
      refuseSent(sending);
      const problem =
        sending.state === 'sending'
          ? `Stopped by ${by} in the middle of an attempt: whether it arrived is not known.`
          : `Stopped by ${by}.`;
      if (!db.sending.change(sendingId, { step: 'cancelled', problem }, by, clock.now())) {
        throw new RefusedError('conflict', 'This sending was stopped already.');
      }
      sendings.lane(sending.destination)?.abandon(sendingId);
      sendings.changed();
      return view(db, db.sending.get(sendingId) ?? sending);
    },
  };
};
