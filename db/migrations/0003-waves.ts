/**
 * Version 3: stretches of waveforms around alarms (or of whole sessions, where the clinic wants that).
 * Frozen: a released migration is never edited.
 */
import type { Migration } from './migration.ts';

export const waves: Migration = {
  version: 3,
  name: 'waves',
  sql: `
-- Runs of evenly sampled values. samples: 32-bit little-endian floats in the given unit, oldest first; NaN: no signal.
CREATE TABLE wave_block (
  entry INTEGER PRIMARY KEY,
  session_key INTEGER NOT NULL REFERENCES session (session_key),
  monitor_key INTEGER NOT NULL REFERENCES monitor (monitor_key),
  wave TEXT NOT NULL, -- 11073-10101 reference identifier
  unit TEXT NOT NULL, -- UCUM
  wall_ms REAL NOT NULL, -- receipt of the last sample, wall clock
  mono_ms REAL NOT NULL, -- the same, monotonic clock of that run of the station
  period_ms REAL NOT NULL CHECK (period_ms > 0),
  low REAL NOT NULL, -- range drawn, in unit
  high REAL NOT NULL CHECK (high > low),
  is_after_gap INTEGER NOT NULL CHECK (is_after_gap IN (0, 1)),
  samples BLOB NOT NULL CHECK (length(samples) > 0 AND length(samples) % 4 = 0)
) STRICT;
CREATE INDEX wave_block_session ON wave_block (session_key, wall_ms);

CREATE TRIGGER wave_block_no_update BEFORE UPDATE ON wave_block
BEGIN SELECT RAISE(ABORT, 'wave_block is append-only'); END;
CREATE TRIGGER wave_block_no_delete BEFORE DELETE ON wave_block
BEGIN SELECT RAISE(ABORT, 'wave_block is append-only'); END;
CREATE TRIGGER wave_block_follows BEFORE INSERT ON wave_block
WHEN EXISTS (SELECT 1 FROM wave_block WHERE entry = NEW.entry)
BEGIN SELECT RAISE(ABORT, 'wave_block is append-only'); END;
`,
};
