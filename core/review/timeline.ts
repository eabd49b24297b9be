/** A visit cut at every change of phase and limits: within one stretch everything that judges values stays the same. */
import type { LimitSet } from '../alarm/limits.ts';
import { DEFAULT_PRESET } from '../alarm/presets.ts';
import type { SessionEvent } from '../session/events.ts';
import { isUnderTreatment, type Phase } from '../session/phase.ts';
import { DEFAULT_NIBP_INTERVAL_MS, infusionStartedAt, type Session } from '../session/session.ts';
import { type EpochMs, epochMs } from '../time.ts';

/** from <= time < to. */
export interface Stretch {
  readonly from: EpochMs;
  readonly to: EpochMs;
  readonly phase: Phase;
  readonly limits: LimitSet;
  /** The patient is under treatment: vital signs are expected. */
  readonly isExpected: boolean;
  /** The infusion has started, whatever came after. */
  readonly isAfterStart: boolean;
}

/** The visit's stretches up to `to`, in order and without a hole; those without any length are left out. */
export const stretchesOf = (
  session: Session,
  events: readonly SessionEvent[],
  to: EpochMs,
): readonly Stretch[] => {
  const start = infusionStartedAt(session);
  const limits = limitChanges(events);
  return session.spans.flatMap(({ phase, startedAt, endedAt }) => {
    const end = Math.min(endedAt ?? to, to);
    const inside = limits.filter(({ at }) => at > startedAt && at < end);
    const cuts = [startedAt, ...inside.map(({ at }) => at), epochMs(end)];
    return cuts.slice(0, -1).flatMap((from, index): readonly Stretch[] => {
      const until = cuts[index + 1] ?? from;
      if (until <= from) return [];
      return [
        {
          from,
          to: until,
          phase,
          limits: limits.findLast(({ at }) => at <= from)?.set ?? DEFAULT_PRESET,
          isExpected: isUnderTreatment(phase),
          isAfterStart: start !== null && from >= start,
        },
      ];
    });
  });
};

/** Every set of limits with the moment from which it was in force; the first from before the visit. */
export const limitChanges = (
  events: readonly SessionEvent[],
): readonly { readonly at: EpochMs; readonly set: LimitSet }[] => {
  const changes = events.flatMap(({ at, body }) =>
    body.type === 'limits-changed' ? [{ at: at.wall, before: body.before, set: body.after }] : [],
  );
  const [first] = changes;
  return [{ at: epochMs(Number.NEGATIVE_INFINITY), set: first?.before ?? DEFAULT_PRESET }, ...changes];
};

/** Returns `interval(at)`: the planned time between two cuff readings that was in force at a moment (ms). */
export const cuffIntervals = (events: readonly SessionEvent[]): ((at: EpochMs) => number) => {
  const changes = events.flatMap(({ at, body }) =>
    body.type === 'nibp-interval-set' || body.type === 'cuff-interval-in-force'
      ? [{ at: at.wall, intervalMs: body.intervalMs }]
      : [],
  );
  return (at) => changes.findLast((change) => change.at <= at)?.intervalMs ?? DEFAULT_NIBP_INTERVAL_MS;
};
