/** Whose data went where is also in the patient's audit, as every look at it is (45 CFR 164.528, accounting of disclosures). */
import { patientSubject, sessionSubject } from '../../core/registry/events.ts';
import type { Sending } from '../../core/sending/sending.ts';
import type { Instant } from '../../core/time.ts';
import { type ChairsideDb, StorageError } from '../../db/open.ts';
import type { Log } from '../ports.ts';

/** Never throws for a disk that refuses: the station's record has the step already, and the queue goes on. */
export const auditHandedOn = ({
  db,
  sending,
  destination,
  at,
  log,
}: {
  readonly db: ChairsideDb;
  readonly sending: Sending;
  /** Its name, for people. */
  readonly destination: string;
  readonly at: Instant;
  readonly log: Log;
}): void => {
  const { sessionId, queuedBy } = sending;
  try {
    const patientId = db.sending.opening(sessionId)?.patientId ?? null;
    const subject = patientId === null ? sessionSubject(sessionId) : patientSubject(patientId);
    const body = { type: 'record-handed-on', sessionId, patientId, destination } as const;
    db.registry.append([{ at, by: queuedBy, subject, body }]);
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    log.error('a record that was handed on is not in the audit', { code: error.code });
  }
};
