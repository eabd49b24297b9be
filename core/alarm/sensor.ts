/**
 * Which sensor on the patient a metric comes from. A probe that is off takes all its metrics with it and is
 * one alarm, not one for each number.
 */
import type { MonitorId } from '../ids.ts';
import type { MetricId } from '../nomenclature/metrics.ts';
import type { DeviceConditionCode } from '../observation/device-report.ts';

export type Sensor = 'oximeter' | 'ecg' | 'capnograph' | 'cuff' | 'respiration' | 'thermometer' | 'monitor';

export const SENSOR_OF: Readonly<Record<MetricId, Sensor>> = {
  MDC_ECG_HEART_RATE: 'ecg',
  MDC_TTHOR_RESP_RATE: 'ecg', // impedance is measured through the ECG leads
  MDC_PULS_OXIM_PULS_RATE: 'oximeter',
  MDC_PULS_OXIM_SAT_O2: 'oximeter',
  MDC_BLD_PERF_INDEX: 'oximeter',
  MDC_CO2_RESP_RATE: 'capnograph',
  MDC_CONC_AWAY_CO2_ET: 'capnograph',
  MDC_RESP_RATE: 'respiration', // source unknown
  MDC_PULS_RATE_NON_INV: 'cuff',
  MDC_PRESS_BLD_NONINV_SYS: 'cuff',
  MDC_PRESS_BLD_NONINV_DIA: 'cuff',
  MDC_PRESS_BLD_NONINV_MEAN: 'cuff',
  MDC_TEMP_BODY: 'thermometer',
};

/** Conditions that can only mean one sensor, whatever metric the driver named. */
const SENSOR_OF_CODE: Readonly<Partial<Record<DeviceConditionCode, Sensor>>> = {
  'leads-off': 'ecg',
  'pulse-search': 'oximeter',
  'pulse-lost': 'oximeter',
  'low-perfusion': 'oximeter',
  'cuff-fault': 'cuff',
  asystole: 'ecg',
};

/** The sensor a device condition speaks of; `monitor` when it concerns the whole device. */
export const sensorOf = (code: DeviceConditionCode, metric: MetricId | null): Sensor =>
  metric === null ? (SENSOR_OF_CODE[code] ?? 'monitor') : SENSOR_OF[metric];

export const SENSOR_NAMES: Readonly<Record<Sensor, string>> = {
  oximeter: 'SpO₂ probe',
  ecg: 'ECG',
  capnograph: 'CO₂ line',
  cuff: 'cuff',
  respiration: 'respiration sensor',
  thermometer: 'temperature probe',
  monitor: 'monitor',
};

/** Reports that mean: this sensor is not measuring the patient. */
export const SENSOR_GONE: readonly DeviceConditionCode[] = [
  'sensor-off',
  'sensor-disconnected',
  'sensor-faulty',
  'leads-off',
];

/** Identity of one sensor of one monitor. */
export const sensorKey = (monitorId: MonitorId, sensor: Sensor): string => `${monitorId}:${sensor}`;
