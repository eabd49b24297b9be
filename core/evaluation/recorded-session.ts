/**
 * What the record of a session tells the alarm engine besides the numbers: phases, baseline, cuff schedule,
 * symptoms, lines, and the limits in force. Times are placed on the wall clock: within one run of the station it
 * runs with the monotonic one, and it is the only clock that goes on over a restart.
 */
import type { AlarmInput } from '../alarm/input.ts';
import { isAlarmingSymptom } from '../alarm/symptoms.ts';
import type { MonitorId } from '../ids.ts';
import type { MetricId } from '../nomenclature/metrics.ts';
import type { Observation } from '../observation/observation.ts';
import { SIDE_EFFECTS } from '../scales/side-effects.ts';
import type { SessionEvent } from '../session/events.ts';
import { DEFAULT_NIBP_INTERVAL_MS } from '../session/session.ts';
import { type Instant, instant } from '../time.ts';
import type { RunInput } from './run.ts';
import type { TraceInput } from './trace.ts';

/** A moment of a record on the wall clock alone. */
export const onWallClock = (at: Instant): Instant => instant(at.wall, at.wall);

/** A frame of a record, with every instant in it placed on the wall clock. */
export const recordedFrame = (
  monitorId: MonitorId,
  at: Instant,
  observations: readonly Observation[],
): Extract<AlarmInput, { type: 'observations' }> => ({
  type: 'observations',
  monitorId,
  observations: observations.map((one) => ({ ...one, receivedAt: onWallClock(one.receivedAt) })),
  at: onWallClock(at),
});

/** The inputs of a record, in its order; what a person did to alarms is left out. */
export const recordedInputs = (events: readonly SessionEvent[]): readonly RunInput[] =>
  events.flatMap(({ at: told, body }): readonly RunInput[] => {
    const at = onWallClock(told);
    switch (body.type) {
      case 'session-opened':
        return [
          { type: 'nibp-schedule', intervalMs: DEFAULT_NIBP_INTERVAL_MS, at },
          { type: 'phase', phase: 'intake', at },
        ];
      case 'phase-changed':
        return [{ type: 'phase', phase: body.to, at }];
      case 'baseline-frozen':
        return [{ type: 'baseline', baseline: body.baseline, at }];
      case 'chair-moved':
        return body.leftBehind.map((monitorId) => ({ type: 'monitor-removed', monitorId, at }));
      case 'baseline-renewed':
        return [{ type: 'baseline', baseline: body.baseline, at }];
      case 'side-effect-noted': {
        const { label, alarming } = SIDE_EFFECTS[body.kind];
        return alarming ? [{ type: 'symptom', symptom: label, at }] : [];
      }
      case 'nibp-interval-set':
      case 'cuff-interval-in-force':
        return [{ type: 'nibp-schedule', intervalMs: body.intervalMs, at }];
      case 'limits-changed':
        return [{ type: 'limits', limits: body.after, at }];
      case 'note-added':
        return body.kind === 'side-effect' && body.corrects === null && isAlarmingSymptom(body.text)
          ? [{ type: 'symptom', symptom: body.text, at }]
          : [];
      case 'link-changed':
        return [
          {
            type: 'link',
            monitorId: body.monitorId,
            state: body.state === 'associated' ? 'associated' : 'not-associated',
            cause: body.text,
            metrics: [],
            at,
          },
        ];
      default:
        return [];
    }
  });

/**
 * Which metrics a monitor delivers is not in the record: it is learned from its numbers. Returns a function that
 * gives, before a frame, the line's state when the frame shows that it delivers more than was known; and that
 * fills in what is known by then in a line's own entry.
 */
export const createLineMemory = () => {
  const known = new Map<MonitorId, Set<MetricId>>();
  const metricsOf = (id: MonitorId): Set<MetricId> => {
    const set = known.get(id) ?? new Set<MetricId>();
    known.set(id, set);
    return set;
  };
  return {
    beforeFrame: ({
      monitorId,
      observations,
      at,
    }: ReturnType<typeof recordedFrame>): readonly TraceInput[] => {
      const metrics = metricsOf(monitorId);
      const before = metrics.size;
      for (const { metric, value } of observations) if (value !== null) metrics.add(metric);
      return metrics.size === before
        ? []
        : [{ type: 'link', monitorId, state: 'associated', cause: '', metrics: [...metrics], at }];
    },
    completed: (input: RunInput): RunInput =>
      input.type === 'link' ? { ...input, metrics: [...metricsOf(input.monitorId)] } : input,
  };
};
