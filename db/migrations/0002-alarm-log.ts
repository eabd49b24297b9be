/**
 * Version 2: the alarm log as a view (id, priority, onset, limit, value, state, who: IEC 60601-1-8 clause
 * 6.12, alarm condition logging) and the indexes that keep the list of sessions quick when sessions are many.
 * Frozen: a released migration is never edited.
 */
import type { Migration } from './migration.ts';

export const alarmLog: Migration = {
  version: 2,
  name: 'alarm-log',
  sql: `
CREATE INDEX session_event_phase ON session_event (session_id, sequence) WHERE type = 'phase-changed';
CREATE INDEX session_event_alarm ON session_event (session_id, json_extract(body, '$.alarm.type'))
  WHERE type = 'alarm';
CREATE INDEX station_event_type ON station_event (type, sequence);

-- Every change of every alarm, and of the audio pause (whose alarm columns are null).
CREATE VIEW alarm_log AS
SELECT
  session_id,
  sequence,
  wall_ms,
  by,
  json_extract(body, '$.alarm.type') AS change,
  json_extract(body, '$.alarm.by') AS person,
  json_extract(body, '$.alarm.alarm.conditionId') AS condition_id,
  json_extract(body, '$.alarm.alarm.priority') AS priority,
  json_extract(body, '$.alarm.alarm.category') AS category,
  json_extract(body, '$.alarm.alarm.metric') AS metric,
  json_extract(body, '$.alarm.alarm.value') AS value,
  json_extract(body, '$.alarm.alarm.limit') AS limit_value,
  json_extract(body, '$.alarm.alarm.onsetAt.wall') AS onset_wall_ms,
  json_extract(body, '$.alarm.alarm.raisedAt.wall') AS raised_wall_ms
FROM session_event
WHERE type = 'alarm';
`,
};
