/**
 * Version 1: sessions, their events, the station's log, wide rows of numerics, cuff readings.
 * Frozen: a released migration is never edited; a new metric or table is a new migration.
 */
import type { Migration } from './migration.ts';

export const initial: Migration = {
  version: 1,
  name: 'initial',
  sql: `
-- What this file is: 'kind' (live or simulated) and 'created_at_ms'.
CREATE TABLE meta (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Names of the validity codes below. A missing code beside a value means 'valid'.
CREATE TABLE validity (
  code INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;
INSERT INTO validity (code, name) VALUES
  (1, 'questionable'), (2, 'ongoing'), (3, 'calibrating'), (4, 'invalid'),
  (5, 'overflow'), (6, 'underflow'), (7, 'unavailable');

-- Short keys for the wide rows; everything known about a session is in its events.
CREATE TABLE session (
  session_key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE monitor (
  monitor_key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE
) STRICT;

-- The record of a session. hash = SHA-256 of the canonical JSON of the entry with previous_hash.
CREATE TABLE session_event (
  entry INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  session_id TEXT NOT NULL REFERENCES session (id),
  sequence INTEGER NOT NULL CHECK (sequence >= 1),
  wall_ms REAL NOT NULL,
  mono_ms REAL NOT NULL,
  by TEXT NOT NULL,
  type TEXT NOT NULL,
  body TEXT NOT NULL CHECK (json_valid(body)),
  previous_hash TEXT NOT NULL CHECK (length(previous_hash) = 64),
  hash TEXT NOT NULL CHECK (length(hash) = 64),
  UNIQUE (session_id, sequence)
) STRICT;

-- The record of the station itself, in the same form.
CREATE TABLE station_event (
  sequence INTEGER PRIMARY KEY CHECK (sequence >= 1),
  wall_ms REAL NOT NULL,
  mono_ms REAL NOT NULL,
  by TEXT NOT NULL,
  type TEXT NOT NULL,
  body TEXT NOT NULL CHECK (json_valid(body)),
  previous_hash TEXT NOT NULL CHECK (length(previous_hash) = 64),
  hash TEXT NOT NULL CHECK (length(hash) = 64)
) STRICT;

-- One row per frame of a monitor. A metric that the frame did not carry has neither value nor validity;
-- one that the frame said is absent has a validity and no value.
CREATE TABLE numeric_frame (
  session_key INTEGER NOT NULL REFERENCES session (session_key),
  wall_ms REAL NOT NULL, -- received, wall clock
  ordinal INTEGER NOT NULL, -- 0, 1, 2 … among rows received at the same millisecond
  mono_ms REAL NOT NULL, -- received, monotonic clock of that run of the station
  monitor_key INTEGER NOT NULL REFERENCES monitor (monitor_key),
  device_time_ms REAL, -- the monitor's own clock, where its protocol carries one
  age_at_receipt_ms REAL NOT NULL,
  mdc_ecg_heart_rate REAL, -- {beat}/min
  mdc_ecg_heart_rate_validity INTEGER REFERENCES validity (code)
    CHECK ((mdc_ecg_heart_rate IS NOT NULL) = (coalesce(mdc_ecg_heart_rate_validity, 1) = 1) OR coalesce(mdc_ecg_heart_rate, mdc_ecg_heart_rate_validity) IS NULL),
  mdc_puls_oxim_puls_rate REAL, -- {beat}/min
  mdc_puls_oxim_puls_rate_validity INTEGER REFERENCES validity (code)
    CHECK ((mdc_puls_oxim_puls_rate IS NOT NULL) = (coalesce(mdc_puls_oxim_puls_rate_validity, 1) = 1) OR coalesce(mdc_puls_oxim_puls_rate, mdc_puls_oxim_puls_rate_validity) IS NULL),
  mdc_puls_rate_non_inv REAL, -- {beat}/min
  mdc_puls_rate_non_inv_validity INTEGER REFERENCES validity (code)
    CHECK ((mdc_puls_rate_non_inv IS NOT NULL) = (coalesce(mdc_puls_rate_non_inv_validity, 1) = 1) OR coalesce(mdc_puls_rate_non_inv, mdc_puls_rate_non_inv_validity) IS NULL),
  mdc_puls_oxim_sat_o2 REAL, -- %
  mdc_puls_oxim_sat_o2_validity INTEGER REFERENCES validity (code)
    CHECK ((mdc_puls_oxim_sat_o2 IS NOT NULL) = (coalesce(mdc_puls_oxim_sat_o2_validity, 1) = 1) OR coalesce(mdc_puls_oxim_sat_o2, mdc_puls_oxim_sat_o2_validity) IS NULL),
  mdc_resp_rate REAL, -- {breath}/min
  mdc_resp_rate_validity INTEGER REFERENCES validity (code)
    CHECK ((mdc_resp_rate IS NOT NULL) = (coalesce(mdc_resp_rate_validity, 1) = 1) OR coalesce(mdc_resp_rate, mdc_resp_rate_validity) IS NULL),
  mdc_tthor_resp_rate REAL, -- {breath}/min
  mdc_tthor_resp_rate_validity INTEGER REFERENCES validity (code)
    CHECK ((mdc_tthor_resp_rate IS NOT NULL) = (coalesce(mdc_tthor_resp_rate_validity, 1) = 1) OR coalesce(mdc_tthor_resp_rate, mdc_tthor_resp_rate_validity) IS NULL),
  mdc_co2_resp_rate REAL, -- {breath}/min
  mdc_co2_resp_rate_validity INTEGER REFERENCES validity (code)
    CHECK ((mdc_co2_resp_rate IS NOT NULL) = (coalesce(mdc_co2_resp_rate_validity, 1) = 1) OR coalesce(mdc_co2_resp_rate, mdc_co2_resp_rate_validity) IS NULL),
  mdc_press_bld_noninv_sys REAL, -- mm[Hg]
  mdc_press_bld_noninv_sys_validity INTEGER REFERENCES validity (code)
    CHECK ((mdc_press_bld_noninv_sys IS NOT NULL) = (coalesce(mdc_press_bld_noninv_sys_validity, 1) = 1) OR coalesce(mdc_press_bld_noninv_sys, mdc_press_bld_noninv_sys_validity) IS NULL),
  mdc_press_bld_noninv_dia REAL, -- mm[Hg]
  mdc_press_bld_noninv_dia_validity INTEGER REFERENCES validity (code)
    CHECK ((mdc_press_bld_noninv_dia IS NOT NULL) = (coalesce(mdc_press_bld_noninv_dia_validity, 1) = 1) OR coalesce(mdc_press_bld_noninv_dia, mdc_press_bld_noninv_dia_validity) IS NULL),
  mdc_press_bld_noninv_mean REAL, -- mm[Hg]
  mdc_press_bld_noninv_mean_validity INTEGER REFERENCES validity (code)
    CHECK ((mdc_press_bld_noninv_mean IS NOT NULL) = (coalesce(mdc_press_bld_noninv_mean_validity, 1) = 1) OR coalesce(mdc_press_bld_noninv_mean, mdc_press_bld_noninv_mean_validity) IS NULL),
  mdc_bld_perf_index REAL, -- %
  mdc_bld_perf_index_validity INTEGER REFERENCES validity (code)
    CHECK ((mdc_bld_perf_index IS NOT NULL) = (coalesce(mdc_bld_perf_index_validity, 1) = 1) OR coalesce(mdc_bld_perf_index, mdc_bld_perf_index_validity) IS NULL),
  mdc_conc_away_co2_et REAL, -- mm[Hg]
  mdc_conc_away_co2_et_validity INTEGER REFERENCES validity (code)
    CHECK ((mdc_conc_away_co2_et IS NOT NULL) = (coalesce(mdc_conc_away_co2_et_validity, 1) = 1) OR coalesce(mdc_conc_away_co2_et, mdc_conc_away_co2_et_validity) IS NULL),
  mdc_temp_body REAL, -- Cel
  mdc_temp_body_validity INTEGER REFERENCES validity (code)
    CHECK ((mdc_temp_body IS NOT NULL) = (coalesce(mdc_temp_body_validity, 1) = 1) OR coalesce(mdc_temp_body, mdc_temp_body_validity) IS NULL),
  PRIMARY KEY (session_key, wall_ms, ordinal)
) STRICT, WITHOUT ROWID;

-- Complete cuff readings, each once. mm[Hg]; pulse_rate in {beat}/min.
CREATE TABLE nibp_reading (
  entry INTEGER PRIMARY KEY,
  session_key INTEGER NOT NULL REFERENCES session (session_key),
  monitor_key INTEGER NOT NULL REFERENCES monitor (monitor_key),
  wall_ms REAL NOT NULL,
  mono_ms REAL NOT NULL,
  device_time_ms REAL,
  age_at_receipt_ms REAL NOT NULL,
  systolic REAL NOT NULL,
  diastolic REAL NOT NULL,
  mean REAL,
  pulse_rate REAL,
  validity INTEGER REFERENCES validity (code) CHECK (validity IS NULL OR validity = 1)
) STRICT;
CREATE INDEX nibp_reading_session ON nibp_reading (session_key, wall_ms);

-- Append-only. The last triggers also stop INSERT OR REPLACE, which deletes without asking the others.
CREATE TRIGGER meta_no_update BEFORE UPDATE ON meta
BEGIN SELECT RAISE(ABORT, 'meta is append-only'); END;
CREATE TRIGGER meta_no_delete BEFORE DELETE ON meta
BEGIN SELECT RAISE(ABORT, 'meta is append-only'); END;
CREATE TRIGGER validity_no_update BEFORE UPDATE ON validity
BEGIN SELECT RAISE(ABORT, 'validity is append-only'); END;
CREATE TRIGGER validity_no_delete BEFORE DELETE ON validity
BEGIN SELECT RAISE(ABORT, 'validity is append-only'); END;
CREATE TRIGGER session_no_update BEFORE UPDATE ON session
BEGIN SELECT RAISE(ABORT, 'session is append-only'); END;
CREATE TRIGGER session_no_delete BEFORE DELETE ON session
BEGIN SELECT RAISE(ABORT, 'session is append-only'); END;
CREATE TRIGGER monitor_no_update BEFORE UPDATE ON monitor
BEGIN SELECT RAISE(ABORT, 'monitor is append-only'); END;
CREATE TRIGGER monitor_no_delete BEFORE DELETE ON monitor
BEGIN SELECT RAISE(ABORT, 'monitor is append-only'); END;
CREATE TRIGGER session_event_no_update BEFORE UPDATE ON session_event
BEGIN SELECT RAISE(ABORT, 'session_event is append-only'); END;
CREATE TRIGGER session_event_no_delete BEFORE DELETE ON session_event
BEGIN SELECT RAISE(ABORT, 'session_event is append-only'); END;
CREATE TRIGGER station_event_no_update BEFORE UPDATE ON station_event
BEGIN SELECT RAISE(ABORT, 'station_event is append-only'); END;
CREATE TRIGGER station_event_no_delete BEFORE DELETE ON station_event
BEGIN SELECT RAISE(ABORT, 'station_event is append-only'); END;
CREATE TRIGGER numeric_frame_no_update BEFORE UPDATE ON numeric_frame
BEGIN SELECT RAISE(ABORT, 'numeric_frame is append-only'); END;
CREATE TRIGGER numeric_frame_no_delete BEFORE DELETE ON numeric_frame
BEGIN SELECT RAISE(ABORT, 'numeric_frame is append-only'); END;
CREATE TRIGGER nibp_reading_no_update BEFORE UPDATE ON nibp_reading
BEGIN SELECT RAISE(ABORT, 'nibp_reading is append-only'); END;
CREATE TRIGGER nibp_reading_no_delete BEFORE DELETE ON nibp_reading
BEGIN SELECT RAISE(ABORT, 'nibp_reading is append-only'); END;

CREATE TRIGGER session_event_follows BEFORE INSERT ON session_event
WHEN NEW.sequence <> (SELECT coalesce(max(sequence), 0) + 1 FROM session_event WHERE session_id = NEW.session_id)
  OR EXISTS (SELECT 1 FROM session_event WHERE id = NEW.id OR entry = NEW.entry)
BEGIN SELECT RAISE(ABORT, 'session_event is append-only'); END;
CREATE TRIGGER station_event_follows BEFORE INSERT ON station_event
WHEN NEW.sequence <> (SELECT coalesce(max(sequence), 0) + 1 FROM station_event)
BEGIN SELECT RAISE(ABORT, 'station_event is append-only'); END;
CREATE TRIGGER numeric_frame_follows BEFORE INSERT ON numeric_frame
WHEN EXISTS (
  SELECT 1 FROM numeric_frame
  WHERE session_key = NEW.session_key AND wall_ms = NEW.wall_ms AND ordinal = NEW.ordinal
)
BEGIN SELECT RAISE(ABORT, 'numeric_frame is append-only'); END;
CREATE TRIGGER nibp_reading_follows BEFORE INSERT ON nibp_reading
WHEN EXISTS (SELECT 1 FROM nibp_reading WHERE entry = NEW.entry)
BEGIN SELECT RAISE(ABORT, 'nibp_reading is append-only'); END;
CREATE TRIGGER session_follows BEFORE INSERT ON session
WHEN EXISTS (SELECT 1 FROM session WHERE session_key = NEW.session_key OR id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'session is append-only'); END;
CREATE TRIGGER monitor_follows BEFORE INSERT ON monitor
WHEN EXISTS (SELECT 1 FROM monitor WHERE monitor_key = NEW.monitor_key OR id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'monitor is append-only'); END;
CREATE TRIGGER meta_follows BEFORE INSERT ON meta
WHEN EXISTS (SELECT 1 FROM meta WHERE key = NEW.key)
BEGIN SELECT RAISE(ABORT, 'meta is append-only'); END;
`,
};
