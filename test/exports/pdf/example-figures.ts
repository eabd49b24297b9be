/** Figures of the example visit: given, not worked out. What they mean is proved where they are made. */
import type { AlarmLogFigures } from '../../../core/alarm/log.ts';
import type { MonitorId } from '../../../core/ids.ts';
import type { MetricId } from '../../../core/nomenclature/metrics.ts';
import type { Extreme, SessionFigures } from '../../../core/review/figures.ts';
import type { SessionEvent } from '../../../core/session/events.ts';
import { epochMs } from '../../../core/time.ts';

const MINUTE = 60_000;

export const exampleFigures = (
  opened: number,
  start: number,
  monitor: MonitorId,
  events: readonly SessionEvent[],
  alarms: AlarmLogFigures,
): SessionFigures => {
  const at = (minute: number) => epochMs(start + minute * MINUTE);
  const extreme = (metric: MetricId, value: number, minute: number): Extreme => ({
    metric,
    value,
    at: at(minute),
    sinceInfusionMs: minute * MINUTE,
    monitorId: monitor,
  });
  const covered = (metric: MetricId, coveredMs: number, gap: readonly [number, number] | null) => ({
    metric,
    expectedMs: 78 * MINUTE,
    coveredMs,
    percent: (100 * coveredMs) / (78 * MINUTE),
    gaps: gap === null ? 0 : 1,
    longestGap: gap === null ? null : { from: at(gap[0]), to: at(gap[1]) },
    longGaps: gap === null ? [] : [{ from: at(gap[0]), to: at(gap[1]) }],
  });
  return {
    from: epochMs(opened),
    to: at(78),
    baseline: { systolic: 124, diastolic: 78, mean: 93, heartRate: 72, readings: 2 },
    peak: {
      systolic: extreme('MDC_PRESS_BLD_NONINV_SYS', 168, 27),
      diastolic: extreme('MDC_PRESS_BLD_NONINV_DIA', 99, 27),
      mean: extreme('MDC_PRESS_BLD_NONINV_MEAN', 122, 27),
      heartRate: extreme('MDC_ECG_HEART_RATE', 99, 26.2),
    },
    lowest: {
      systolic: extreme('MDC_PRESS_BLD_NONINV_SYS', 128, 2),
      heartRate: extreme('MDC_ECG_HEART_RATE', 67, 1.4),
      spo2: extreme('MDC_PULS_OXIM_SAT_O2', 86, 35),
      respiration: extreme('MDC_RESP_RATE', 11, 27),
    },
    peakRise: { mmHg: 44, percent: 35.483_87 },
    beyond: [
      {
        limitId: 'nibp-sys-high-medium-priority',
        metric: 'MDC_PRESS_BLD_NONINV_SYS',
        side: 'high',
        priority: 'medium',
        threshold: 160,
        phase: 'infusing',
        ms: 9 * MINUTE + 30_000,
      },
    ],
    marks: [
      {
        metric: 'MDC_PRESS_BLD_NONINV_SYS',
        side: 'high',
        threshold: 160,
        ms: 10 * MINUTE,
        coveredMs: 76 * MINUTE,
      },
      { metric: 'MDC_PRESS_BLD_NONINV_SYS', side: 'high', threshold: 180, ms: 0, coveredMs: 76 * MINUTE },
      { metric: 'MDC_PULS_OXIM_SAT_O2', side: 'low', threshold: 90, ms: 2000, coveredMs: 75 * MINUTE },
    ],
    means: [
      { metric: 'MDC_PRESS_BLD_NONINV_MEAN', phase: 'infusing', mean: 111.237, coveredMs: 43 * MINUTE },
      { metric: 'MDC_PRESS_BLD_NONINV_MEAN', phase: 'recovery', mean: 100.8, coveredMs: 31 * MINUTE },
      { metric: 'MDC_ECG_HEART_RATE', phase: 'infusing', mean: 86.4, coveredMs: 43 * MINUTE },
    ],
    returnToBaselineMs: 18 * MINUTE,
    interruptions: { count: 1, ms: 4 * MINUTE },
    drugs: events.flatMap(({ id, at: when, body }) =>
      body.type === 'drug-given'
        ? [
            {
              drug: id,
              at: when.wall,
              before: { systolic: 168, diastolic: 99, at: at(27) },
              after: { systolic: 152, diastolic: 92, at: at(35) },
            },
          ]
        : [],
    ),
    recovery: { toDischargeMs: 31 * MINUTE, toReadyMs: 24 * MINUTE },
    alarms: {
      ...alarms,
      count: 1,
      percentConfirmed: 100,
      burdenMs: { high: 0, medium: 11 * MINUTE, low: 0 },
    },
    completeness: [
      covered('MDC_ECG_HEART_RATE', 78 * MINUTE, null),
      covered('MDC_PULS_OXIM_SAT_O2', 75 * MINUTE, [40, 43]),
      covered('MDC_RESP_RATE', 78 * MINUTE - 1000, null),
    ],
    doubtful: [{ metric: 'MDC_PRESS_BLD_NONINV_SYS', values: 1, lowest: 98, highest: 98 }],
    excluded: { values: 30, readings: 1 },
  };
};
