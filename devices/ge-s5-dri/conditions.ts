/**
 * The monitor's own findings, as conditions that are reported when they come and when they go.
 */
import type { MetricId } from '../../core/nomenclature/metrics.ts';
import type { DeviceCondition, DeviceConditionCode } from '../../core/observation/device-report.ts';
import { mergedFindings } from '../framing/condition-table.ts';
import type { AlarmStatus } from './alarm-status.ts';
import type { BasicClass } from './basic-class.ts';
import { CO2_STATUS } from './co2.ts';
import { channelsOff, ECG_STATUS } from './ecg.ts';
import { moduleActive } from './raw-value.ts';

/** A condition that is there now. */
export type Finding = Omit<DeviceCondition, 'present'>;

/** Remembers what was reported, per source of findings, and tells only the changes. */
export interface ConditionLatch {
  /** `findings` is all that `source` finds now; what it no longer finds has gone. */
  update(source: string, findings: readonly Finding[]): readonly DeviceCondition[];
  /** The link was lost: everything has gone, so that what is found again is told again. */
  forget(): readonly DeviceCondition[];
}

const keyOf = ({ code, metric, text }: Finding): string => `${code} ${metric} ${text}`;

/** A latch to which nothing was reported yet. */
export const createConditionLatch = (): ConditionLatch => {
  const reported = new Map<string, readonly Finding[]>();
  return {
    update(source, findings) {
      const before = reported.get(source) ?? [];
      const now = mergedFindings(findings);
      reported.set(source, now);
      const oldKeys = new Set(before.map(keyOf));
      const newKeys = new Set(now.map(keyOf));
      return [
        ...before.filter((one) => !newKeys.has(keyOf(one))).map((one) => ({ ...one, present: false })),
        ...now.filter((one) => !oldKeys.has(keyOf(one))).map((one) => ({ ...one, present: true })),
      ];
    },
    forget() {
      const gone = [...reported.values()].flat();
      reported.clear();
      return gone.map((one) => ({ ...one, present: false }));
    },
  };
};

interface BitRule {
  readonly bit: number;
  readonly code: DeviceConditionCode;
  readonly metric: MetricId;
  readonly text: string;
}

const ECG_RULES: readonly BitRule[] = [
  { bit: ECG_STATUS.asystole, code: 'asystole', metric: 'MDC_ECG_HEART_RATE', text: 'asystole' },
  { bit: ECG_STATUS.noise, code: 'signal-questionable', metric: 'MDC_ECG_HEART_RATE', text: 'ECG noise' },
  {
    bit: ECG_STATUS.artifact,
    code: 'signal-questionable',
    metric: 'MDC_ECG_HEART_RATE',
    text: 'ECG artifact',
  },
  {
    bit: ECG_STATUS.learning,
    code: 'signal-questionable',
    metric: 'MDC_ECG_HEART_RATE',
    text: 'ECG learning',
  },
];

const CO2_RULES: readonly BitRule[] = [
  { bit: CO2_STATUS.occlusion, code: 'sensor-faulty', metric: 'MDC_CONC_AWAY_CO2_ET', text: 'CO2 occlusion' },
  { bit: CO2_STATUS.leak, code: 'signal-questionable', metric: 'MDC_CONC_AWAY_CO2_ET', text: 'CO2 air leak' },
];

/**
 * Apnoea counts only while its detection is on: in the real logs the apnoea bit stands together with
 * "deactivated" in every record while the patient breathes 15 to 17 times a minute.
 */
const APNEA_RULES: readonly BitRule[] = [
  { bit: CO2_STATUS.apnea, code: 'apnea', metric: 'MDC_CO2_RESP_RATE', text: 'apnea' },
  {
    bit: CO2_STATUS.apneaFromRespiration,
    code: 'apnea',
    metric: 'MDC_TTHOR_RESP_RATE',
    text: 'apnea (impedance)',
  },
];

const bitFindings = (status: number, rules: readonly BitRule[]): readonly Finding[] =>
  rules.filter(({ bit }) => (status & bit) !== 0).map(({ code, metric, text }) => ({ code, metric, text }));

/** What the groups' status bits say now. A group that is not in use says nothing. */
export const groupFindings = ({ ecg, co2 }: BasicClass): readonly Finding[] => {
  const findings: Finding[] = [];
  if (moduleActive(ecg)) {
    findings.push(...bitFindings(ecg.status, ECG_RULES));
    const off = channelsOff(ecg.status, ecg.label);
    if (off.length > 0) {
      findings.push({
        code: 'leads-off',
        metric: 'MDC_ECG_HEART_RATE',
        text: `ECG channel ${off.join(', ')} off`,
      });
    }
  }
  if (moduleActive(co2)) {
    findings.push(...bitFindings(co2.status, CO2_RULES));
    if ((co2.status & CO2_STATUS.apneaDeactivated) === 0)
      findings.push(...bitFindings(co2.status, APNEA_RULES));
  }
  return findings;
};

const SILENCE_TEXTS: readonly string[] = [
  '',
  'apnea alarm silenced',
  'asystole alarm silenced',
  'apnea and asystole alarms silenced',
  'all alarms silenced',
  'alarms silenced for 2 min',
  'alarms silenced for 5 min',
  'alarms silenced for 20 s',
];

/** The monitor's alarms and its silencing, as its alarm record tells them. */
export const alarmFindings = ({ lines, silence, isSoundOn }: AlarmStatus): readonly Finding[] => {
  const findings: Finding[] = lines
    .filter(({ text }) => text !== '')
    .map(({ text }) => ({ code: 'monitor-alarm', metric: null, text }));
  const silenced = SILENCE_TEXTS[silence] ?? '';
  if (silenced !== '') findings.push({ code: 'alarm-silenced', metric: null, text: silenced });
  if (!isSoundOn) findings.push({ code: 'alarm-silenced', metric: null, text: 'alarm sound off' });
  return findings;
};
