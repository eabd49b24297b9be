/**
 * Every continuous value as it was received, as `SampledData`: one for each stretch of a metric of a monitor. It stands
 * beside the values at a step, coded by MDC only and not as a vital sign, so that no receiver charts a value twice.
 */
import type { Observation } from '@medplum/fhirtypes';
import type { MonitorId } from '../../core/ids.ts';
import { METRICS, type MetricId } from '../../core/nomenclature/metrics.ts';
import type { Observation as Received } from '../../core/observation/observation.ts';
import { type EpochMs, epochMs } from '../../core/time.ts';
import { exclusionAt } from '../step-values.ts';
import { isoUtc } from '../zone-time.ts';
import { category, metricQuantity, metricSeriesConcept } from './codes.ts';
import { numbered } from './identity.ts';
import { type Entry, identifiedBy, type Scope } from './scope.ts';

/** After so long without a word the next value begins a new stretch (ms); our choice. */
const STRETCH_GAP_MS = 60_000;

interface SeriesValue {
  readonly at: EpochMs;
  readonly seen: Received;
}

/** Values of one metric of one monitor, one after another. */
interface Stretch {
  readonly monitorId: MonitorId;
  readonly metric: MetricId;
  readonly values: [SeriesValue, ...SeriesValue[]];
}

/** The stretches of the session, one after the other; one that never had a number is left out. */
export function* seriesEntries(scope: Scope): Generator<Entry<Observation>, undefined> {
  const stretches: Stretch[] = [];
  const running = new Map<MonitorId, Map<MetricId, Stretch>>();
  for (const { monitorId, at, observations } of scope.document.frames) {
    const own = running.get(monitorId) ?? new Map<MetricId, Stretch>();
    running.set(monitorId, own);
    for (const seen of observations) {
      const { metric } = seen;
      if (METRICS[metric].kind !== 'continuous') continue;
      const stretch = own.get(metric);
      const last = stretch?.values.at(-1)?.at;
      if (stretch !== undefined && last !== undefined && isNext(last, at.wall)) {
        stretch.values.push({ at: at.wall, seen });
      } else {
        const begun: Stretch = { monitorId, metric, values: [{ at: at.wall, seen }] };
        own.set(metric, begun);
        stretches.push(begun);
      }
    }
  }
  const name = numbered();
  for (const stretch of stretches) {
    const { monitorId, metric, values } = stretch;
    const key = name(`${monitorId} ${metric} ${values[0].at}`);
    if (values.some(({ seen }) => seen.value !== null)) yield seriesEntry(scope, key, stretch);
  }
}

/** A time before the last one is a new stretch too: a slot cannot lie before the first. */
const isNext = (last: EpochMs, at: EpochMs): boolean => at >= last && at - last <= STRETCH_GAP_MS;

const seriesEntry = (
  scope: Scope,
  key: string,
  { monitorId, metric, values }: Stretch,
): Entry<Observation> => {
  const start = values[0].at;
  const periodMs = usualGapMs(values);
  const { data, slots, said } = sampled(scope, metric, values, periodMs);
  const uuid = scope.uuid('series', key);
  const device = scope.device(monitorId);
  return {
    uuid,
    resource: {
      resourceType: 'Observation',
      ...scope.meta(),
      ...identifiedBy(uuid),
      status: scope.valueStatus,
      category: [category('procedure', 'Procedure')],
      code: metricSeriesConcept(metric),
      subject: scope.patient,
      encounter: scope.encounter,
      effectivePeriod: { start: isoUtc(start), end: isoUtc(epochMs(start + slots * periodMs)) },
      ...(device === null ? {} : { device }),
      valueSampledData: { origin: metricQuantity(metric, 0), period: periodMs, dimensions: 1, data },
      note: [{ text: said }],
    },
  };
};

/** The values in slots of `periodMs` from the first on, and what a reader must know of them. */
const sampled = (
  { document: { exclusions } }: Scope,
  metric: MetricId,
  values: Stretch['values'],
  periodMs: number,
): { readonly data: string; readonly slots: number; readonly said: string } => {
  const start = values[0].at;
  const slots = Math.floor(((values.at(-1)?.at ?? start) - start) / periodMs) + 1;
  const samples = Array.from({ length: slots }, () => 'E');
  const hasExclusions = exclusions.length > 0;
  let excluded = 0;
  let hidden = 0;
  /** Slots whose value is doubted: `SampledData` has no place for that beside the number. */
  const doubted = new Set<number>();
  for (const { at, seen } of values) {
    const slot = Math.floor((at - start) / periodMs);
    const isExcluded = hasExclusions && exclusionAt(exclusions, metric, at) !== null;
    if (isExcluded && seen.value !== null) excluded += 1;
    if (!NO_NUMBER.has(samples[slot] ?? 'E')) hidden += 1;
    samples[slot] = isExcluded ? 'E' : sample(seen);
    if (!isExcluded && seen.validity === 'questionable') doubted.add(slot);
    else doubted.delete(slot);
  }
  const data = samples.join(' ');
  const said = [
    `Slots of ${periodMs / 1000} s, each with the last value received within it. E: no usable number was received in the slot; U, L: above or below what the monitor can measure.`,
    ...(hidden === 0 ? [] : [`${hidden} values shared a slot with a later one and are not here.`]),
    ...(excluded === 0 ? [] : [`${excluded} values were left out as artefacts and read E.`]),
    ...(doubted.size === 0
      ? []
      : [
          `${doubted.size} values were marked as questionable by the monitor, in the slots (counted from 0) ${slotWords(doubted)}.`,
        ]),
  ];
  return { data, slots, said: said.join(' ') };
};

/** "3 to 5, 9": slots in their order, runs of them as one. */
const slotWords = (slots: ReadonlySet<number>): string => {
  const runs: { readonly first: number; last: number }[] = [];
  for (const slot of [...slots].sort((a, b) => a - b)) {
    const run = runs.at(-1);
    if (run?.last === slot - 1) run.last = slot;
    else runs.push({ first: slot, last: slot });
  }
  return runs.map(({ first, last }) => (first === last ? `${first}` : `${first} to ${last}`)).join(', ');
};

const NO_NUMBER: ReadonlySet<string> = new Set(['E', 'U', 'L']);

/** A value as R4 `SampledData` writes it. */
const sample = ({ value, validity }: Received): string => {
  if (value !== null) return String(value);
  if (validity === 'overflow') return 'U';
  return validity === 'underflow' ? 'L' : 'E';
};

/** The median time between values in whole seconds, at least one: what the monitor sends at. */
const usualGapMs = (values: Stretch['values']): number => {
  const gaps = values
    .slice(1)
    .map(({ at }, index) => at - (values[index]?.at ?? at))
    .sort((a, b) => a - b);
  const median = gaps[Math.floor(gaps.length / 2)] ?? 1000;
  return Math.max(1, Math.round(median / 1000)) * 1000;
};
