/** Short ways to write a history and exclusions for the tests of the review. */
import type { TrendSeries, TrendView } from '../../../core/api/views.ts';
import { eventId } from '../../../core/ids.ts';
import type { MetricId } from '../../../core/nomenclature/metrics.ts';
import type { ArtefactTarget, Exclusion } from '../../../core/review/exclusions.ts';
import type { NibpReading } from '../../../core/session/events.ts';
import { instant } from '../../../core/time.ts';
import { epochMs, MONITOR, sessionId } from '../support.ts';

/** `[at, min, max]` of each bucket. */
export const series = (
  metric: MetricId,
  ...buckets: readonly (readonly [number, number, number])[]
): TrendSeries => ({
  metric,
  buckets: buckets.map(([at, min, max]) => ({ at: epochMs(at), min, max, last: max })),
});

export const trend = (
  bucketMs: number,
  all: readonly TrendSeries[],
  nibp: readonly NibpReading[] = [],
): TrendView => ({
  sessionId: sessionId('s1'),
  from: epochMs(0),
  to: epochMs(bucketMs * 10),
  bucketMs,
  series: all,
  nibp,
});

export const reading = (
  at: number,
  systolic: number,
  diastolic: number,
  ageAtReceiptMs = 0,
): NibpReading => ({
  systolic,
  diastolic,
  mean: null,
  pulseRate: null,
  receivedAt: instant(at, at),
  ageAtReceiptMs,
  monitorId: MONITOR,
});

export const exclusion = (target: ArtefactTarget): Exclusion => ({
  id: eventId('x1'),
  at: epochMs(0),
  by: 'Dr P',
  target,
  reason: 'Patient moved',
});

export const spanOut = (metric: MetricId, from: number, to: number): Exclusion =>
  exclusion({ kind: 'span', metrics: [metric], from: epochMs(from), to: epochMs(to) });

export const readingOut = ({ monitorId, receivedAt }: NibpReading): Exclusion =>
  exclusion({ kind: 'reading', monitorId, receivedAt: receivedAt.wall });
