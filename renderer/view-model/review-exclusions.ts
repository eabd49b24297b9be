/** Leaving artefacts out of the figures: what a selection means, and exclusions in words. */
import type { CommandInput } from '../../core/api/commands.ts';
import type { TrendView } from '../../core/api/views.ts';
import { type MetricId, metricRow } from '../../core/nomenclature/metrics.ts';
import type { Exclusion } from '../../core/review/exclusions.ts';
import type { NibpReading } from '../../core/session/events.ts';
import { epochMs } from '../../core/time.ts';
import { REVIEW_LANES, SPAN_METRICS } from './review-lanes.ts';
import { measuredAtMs, readingText } from './review-readout.ts';
import type { Stretch } from './review-window.ts';
import { clockSecondsText } from './time-text.ts';

/** A selection that waits for its reason. */
export type OutDraft =
  | {
      readonly kind: 'span';
      readonly from: number;
      readonly to: number;
      /** What can be left out of this visit. */
      readonly choices: readonly MetricId[];
      /** Ticked at first: the lane in which the selection began. */
      readonly chosen: readonly MetricId[];
    }
  | { readonly kind: 'reading'; readonly reading: NibpReading };

/** A stretch that begins in `lane`; in no lane of numbers nothing is ticked, so that nothing is left out by chance. */
export const spanDraft = (trend: TrendView, { from, to }: Stretch, lane: string | null): OutDraft => {
  const choices = SPAN_METRICS.filter((metric) => trend.series.some((series) => series.metric === metric));
  const own = REVIEW_LANES.find(({ id }) => id === lane)?.metrics ?? [];
  return {
    kind: 'span',
    // Whole seconds, outwards: what was touched is inside.
    from: Math.floor(from / 1000) * 1000,
    to: Math.ceil(to / 1000) * 1000,
    choices,
    chosen: choices.filter((metric) => own.includes(metric)),
  };
};

/** The reading nearest to a moment, within `withinMs`; null: none. */
export const readingNear = (
  readings: readonly NibpReading[],
  at: number,
  withinMs: number,
): NibpReading | null =>
  readings.reduce<NibpReading | null>((best, reading) => {
    const apart = Math.abs(measuredAtMs(reading) - at);
    if (apart > withinMs) return best;
    return best === null || apart < Math.abs(measuredAtMs(best) - at) ? reading : best;
  }, null);

/** What is sent; null while nothing is ticked. */
export const targetOf = (
  draft: OutDraft,
  chosen: readonly MetricId[],
): CommandInput<'review.exclude'>['target'] | null => {
  if (draft.kind === 'reading') {
    const { monitorId, receivedAt } = draft.reading;
    return { kind: 'reading', monitorId, receivedAt: receivedAt.wall };
  }
  if (chosen.length === 0) return null;
  return { kind: 'span', metrics: [...chosen], from: draft.from, to: draft.to };
};

/** "14:03:22–14:04:10". */
export const stretchText = ({ from, to }: Stretch): string =>
  `${clockSecondsText(epochMs(from))}–${clockSecondsText(epochMs(to))}`;

/** "SpO₂, PR, 14:03:22–14:04:10"; "NIBP 162/94 (117), 14:05:10". `readings`: those of the visit. */
export const exclusionText = ({ target }: Exclusion, readings: readonly NibpReading[]): string => {
  if (target.kind === 'span') {
    return `${target.metrics.map((metric) => metricRow(metric).label).join(', ')}, ${stretchText(target)}`;
  }
  const reading = readings.find(
    ({ monitorId, receivedAt }) => monitorId === target.monitorId && receivedAt.wall === target.receivedAt,
  );
  const value = reading === undefined ? '' : ` ${readingText(reading)}`;
  return `NIBP${value}, ${clockSecondsText(target.receivedAt)}`;
};
