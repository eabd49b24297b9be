/**
 * Works out what a visit comes to. Values are taken one after the other, in order of receipt, so that a visit of any
 * length fits and the reader of the record can feed it straight from its columns. What counts and for how long:
 * docs/review.md.
 */
import { measuredAt } from '../alarm/cuff-reading.ts';
import { foldAlarmLog } from '../alarm/log-fold.ts';
import { judgedMetrics, limitMetricOf } from '../alarm/source.ts';
import type { MonitorId } from '../ids.ts';
import { METRIC_IDS, METRICS, type MetricId, NIBP_METRICS } from '../nomenclature/metrics.ts';
import { EXPIRED_AFTER_MS } from '../observation/freshness.ts';
import type { StoredFrame } from '../observation/stored-frame.ts';
import type { NibpReading, SessionEvent } from '../session/events.ts';
import { infusionStartedAt, type Session } from '../session/session.ts';
import type { EpochMs } from '../time.ts';
import { alarmFiguresOf } from './alarm-figures.ts';
import { completenessOf } from './completeness.ts';
import { createDoubts } from './doubts.ts';
import { type Exclusion, foldExclusions } from './exclusions.ts';
import { createExtremes, type ExtremePair } from './extremes.ts';
import type { SessionFigures } from './figures.ts';
import { createGroup, type HeldGroup, type Mark } from './held.ts';
import { pressuresAroundDrugs, pressuresOf, returnToBaseline, sortReadings } from './pressures.ts';
import { createVitalsAtEnd, recoveryOf } from './readiness.ts';
import { cuffIntervals, stretchesOf } from './timeline.ts';

export interface FiguresInput {
  readonly session: Session;
  readonly events: readonly SessionEvent[];
  readonly readings: readonly NibpReading[];
  /** The end of what is looked at while the visit is open. */
  readonly now: EpochMs;
}

/** One value of a continuous metric; null: the monitor has no number. */
export interface FigureValue {
  readonly metric: MetricId;
  readonly monitorId: MonitorId;
  /** Received, wall clock. */
  readonly at: number;
  readonly value: number | null;
  readonly isQuestionable: boolean;
}

export interface FiguresRun {
  /** The next value, in order of receipt. Cuff metrics come with the readings and are passed over here. */
  take(value: FigureValue): void;
  takeFrame(frame: StoredFrame): void;
  /** Call once, at the end. */
  finish(): SessionFigures;
}

/** A cuff value stands until the next reading, or for so many of the intervals that were in force. Our choice, after BP-8. */
export const CUFF_HOLD_INTERVALS = 1.5;

const MARKS: readonly Mark[] = [
  { metric: 'MDC_PRESS_BLD_NONINV_SYS', side: 'high', threshold: 160 },
  { metric: 'MDC_PRESS_BLD_NONINV_SYS', side: 'high', threshold: 180 },
  { metric: 'MDC_PULS_OXIM_SAT_O2', side: 'low', threshold: 90 },
];

interface Group {
  readonly held: HeldGroup;
  readonly extremes: { take(metric: MetricId, id: MonitorId, at: number, value: number): void };
  readonly result: () => ExtremePair;
}

/** The figures of a whole visit from frames that are there already. */
export const sessionFigures = (input: FiguresInput, frames: Iterable<StoredFrame>): SessionFigures => {
  const run = beginFigures(input);
  for (const frame of frames) run.takeFrame(frame);
  return run.finish();
};

