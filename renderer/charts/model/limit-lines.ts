/**
 * Alarm limits as lines in their lanes, each only over the time in which it was in force: a limit that was changed
 * an hour ago must not look as if it had always been there.
 */
import { drawnLimits } from '../../../core/alarm/drawn-limits.ts';
import type { LimitSet, LimitSide } from '../../../core/alarm/limits.ts';
import type { AlarmPriority } from '../../../core/alarm/types.ts';
import type { MetricId } from '../../../core/nomenclature/metrics.ts';
import type { SessionEvent } from '../../../core/session/events.ts';

export interface LimitLine {
  readonly metric: MetricId;
  readonly side: LimitSide;
  readonly priority: AlarmPriority;
  readonly value: number;
  readonly from: number;
  readonly to: number;
}

interface Span {
  readonly set: LimitSet;
  readonly from: number;
  readonly to: number;
}

/** Which set of limits was in force when, from the changes in the record; the last stretch is the current set. */
const spansOf = (
  current: LimitSet,
  events: readonly SessionEvent[],
  place: (event: SessionEvent) => number,
): readonly Span[] => {
  const spans: Span[] = [];
  let since = Number.NEGATIVE_INFINITY;
  for (const event of events) {
    if (event.body.type !== 'limits-changed') continue;
    const at = place(event);
    spans.push({ set: event.body.before, from: since, to: at });
    since = at;
  }
  return [...spans, { set: current, from: since, to: Number.POSITIVE_INFINITY }];
};

/**
 * The limits of some metrics inside a window, up to `now`: a limit is not drawn into the future. A limit that is
 * off has no line. Equal limits that follow one another are one line.
 * @param events of one session, in order.
 */
export const limitLines = (
  current: LimitSet,
  events: readonly SessionEvent[],
  metrics: readonly MetricId[],
  window: { readonly from: number; readonly to: number },
  now: number,
  place: (event: SessionEvent) => number,
): readonly LimitLine[] => {
  const lines: LimitLine[] = [];
  for (const span of spansOf(current, events, place)) {
    const from = Math.max(window.from, span.from);
    const to = Math.min(window.to, now, span.to);
    if (to <= from) continue;
    for (const { metric, side, priority, threshold } of drawnLimits(span.set, metrics)) {
      const before = lines.findIndex(
        (line) =>
          line.metric === metric &&
          line.side === side &&
          line.value === threshold &&
          line.priority === priority &&
          line.to === from,
      );
      const earlier = lines[before];
      if (earlier === undefined) lines.push({ metric, side, priority, value: threshold, from, to });
      else lines[before] = { ...earlier, to };
    }
  }
  return lines;
};
