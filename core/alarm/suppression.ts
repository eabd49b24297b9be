/**
 * Which conditions explain which others away, as data (F-7, T-2). A suppressed technical condition is not
 * shown: its cause is. A suppressed physiological one is neither raised nor cleared: there is no number.
 */
import type { MetricId } from '../nomenclature/metrics.ts';
import type { DeviceConditionCode } from '../observation/device-report.ts';

export interface Suppression {
  readonly because: 'link-lost' | DeviceConditionCode | 'metric-stale';
  /** The same monitor, or the same sensor of the same monitor. */
  readonly within: 'monitor' | 'sensor';
  readonly suppresses: readonly string[];
  readonly why: string;
}

const SENSOR_ALL = [
  'metric-stale',
  'pulse-lost',
  'signal-questionable',
  'low-perfusion',
  'poor-signal',
] as const;

export const SUPPRESSIONS: readonly Suppression[] = [
  {
    because: 'link-lost',
    within: 'monitor',
    suppresses: [
      ...SENSOR_ALL,
      'sensor-off',
      'sensor-disconnected',
      'sensor-faulty',
      'leads-off',
      'cuff-fault',
    ],
    why: 'one alarm for the lost line, not one for each of its numbers (F-7)',
  },
  {
    because: 'sensor-off',
    within: 'sensor',
    suppresses: SENSOR_ALL,
    why: 'a probe that is off the patient has no number to miss, and its last one means nothing (T-2)',
  },
  {
    because: 'sensor-disconnected',
    within: 'sensor',
    suppresses: SENSOR_ALL,
    why: 'as for a probe that is off (T-2)',
  },
  {
    because: 'sensor-faulty',
    within: 'sensor',
    suppresses: SENSOR_ALL,
    why: 'as for a probe that is off (T-2)',
  },
  { because: 'leads-off', within: 'sensor', suppresses: SENSOR_ALL, why: 'as for a probe that is off (T-2)' },
];

/** A missing number that needs no alarm of its own while the first one of its sensor is missing too. */
export const STALE_WITH: Readonly<Partial<Record<MetricId, MetricId>>> = {
  MDC_PULS_OXIM_PULS_RATE: 'MDC_PULS_OXIM_SAT_O2',
  MDC_CONC_AWAY_CO2_ET: 'MDC_CO2_RESP_RATE',
};

/** Metrics whose silence is no alarm: they only qualify another number. */
export const STALE_SILENT: readonly MetricId[] = ['MDC_BLD_PERF_INDEX', 'MDC_TEMP_BODY'];

/** True when a present condition of the given reach explains `conditionId` away. */
export const isSuppressed = (
  conditionId: string,
  present: { readonly monitor: readonly string[]; readonly sensor: readonly string[] },
): boolean =>
  SUPPRESSIONS.some(
    (rule) => rule.suppresses.includes(conditionId) && present[rule.within].includes(rule.because),
  );
