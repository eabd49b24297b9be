/** How observations lie in the wide rows of `numeric_frame`: two columns per metric, value and validity. */
import { METRIC_IDS, METRICS, type MetricId } from '../core/nomenclature/metrics.ts';
import type { Validity } from '../core/observation/observation.ts';

/** Column of a metric's value. A new metric needs a migration that adds its two columns. */
export const valueColumn = (metric: MetricId): string => metric.toLowerCase();
/** Column of a metric's validity; null beside a value means `valid`. */
export const validityColumn = (metric: MetricId): string => `${metric.toLowerCase()}_validity`;

/** Numbers of the validities, as in the table `validity`. `valid` has none: it is the rule. */
export const VALIDITY_CODES = {
  valid: null,
  questionable: 1,
  ongoing: 2,
  calibrating: 3,
  invalid: 4,
  overflow: 5,
  underflow: 6,
  unavailable: 7,
} as const satisfies Record<Validity, number | null>;

/** Metrics with a line in a trend; cuff values are readings of their own. */
export const CONTINUOUS_METRICS: readonly MetricId[] = METRIC_IDS.filter(
  (metric) => METRICS[metric].kind === 'continuous',
);
