/**
 * Version 5: records that are handed on to other systems. The queue is working state and changes; what happened to
 * each sending is also in the station's chained record (`sending` entries), written in the same transaction.
 * Frozen: a released migration is never edited.
 */
import type { Migration } from './migration.ts';

export const sending: Migration = {
  version: 5,
  name: 'sending',
  sql: `
CREATE TABLE sending (
  entry INTEGER PRIMARY KEY,
  destination TEXT NOT NULL,
  session_id TEXT NOT NULL REFERENCES session (id),
  head_sequence INTEGER NOT NULL CHECK (head_sequence >= 1),
  head_hash TEXT NOT NULL CHECK (length(head_hash) = 64),
  formats TEXT NOT NULL CHECK (json_valid(formats)),
  state TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'sent', 'failed', 'cancelled')),
  attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
  queued_ms REAL NOT NULL,
  queued_by TEXT NOT NULL,
  changed_ms REAL NOT NULL,
  next_attempt_ms REAL, -- for people; NULL: none is planned
  problem TEXT,
  acknowledgement TEXT,
  payload TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(payload)), -- SHA-256 of what attempts carried, by part
  UNIQUE (destination, session_id, head_hash)
) STRICT;
CREATE INDEX sending_open ON sending (destination, entry) WHERE state IN ('queued', 'sending');
CREATE INDEX sending_failed ON sending (destination) WHERE state = 'failed';
CREATE INDEX sending_session ON sending (session_id, entry);

CREATE TRIGGER sending_no_delete BEFORE DELETE ON sending
BEGIN SELECT RAISE(ABORT, 'a sending is not deleted'); END;
-- What was handed on stays so: the same record is never sent twice.
CREATE TRIGGER sending_sent_is_final BEFORE UPDATE ON sending WHEN OLD.state = 'sent'
BEGIN SELECT RAISE(ABORT, 'a record that was handed on is not handed on again'); END;
CREATE TRIGGER sending_same_record BEFORE UPDATE OF entry, destination, session_id, head_sequence, head_hash, queued_ms ON sending
BEGIN SELECT RAISE(ABORT, 'a sending stays that of its record'); END;

-- Up to which entry of session_event a destination has been given what goes by itself.
CREATE TABLE sending_reached (
  destination TEXT PRIMARY KEY,
  entry INTEGER NOT NULL CHECK (entry >= 0)
) STRICT, WITHOUT ROWID;
`,
};
