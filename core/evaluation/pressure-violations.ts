/** Violations of the limits on cuff readings, absolute and relative (see `violations.ts`). */
import type { AlarmLimit, RelativeLimit } from '../alarm/limits.ts';
import type { MetricId } from '../nomenclature/metrics.ts';
import type { BloodPressureBaseline } from '../session/events.ts';
import { elapsedMs, type Instant } from '../time.ts';
import type { CuffPoint } from './numbers.ts';
import { type Edge, grown, isBeyond, type Rule, type Violation } from './violation.ts';

const PARTS = {
  MDC_PRESS_BLD_NONINV_SYS: 'systolic',
  MDC_PRESS_BLD_NONINV_DIA: 'diastolic',
  MDC_PRESS_BLD_NONINV_MEAN: 'mean',
} as const;

/** The metrics of the cuff's pressures. */
export type PressureMetric = keyof typeof PARTS;
export const isPressure = (metric: MetricId): metric is PressureMetric => Object.hasOwn(PARTS, metric);

/** Two cuff readings further apart show no rate of rise (ms): rule BP-6. */
const STEP_WINDOW_MS = 10 * 60_000;

/** The baseline in force at a moment. */
export type BaselineAt = (at: Instant) => BloodPressureBaseline | null;

/** Violations of an absolute limit. A reading that may not be believed is a violation of its own, with its doubt. */
export const absolutePressureRuns = (
  limit: AlarmLimit,
  metric: PressureMetric,
  cuff: readonly CuffPoint[],
): readonly Violation[] => {
  const rule = { limitId: limit.id, priority: limit.priority, metric, delayMs: 0 };
  const doubted = cuff.flatMap((point) => doubtedViolation(rule, point, limit, metric));
  return [...doubted, ...runs(rule, metric, believed(cuff), () => limit)];
};

/** Violations of a limit on the distance from the baseline or from the last reading. */
export const relativePressureRuns = (
  limit: RelativeLimit,
  metric: PressureMetric,
  all: readonly CuffPoint[],
  baselineAt: BaselineAt,
): readonly Violation[] => {
  const cuff = believed(all);
  const rule = { limitId: limit.id, priority: limit.priority, metric, delayMs: 0 };
  return runs(rule, metric, cuff, (point, index) => {
    const from = limit.basis === 'step' ? stepBase(cuff, index) : baselineAt(point.at);
    return edgeFrom(limit, from?.[PARTS[metric]] ?? null);
  });
};

/** Reaching a rise or a step violates; a share must be exceeded. */
const edgeFrom = ({ basis, threshold }: RelativeLimit, base: number | null): Edge => {
  if (threshold === null || base === null) return { side: 'high', inclusive: false, threshold: null };
  if (basis === 'fall-ratio') return { side: 'low', inclusive: false, threshold: base * (1 - threshold) };
  if (basis === 'rise-ratio') return { side: 'high', inclusive: false, threshold: base * (1 + threshold) };
  return { side: 'high', inclusive: true, threshold: base + threshold };
};

const believed = (cuff: readonly CuffPoint[]) => cuff.filter((point) => point.doubt === null);

const stepBase = (cuff: readonly CuffPoint[], index: number): CuffPoint | null => {
  const [before, point] = [cuff[index - 1], cuff[index]];
  if (before === undefined || point === undefined) return null;
  return elapsedMs(before.measuredAt, point.measuredAt) <= STEP_WINDOW_MS ? before : null;
};

const doubtedViolation = (
  rule: Rule,
  point: CuffPoint,
  edge: Edge,
  metric: PressureMetric,
): readonly Violation[] => {
  const value = point[PARTS[metric]];
  const { at, doubt } = point;
  if (doubt === null || value === null || edge.threshold === null || !isBeyond(edge, value)) return [];
  const violation = grown(null, rule, { at, value, threshold: edge.threshold, isDoubtful: true });
  return [{ ...violation, overAt: at, doubt }];
};

/** Readings in a row that violate are one violation; it is on until the next reading that does not. */
const runs = (
  rule: Rule,
  metric: PressureMetric,
  cuff: readonly CuffPoint[],
  edgeOf: (point: CuffPoint, index: number) => Edge,
): readonly Violation[] => {
  const closed: Violation[] = [];
  let open: Violation | null = null;
  for (const [index, point] of cuff.entries()) {
    const value = point[PARTS[metric]];
    const edge = edgeOf(point, index);
    const { threshold } = edge;
    if (value === null) continue;
    if (threshold !== null && isBeyond(edge, value)) {
      open = grown(open, rule, { at: point.at, value, threshold, isDoubtful: false });
    } else if (open !== null) {
      closed.push({ ...open, overAt: point.at });
      open = null;
    }
  }
  return open === null ? closed : [...closed, open];
};
