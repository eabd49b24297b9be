/**
 * Version 4: the register (accounts, sign-ins, patients, courses, looks at records), chained like the other records;
 * sessions by their patient and course; a record that a physician has signed takes addenda only.
 * Frozen: a released migration is never edited.
 */
import type { Migration } from './migration.ts';

export const registry: Migration = {
  version: 4,
  name: 'registry',
  sql: `
CREATE TABLE registry_event (
  sequence INTEGER PRIMARY KEY CHECK (sequence >= 1),
  subject TEXT NOT NULL, -- 'person:…', 'patient:…', 'course:…', 'session:…', 'emergency:…'
  wall_ms REAL NOT NULL,
  mono_ms REAL NOT NULL,
  by TEXT NOT NULL,
  type TEXT NOT NULL,
  body TEXT NOT NULL CHECK (json_valid(body)),
  previous_hash TEXT NOT NULL CHECK (length(previous_hash) = 64),
  hash TEXT NOT NULL CHECK (length(hash) = 64)
) STRICT;
CREATE INDEX registry_event_type ON registry_event (type, sequence);
CREATE INDEX registry_event_subject ON registry_event (subject, sequence);

CREATE TRIGGER registry_event_no_update BEFORE UPDATE ON registry_event
BEGIN SELECT RAISE(ABORT, 'registry_event is append-only'); END;
CREATE TRIGGER registry_event_no_delete BEFORE DELETE ON registry_event
BEGIN SELECT RAISE(ABORT, 'registry_event is append-only'); END;
CREATE TRIGGER registry_event_follows BEFORE INSERT ON registry_event
WHEN NEW.sequence <> (SELECT coalesce(max(sequence), 0) + 1 FROM registry_event)
BEGIN SELECT RAISE(ABORT, 'registry_event is append-only'); END;

CREATE INDEX session_event_patient ON session_event (json_extract(body, '$.patient.patientId'))
  WHERE type = 'session-opened' AND json_extract(body, '$.patient.patientId') IS NOT NULL;
CREATE INDEX session_event_signature ON session_event (session_id, sequence) WHERE type = 'record-signed';

-- Looked up by the index of signatures, which is empty for every session that is still open.
CREATE TRIGGER session_event_signed BEFORE INSERT ON session_event
WHEN NEW.type <> 'addendum-added' AND EXISTS (
  SELECT 1 FROM session_event
  WHERE session_id = NEW.session_id AND type = 'record-signed'
    AND json_extract(body, '$.meaning') = 'reviewed-by-physician'
)
BEGIN SELECT RAISE(ABORT, 'the record is signed: it takes addenda only'); END;
`,
};
