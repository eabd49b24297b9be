/** Signing a session's record, and adding to it after the visit. */
import { setImmediate } from 'node:timers/promises';
import type { Handlers } from '../../core/api/commands.ts';
import type { WorklistItem } from '../../core/api/people-views.ts';
import { RefusedError } from '../../core/api/serve.ts';
import { eventId, type SessionId } from '../../core/ids.ts';
import { type Action, may, whoMay } from '../../core/people/permissions.ts';
import type { Person } from '../../core/people/person.ts';
import {
  foldSignOff,
  type SignatureMeaning,
  type Signer,
  type SignOff,
  type SignOffBody,
  signatureObjection,
} from '../../core/record/sign-off.ts';
import type { SessionEvent } from '../../core/session/events.ts';
import type { Instant } from '../../core/time.ts';
import { type ChairsideDb, signedRecord } from '../../db/open.ts';
import type { Chair } from '../chair.ts';
import { databaseOf } from '../history-commands.ts';
import type { Databases } from '../ports.ts';
import type { Accounts } from './accounts.ts';
import type { Desk } from './desk.ts';

/** Which signature is whose. */
const SIGNATURE_ACTION: Readonly<Record<SignatureMeaning, Action>> = {
  'infusion-nurse': 'close-record',
  'reviewed-by-physician': 'sign-record',
};

export interface RecordDeps {
  readonly databases: Databases;
  readonly accounts: Accounts;
  readonly chairs: () => readonly Chair[];
  /** Writes what waits for the next batch. */
  readonly flush: () => void;
  readonly pushEvent: (event: SessionEvent) => void;
  readonly now: () => Instant;
  readonly newId: () => string;
}

export const recordCommands = (
  deps: RecordDeps,
  desk: Desk,
): Pick<Handlers, Extract<keyof Handlers, `record.${string}`>> => {
  /** The database of a record that no chair writes to any more. */
  const closedRecord = (id: SessionId): ChairsideDb => {
    if (deps.chairs().some((chair) => chair.session()?.id === id)) {
      throw new RefusedError('not-allowed', 'The visit is not over yet: a record is signed after its end.');
    }
    return databaseOf(deps.databases, id);
  };

  const append = (db: ChairsideDb, sessionId: SessionId, by: Person, body: SignOffBody): SignOff => {
    const sequence = (db.headOf(sessionId)?.sequence ?? 0) + 1;
    const event: SessionEvent = {
      id: eventId(deps.newId()),
      sessionId,
      sequence,
      at: deps.now(),
      by: by.name,
      body,
    };
    db.appendEvents([event]);
    deps.pushEvent(event);
    return foldSignOff(db.eventsOf(sessionId));
  };

  /** The person at this window, with the secret entered anew. */
  const proved = async (secret: string, action: Action): Promise<Person> => {
    if (!deps.accounts.exist()) {
      throw new RefusedError(
        'not-allowed',
        'Signing needs accounts: add the first administrator under People.',
      );
    }
    const person = desk.requirePerson();
    if (!may(person.role, action))
      throw new RefusedError('not-allowed', `Only ${whoMay(action)} may do this.`);
    await deps.accounts.check(person.id, secret, 'signature');
    desk.touch(null);
    return person;
  };

  return {
    'record.worklist': ({ limit }) =>
      [deps.databases.live, deps.databases.synthetic]
        .flatMap((db) => db.unsignedSessions(limit))
        .sort((a, b) => a.openedAt - b.openedAt)
        .slice(0, limit)
        .map(
          ({ id, opened, openedAt, closedAt, isClosedByNurse }): WorklistItem => ({
            sessionId: id,
            waitsFor: isClosedByNurse ? 'physician' : 'nurse',
            patientInitials: opened.patientInitials,
            patientName: opened.patient?.name ?? null,
            patientId: opened.patient?.patientId ?? null,
            indication: opened.indication,
            origin: opened.origin,
            openedAt,
            closedAt,
          }),
        ),

    'record.sign': async ({ sessionId, meaning, secret, remark }) => {
      const person = await proved(secret, SIGNATURE_ACTION[meaning]);
      const db = closedRecord(sessionId);
      const objection = (): string | null =>
        signatureObjection(foldSignOff(db.eventsOf(sessionId)), meaning, remark);
      const before = objection();
      if (before !== null) throw new RefusedError('conflict', before);
      deps.flush();
      const steps = db.digestOf(sessionId);
      let step = steps.next();
      while (step.done !== true) {
        await setImmediate();
        step = steps.next();
      }
      // Meanwhile somebody else may have signed.
      const now = objection();
      if (now !== null) throw new RefusedError('conflict', now);
      const head = db.headOf(sessionId);
      if (head === null) throw new RefusedError('not-found', `There is no session ${sessionId}.`);
      const record = signedRecord(sessionId, head, step.value);
      return append(db, sessionId, person, {
        type: 'record-signed',
        meaning,
        signer: signerOf(person),
        record,
        remark: meaning === 'reviewed-by-physician' ? remark : null,
      });
    },

    'record.addendum': async ({ sessionId, text, secret }) => {
      const person = await proved(secret, 'addendum');
      const db = closedRecord(sessionId);
      const { state } = foldSignOff(db.eventsOf(sessionId));
      if (state === 'open')
        throw new RefusedError('conflict', 'The visit is not over yet: add a note at the chair.');
      return append(db, sessionId, person, {
        type: 'addendum-added',
        text,
        signer: signerOf(person),
        afterSignature: state === 'signed',
      });
    },
  };
};

const signerOf = ({ id, name, role }: Person): Signer => ({ personId: id, name, role });
