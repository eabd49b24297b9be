/** Numerics and the wave's status → observations, limits and conditions. */
import type { MetricId } from '../../core/nomenclature/metrics.ts';
import type { DeviceLimits } from '../../core/observation/device-report.ts';
import { absent, type Observation, present, type Receipt } from '../../core/observation/observation.ts';
import type { Finding } from '../framing/condition-table.ts';
import {
  CO2_ALARM,
  type Co2Unit,
  EXTENDED,
  FAST,
  type Limit,
  type Numerics,
  SLOW,
  SPO2_ALARM,
} from './message.ts';

export const CAPNOSTREAM_METRICS = [
  'MDC_CO2_RESP_RATE',
  'MDC_CONC_AWAY_CO2_ET',
  'MDC_PULS_OXIM_SAT_O2',
  'MDC_PULS_OXIM_PULS_RATE',
] as const satisfies readonly MetricId[];

const [RATE, ETCO2, SPO2, PULSE] = CAPNOSTREAM_METRICS;
const MMHG_PER_KPA = 7.500_62;

/** Nothing of the patient's breath reaches the sensor, or the sensor is broken. */
const NOT_SAMPLED = FAST.noFilterLine | FAST.fault | FAST.occlusion | FAST.purging;
/** Numbers of a sensor that is warming up or checks itself. */
const IN_DOUBT = FAST.initialising | FAST.selfMaintenance;

/** A CO2 value in mmHg; null where that needs the ambient pressure, which the monitor does not send. */
export const inMmHg = (value: number, unit: Co2Unit): number | null => {
  if (unit === 'mmHg') return value;
  return unit === 'kPa' ? Math.round(value * MMHG_PER_KPA * 100) / 100 : null;
};

/**
 * The four numbers. A sensor that is off or has lost the pulse gives none, whatever stands in the message; nor does a CO2
 * part that samples nothing. `fast`: the wave's last status; null: no wave came lately.
 */
export const observe = (
  numerics: Numerics,
  fast: number | null,
  receipt: Receipt,
): readonly Observation[] => {
  const { etco2, rate, spo2, pulse, spo2Alarms, unit } = numerics;
  const one = (metric: MetricId, value: number | null): Observation =>
    value === null ? absent(metric, 'unavailable', receipt) : present(metric, value, receipt);
  const isOff = (spo2Alarms & (SPO2_ALARM.offPatient | SPO2_ALARM.disconnected)) !== 0;
  const isLost = (spo2Alarms & SPO2_ALARM.noPulse) !== 0;
  const oximetry = (metric: MetricId, value: number | null): Observation => {
    if (isOff) return absent(metric, 'unavailable', receipt);
    return isLost ? absent(metric, 'invalid', receipt) : one(metric, value);
  };
  const isUnsampled = ((fast ?? 0) & NOT_SAMPLED) !== 0 || (numerics.extended & EXTENDED.pumpOff) !== 0;
  const isDoubtful = ((fast ?? 0) & IN_DOUBT) !== 0;
  const capnometry = (metric: MetricId, value: number | null): Observation => {
    if (isUnsampled || value === null) return absent(metric, 'unavailable', receipt);
    return present(metric, value, receipt, isDoubtful ? 'questionable' : 'valid');
  };
  return [
    capnometry(RATE, rate),
    capnometry(ETCO2, etco2 === null ? null : inMmHg(etco2, unit)),
    oximetry(SPO2, spo2),
    oximetry(PULSE, pulse),
  ];
};

/** The monitor's own limits. */
export const limitsOf = ({ limits, unit }: Numerics): readonly DeviceLimits[] => {
  const mmHg = (limit: Limit): Limit => ({
    low: limit.low === null ? null : inMmHg(limit.low, unit),
    high: limit.high === null ? null : inMmHg(limit.high, unit),
  });
  return [
    { metric: RATE, ...limits.rate },
    { metric: ETCO2, ...mmHg(limits.etco2) },
    { metric: SPO2, ...limits.spo2 },
    { metric: PULSE, ...limits.pulse },
  ];
};

type Rule = readonly [bit: number, finding: Finding];
const alarm = (metric: MetricId | null, text: string): Finding => ({ code: 'monitor-alarm', metric, text });
const found = (bits: number, rules: readonly Rule[]): readonly Finding[] =>
  rules.filter(([bit]) => (bits & bit) !== 0).map(([, finding]) => finding);

