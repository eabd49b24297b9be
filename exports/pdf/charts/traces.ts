/** What the charts draw, taken out of the document. Sources are never merged: each metric is a trace of its own. */
import type { MetricId } from '../../../core/nomenclature/metrics.ts';
import { STALE_AFTER_MS } from '../../../core/observation/freshness.ts';
import { isReadingExcluded, isValueExcluded } from '../../../core/review/exclusions.ts';
import { readingDoubt } from '../../../core/review/pressures.ts';
import type { SessionDocument } from '../../../core/review/session-document.ts';
import type { NibpReading } from '../../../core/session/events.ts';
import { epochMs } from '../../../core/time.ts';
import { type Sample, type Stretch, stretchesOf, usualGapMs } from './columns.ts';

export interface Trace {
  readonly metric: MetricId;
  readonly kept: readonly Stretch[];
  /** Left out of the figures as artefacts; drawn all the same, paler. */
  readonly leftOut: readonly Stretch[];
  /** Marked as questionable by the monitor: on record, in no figure. */
  readonly doubted: readonly Stretch[];
}

/** The traces of those of `metrics` that have a number at all. @param columnMs width of a column on paper. */
export const tracesOf = (
  document: SessionDocument,
  metrics: readonly MetricId[],
  columnMs: number,
): readonly Trace[] =>
  metrics.flatMap((metric) => {
    const samples = samplesOf(document, metric);
    if (!samples.some(({ value }) => value !== null)) return [];
    // A table that was imported may have a value a minute: its own step is no gap.
    const gapMs =
      document.session.origin === 'imported' ? usualGapMs(samples, STALE_AFTER_MS) : STALE_AFTER_MS;
    const isLeftOut = ({ at }: Received): boolean =>
      isValueExcluded(document.exclusions, metric, epochMs(at));
    const part = (isWanted: (sample: Received) => boolean): readonly Stretch[] =>
      stretchesOf(
        samples.map((sample) => ({ at: sample.at, value: isWanted(sample) ? sample.value : null })),
        gapMs,
        columnMs,
      );
    return [
      {
        metric,
        kept: part((one) => !isLeftOut(one) && !one.isDoubted),
        leftOut: part(isLeftOut),
        doubted: part((one) => !isLeftOut(one) && one.isDoubted),
      },
    ];
  });

interface Received extends Sample {
  readonly isDoubted: boolean;
}

/**
 * A metric's values in order of time. Two monitors with the same metric take turns as they come; a frame that does
 * not name the metric says nothing about it.
 */
const samplesOf = ({ frames }: SessionDocument, metric: MetricId): readonly Received[] =>
  frames.flatMap(({ at, observations }) =>
    observations.flatMap((one): readonly Received[] =>
      one.metric === metric
        ? [{ at: at.wall, value: one.value, isDoubted: one.validity === 'questionable' }]
        : [],
    ),
  );

/** One bar of the pressure chart. */
export interface PressureBar {
  readonly reading: NibpReading;
  /** When it was measured at the earliest: receipt less the age it may have had. */
  readonly at: number;
  readonly look: 'kept' | 'doubtful' | 'left-out';
}

export const pressureBars = ({ readings, exclusions }: SessionDocument): readonly PressureBar[] =>
  readings.map((reading) => ({
    reading,
    at: reading.receivedAt.wall - reading.ageAtReceiptMs,
    look: isReadingExcluded(exclusions, reading)
      ? 'left-out'
      : readingDoubt(reading) === null
        ? 'kept'
        : 'doubtful',
  }));
