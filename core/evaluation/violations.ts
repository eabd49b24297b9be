/**
 * Every stretch of a trace in which a limit was violated, found without the alarm engine's own code: it is the
 * measure that the engine is held against. The rules are those of the limits themselves and of freshness: a
 * number counts for ten seconds; silence longer than that ends a stretch, because nobody knows what was then.
 */
import type { LimitSet } from '../alarm/limits.ts';
import { relativeLimitsOf } from '../alarm/presets.ts';
import { type MetricId, RESPIRATION_METRICS } from '../nomenclature/metrics.ts';
import { addMs, elapsedMs, type Instant } from '../time.ts';
import { numbersOf, type Series } from './numbers.ts';
import {
  absolutePressureRuns,
  type BaselineAt,
  isPressure,
  relativePressureRuns,
} from './pressure-violations.ts';
import type { TraceInput } from './trace.ts';
import { type Edge, grown, isBeyond, type Rule, type Violation } from './violation.ts';

export type { Violation } from './violation.ts';

/** Numbers older than this are not current any more (ms): design rule 1. */
const FRESH_MS = 10_000;

/** All violations of a trace under a set of limits, in order of their onset. Limits that are off have none. */
export const violationsOf = (inputs: readonly TraceInput[], limits: LimitSet): readonly Violation[] => {
  const { series, cuff } = numbersOf(inputs);
  const baselineAt = baselines(inputs);
  const found = [
    ...limits.limits.flatMap((limit) =>
      isPressure(limit.metric)
        ? absolutePressureRuns(limit, limit.metric, cuff)
        : continuousRuns({ ...limit, limitId: limit.id }, series, () => limit),
    ),
    ...relativeLimitsOf(limits).flatMap((limit) =>
      isPressure(limit.metric)
        ? relativePressureRuns(limit, limit.metric, cuff, baselineAt)
        : continuousRuns({ ...limit, limitId: limit.id }, series, (at) =>
            rateEdge(limit.threshold, baselineAt(at)?.heartRate ?? null),
          ),
    ),
  ];
  return found.toSorted((a, b) => a.onsetAt.mono - b.onsetAt.mono || (a.limitId < b.limitId ? -1 : 1));
};

const baselines = (inputs: readonly TraceInput[]): BaselineAt => {
  const told = inputs.filter((input) => input.type === 'baseline');
  return (at) => told.findLast((entry) => entry.at.mono <= at.mono)?.baseline ?? null;
};

const rateEdge = (share: number | null, rate: number | null): Edge => ({
  side: 'high',
  inclusive: false,
  threshold: share === null || rate === null ? null : rate * (1 + share),
});

/** The series a limit is held against. */
const judged = (metric: MetricId): readonly MetricId[] => {
  if (metric === 'MDC_ECG_HEART_RATE') return [metric, 'MDC_PULS_OXIM_PULS_RATE'];
  return metric === 'MDC_RESP_RATE' ? RESPIRATION_METRICS : [metric];
};

const continuousRuns = (
  { limitId, priority, metric: limited, delayMs }: Rule,
  all: readonly Series[],
  edgeAt: (at: Instant) => Edge,
): readonly Violation[] =>
  all
    .filter((series) => judged(limited).includes(series.metric))
    .flatMap((series) => runsOf(series, { limitId, priority, metric: series.metric, delayMs }, edgeAt));

/** The stretches of one series beyond a limit, which may move with the baseline. */
const runsOf = (series: Series, rule: Rule, edgeAt: (at: Instant) => Edge): readonly Violation[] => {
  const closed: Violation[] = [];
  let open: Violation | null = null;
  for (const { at, value, isDoubtful } of series.points) {
    if (open !== null && elapsedMs(open.lastAt, at) > FRESH_MS) {
      closed.push({ ...open, overAt: addMs(open.lastAt, FRESH_MS) });
      open = null;
    }
    if (value === null) continue;
    const edge = edgeAt(at);
    const { threshold } = edge;
    if (threshold !== null && isBeyond(edge, value)) {
      open = grown(open, rule, { at, value, threshold, isDoubtful });
    } else if (open !== null) {
      closed.push({ ...open, overAt: at });
      open = null;
    }
  }
  return open === null ? closed : [...closed, open];
};
