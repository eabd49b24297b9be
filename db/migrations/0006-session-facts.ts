/**
 * Version 6: what can be looked for about each session. Derived from the record and made again when it is missing, of
 * another version or behind the record: nothing here is evidence, and anything may be deleted.
 */
import type { Migration } from './migration.ts';

export const sessionFacts: Migration = {
  version: 6,
  name: 'session-facts',
  sql: `
CREATE TABLE session_facts (
  session_id TEXT PRIMARY KEY REFERENCES session (id),
  version INTEGER NOT NULL,
  sequence INTEGER NOT NULL CHECK (sequence >= 1), -- the last entry that they know
  has_numbers INTEGER NOT NULL CHECK (has_numbers IN (0, 1)),
  facts TEXT NOT NULL CHECK (json_valid(facts))
) STRICT, WITHOUT ROWID;
`,
};
