/** Messages of the module → readings and conditions. */
import type { MetricId } from '../../core/nomenclature/metrics.ts';
import type { Reading } from '../../core/observation/observation.ts';
import type { Finding } from '../framing/condition-table.ts';
import {
  ARRHYTHMIAS,
  ASYSTOLE,
  ECG_STATUS,
  type ModuleMessage,
  PULSE_INVALID,
  RATE_MAX,
  SPO2_INVALID,
  SPO2_STATUS,
  TEMPERATURE_STATUS,
} from './message.ts';

type Of<K extends ModuleMessage['kind']> = Extract<ModuleMessage, { kind: K }>;

export const BERRY_CONTINUOUS = [
  'MDC_ECG_HEART_RATE',
  'MDC_TTHOR_RESP_RATE',
  'MDC_PULS_OXIM_SAT_O2',
  'MDC_PULS_OXIM_PULS_RATE',
  'MDC_TEMP_BODY',
] as const satisfies readonly MetricId[];

const [HR, RR, SPO2, PULSE, TEMPERATURE] = BERRY_CONTINUOUS;

/** One number, or why there is none. */
export type Told = readonly [metric: MetricId, reading: Reading];

const none = (validity: 'unavailable' | 'invalid'): Reading => ({ validity, value: null });

/** HR and RR of the leads. A lead that is off gives neither; 0 is "none" and never a rate. */
export const ecgReadings = ({ status, heartRate, respiration }: Of<'ecg'>): readonly Told[] => {
  const isOff = (status & ECG_STATUS.leadOff) !== 0;
  const validity = (status & ECG_STATUS.weak) === 0 ? 'valid' : 'questionable';
  const rate = (value: number): Reading => {
    if (isOff || value === 0) return none('unavailable');
    return value > RATE_MAX ? none('invalid') : { validity, value };
  };
  return [
    [HR, rate(heartRate)],
    [RR, rate(respiration)],
  ];
};

/** What the ECG's status and the module's own look at the rhythm say. */
export const ecgFindings = ({ status, arrhythmia }: Of<'ecg'>): readonly Finding[] => {
  const findings: Finding[] = [];
  if ((status & ECG_STATUS.leadOff) !== 0)
    findings.push({ code: 'leads-off', metric: HR, text: 'ECG lead off' });
  if ((status & ECG_STATUS.weak) !== 0)
    findings.push({ code: 'signal-questionable', metric: HR, text: 'ECG signal weak' });
  const text = ARRHYTHMIAS[arrhythmia ?? 0];
  if (text !== undefined)
    findings.push({ code: arrhythmia === ASYSTOLE ? 'asystole' : 'monitor-alarm', metric: HR, text });
  return findings;
};

/** Whatever stands beside a status that is not "ok" is no measurement. */
export const oximetryReadings = ({ status, spo2, pulse }: Of<'spo2'>): readonly Told[] => {
  const one = (value: number, invalid: number): Reading => {
    if (status !== SPO2_STATUS.ok || value === 0) return none('unavailable');
    return value === invalid ? none('invalid') : { validity: 'valid', value };
  };
  return [
    [SPO2, one(spo2, SPO2_INVALID)],
    [PULSE, one(pulse, PULSE_INVALID)],
  ];
};

const OXIMETRY_FINDINGS: Readonly<Record<number, Finding>> = {
  [SPO2_STATUS.unplugged]: { code: 'sensor-disconnected', metric: SPO2, text: 'SpO2 sensor unplugged' },
  [SPO2_STATUS.noFinger]: { code: 'sensor-off', metric: SPO2, text: 'no finger in the SpO2 sensor' },
  [SPO2_STATUS.searching]: { code: 'pulse-search', metric: SPO2, text: 'searching for the pulse' },
  [SPO2_STATUS.searchTooLong]: { code: 'pulse-lost', metric: SPO2, text: 'no pulse found for too long' },
};

export const oximetryFindings = ({ status }: Of<'spo2'>): readonly Finding[] => {
  if (status === SPO2_STATUS.ok) return [];
  return [OXIMETRY_FINDINGS[status] ?? { code: 'device-fault', metric: SPO2, text: `SpO2 status ${status}` }];
};

const isT1Off = (status: number): boolean => (status & TEMPERATURE_STATUS.t1Off) !== 0;

/** One number for two sensors: it is T1's only while T1 is on. */
export const temperatureReadings = ({ status, whole, tenth }: Of<'temperature'>): readonly Told[] => [
  [TEMPERATURE, isT1Off(status) ? none('unavailable') : { validity: 'valid', value: whole + tenth / 10 }],
];

/** The same for people, where nobody said that it is the body's: name and text. */
export const temperatureInWords = ({
  status,
  whole,
  tenth,
}: Of<'temperature'>): readonly [id: string, value: string] => [
  'T1',
  isT1Off(status) ? 'off' : `${whole}.${tenth} °C`,
];

export const temperatureFindings = ({ status }: Of<'temperature'>): readonly Finding[] =>
  isT1Off(status) ? [{ code: 'sensor-off', metric: TEMPERATURE, text: 'temperature sensor T1 off' }] : [];
