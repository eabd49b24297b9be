/** What can be said about sessions without folding their records. */
import type { SessionSummary } from '../core/api/views.ts';
import { chairId, type PatientId, type SessionId, sessionId } from '../core/ids.ts';
import type { DataOrigin, SessionEventBody } from '../core/session/events.ts';
import { isClosed, PHASES, type Phase } from '../core/session/phase.ts';
import { type EpochMs, epochMs } from '../core/time.ts';
import type { Connection } from './native.ts';
import { StorageError } from './storage-error.ts';
import { storedJson } from './stored-json.ts';

const CLOSED_PHASES = PHASES.filter(isClosed);

interface SummaryRow {
  readonly id: string;
  /** An entry that the list reads is not there or is no JSON. */
  readonly is_damaged: number;
  readonly opened_wall_ms: number;
  readonly opened: string;
  readonly phase: string | null;
  readonly phase_wall_ms: number | null;
  readonly moved_to: string | null;
  readonly event_count: number;
  readonly alarm_count: number;
  readonly peak_systolic: number | null;
}

/** The last change of phase of each session, null before the first. */
const LAST_PHASE = `LEFT JOIN session_event AS phase ON phase.session_id = session.id AND phase.sequence = (
  SELECT sequence FROM session_event
  WHERE session_id = session.id AND type = 'phase-changed' ORDER BY sequence DESC LIMIT 1)`;

/** JSON of an entry, null where it is none: one damaged entry must not hide all other sessions. */
const extracted = (column: string, path: string): string =>
  `CASE WHEN json_valid(${column}) THEN json_extract(${column}, '${path}') END`;

const SUMMARIES = `
SELECT
  session.id,
  ${extracted('first.body', '$.indication')} IS NULL
  OR (phase.sequence IS NOT NULL AND ${extracted('phase.body', '$.to')} IS NULL)
  OR EXISTS (
    SELECT 1 FROM session_event
    WHERE session_id = session.id AND type IN ('phase-changed', 'chair-moved', 'alarm') AND NOT json_valid(body)
  ) AS is_damaged,
  first.wall_ms AS opened_wall_ms,
  first.body AS opened,
  ${extracted('phase.body', '$.to')} AS phase,
  phase.wall_ms AS phase_wall_ms,
  (SELECT ${extracted('body', '$.to')} FROM session_event
    WHERE session_id = session.id AND type = 'chair-moved' ORDER BY sequence DESC LIMIT 1) AS moved_to,
  (SELECT max(sequence) FROM session_event WHERE session_id = session.id) AS event_count,
  (SELECT count(*) FROM session_event
    WHERE session_id = session.id AND type = 'alarm' AND ${extracted('body', '$.alarm.type')} = 'raised') AS alarm_count,
  (SELECT max(systolic) FROM nibp_reading WHERE session_key = session.session_key) AS peak_systolic
FROM session
LEFT JOIN session_event AS first ON first.session_id = session.id AND first.sequence = 1
${LAST_PHASE}
ORDER BY session.session_key DESC
LIMIT ?`;

/** One whose last change of phase cannot be read counts as open: nobody knows that it is over. */
const OPEN = `
SELECT session.id
FROM session
${LAST_PHASE}
WHERE coalesce(${extracted('phase.body', '$.to')}, 'intake') NOT IN (${CLOSED_PHASES.map(() => '?').join(', ')})
ORDER BY session.session_key`;

const LAST_WRITE = `
SELECT max(wall_ms) AS wall_ms FROM (
  SELECT max(wall_ms) AS wall_ms FROM session_event WHERE session_id = @id
  UNION ALL
  SELECT max(wall_ms) FROM numeric_frame WHERE session_key = (SELECT session_key FROM session WHERE id = @id)
  UNION ALL
  SELECT max(wall_ms) FROM nibp_reading WHERE session_key = (SELECT session_key FROM session WHERE id = @id)
)`;

/** Closed sessions whose record no physician has signed, oldest first. An imported one was no visit here. */
const UNSIGNED = `
SELECT
  session.id,
  first.wall_ms AS opened_wall_ms,
  first.body AS opened,
  phase.wall_ms AS phase_wall_ms,
  EXISTS (SELECT 1 FROM session_event AS nurse
    WHERE nurse.session_id = session.id AND nurse.type = 'record-signed') AS is_closed_by_nurse
FROM session
JOIN session_event AS first ON first.session_id = session.id AND first.sequence = 1
${LAST_PHASE}
WHERE coalesce(${extracted('phase.body', '$.to')}, 'intake') IN (${CLOSED_PHASES.map(() => '?').join(', ')})
  AND ${extracted('first.body', '$.origin')} <> 'imported'
  AND NOT EXISTS (
    SELECT 1 FROM session_event AS signature
    WHERE signature.session_id = session.id AND signature.type = 'record-signed'
      AND ${extracted('signature.body', '$.meaning')} = 'reviewed-by-physician')
ORDER BY session.session_key
LIMIT ?`;

