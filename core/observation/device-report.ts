/**
 * What a monitor says besides numbers: the state of its sensors, its own alarms, its own limits, who it is.
 * These are shown and logged as the monitor's words; Chairside's own alarm engine uses the technical ones to
 * explain an absent number (probe off is not "SpO2 low").
 */
import type { MetricId } from '../nomenclature/metrics.ts';

/** States of sensors and of the monitor that every family maps its own flags to. */
export type DeviceConditionCode =
  | 'sensor-off' // on the cable, not on the patient
  | 'sensor-disconnected'
  | 'sensor-faulty'
  | 'pulse-search'
  | 'pulse-lost'
  | 'signal-questionable' // motion, interference, ambient light, artefact
  | 'low-perfusion'
  | 'leads-off'
  | 'asystole' // the monitor's own finding, never ours
  | 'apnea' // the monitor's own finding, never ours
  | 'cuff-fault' // a measurement ended without a reading
  | 'on-battery'
  | 'battery-low'
  | 'alarm-silenced' // the monitor's own alarms are silenced at the bedside
  | 'monitor-alarm' // any other alarm of the monitor, with its own text
  | 'device-fault';

export interface DeviceCondition {
  readonly code: DeviceConditionCode;
  /** The metric it concerns; null when it concerns the whole monitor. */
  readonly metric: MetricId | null;
  /** The state now: true when it has come, false when it has gone. Reported on change only. */
  readonly present: boolean;
  /** The monitor's own words or code, for people. Never parsed. */
  readonly text: string;
}

/** The monitor's own alarm limits, where its protocol exports them (shown beside ours, never written back). */
export interface DeviceLimits {
  readonly metric: MetricId;
  readonly low: number | null;
  readonly high: number | null;
}

export interface DeviceIdentity {
  readonly model: string;
  readonly serial: string | null;
  readonly software: string | null;
}
