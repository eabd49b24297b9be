/**
 * Example sessions for tests of the review, the exports and what is sent: made of real entries by the real alarm
 * engine, kept in a real database, signed over its digest and read back from it. The same every time. `every` thins
 * the frames out after the alarms were judged: 1000 ms as a monitor sends, 10 000 ms for small files of expected
 * output. No patient is meant; the names are invented.
 */
import { eventId, personId } from '../../core/ids.ts';
import type { StoredFrame } from '../../core/observation/stored-frame.ts';
import { SIGNATURE_MEANINGS, type SignatureMeaning, type Signer } from '../../core/record/sign-off.ts';
import type { GatherInput } from '../../core/review/gather.ts';
import { gatherDocument } from '../../core/review/gather.ts';
import type { SessionDocument } from '../../core/review/session-document.ts';
import type { SessionEvent, SessionEventBody } from '../../core/session/events.ts';
import { epochMs } from '../../core/time.ts';
import { type ChairsideDb, openDatabase, signedRecord } from '../../db/open.ts';
import { digestAtOnce } from '../../db/record-digest.ts';
import { type Bedside, idOf, minute, OPENED, play } from './example/bedside.ts';
import { POOR } from './example/poor.ts';
import { RICH } from './example/rich.ts';

export type ExampleStep = 1000 | 10_000;

/** When the examples are gathered: two hours after they were opened. */
export const EXAMPLE_NOW = minute(120).wall;
export const EXAMPLE_VERSION = '0.0.0-example';

const NURSE: Signer = { personId: personId('person-1'), name: 'N. Okafor', role: 'nurse' };
const PHYSICIAN: Signer = { personId: personId('person-2'), name: 'Dr. S. Haddad', role: 'physician' };

/** What `gatherDocument` is given for the rich example. */
export const richInput = (every: ExampleStep = 10_000): GatherInput =>
  kept(`rich/${every}`, () => stored(RICH, every, signRich));

/** Initials only, no dose, no respiration, unsigned, aborted, its monitor not identified. */
export const poorInput = (every: ExampleStep = 10_000): GatherInput =>
  kept(`poor/${every}`, () => stored(POOR, every, () => undefined));

export const richDocument = (every: ExampleStep = 10_000): SessionDocument =>
  gatherDocument(richInput(every));
export const poorDocument = (every: ExampleStep = 10_000): SessionDocument =>
  gatherDocument(poorInput(every));

const inputs = new Map<string, GatherInput>();
const kept = (key: string, make: () => GatherInput): GatherInput => {
  const known = inputs.get(key) ?? make();
  inputs.set(key, known);
  return known;
};

const stored = (
  bedside: Bedside,
  every: ExampleStep,
  sign: (db: ChairsideDb, bedside: Bedside) => void,
): GatherInput => {
  const { sessionId } = bedside;
  const { events, frames } = play(bedside);
  const db = openDatabase(':memory:', { kind: 'simulated', readClockWall: () => epochMs(OPENED) });
  try {
    db.appendEvents(events);
    db.writeNumerics(
      frames
        .filter((frame) => isKept(frame, every))
        .map(({ monitorId, at, observations }) => ({ sessionId, monitorId, at, values: observations })),
    );
    sign(db, bedside);
    return {
      events: db.eventsOf(sessionId),
      readings: db.nibpReadings(sessionId),
      frames: db.frames(sessionId, epochMs(0), epochMs(Number.MAX_SAFE_INTEGER)),
      headHash: db.headOf(sessionId)?.hash ?? '',
      now: EXAMPLE_NOW,
      version: EXAMPLE_VERSION,
    };
  } finally {
    db.close();
  }
};

/** Each step's first frame of each monitor, and every cuff reading. */
const isKept = ({ at, observations }: StoredFrame, every: ExampleStep): boolean =>
  (at.wall - OPENED) % every < 1000 ||
  observations.some(({ metric }) => metric === 'MDC_PRESS_BLD_NONINV_SYS');

/** The nurse at 80 min, the physician at 95, an addendum at 100. */
const signRich = (db: ChairsideDb, { sessionId }: Bedside): void => {
  const append = (minutes: number, { name }: Signer, body: SessionEventBody): void => {
    const sequence = (db.headOf(sessionId)?.sequence ?? 0) + 1;
    const at = minute(minutes);
    const event: SessionEvent = { id: eventId(idOf(sequence)), sessionId, sequence, at, by: name, body };
    db.appendEvents([event]);
  };
  const sign = (minutes: number, signer: Signer, meaning: SignatureMeaning): void => {
    const head = db.headOf(sessionId);
    if (head === null) throw new Error('the example is not stored');
    const record = signedRecord(sessionId, head, digestAtOnce(db.digestOf(sessionId)));
    append(minutes, signer, { type: 'record-signed', meaning, signer, record, remark: null });
  };
  const [nurse, physician] = SIGNATURE_MEANINGS;
  sign(80, NURSE, nurse);
  sign(95, PHYSICIAN, physician);
  append(100, PHYSICIAN, {
    type: 'addendum-added',
    text: 'Next visit: 0.5 mg/kg over 50 min.',
    signer: PHYSICIAN,
    afterSignature: true,
  });
};