interface UnsignedRow {
  readonly id: string;
  readonly opened_wall_ms: number;
  readonly opened: string;
  readonly phase_wall_ms: number | null;
  readonly is_closed_by_nurse: number;
}

/** A closed session that waits for a signature. */
export interface UnsignedSession {
  readonly id: SessionId;
  readonly opened: Extract<SessionEventBody, { readonly type: 'session-opened' }>;
  readonly openedAt: EpochMs;
  readonly closedAt: EpochMs | null;
  /** Signed by the nurse: it waits for the physician. */
  readonly isClosedByNurse: boolean;
}

const OF_PATIENT = `
SELECT session_id AS id FROM session_event
WHERE type = 'session-opened' AND json_extract(body, '$.patient.patientId') = ?
ORDER BY wall_ms, entry`;

const FROM_FILE = `
SELECT session_id AS id FROM session_event
WHERE type = 'session-opened' AND json_extract(body, '$.imported.sha256') = ?
ORDER BY entry`;

export interface ReadableSessions {
  readonly sessions: readonly SessionSummary[];
  /** Sessions of which an entry that the list needs is damaged or gone. */
  readonly damaged: readonly SessionId[];
}

export interface SessionList {
  /** Sessions that were imported from a file with these bytes (SHA-256), oldest first. */
  fromFile(sha256: string): readonly SessionId[];
  unsigned(limit: number): readonly UnsignedSession[];
  ofPatient(id: PatientId): readonly SessionId[];
  /** @throws StorageError `corrupt` when one of them cannot be read. */
  newest(limit: number): readonly SessionSummary[];
  /** What can be read of the newest, and which of them cannot. */
  readable(limit: number): ReadableSessions;
  open(): readonly SessionId[];
  lastWriteWall(id: SessionId): EpochMs | null;
}

export const sessionList = (connection: Connection): SessionList => {
  const summaries = connection.prepare<[number], SummaryRow>(SUMMARIES);
  const open = connection.prepare<string[], { id: string }>(OPEN);
  const lastWrite = connection.prepare<[{ id: string }], { wall_ms: number | null }>(LAST_WRITE);
  const unsigned = connection.prepare<(string | number)[], UnsignedRow>(UNSIGNED);
  const ofPatient = connection.prepare<[string], { id: string }>(OF_PATIENT);
  const fromFile = connection.prepare<[string], { id: string }>(FROM_FILE);
  return {
    fromFile: (sha256) => fromFile.all(sha256).map((row) => sessionId(row.id)),
    unsigned: (limit) =>
      unsigned.all(...CLOSED_PHASES, limit).map((row) => ({
        id: sessionId(row.id),
        opened: storedJson<UnsignedSession['opened']>(row.opened, `session ${row.id}`),
        openedAt: epochMs(row.opened_wall_ms),
        closedAt: row.phase_wall_ms === null ? null : epochMs(row.phase_wall_ms),
        isClosedByNurse: row.is_closed_by_nurse === 1,
      })),
    ofPatient: (id) => ofPatient.all(id).map((row) => sessionId(row.id)),
    newest: (limit) =>
      summaries.all(limit).map((row) => {
        if (row.is_damaged === 1) {
          throw new StorageError('corrupt', `session ${row.id} is damaged: "chairside verify" says where`);
        }
        return summary(row);
      }),
    readable: (limit) => {
      const rows = summaries.all(limit);
      return {
        sessions: rows.filter((row) => row.is_damaged === 0).map(summary),
        damaged: rows.filter((row) => row.is_damaged === 1).map((row) => sessionId(row.id)),
      };
    },
    open: () => open.all(...CLOSED_PHASES).map((row) => sessionId(row.id)),
    lastWriteWall: (id) => {
      const wall = lastWrite.get({ id })?.wall_ms ?? null;
      return wall === null ? null : epochMs(wall);
    },
  };
};

/** The part of a `session-opened` body that the list shows, as it was written. */
interface OpenedBody {
  readonly chairId: string;
  readonly patientInitials: string;
  readonly indication: string;
  readonly origin: DataOrigin;
}

const summary = (row: SummaryRow): SessionSummary => {
  const opened = storedJson<OpenedBody>(row.opened, `session ${row.id}`);
  const phase = (row.phase ?? 'intake') as Phase;
  return {
    id: sessionId(row.id),
    chairId: chairId(row.moved_to ?? opened.chairId),
    patientInitials: opened.patientInitials,
    indication: opened.indication,
    origin: opened.origin,
    openedAt: epochMs(row.opened_wall_ms),
    closedAt: isClosed(phase) && row.phase_wall_ms !== null ? epochMs(row.phase_wall_ms) : null,
    phase,
    eventCount: row.event_count,
    alarmCount: row.alarm_count,
    peakSystolic: row.peak_systolic,
  };
};
