/**
 * Codes of IHE PCD-01: metrics and units by ISO/IEEE 11073-10101, where in a monitor a metric lives (OBX-4), and how a
 * value's quality is told (OBX-8 and OBX-11 of the IHE PCD Technical Framework, volume 2).
 */
import { METRICS, type MetricId, type UnitCode } from '../../core/nomenclature/metrics.ts';
import type { AbsentValidity } from '../../core/observation/observation.ts';
import { components } from './text.ts';

const UNITS: Readonly<Record<UnitCode, readonly [code: number, name: string]>> = {
  '{beat}/min': [264_864, 'MDC_DIM_BEAT_PER_MIN'],
  '{breath}/min': [264_928, 'MDC_DIM_RESP_PER_MIN'],
  '%': [262_688, 'MDC_DIM_PERCENT'],
  'mm[Hg]': [266_016, 'MDC_DIM_MMHG'],
  Cel: [268_192, 'MDC_DIM_DEGC'],
};

/** OBX-3 of a metric. */
export const metricCode = (metric: MetricId): string =>
  components(String(METRICS[metric].code), metric, 'MDC');

/** OBX-6 of a metric. */
export const metricUnit = (metric: MetricId): string => {
  const [code, name] = UNITS[METRICS[metric].unit];
  return components(String(code), name, 'MDC');
};

/** A multi-parameter monitor as a whole. */
export const MONITOR_CODE = components('69965', 'MDC_DEV_MON_PHYSIO_MULTI_PARAM_MDS', 'MDC');
export const ALARM_CODE = components('196616', 'MDC_EVT_ALARM', 'MDC');
export const MONITORING = components('182777000', 'monitoring of patient', 'SCT');
export const PROCEDURE_NOTE = components('28570-0', 'Procedure note', 'LN');

/** A code of our own (HL7 table 0396: 99 and a name for local codes). */
export const ownCode = (code: string, label: string): string => components(code, label, '99CHAIRSIDE');

/** Part, channel and metric within a monitor. Our choice: the numbers only have to differ and to stay. */
const PLACES: Readonly<Record<MetricId, string>> = {
  MDC_PRESS_BLD_NONINV_SYS: '1.1.1',
  MDC_PRESS_BLD_NONINV_DIA: '1.1.2',
  MDC_PRESS_BLD_NONINV_MEAN: '1.1.3',
  MDC_PULS_RATE_NON_INV: '1.1.4',
  MDC_PULS_OXIM_SAT_O2: '2.1.1',
  MDC_PULS_OXIM_PULS_RATE: '2.1.2',
  MDC_BLD_PERF_INDEX: '2.1.3',
  MDC_ECG_HEART_RATE: '3.1.1',
  MDC_TTHOR_RESP_RATE: '4.1.1',
  MDC_RESP_RATE: '4.2.1',
  MDC_CO2_RESP_RATE: '5.1.1',
  MDC_CONC_AWAY_CO2_ET: '5.1.2',
  MDC_TEMP_BODY: '6.1.1',
};

/** OBX-4: the monitor's place in the message, then the metric's in the monitor. */
export const placeOf = (monitor: number, metric: MetricId): string => `${monitor}.${PLACES[metric]}`;
export const monitorPlace = (monitor: number): string => `${monitor}.0.0.0`;

/** OBX-8 of a value that is not there. */
export const ABSENT_FLAGS: Readonly<Record<AbsentValidity, string>> = {
  ongoing: 'BUSY',
  calibrating: 'CAL',
  invalid: 'INV',
  overflow: '>',
  underflow: '<',
  unavailable: 'NAV',
};
