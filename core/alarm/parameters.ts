/**
 * What a person can pause or switch off: one row for each thing that a nurse names. The alarms of patients
 * can be paused and, with a reason, switched off; those of a cuff or a probe can only be put on hold for some
 * minutes while somebody moves it. What stands in no row (a lost line, a record that is not saved, asystole,
 * a symptom with a high pressure, heart rate and pulse that disagree) cannot be paused at all.
 * Source: the state table of alarms in docs/alarms.md, "What the nurse can do".
 */
import type { Phase } from '../session/phase.ts';
import { SENSOR_OF, type Sensor } from './sensor.ts';
import type { ActiveAlarm } from './types.ts';

export const ALARM_PARAMETERS = [
  'spo2-low',
  'hr-low',
  'hr-high',
  'rr-low',
  'rr-high',
  'etco2-low',
  'etco2-high',
  'nibp-low',
  'nibp-high',
  'cuff',
  'oximeter-probe',
  'ecg-leads',
  'co2-line',
  'respiration-sensor',
] as const;
export type AlarmParameter = (typeof ALARM_PARAMETERS)[number];

export interface ParameterRow {
  /** For people: "SpO₂ low", "Cuff". */
  readonly label: string;
  /** `patient`: limits and findings; `sensor`: technical alarms of one sensor, on hold only. */
  readonly kind: 'patient' | 'sensor';
  /** Phases in which ALARM OFF is forbidden; null: it is forbidden always. */
  readonly neverOffIn: readonly Phase[] | null;
}

const DRUG_RUNS: readonly Phase[] = ['infusing', 'paused'];
const patient = (label: string, neverOffIn: readonly Phase[] = []): ParameterRow => ({
  label,
  kind: 'patient',
  neverOffIn,
});
const sensor = (label: string): ParameterRow => ({ label, kind: 'sensor', neverOffIn: null });

export const PARAMETER_ROWS: Readonly<Record<AlarmParameter, ParameterRow>> = {
  'spo2-low': patient('SpO₂ low', DRUG_RUNS),
  'hr-low': patient('Heart rate low'),
  'hr-high': patient('Heart rate high'),
  'rr-low': patient('Respiration low'),
  'rr-high': patient('Respiration high'),
  'etco2-low': patient('EtCO₂ low'),
  'etco2-high': patient('EtCO₂ high'),
  'nibp-low': patient('Blood pressure low'),
  'nibp-high': patient('Blood pressure high', DRUG_RUNS),
  cuff: sensor('Cuff'),
  'oximeter-probe': sensor('SpO₂ probe'),
  'ecg-leads': sensor('ECG leads'),
  'co2-line': sensor('CO₂ line'),
  'respiration-sensor': sensor('Respiration sensor'),
};

/** The parameter of each key of the patient's conditions (see "Keys" in docs/alarms.md). */
const OF_KEY: Readonly<Record<string, AlarmParameter>> = {
  'spo2-low': 'spo2-low',
  'hr-low': 'hr-low',
  'hr-high': 'hr-high',
  'rr-low': 'rr-low',
  'rr-high': 'rr-high',
  'etco2-low': 'etco2-low',
  'etco2-high': 'etco2-high',
  'bp-low': 'nibp-low',
  'bp-high': 'nibp-high',
  'pulse-lost': 'oximeter-probe',
};

/** Technical conditions that moving a sensor causes. */
const MOVING_CAUSES: readonly string[] = [
  'sensor-off',
  'sensor-disconnected',
  'sensor-faulty',
  'leads-off',
  'cuff-fault',
  'nibp-overdue',
  'nibp-rejected',
  'low-perfusion',
  'signal-questionable',
  'poor-signal',
  'metric-stale',
];

const OF_SENSOR: Readonly<Partial<Record<Sensor, AlarmParameter>>> = {
  cuff: 'cuff',
  oximeter: 'oximeter-probe',
  ecg: 'ecg-leads',
  capnograph: 'co2-line',
  respiration: 'respiration-sensor',
};

/** The parameter an alarm belongs to; null: nothing can pause it. */
export const parameterOf = ({
  key,
  conditionId,
  metric,
}: Pick<ActiveAlarm, 'key' | 'conditionId' | 'metric'>): AlarmParameter | null => {
  const own = Object.hasOwn(OF_KEY, key) ? OF_KEY[key] : undefined;
  if (own !== undefined) return own;
  if (!MOVING_CAUSES.includes(conditionId)) return null;
  const name = metric === null ? key.slice(key.lastIndexOf(':') + 1) : SENSOR_OF[metric];
  return Object.hasOwn(OF_SENSOR, name) ? (OF_SENSOR[name as Sensor] ?? null) : null;
};

/** True when ALARM OFF may be set, or may stay, for this parameter in this phase. */
export const mayBeOff = (parameter: AlarmParameter, phase: Phase | null): boolean => {
  const { neverOffIn } = PARAMETER_ROWS[parameter];
  return neverOffIn !== null && (phase === null || !neverOffIn.includes(phase));
};
