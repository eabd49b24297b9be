/**
 * The lanes of the trend, from top to bottom: blood pressure first, since it is what a ketamine infusion is watched
 * for, then rate, saturation, respiration. A lane's scale starts from a fixed range, so that a glance means the same
 * from one patient to the next, and grows in steps when a value or a limit lies outside of it.
 */
import type { MetricId } from '../../../core/nomenclature/metrics.ts';
import { METRICS, NIBP_METRICS } from '../../../core/nomenclature/metrics.ts';

export type LaneId = 'pressure' | 'rate' | 'saturation' | 'respiration';

/** How the line of a metric is told apart from others in its lane. */
export interface LineStyle {
  readonly widthPx: number;
  readonly alpha: number;
}

export interface LaneSpec {
  readonly id: LaneId;
  readonly title: string;
  readonly unitLabel: string;
  /** CSS variable of its colour. */
  readonly token: '--nibp' | '--hr' | '--spo2' | '--rr';
  readonly metrics: readonly MetricId[];
  /** Range shown at least, in the lane's unit. */
  readonly base: { readonly low: number; readonly high: number };
  /** The scale grows by whole steps of this, never beyond `hard`. */
  readonly step: number;
  readonly hard: { readonly low: number; readonly high: number };
  /** Share of the height. */
  readonly weight: number;
}

export const LANES: readonly LaneSpec[] = [
  {
    id: 'pressure',
    title: 'NIBP',
    unitLabel: 'mmHg',
    token: '--nibp',
    metrics: [...NIBP_METRICS],
    base: { low: 40, high: 200 },
    step: 20,
    hard: { low: 0, high: 320 },
    weight: 1.5,
  },
  {
    id: 'rate',
    title: 'HR/PR',
    unitLabel: '/min',
    token: '--hr',
    metrics: ['MDC_ECG_HEART_RATE', 'MDC_PULS_OXIM_PULS_RATE'],
    base: { low: 40, high: 140 },
    step: 20,
    hard: { low: 0, high: 360 },
    weight: 1.15,
  },
  {
    id: 'saturation',
    title: 'SpO₂',
    unitLabel: '%',
    token: '--spo2',
    metrics: ['MDC_PULS_OXIM_SAT_O2'],
    base: { low: 80, high: 100 },
    step: 10,
    hard: { low: 0, high: 100 },
    weight: 1,
  },
  {
    id: 'respiration',
    title: 'RR',
    unitLabel: '/min',
    token: '--rr',
    metrics: ['MDC_CO2_RESP_RATE', 'MDC_TTHOR_RESP_RATE', 'MDC_RESP_RATE'],
    base: { low: 0, high: 30 },
    step: 10,
    hard: { low: 0, high: 150 },
    weight: 0.85,
  },
];

/**
 * The first line of a lane is its main one (the heart rate; capnography before impedance); further sources of the
 * same quantity are thinner lines beside it.
 */
export const lineStyle = (order: number): LineStyle =>
  order === 0 ? { widthPx: 1.8, alpha: 1 } : { widthPx: 1, alpha: 0.7 };

/** Short name of a metric on the trend. */
export const metricLabel = (metric: MetricId): string => METRICS[metric].label;

export interface Domain {
  readonly low: number;
  readonly high: number;
}

/** The range a lane shows so that everything in `values` is inside. Contains the base range; never beyond `hard`. */
export const laneDomain = (
  spec: Pick<LaneSpec, 'base' | 'step' | 'hard'>,
  values: readonly number[],
): Domain => {
  const low = Math.min(spec.base.low, ...values);
  const high = Math.max(spec.base.high, ...values);
  const down = Math.ceil((spec.base.low - low) / spec.step) * spec.step;
  const up = Math.ceil((high - spec.base.high) / spec.step) * spec.step;
  return {
    low: Math.max(spec.hard.low, spec.base.low - down),
    high: Math.min(spec.hard.high, spec.base.high + up),
  };
};

const TICK_STEPS = [5, 10, 20, 40, 50, 100] as const;

/** Round values to label in a lane of `heightPx`, at least `spacingPx` apart, within the domain. */
export const laneTicks = (domain: Domain, heightPx: number, spacingPx = 20): readonly number[] => {
  const span = domain.high - domain.low;
  const step = TICK_STEPS.find((candidate) => (heightPx * candidate) / span >= spacingPx) ?? 100;
  const ticks: number[] = [];
  for (let tick = Math.ceil(domain.low / step) * step; tick <= domain.high; tick += step) ticks.push(tick);
  return ticks;
};

/** Where a lane lies, in CSS pixels from the top of the drawing. */
export interface LaneBox {
  readonly top: number;
  readonly height: number;
}

/** Divides a height between the lanes by weight, `gapPx` apart. Boxes are whole pixels and never overlap. */
export const stackLanes = (
  lanes: readonly { readonly weight: number }[],
  top: number,
  height: number,
  gapPx: number,
): readonly LaneBox[] => {
  const weights = lanes.reduce((sum, lane) => sum + lane.weight, 0);
  const free = Math.max(0, height - gapPx * (lanes.length - 1));
  let before = 0;
  return lanes.map((lane, index) => {
    const from = Math.round((free * before) / weights);
    before += lane.weight;
    const to = Math.round((free * before) / weights);
    return { top: top + from + index * gapPx, height: to - from };
  });
};

/** Space inside a lane above and below its domain, so that a line on the edge is seen whole (CSS pixels). */
export const LANE_PADDING_PX = 8;

/** Height (CSS pixels) of a value in a lane. Values outside the domain stay on its edge rather than leave the lane. */
export const laneY = (box: LaneBox, domain: Domain, value: number): number => {
  const inner = box.height - 2 * LANE_PADDING_PX;
  const share = (value - domain.low) / (domain.high - domain.low);
  return box.top + LANE_PADDING_PX + inner * (1 - Math.min(1, Math.max(0, share)));
};
