/**
 * The conditions of the equipment. They never latch: when the cause is gone, so is the alarm. The key of a
 * running one is the row's key and the monitor, sensor or metric it concerns.
 */
import { ADVISORY, type ConditionRow, type RowOptions, type RowTuple, rowOf } from './condition-row.ts';

/** While the patient is being connected, an absent sensor is not news (F-6). */
const NOT_AT_INTAKE: RowOptions = { byPhase: { intake: null } };
/** From the baseline on there is a patient whose alarms must be heard. */
const FROM_BASELINE: RowOptions = { byPhase: { intake: null } };
const UNDER_TREATMENT: RowOptions = { byPhase: { intake: null, baseline: null } };
const QUIET_AT_INTAKE: RowOptions = { byPhase: { intake: 'low' } };

/** Rows whose key is not their id: several states of one sensor are one alarm, the first of them shows. */
const SENSOR_ROWS: readonly string[] = ['sensor-disconnected', 'sensor-faulty', 'sensor-off', 'leads-off'];

const ROWS: readonly RowTuple[] = [
  [
    'storage-fault',
    'RECORD NOT SAVED',
    'high',
    'reversible',
    'immediate',
    'TEC',
    { byPhase: { none: 'high' } },
  ],
  [
    'link-lost',
    'MONITOR NOT CONNECTED',
    'medium',
    'reversible',
    'prompt',
    'TEC',
    { byPhase: { none: 'low' } },
  ],
  ['no-sound', 'ALARMS CANNOT SOUND', 'medium', 'reversible', 'prompt', 'TEC', FROM_BASELINE],
  ['patient-mismatch', 'WHOSE MONITOR?', 'medium', 'reversible', 'prompt', 'TEC'],
  ['vital-unwatched', 'NOT WATCHED', 'medium', 'reversible', 'prompt', 'TEC', UNDER_TREATMENT],
  [
    'nibp-overdue',
    'NIBP OVERDUE',
    'medium',
    'reversible',
    'prompt',
    'BP-8',
    { byPhase: { intake: null, baseline: null } },
  ],
  ['nibp-rejected', 'NIBP DOUBTFUL', 'medium', 'reversible', 'prompt', 'F-3', QUIET_AT_INTAKE],
  ['cuff-fault', 'CUFF: NO READING', 'medium', 'reversible', 'prompt', 'TEC', QUIET_AT_INTAKE],
  ['hr-mismatch', 'HR AND PULSE DISAGREE', 'medium', 'reversible', 'prompt', 'F-4'],
  ['poor-signal', 'SIGNAL DOUBTFUL', 'medium', 'reversible', 'prompt', 'F-5', QUIET_AT_INTAKE],
  ['sensor-disconnected', 'SENSOR DISCONNECTED', 'medium', 'reversible', 'prompt', 'TEC', NOT_AT_INTAKE],
  ['sensor-faulty', 'SENSOR FAULTY', 'medium', 'reversible', 'prompt', 'TEC', QUIET_AT_INTAKE],
  ['sensor-off', 'SENSOR OFF PATIENT', 'medium', 'reversible', 'prompt', 'TEC', NOT_AT_INTAKE],
  ['leads-off', 'ECG LEADS OFF', 'medium', 'reversible', 'prompt', 'TEC', NOT_AT_INTAKE],
  ['metric-stale', 'NO NUMBER', 'medium', 'reversible', 'prompt', 'T-1', QUIET_AT_INTAKE],
  ['device-fault', 'MONITOR FAULT', 'medium', 'reversible', 'prompt', 'TEC', QUIET_AT_INTAKE],
  ['battery-low', 'MONITOR BATTERY LOW', 'medium', 'reversible', 'prompt', 'TEC', QUIET_AT_INTAKE],
  ['disk-low', 'DISK NEARLY FULL', 'low', 'reversible', 'delayed', 'TEC', { byPhase: { none: 'low' } }],
  ['low-perfusion', 'LOW PERFUSION', 'low', 'minor', 'prompt', 'TEC', NOT_AT_INTAKE],
  ['signal-questionable', 'SIGNAL DOUBTFUL', 'low', 'minor', 'prompt', 'TEC', NOT_AT_INTAKE],
  ['alarm-silenced', 'BEDSIDE ALARMS SILENCED', 'low', 'reversible', 'delayed', 'TEC', ADVISORY],
  ['monitor-alarm', 'MONITOR ALARM', 'low', 'reversible', 'delayed', 'TEC', ADVISORY],
  ['clock-jump', 'COMPUTER CLOCK JUMPED', 'low', 'minor', 'delayed', 'TEC', ADVISORY],
];

export const EQUIPMENT_CONDITIONS: readonly ConditionRow[] = ROWS.map((tuple) =>
  rowOf('technical', SENSOR_ROWS.includes(tuple[0]) ? 'sensor' : tuple[0], tuple),
);
