/** The lanes and strips of the review, from top to bottom, and which of them are shown. */
import type { TrendView } from '../../core/api/views.ts';
import type { DoseState } from '../../core/dose/dose-state.ts';
import type { MetricId } from '../../core/nomenclature/metrics.ts';
import { LANES, type LaneSpec } from '../charts/model/lanes.ts';

/** A lane with numbers. */
export interface ReviewLane {
  readonly id: 'pressure' | 'rate' | 'saturation' | 'respiration' | 'co2';
  readonly title: string;
  readonly unitLabel: string;
  /** CSS colour. */
  readonly color: string;
  readonly metrics: readonly MetricId[];
  readonly base: LaneSpec['base'];
  readonly step: number;
  readonly hard: LaneSpec['hard'];
  readonly weight: number;
}

const fromLive = (spec: LaneSpec): ReviewLane => ({ ...spec, color: `var(${spec.token})` });

/** As in the live trend, so that a nurse's chart and the physician's look alike; end-tidal CO₂ besides. */
export const REVIEW_LANES: readonly ReviewLane[] = [
  ...LANES.map(fromLive),
  {
    id: 'co2',
    title: 'EtCO₂',
    unitLabel: 'mmHg',
    color: 'var(--other)',
    metrics: ['MDC_CONC_AWAY_CO2_ET'],
    base: { low: 0, high: 60 },
    step: 20,
    hard: { low: 0, high: 150 },
    weight: 0.8,
  },
];

export const PARTS = [
  'pressure',
  'rate',
  'saturation',
  'respiration',
  'co2',
  'dose',
  'limits',
  'phases',
  'alarms',
  'effects',
  'notes',
] as const;
/** Anything on the review's chart that can be shown or hidden. */
export type Part = (typeof PARTS)[number];

export const PART_LABELS: Readonly<Record<Part, string>> = {
  pressure: 'NIBP',
  rate: 'HR/PR',
  saturation: 'SpO₂',
  respiration: 'RR',
  co2: 'EtCO₂',
  dose: 'Dose',
  limits: 'Limits',
  phases: 'Phases',
  alarms: 'Alarms',
  effects: 'Side effects',
  notes: 'Notes',
};

/**
 * What can be shown of this visit: the four vitals always, also without a number, since that there was none is
 * itself to be seen; CO₂ and dose only where there are any.
 */
export const partsOf = (trend: TrendView, dose: DoseState | null): readonly Part[] =>
  PARTS.filter((part) => {
    if (part === 'co2') return trend.series.some(({ metric }) => metric === 'MDC_CONC_AWAY_CO2_ET');
    if (part === 'dose') return dose !== null && (dose.segments.length > 0 || dose.boluses.length > 0);
    return true;
  });

/** The metrics that can be left out of the figures by a span: everything continuous that the lanes draw. */
export const SPAN_METRICS: readonly MetricId[] = REVIEW_LANES.filter(({ id }) => id !== 'pressure').flatMap(
  ({ metrics }) => metrics,
);
