/**
 * The three status fields. The manual calls each a byte and prints three digits, but does not say in which base: `010` may be
 * 10, 8, 2 or 16. So each field is read in every base in which it is a byte. A flag that is set in all of them is
 * sure; one that is set in some is possible, and only makes numbers doubtful.
 */
import type { MetricId } from '../../core/nomenclature/metrics.ts';
import type { DeviceConditionCode } from '../../core/observation/device-report.ts';
import type { Finding } from '../framing/condition-table.ts';
import type { PatientData } from './message.ts';

const BASES = [10, 8, 2, 16] as const;
const DIGITS: Readonly<Record<(typeof BASES)[number], RegExp>> = {
  10: /^\d{3}$/,
  8: /^[0-7]{3}$/,
  2: /^[01]{3}$/,
  16: /^\d{3}$/,
};

const bytesOf = (text: string): readonly number[] =>
  BASES.filter((base) => DIGITS[base].test(text))
    .map((base) => Number.parseInt(text, base))
    .filter((byte) => byte <= 0xff);

/** True for three digits that are a byte in at least one base. */
export const isStatus = (text: string): boolean => bytesOf(text).length > 0;

/** Flags that are set in every reading of the field. */
export const sureFlags = (text: string): number => bytesOf(text).reduce((all, byte) => all & byte, 0xff);
/** Flags that are set in some reading of the field. */
export const possibleFlags = (text: string): number => bytesOf(text).reduce((all, byte) => all | byte, 0);

/** Status 0: the oximeter. */
export const OXIMETER = {
  noSensor: 1 << 0,
  sensorOff: 1 << 1,
  interference: 1 << 2,
  pulseSearch: 1 << 3,
  weakPulse: 1 << 4,
  noPulse: 1 << 5,
  checkSite: 1 << 6,
  pulseBelow30: 1 << 7,
} as const;

/** Status 1: the oximeter's module. */
export const MODULE = {
  pulseAbove250: 1 << 0,
  uncalibrated: 1 << 1,
  limitsOverlap: 1 << 2,
  ramFailed: 1 << 3,
  romFailed: 1 << 4,
  offsetMismatch: 1 << 5,
  filterMismatch: 1 << 6,
  selfTest: 1 << 7,
} as const;

/** Status 2: the cuff. */
export const CUFF = { overpressure: 1 << 0, motion: 1 << 1 } as const;

/** With one of these no oximeter number is a measurement. */
export const NOT_MEASURED =
  OXIMETER.noSensor | OXIMETER.sensorOff | OXIMETER.interference | OXIMETER.pulseSearch | OXIMETER.noPulse;
export const MODULE_FAULTS =
  MODULE.ramFailed | MODULE.romFailed | MODULE.offsetMismatch | MODULE.filterMismatch;

type Meaning = readonly [bit: number, code: DeviceConditionCode, metric: MetricId, text: string];

const SPO2 = 'MDC_PULS_OXIM_SAT_O2';
const PULSE = 'MDC_PULS_OXIM_PULS_RATE';
const SYS = 'MDC_PRESS_BLD_NONINV_SYS';

const MEANINGS: readonly [readonly Meaning[], readonly Meaning[], readonly Meaning[]] = [
  [
    [OXIMETER.noSensor, 'sensor-disconnected', SPO2, 'no sensor'],
    [OXIMETER.sensorOff, 'sensor-off', SPO2, 'sensor off'],
    [OXIMETER.interference, 'signal-questionable', SPO2, 'interference'],
    [OXIMETER.pulseSearch, 'pulse-search', SPO2, 'pulse search'],
    [OXIMETER.weakPulse, 'low-perfusion', SPO2, 'weak pulse'],
    [OXIMETER.noPulse, 'pulse-lost', SPO2, 'no pulse'],
    [OXIMETER.checkSite, 'signal-questionable', SPO2, 'check sensor site'],
    [OXIMETER.pulseBelow30, 'monitor-alarm', PULSE, 'pulse below 30'],
  ],
  [
    [MODULE.pulseAbove250, 'monitor-alarm', PULSE, 'pulse above 250'],
    [MODULE.uncalibrated, 'sensor-faulty', SPO2, 'SpO2 uncalibrated'],
    [MODULE.limitsOverlap, 'monitor-alarm', SPO2, 'SpO2 alarm limits overlap'],
    [MODULE.ramFailed, 'device-fault', SPO2, 'SpO2 module: RAM failed'],
    [MODULE.romFailed, 'device-fault', SPO2, 'SpO2 module: ROM failed'],
    [MODULE.offsetMismatch, 'device-fault', SPO2, 'SpO2 module: offset mismatch'],
    [MODULE.filterMismatch, 'device-fault', SPO2, 'SpO2 module: filter mismatch'],
    [MODULE.selfTest, 'monitor-alarm', SPO2, 'SpO2 self test'],
  ],
  [
    [CUFF.overpressure, 'cuff-fault', SYS, 'NIBP cuff overpressure'],
    [CUFF.motion, 'cuff-fault', SYS, 'NIBP motion artefact'],
  ],
];

/** What the three fields say now; a field that can be read in more than one way says so too, with its digits. */
export const statusFindings = ({ status }: PatientData): readonly Finding[] =>
  status.flatMap((text, field) => {
    const sure = sureFlags(text);
    const findings = (MEANINGS[field] ?? [])
      .filter(([bit]) => (sure & bit) !== 0)
      .map(([, code, metric, words]): Finding => ({ code, metric, text: words }));
    if (possibleFlags(text) === sure) return findings;
    const unclear = `status ${field} is ${text}: it can be read in more than one way`;
    return [...findings, { code: 'monitor-alarm', metric: field === 2 ? SYS : SPO2, text: unclear } as const];
  });
