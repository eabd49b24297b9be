/** The values of all lanes at one moment, each with how old it was then: for the cursor, the label and the table. */
import { METRICS, type MetricId } from '../../../core/nomenclature/metrics.ts';
import { EXPIRED_AFTER_MS } from '../../../core/observation/freshness.ts';
import { ageText } from '../../view-model/time-text.ts';
import type { History } from '../data/history.ts';
import type { CuffReading } from '../data/nibp-readings.ts';
import { lowerBound, SAMPLE_STATE } from '../data/sample-buffer.ts';
import type { TrendStore } from '../data/trend-store.ts';
import { LANES, metricLabel } from './lanes.ts';

/** One line of the readout. */
export interface ReadoutRow {
  readonly label: string;
  /** Full name, for screen readers. */
  readonly name: string;
  readonly token: (typeof LANES)[number]['token'];
  /** "78", "72–84" (stored extremes), "162/94 (117)", or "--" when there was no usable number. */
  readonly text: string;
  readonly unitLabel: string;
  /** "3 s", empty when nothing is known or a stored stretch contains the moment itself. */
  readonly age: string;
  readonly questionable: boolean;
}

interface Found {
  readonly text: string;
  readonly ageMs: number | null;
  readonly questionable: boolean;
}

const MISSING: Found = { text: '--', ageMs: null, questionable: false };

const formatted = (metric: MetricId, value: number): string => value.toFixed(METRICS[metric].decimals);

/** The newest thing said about a metric at or before `at`, unless it had expired by then. */
const sampleAt = (store: TrendStore, metric: MetricId, at: number): Found | null => {
  let best: { at: number; text: string; questionable: boolean } | null = null;
  for (const { metric: own, samples } of store.tracks) {
    if (own !== metric) continue;
    const index = lowerBound(samples, at + 1) - 1;
    if (index < 0) continue;
    const time = samples.timeAt(index);
    if (at - time > EXPIRED_AFTER_MS || (best !== null && best.at >= time)) continue;
    const state = samples.stateAt(index);
    const text = state === SAMPLE_STATE.absent ? '--' : formatted(metric, samples.valueAt(index));
    best = { at: time, text, questionable: state === SAMPLE_STATE.questionable };
  }
  if (best === null) return null;
  return {
    text: best.text,
    ageMs: best.text === '--' ? null : at - best.at,
    questionable: best.questionable,
  };
};

const storedAt = (history: History | null, metric: MetricId, at: number): Found | null => {
  if (history === null) return null;
  const bucket = history.series
    .get(metric)
    ?.buckets.findLast((candidate) => candidate.at <= at && at < candidate.at + history.bucketMs);
  if (bucket === undefined) return null;
  const low = formatted(metric, bucket.min);
  const high = formatted(metric, bucket.max);
  return { text: low === high ? low : `${low}–${high}`, ageMs: null, questionable: false };
};

/** The last cuff reading at or before `at`; it never expires, so its age is always shown. */
const cuffAt = (readings: readonly CuffReading[], at: number): Found => {
  const reading = readings.findLast((candidate) => candidate.at <= at);
  if (reading === undefined) return MISSING;
  const mean = reading.mean === null ? '' : ` (${Math.round(reading.mean)})`;
  const diastolic = reading.diastolic === null ? '--' : Math.round(reading.diastolic);
  return {
    text: `${Math.round(reading.systolic)}/${diastolic}${mean}`,
    ageMs: at - reading.at + reading.ageAtReceiptMs,
    questionable: reading.questionable,
  };
};

/** All lanes at a moment of the axis; `readings` in order of time. A metric that was never seen has no row, except for the cuff. */
export const readoutAt = (
  store: TrendStore,
  history: History | null,
  readings: readonly CuffReading[],
  at: number,
): readonly ReadoutRow[] =>
  LANES.flatMap((lane): readonly ReadoutRow[] => {
    const row = (label: string, name: string, found: Found): ReadoutRow => ({
      label,
      name,
      token: lane.token,
      text: found.text,
      unitLabel: lane.unitLabel,
      age: found.ageMs === null ? '' : ageText(found.ageMs),
      questionable: found.questionable,
    });
    if (lane.id === 'pressure') {
      return [row(lane.title, 'Blood pressure (cuff)', cuffAt(readings, at))];
    }
    return lane.metrics.flatMap((metric) => {
      const known =
        store.tracks.some((track) => track.metric === metric) || history?.series.has(metric) === true;
      if (!known) return [];
      const found = sampleAt(store, metric, at) ?? storedAt(history, metric, at) ?? MISSING;
      return [row(metricLabel(metric), METRICS[metric].name, found)];
    });
  });

/** The latest values in a sentence, for people who do not see the drawing. */
export const summaryText = (rows: readonly ReadoutRow[], windowLabel: string, past: boolean): string => {
  const values = rows.map((row) => {
    const value = row.text === '--' ? 'no value' : `${row.text} ${row.unitLabel}`;
    const doubt = row.questionable ? ', questionable' : '';
    return `${row.name} ${value}${doubt}${row.age === '' ? '' : `, ${row.age} old`}`;
  });
  return `Trend, ${windowLabel}${past ? ', looking at the past' : ''}. Now: ${values.join('; ')}.`;
};