const CO2_RULES: readonly Rule[] = [
  [CO2_ALARM.noBreath, { code: 'apnea', metric: RATE, text: 'no breath detected' }],
  [CO2_ALARM.etco2High, alarm(ETCO2, 'EtCO2 high')],
  [CO2_ALARM.etco2Low, alarm(ETCO2, 'EtCO2 low')],
  [CO2_ALARM.rateHigh, alarm(RATE, 'respiration rate high')],
  [CO2_ALARM.rateLow, alarm(RATE, 'respiration rate low')],
  [CO2_ALARM.fico2High, alarm(ETCO2, 'FiCO2 high')],
];
const SPO2_RULES: readonly Rule[] = [
  [SPO2_ALARM.noPulse, { code: 'pulse-lost', metric: SPO2, text: 'no pulse' }],
  [SPO2_ALARM.spo2High, alarm(SPO2, 'SpO2 high')],
  [SPO2_ALARM.spo2Low, alarm(SPO2, 'SpO2 low')],
  [SPO2_ALARM.pulseHigh, alarm(PULSE, 'pulse rate high')],
  [SPO2_ALARM.pulseLow, alarm(PULSE, 'pulse rate low')],
  [SPO2_ALARM.offPatient, { code: 'sensor-off', metric: SPO2, text: 'SpO2 sensor off the patient' }],
  [SPO2_ALARM.disconnected, { code: 'sensor-disconnected', metric: SPO2, text: 'SpO2 sensor disconnected' }],
];
const SLOW_RULES: readonly Rule[] = [
  [SLOW.silenced, { code: 'alarm-silenced', metric: null, text: 'alarms silenced' }],
  [SLOW.allSilenced, { code: 'alarm-silenced', metric: null, text: 'all alarms silenced' }],
  [SLOW.highPriority, alarm(null, 'high-priority alarm sounding')],
  [SLOW.lowPriority, alarm(null, 'low-priority alarm sounding')],
  [SLOW.advisory, alarm(null, 'advisory')],
];
const EXTENDED_RULES: readonly Rule[] = [
  [EXTENDED.checkCalibration, { code: 'device-fault', metric: null, text: 'check calibration' }],
  [EXTENDED.checkFlow, { code: 'device-fault', metric: null, text: 'check flow' }],
  [EXTENDED.pumpOff, { code: 'sensor-off', metric: ETCO2, text: 'CO2 pump off' }],
  [EXTENDED.batteryLow, { code: 'battery-low', metric: null, text: 'battery low' }],
];
const FAST_RULES: readonly Rule[] = [
  [FAST.initialising, { code: 'signal-questionable', metric: ETCO2, text: 'CO2 initialising' }],
  [FAST.occlusion, { code: 'sensor-faulty', metric: ETCO2, text: 'FilterLine blocked' }],
  [FAST.selfMaintenance, { code: 'signal-questionable', metric: ETCO2, text: 'CO2 self-maintenance' }],
  [FAST.purging, { code: 'sensor-faulty', metric: ETCO2, text: 'FilterLine purging' }],
  [FAST.noFilterLine, { code: 'sensor-disconnected', metric: ETCO2, text: 'no FilterLine' }],
  [FAST.fault, { code: 'device-fault', metric: ETCO2, text: 'CO2 fault' }],
];

/** What the numerics' status bytes say now. */
export const numericsFindings = ({ slow, co2Alarms, spo2Alarms, extended }: Numerics): readonly Finding[] => [
  ...found(co2Alarms, CO2_RULES),
  ...found(spo2Alarms, SPO2_RULES),
  ...found(slow, SLOW_RULES),
  ...found(extended, EXTENDED_RULES),
];

/** What the wave's status byte says now. */
export const waveFindings = (fast: number): readonly Finding[] => found(fast, FAST_RULES);

const NO_SAMPLE =
  FAST.invalid |
  FAST.initialising |
  FAST.occlusion |
  FAST.selfMaintenance |
  FAST.purging |
  FAST.noFilterLine |
  FAST.fault;

/** True when the sample beside this status is a measurement. */
export const isSample = (fast: number): boolean => (fast & NO_SAMPLE) === 0;
