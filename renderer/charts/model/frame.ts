/** Everything one drawing shows, computed from what is held: pure, so that it can be tested without a canvas. */
import type { ChairView } from '../../../core/api/views.ts';
import type { MetricId } from '../../../core/nomenclature/metrics.ts';
import { STALE_AFTER_MS } from '../../../core/observation/freshness.ts';
import type { SessionEvent } from '../../../core/session/events.ts';
import { infusionStartedAt } from '../../../core/session/session.ts';
import { gapThresholdMs } from '../data/gaps.ts';
import { type History, historyTrace } from '../data/history.ts';
import { type CuffReading, fromStored, mergeReadings } from '../data/nibp-readings.ts';
import { extremesOf, mergeTraces, type Trace } from '../data/trace.ts';
import { type Track, type TrendStore, visibleSlice } from '../data/trend-store.ts';
import { bucketMsFor, decimate } from '../decimate.ts';
import { type DoseLane, doseLane } from './dose-lane.ts';
import { type Domain, LANES, type LaneSpec, laneDomain } from './lanes.ts';
import { type LimitLine, limitLines } from './limit-lines.ts';
import { type Mark, marksOf } from './marks.ts';
import { type PhaseBand, phaseBands } from './phase-bands.ts';
import { type AxisRange, type ViewWindow, visibleRange } from './view-window.ts';

export interface LaneLine {
  readonly metric: MetricId;
  readonly monitorId: string;
  readonly trace: Trace;
}

export interface LaneFrame {
  readonly spec: LaneSpec;
  readonly domain: Domain;
  readonly lines: readonly LaneLine[];
  readonly limits: readonly LimitLine[];
  /** Since when the lane has had no number although it is now (or its line would be drawn); null while it has. */
  readonly silentSince: number | null;
}

export interface BaselineLine {
  readonly systolic: number;
  readonly diastolic: number;
  readonly from: number;
}

export interface TrendFrame {
  readonly range: AxisRange;
  readonly now: number;
  readonly bucketMs: number;
  /** Where the infusion started on the axis: the zero of the minutes; null before. */
  readonly zero: number | null;
  readonly lanes: readonly LaneFrame[];
  /** Those inside the window. */
  readonly readings: readonly CuffReading[];
  readonly baseline: BaselineLine | null;
  readonly bands: readonly PhaseBand[];
  readonly marks: readonly Mark[];
  /** The drug under the vitals; null while nothing was given. */
  readonly dose: DoseLane | null;
}

export interface FrameInputs {
  readonly store: TrendStore;
  readonly history: History | null;
  readonly chair: ChairView;
  readonly events: readonly SessionEvent[];
  readonly view: ViewWindow;
  /** Now, on the axis. */
  readonly now: number;
}

/** Where the session begins on the axis, else where the samples do. */
export const beginOf = ({ store, chair, now }: Pick<FrameInputs, 'store' | 'chair' | 'now'>): number =>
  chair.session === null ? (store.liveSince ?? now) : store.clock.fromWall(chair.session.openedAt);

/** Every cuff reading that is known, each once: as it arrived, from the record, and the last one the chair is shown. */
export const knownReadings = ({
  store,
  history,
  chair,
}: Pick<FrameInputs, 'store' | 'history' | 'chair'>): readonly CuffReading[] => {
  const { last } = chair.cuff;
  const shown = last === null ? [] : [fromStored(last, store.clock.locate(last.receivedAt))];
  return mergeReadings(mergeReadings(store.readings, history?.readings ?? []), shown);
};

