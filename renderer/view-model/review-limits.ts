/** The limits in force as the review shows them: lines of steps in the lanes, and the same in words. */

import { type MetricId, metricRow } from '../../core/nomenclature/metrics.ts';
import type { LimitStep, LimitSteps } from '../../core/review/limit-steps.ts';
import { epochMs } from '../../core/time.ts';
import type { Domain } from '../charts/model/lanes.ts';
import { PRIORITY_MARKS } from './limits.ts';
import type { Stretch } from './review-window.ts';
import { clockText } from './time-text.ts';

/** A label at the right end of a step. */
export interface LimitLabel {
  readonly key: string;
  readonly at: number;
  readonly threshold: number;
  /** Beyond the lane's scale: it stands at that edge, and there is no line. */
  readonly off: 'above' | 'below' | null;
  readonly text: string;
}

const SIGNS = { high: '▲', low: '▼' } as const;

/** Where a threshold lies outside of a lane's scale. The scale is made from the values: no limit flattens a curve. */
const offScale = ({ low, high }: Domain, threshold: number): LimitLabel['off'] =>
  threshold > high ? 'above' : threshold < low ? 'below' : null;

const clipped = (steps: readonly LimitStep[], shown: Stretch): readonly LimitStep[] =>
  steps.flatMap((step) => {
    const from = Math.max(step.from, shown.from);
    const to = Math.min(step.to, shown.to);
    return to > from ? [{ ...step, from, to }] : [];
  });

/**
 * One line as an SVG path: across over each step, up or down at a change, broken where the limit was off or lies
 * outside of the scale. Empty: nothing of it is to be seen.
 */
export const limitPath = (
  { steps }: LimitSteps,
  shown: Stretch,
  domain: Domain,
  x: (at: number) => number,
  y: (value: number) => number,
): string => {
  let end: number | null = null;
  return clipped(steps, shown)
    .map(({ from, to, threshold }) => {
      if (offScale(domain, threshold) !== null) {
        end = null;
        return '';
      }
      const start: string = end === from ? `V${y(threshold)}` : `M${x(from)} ${y(threshold)}`;
      end = to;
      return `${start}H${x(to)}`;
    })
    .join('');
};

/** "▲180 ***" at the end of each line, and at the end of every step that lies beyond the scale ("▲200 *** ↑"). */
export const limitLabels = (
  lines: readonly LimitSteps[],
  shown: Stretch,
  domain: Domain,
): readonly LimitLabel[] =>
  lines.flatMap(({ metric, side, tier, steps }) => {
    const seen = clipped(steps, shown);
    return seen.flatMap(({ to, threshold, priority }, index): readonly LimitLabel[] => {
      const off = offScale(domain, threshold);
      if (off === null && index < seen.length - 1) return [];
      const arrow = off === null ? '' : off === 'above' ? ' ↑' : ' ↓';
      const text = `${SIGNS[side]}${threshold} ${PRIORITY_MARKS[priority]}${arrow}`;
      return [{ key: `${metric} ${side} ${tier} ${to}`, at: to, threshold, off, text }];
    });
  });

/** "SYS ≥ 160 medium, ≥ 180 high": the limits of a metric that were in force at a moment. Null: none. */
const wordsAt = (lines: readonly LimitSteps[], metric: MetricId, at: number): string | null => {
  const words = lines
    .filter((line) => line.metric === metric)
    .flatMap(({ side, steps }) => {
      const step = steps.find(({ from, to }) => at >= from && at < to);
      if (step === undefined) return [];
      const sign = side === 'high' ? (step.inclusive ? '≥' : '>') : step.inclusive ? '≤' : '<';
      return [`${sign} ${step.threshold} ${step.priority}`];
    });
  return words.length === 0 ? null : `${metricRow(metric).label} ${words.join(', ')}`;
};

const metricsOf = (lines: readonly LimitSteps[]): readonly MetricId[] => [
  ...new Set(lines.map(({ metric }) => metric)),
];

/** All limits of a moment in words, a metric each; those that the chart draws. */
export const limitWords = (lines: readonly LimitSteps[], at: number): readonly string[] =>
  metricsOf(lines).flatMap((metric) => wordsAt(lines, metric, at) ?? []);

/** What was in force from when on, for the table: the first from the start of the visit. Equal neighbours are one. */
export const limitHistory = (
  lines: readonly LimitSteps[],
): readonly { readonly from: number; readonly clock: string; readonly words: readonly string[] }[] => {
  const starts = [...new Set(lines.flatMap(({ steps }) => steps.flatMap(({ from, to }) => [from, to])))].sort(
    (a, b) => a - b,
  );
  // Nothing is in force from the end of the visit on.
  return starts
    .slice(0, -1)
    .map((from) => ({ from, clock: clockText(epochMs(from)), words: limitWords(lines, from) }))
    .filter(({ words }, index, all) => words.join() !== all[index - 1]?.words.join());
};
