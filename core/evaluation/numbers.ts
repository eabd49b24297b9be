/**
 * The numbers of a trace, sorted into series and cuff readings. Made without the alarm engine's own code, so
 * that what is concluded from them can check the engine.
 */
import type { MonitorId } from '../ids.ts';
import { METRICS, type MetricId, NIBP_METRICS } from '../nomenclature/metrics.ts';
import type { Observation } from '../observation/observation.ts';
import { addMs, elapsedMs, type Instant } from '../time.ts';
import { isFrame, type TraceInput } from './trace.ts';

/** One number of a series; null: the monitor said that it had none. */
export interface SeriesPoint {
  readonly at: Instant;
  readonly value: number | null;
  /** The monitor doubted it. */
  readonly isDoubtful: boolean;
}

/** One continuous metric of one monitor. */
export interface Series {
  readonly monitorId: MonitorId;
  readonly metric: MetricId;
  readonly points: readonly SeriesPoint[];
}

/** One cuff reading with at least a systolic or a diastolic pressure (mmHg). */
export interface CuffPoint {
  readonly at: Instant;
  readonly measuredAt: Instant;
  readonly systolic: number | null;
  readonly diastolic: number | null;
  readonly mean: number | null;
  /** Why it may not be believed; null: nothing speaks against it. */
  readonly doubt: string | null;
}

export interface TraceNumbers {
  readonly series: readonly Series[];
  readonly cuff: readonly CuffPoint[];
}

/** Less pulse pressure than this (mmHg) is no reading of an artery. */
const LEAST_PULSE_PRESSURE = 10;

/** All numbers of a trace. A cuff reading told again (same pressures, not measured later) counts once. */
export const numbersOf = (inputs: Iterable<TraceInput>): TraceNumbers => {
  const series = new Map<string, { monitorId: MonitorId; metric: MetricId; points: SeriesPoint[] }>();
  const cuff: CuffPoint[] = [];
  for (const input of inputs) {
    if (!isFrame(input)) continue;
    for (const { metric, receivedAt, value, validity } of input.observations) {
      if (METRICS[metric].kind !== 'continuous') continue;
      const key = `${input.monitorId}/${metric}`;
      const list = series.get(key) ?? { monitorId: input.monitorId, metric, points: [] };
      list.points.push({ at: receivedAt, value, isDoubtful: validity === 'questionable' });
      series.set(key, list);
    }
    const reading = cuffPoint(input.observations);
    if (reading !== null && !isToldAgain(cuff.at(-1), reading)) cuff.push(reading);
  }
  return { series: [...series.values()], cuff };
};

const cuffPoint = (frame: readonly Observation[]): CuffPoint | null => {
  const [sys, dia, map] = NIBP_METRICS.map((metric) => frame.find((entry) => entry.metric === metric));
  const [systolic, diastolic, mean] = [sys?.value ?? null, dia?.value ?? null, map?.value ?? null];
  const first = [sys, dia, map].find((entry) => entry !== undefined && entry.value !== null);
  if (first === undefined) return null;
  const isDoubted = [sys, dia, map].some((entry) => entry?.validity === 'questionable');
  return {
    at: first.receivedAt,
    measuredAt: addMs(first.receivedAt, -first.ageAtReceiptMs),
    systolic,
    diastolic,
    mean,
    doubt: isDoubted ? 'the monitor doubts it' : doubtOf(systolic, diastolic, mean),
  };
};

const doubtOf = (sys: number | null, dia: number | null, mean: number | null): string | null => {
  if (sys === null || dia === null) return 'incomplete';
  if (sys - dia < LEAST_PULSE_PRESSURE) return 'systolic and diastolic too close';
  if (mean !== null && !(dia < mean && mean < sys)) return 'mean not between systolic and diastolic';
  return null;
};

const isToldAgain = (before: CuffPoint | undefined, next: CuffPoint): boolean =>
  before !== undefined &&
  before.systolic === next.systolic &&
  before.diastolic === next.diastolic &&
  before.mean === next.mean &&
  elapsedMs(before.at, next.measuredAt) <= 0;