/** The drawing of one moment. */
export const buildFrame = (inputs: FrameInputs): TrendFrame => {
  const { store, history, chair, events, now } = inputs;
  const { clock } = store;
  const range = visibleRange(inputs.view, { now, begin: beginOf(inputs) });
  const bucketMs = bucketMsFor(range.to - range.from);
  const place = (event: SessionEvent): number => clock.locate(event.at);
  const startedAt = chair.session === null ? null : infusionStartedAt(chair.session);
  const readings = knownReadings(inputs);
  const visible = readings.filter((reading) => reading.at >= range.from && reading.at <= range.to);
  const baseline = baselineOf(inputs, place);

  const lanes = LANES.map((spec): LaneFrame => {
    const lines =
      spec.id === 'pressure'
        ? []
        : spec.metrics.flatMap((metric) => linesOf(metric, store.tracks, history, range, bucketMs));
    const limits = limitLines(chair.limits, events, spec.metrics, range, now, place);
    const extremes = extremesOf(lines.map((line) => line.trace));
    const values = [
      ...(extremes === null ? [] : [extremes.low, extremes.high]),
      ...limits.map((limit) => limit.value),
      ...(spec.id === 'pressure'
        ? visible.flatMap((reading) => [reading.systolic, reading.diastolic ?? reading.systolic])
        : []),
      ...(spec.id === 'pressure' && baseline !== null ? [baseline.systolic, baseline.diastolic] : []),
    ];
    return {
      spec,
      domain: laneDomain(spec, values),
      lines,
      limits,
      silentSince: silence(spec, lines, range, now),
    };
  });

  return {
    range,
    now,
    bucketMs,
    zero: startedAt === null ? null : clock.fromWall(startedAt),
    lanes,
    readings: visible,
    baseline,
    bands: phaseBands(chair.session?.spans ?? [], range, now, clock.fromWall),
    marks: marksOf(events, chair.session?.visit ?? null, place),
    dose: doseLane(chair.session?.visit.dose ?? null, range, now, clock.fromWall, clock.toWall),
  };
};

const linesOf = (
  metric: MetricId,
  tracks: readonly Track[],
  history: History | null,
  range: AxisRange,
  bucketMs: number,
): readonly LaneLine[] => {
  const own = tracks.filter((track) => track.metric === metric);
  const lines = own.map((track, order) => {
    const [from, to] = visibleSlice(track.samples, range.from, range.to);
    const gapMs = gapThresholdMs(track.samples, from, to);
    const live = decimate(track.samples, from, to, bucketMs, gapMs);
    if (history === null || order > 0) return { metric, monitorId: track.monitorId, trace: live };
    const stored = historyTrace(history, metric, track.samples, range, gapMs);
    const jointMs = Math.max(gapMs, 1.5 * history.bucketMs);
    return { metric, monitorId: track.monitorId, trace: mergeTraces(stored, live, jointMs) };
  });
  if (own.length > 0 || history === null) return lines;
  const stored = historyTrace(history, metric, null, range, STALE_AFTER_MS);
  return stored.times.length === 0 ? [] : [{ metric, monitorId: '', trace: stored }];
};

/** A lane is silent when no line of it reaches the present; episodic pressure is never silent. */
const silence = (
  spec: LaneSpec,
  lines: readonly LaneLine[],
  range: AxisRange,
  now: number,
): number | null => {
  if (spec.id === 'pressure' || range.to < now) return null;
  const ends = lines.map((line) => line.trace.times.at(-1) ?? range.from);
  const newest = Math.max(range.from, ...ends);
  return now - newest > STALE_AFTER_MS ? newest : null;
};

/** The patient's own pressure, drawn from the moment it was frozen. */
const baselineOf = (
  { chair, events, store }: FrameInputs,
  place: (event: SessionEvent) => number,
): BaselineLine | null => {
  const baseline = chair.session?.baseline ?? null;
  if (baseline === null || chair.session === null) return null;
  const frozen = events.findLast((event) => event.body.type === 'baseline-frozen');
  const startedAt = infusionStartedAt(chair.session) ?? chair.session.openedAt;
  const from = frozen === undefined ? store.clock.fromWall(startedAt) : place(frozen);
  return { systolic: baseline.systolic, diastolic: baseline.diastolic, from };
};
