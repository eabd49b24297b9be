/**
 * From the basic class to observations of the continuous metrics. Cuff readings are `nibp.ts`.
 *
 * A metric speaks in every record in which its module is plugged in: a number, or `null` with the reason. A metric
 * whose module is gone says `unavailable` if it ever had a module since the line opened, and nothing otherwise.
 */
import type { MetricId } from '../../core/nomenclature/metrics.ts';
import {
  type AbsentValidity,
  absent,
  type Observation,
  type PresentValidity,
  present,
  type Receipt,
} from '../../core/observation/observation.ts';
import type { BasicClass } from './basic-class.ts';
import { ambientMmHg, CO2_LABEL, CO2_STATUS } from './co2.ts';
import { ECG_STATUS, isHrFromEcg } from './ecg.ts';
import { absenceOf, isMeasured, moduleActive, moduleExists } from './raw-value.ts';
import { bodyTemperatureChannel } from './temperature.ts';

/** A number in the metric's unit, or why there is none. */
type Outcome =
  | { readonly value: number; readonly validity: PresentValidity }
  | { readonly absent: AbsentValidity };

interface MetricRule {
  readonly metric: MetricId;
  /** The group whose module bit decides whether the metric speaks; null when there is none. */
  readonly group: (basic: BasicClass, t1IsBody: boolean) => { readonly status: number } | null;
  readonly outcome: (basic: BasicClass, level: number, t1IsBody: boolean) => Outcome;
}

const scaled = (raw: number, divisor: number, validity: PresentValidity = 'valid'): Outcome =>
  isMeasured(raw) ? { value: raw / divisor, validity } : { absent: absenceOf(raw) };

/** First interface level at which the CO2 group's respiration rate always comes from CO2. */
const CO2_RR_LEVEL = 8;

const heartRate = ({ ecg, ecgExtra }: BasicClass): Outcome => {
  const doubts = ECG_STATUS.noise | ECG_STATUS.artifact | ECG_STATUS.learning;
  const validity: PresentValidity = (ecg.status & doubts) !== 0 ? 'questionable' : 'valid';
  // The group's own HR follows the source chosen at the monitor and may be a pulse rate; this one is the ECG's.
  if (isMeasured(ecgExtra.hr)) return { value: ecgExtra.hr, validity };
  if (isHrFromEcg(ecg.status)) return scaled(ecg.values.hr, 1, validity);
  return { absent: absenceOf(ecgExtra.hr) };
};

const co2Validity = (status: number): PresentValidity =>
  (status & (CO2_STATUS.occlusion | CO2_STATUS.leak)) !== 0 ? 'questionable' : 'valid';

const isCo2Calibrating = (status: number): boolean =>
  (status & (CO2_STATUS.calibrating | CO2_STATUS.zeroing)) !== 0;

/** Partial pressure = fraction x ambient pressure. Without a usable ambient pressure there is no value. */
const endTidalCo2 = ({ co2 }: BasicClass): Outcome => {
  if (isCo2Calibrating(co2.status)) return { absent: 'calibrating' };
  const { endTidal } = co2.values;
  if (!isMeasured(endTidal)) return { absent: absenceOf(endTidal) };
  const ambient = ambientMmHg(co2);
  if (ambient === null) return { absent: 'unavailable' };
  const mmHg = (endTidal / 10_000) * ambient;
  return { value: Math.round(mmHg * 100) / 100, validity: co2Validity(co2.status) };
};

const co2RespirationRate = ({ co2 }: BasicClass, level: number): Outcome => {
  if (isCo2Calibrating(co2.status)) return { absent: 'calibrating' };
  const isFromCo2 = level >= CO2_RR_LEVEL || (co2.label & CO2_LABEL.rrSource) === CO2_LABEL.rrFromCo2;
  return isFromCo2 ? scaled(co2.values.rr, 1, co2Validity(co2.status)) : { absent: 'unavailable' };
};

const RULES: readonly MetricRule[] = [
  { metric: 'MDC_ECG_HEART_RATE', group: ({ ecg }) => ecg, outcome: heartRate },
  {
    metric: 'MDC_TTHOR_RESP_RATE',
    group: ({ ecg }) => ecg,
    outcome: ({ ecg }) => scaled(ecg.values.impedanceRr, 1),
  },
  {
    metric: 'MDC_PULS_OXIM_SAT_O2',
    group: ({ spo2 }) => spo2,
    outcome: ({ spo2 }) => scaled(spo2.values.saturation, 100),
  },
  {
    metric: 'MDC_PULS_OXIM_PULS_RATE',
    group: ({ spo2 }) => spo2,
    outcome: ({ spo2 }) => scaled(spo2.values.pulse, 1),
  },
  { metric: 'MDC_CONC_AWAY_CO2_ET', group: ({ co2 }) => co2, outcome: endTidalCo2 },
  { metric: 'MDC_CO2_RESP_RATE', group: ({ co2 }) => co2, outcome: co2RespirationRate },
  {
    metric: 'MDC_TEMP_BODY',
    group: bodyTemperatureChannel,
    outcome: (basic, _level, t1IsBody) =>
      scaled(bodyTemperatureChannel(basic, t1IsBody)?.values.temperature ?? 0, 100),
  },
];

/** The metrics that this file can report. */
export const CONTINUOUS_METRICS: readonly MetricId[] = RULES.map((rule) => rule.metric);

/**
 * Observations of one record.
 * @param t1IsBody whether a person said that the bare channel T1 measures the body.
 * @param seen the metrics that had a module since the line opened; added to.
 */
export const observeContinuous = (
  basic: BasicClass,
  level: number,
  receipt: Receipt,
  t1IsBody: boolean,
  seen: Set<MetricId>,
): readonly Observation[] =>
  RULES.flatMap(({ metric, group, outcome }) => {
    const module = group(basic, t1IsBody);
    const exists = module !== null && moduleExists(module);
    if (exists) seen.add(metric);
    else if (!seen.has(metric)) return [];
    if (module === null || !moduleActive(module)) return [absent(metric, 'unavailable', receipt)];
    const result = outcome(basic, level, t1IsBody);
    return 'absent' in result
      ? [absent(metric, result.absent, receipt)]
      : [present(metric, result.value, receipt, result.validity)];
  });