export const beginFigures = ({ session, events, readings, now }: FiguresInput): FiguresRun => {
  const to = session.closedAt ?? now;
  const exclusions = foldExclusions(events);
  const stretches = stretchesOf(session, events, to);
  const start = infusionStartedAt(session);
  const groups = new Map<MetricId, Group>();
  const doubts = createDoubts();
  const atEnd = createVitalsAtEnd(session);
  let excludedValues = 0;

  /** The group of a metric; made when its first value comes. */
  const groupOf = (metric: MetricId): Group => {
    const known = groups.get(metric);
    if (known !== undefined) return known;
    const limitMetric = limitMetricOf(metric);
    const metrics = judgedMetrics(limitMetric);
    const extremes = createExtremes(start);
    const group: Group = {
      extremes,
      result: extremes.result,
      held: createGroup({
        metrics,
        stretches,
        bestOnly: limitMetric === 'MDC_RESP_RATE',
        marks: MARKS.filter((mark) => mark.metric === limitMetric),
        isShared: METRICS[metric].kind === 'episodic',
      }),
    };
    for (const each of metrics) groups.set(each, group);
    return group;
  };

  const spans = spansByMetric(exclusions);

  const take = ({ metric, monitorId, at, value, isQuestionable }: FigureValue): void => {
    if (METRICS[metric].kind === 'episodic') return;
    const group = groupOf(metric);
    const own = spans.get(metric);
    const isExcluded = own?.some(({ from, to: until }) => at >= from && at < until) ?? false;
    if (value !== null && isExcluded) excludedValues += 1;
    else if (value !== null && isQuestionable) doubts.take(metric, value);
    if (value === null || isExcluded || isQuestionable) {
      group.held.end(metric, monitorId, at);
      return;
    }
    group.held.take(metric, monitorId, at, value, Math.min(at + EXPIRED_AFTER_MS, nextStart(own, at)));
    if (!group.held.isOutranked(metric, at)) group.extremes.take(metric, monitorId, at, value);
    atEnd.take(metric, at, value);
  };

  const sorted = sortReadings(readings, exclusions);
  const intervalAt = cuffIntervals(events);
  for (const metric of NIBP_METRICS) groupOf(metric);
  for (const reading of sorted.counted) {
    const at = measuredAt(reading).wall;
    const until = at + CUFF_HOLD_INTERVALS * intervalAt(at);
    for (const [metric, value] of pressuresOf(reading)) {
      const { held, extremes } = groupOf(metric);
      if (value === null) held.end(metric, reading.monitorId, at);
      else {
        held.take(metric, reading.monitorId, at, value, until);
        extremes.take(metric, reading.monitorId, at, value);
      }
    }
  }
  for (const reading of sorted.doubtful) {
    for (const [metric, value] of pressuresOf(reading)) if (value !== null) doubts.take(metric, value);
  }

  return {
    take,
    takeFrame: ({ monitorId, at, observations }) => {
      for (const { metric, value, validity } of observations) {
        take({ metric, monitorId, at: at.wall, value, isQuestionable: validity === 'questionable' });
      }
    },
    finish: () => {
      // Vitals that gave nothing at all have their row, too.
      for (const metric of EXPECTED) groupOf(metric);
      const pair = (metric: MetricId): ExtremePair => groupOf(metric).result();
      // In the order of the table of metrics, whichever came first.
      const inOrder = METRIC_IDS.flatMap((metric) => groups.get(metric) ?? []);
      const done = [...new Set(inOrder)].map(({ held }) => held.finish());
      const systolic = pair('MDC_PRESS_BLD_NONINV_SYS');
      const { baseline } = session;
      const peak = systolic.highest;
      const pauses = session.spans.filter(({ phase }) => phase === 'paused');
      return {
        from: session.openedAt,
        to,
        baseline,
        peak: {
          systolic: peak,
          diastolic: pair('MDC_PRESS_BLD_NONINV_DIA').highest,
          mean: pair('MDC_PRESS_BLD_NONINV_MEAN').highest,
          heartRate: pair('MDC_ECG_HEART_RATE').highest,
        },
        lowest: {
          systolic: systolic.lowest,
          heartRate: pair('MDC_ECG_HEART_RATE').lowest,
          spo2: pair('MDC_PULS_OXIM_SAT_O2').lowest,
          respiration: pair('MDC_RESP_RATE').lowest,
        },
        peakRise: peak === null || baseline === null ? null : rise(peak.value, baseline.systolic),
        beyond: done.flatMap(({ beyond }) => beyond),
        marks: done.flatMap(({ marks }) => marks),
        means: done.flatMap(({ means }) => means),
        returnToBaselineMs: returnToBaseline(sorted.counted, peak, baseline),
        interruptions: {
          count: pauses.length,
          ms: pauses.reduce((sum, { startedAt, endedAt }) => sum + ((endedAt ?? to) - startedAt), 0),
        },
        drugs: pressuresAroundDrugs(sorted.counted, session.visit.drugs),
        recovery: recoveryOf(events, session, sorted.counted, atEnd, to),
        alarms: alarmFiguresOf(foldAlarmLog(events, to), to),
        completeness: completenessOf(new Map(done.flatMap(({ coverage }) => [...coverage]))),
        doubtful: doubts.result(),
        excluded: { values: excludedValues, readings: sorted.excluded.length },
      };
    },
  };
};

const EXPECTED: readonly MetricId[] = [
  'MDC_ECG_HEART_RATE',
  'MDC_PULS_OXIM_SAT_O2',
  'MDC_RESP_RATE',
  'MDC_PRESS_BLD_NONINV_SYS',
];

const rise = (peak: number, baseline: number): SessionFigures['peakRise'] => ({
  mmHg: peak - baseline,
  percent: (100 * (peak - baseline)) / baseline,
});

interface ExcludedSpan {
  readonly from: EpochMs;
  readonly to: EpochMs;
}

const spansByMetric = (exclusions: readonly Exclusion[]): ReadonlyMap<MetricId, readonly ExcludedSpan[]> => {
  const spans = new Map<MetricId, ExcludedSpan[]>();
  for (const { target } of exclusions) {
    if (target.kind !== 'span') continue;
    for (const metric of target.metrics) spans.set(metric, [...(spans.get(metric) ?? []), target]);
  }
  return spans;
};

/** Nothing stands inside an excluded span: where the next one begins. */
const nextStart = (spans: readonly ExcludedSpan[] | undefined, at: number): number =>
  (spans ?? []).reduce(
    (next, { from }) => (from > at ? Math.min(next, from) : next),
    Number.POSITIVE_INFINITY,
  );
