/**
 * Values that a person took out of the figures of a session because they are artefacts. Nothing is deleted: the
 * values stay in the record, marked, and both the marking and its taking back are entries with a name and a reason
 * (correction after HL7/21 CFR 11.10(e): the earlier entry stays readable).
 */
import type { EventId, MonitorId } from '../ids.ts';
import type { MetricId } from '../nomenclature/metrics.ts';
import type { NibpReading, SessionEvent } from '../session/events.ts';
import type { EpochMs } from '../time.ts';

/** What is left out: continuous values of some metrics in from <= time < to, or one cuff reading. */
export type ArtefactTarget =
  | {
      readonly kind: 'span';
      readonly metrics: readonly MetricId[];
      readonly from: EpochMs;
      readonly to: EpochMs;
    }
  | {
      readonly kind: 'reading';
      readonly monitorId: MonitorId;
      /** `receivedAt.wall` of the reading. */
      readonly receivedAt: EpochMs;
    };

export type ReviewEventBody =
  | { readonly type: 'artefact-excluded'; readonly target: ArtefactTarget; readonly reason: string }
  /** `excluded`: the entry that is taken back. */
  | { readonly type: 'artefact-restored'; readonly excluded: EventId; readonly reason: string };

/** An exclusion that stands. */
export interface Exclusion {
  readonly id: EventId;
  readonly at: EpochMs;
  readonly by: string;
  readonly target: ArtefactTarget;
  readonly reason: string;
}

/** The exclusions that stand at the end of `events`, oldest first. */
export const foldExclusions = (events: readonly SessionEvent[]): readonly Exclusion[] => {
  const standing = new Map<EventId, Exclusion>();
  for (const { id, at, by, body } of events) {
    if (body.type === 'artefact-excluded') {
      standing.set(id, { id, at: at.wall, by, target: body.target, reason: body.reason });
    } else if (body.type === 'artefact-restored') {
      standing.delete(body.excluded);
    }
  }
  return [...standing.values()];
};

/** True when a continuous value of `metric` received at `at` is left out. */
export const isValueExcluded = (exclusions: readonly Exclusion[], metric: MetricId, at: EpochMs): boolean =>
  exclusions.some(
    ({ target }) =>
      target.kind === 'span' && target.metrics.includes(metric) && at >= target.from && at < target.to,
  );

/** True when a cuff reading is left out. */
export const isReadingExcluded = (
  exclusions: readonly Exclusion[],
  reading: Pick<NibpReading, 'monitorId' | 'receivedAt'>,
): boolean =>
  exclusions.some(
    ({ target }) =>
      target.kind === 'reading' &&
      target.monitorId === reading.monitorId &&
      target.receivedAt === reading.receivedAt.wall,
  );

/** True when two targets name the same values. */
export const isSameTarget = (a: ArtefactTarget, b: ArtefactTarget): boolean => {
  if (a.kind === 'reading') {
    return b.kind === 'reading' && a.monitorId === b.monitorId && a.receivedAt === b.receivedAt;
  }
  return (
    b.kind === 'span' &&
    a.from === b.from &&
    a.to === b.to &&
    b.metrics.every((metric) => a.metrics.includes(metric)) &&
    a.metrics.every((metric) => b.metrics.includes(metric))
  );
};
