import type { Bundle } from '@medplum/fhirtypes';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { METRIC_IDS, METRICS, type MetricId } from '../../../core/nomenclature/metrics.ts';
import { absent, present } from '../../../core/observation/observation.ts';
import type { StoredFrame } from '../../../core/observation/stored-frame.ts';
import type { SessionDocument } from '../../../core/review/session-document.ts';
import { SCALE_IDS } from '../../../core/scales/scales.ts';
import { SEVERITIES, SIDE_EFFECT_KINDS } from '../../../core/scales/side-effects.ts';
import type { SessionEventBody } from '../../../core/session/events.ts';
import { bundleOf } from '../../../exports/fhir/bundle.ts';
import { documentOf } from '../made-document.ts';
import { after, BEDSIDE, OXIMETER } from '../made-parts.ts';
import { loadR4, problemsOf, resolved, resourcesOf } from './r4.ts';

beforeAll(loadR4, 180_000);

const OPTIONS = { stepMs: 60_000, mrnSystem: 'https://clinic.example/mrn', pdf: null };

const words = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc.string({ unit: 'binary', maxLength: 12 }),
);
const monitors = fc.constantFrom(BEDSIDE, OXIMETER);
const seconds = fc.integer({ min: 0, max: 1800 });

const CONTINUOUS = METRIC_IDS.filter((metric) => METRICS[metric].kind === 'continuous');

const observations = fc.dictionary(
  fc.constantFrom(...CONTINUOUS),
  fc.oneof(
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.constantFrom('ongoing', 'calibrating', 'invalid', 'overflow', 'underflow', 'unavailable'),
  ),
  { maxKeys: 4 },
);

/** Frames in order of receipt, now and then with the clock set back, with values anywhere in the plausible range or none for any reason. */
const frames: fc.Arbitrary<readonly StoredFrame[]> = fc
  .array(fc.record({ at: seconds, monitorId: monitors, values: observations, isDoubted: fc.boolean() }), {
    maxLength: 25,
  })
  .map((rows) =>
    [...rows]
      .sort((a, b) => a.at - b.at)
      .map((row, index) => (index === 9 ? { ...row, at: 0 } : row))
      .map(({ at, monitorId, values, isDoubted }) => ({
        monitorId,
        at: after(at),
        observations: (Object.keys(values) as MetricId[]).map((metric) => {
          const value = values[metric] ?? 'unavailable';
          const receipt = { receivedAt: after(at), deviceTime: null };
          if (typeof value !== 'number') return absent(metric, value, receipt);
          const { low, high } = METRICS[metric].plausible;
          const number = Math.round((low + value * (high - low)) * 100) / 100;
          return present(metric, number, receipt, isDoubted ? 'questionable' : 'valid');
        }),
      })),
  );

const readings = fc.array(
  fc.record({
    systolic: fc.integer({ min: 20, max: 320 }),
    diastolic: fc.integer({ min: 10, max: 250 }),
    mean: fc.option(fc.integer({ min: 15, max: 280 })),
    pulseRate: fc.option(fc.integer({ min: 10, max: 350 })),
    receivedAt: seconds.map(after),
    ageAtReceiptMs: fc.constantFrom(0, 60_000),
    monitorId: monitors,
  }),
  { maxLength: 6 },
);

const entry: fc.Arbitrary<SessionEventBody> = fc.oneof(
  fc.record({
    type: fc.constant('note-added' as const),
    kind: fc.constantFrom('note', 'artefact'),
    text: words,
    corrects: fc.constant(null),
  }),
  fc.record({
    type: fc.constant('drug-given' as const),
    name: words,
    amount: fc.double({ min: 0.001, max: 1000, noNaN: true }),
    unit: fc.oneof(fc.constantFrom('mg', 'µg', 'constructor'), words),
    route: words,
    reason: fc.option(words),
  }),
  fc.record({
    type: fc.constant('score-recorded' as const),
    scale: fc.constantFrom(...SCALE_IDS),
    value: fc.integer({ min: -5, max: 10 }),
    parts: fc.constant(null),
  }),
  fc.record({
    type: fc.constant('side-effect-noted' as const),
    kind: fc.constantFrom(...SIDE_EFFECT_KINDS),
    severity: fc.constantFrom(...SEVERITIES),
    onsetAt: seconds.map((at) => after(at).wall),
    text: fc.option(words),
  }),
  fc.record({
    type: fc.constant('artefact-excluded' as const),
    target: fc.record({
      kind: fc.constant('span' as const),
      metrics: fc.subarray(CONTINUOUS, { minLength: 1 }),
      from: seconds.map((at) => after(at).wall),
      to: seconds.map((at) => after(at).wall),
    }),
    reason: words,
  }),
);

const documents: fc.Arbitrary<SessionDocument> = fc
  .record({
    origin: fc.constantFrom('live', 'simulated', 'replayed', 'imported'),
    patient: fc.boolean(),
    entries: fc.array(entry, { maxLength: 8 }),
    readings,
    frames,
    missing: fc.array(words, { maxLength: 3 }),
  })
  .map(({ entries, ...parts }) =>
    documentOf({ ...parts, entries: entries.map((body, index) => [index + 1, body, 'N. Urse'] as const) }),
  );

const numbersOf = (bundle: Bundle): readonly string[] =>
  resourcesOf(bundle).flatMap((one) =>
    one.resourceType === 'Observation' && one.category?.[0]?.coding?.[0]?.code === 'vital-signs'
      ? [one, ...(one.component ?? [])].flatMap((part) =>
          part.valueQuantity?.value === undefined
            ? []
            : [`${one.effectiveDateTime} ${part.code.coding?.at(-1)?.code} ${part.valueQuantity.value}`],
        )
      : [],
  );

describe('any session', () => {
  it('keeps R4, its profiles and its references, whatever people typed and monitors sent', () => {
    fc.assert(
      fc.property(documents, (document) => {
        const bundle = resolved(bundleOf('transaction', document, OPTIONS));
        expect(problemsOf(bundle)).toEqual([]);
        expect(resourcesOf(bundle).flatMap(problemsOf)).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });

  it('has no number that was not received at that very time, and every cuff reading', () => {
    fc.assert(
      fc.property(documents, (document) => {
        const received = new Set([
          ...document.frames.flatMap(({ at, observations: seen }) =>
            seen.map(
              ({ metric, value }) => `${new Date(at.wall).toISOString()} ${METRICS[metric].code} ${value}`,
            ),
          ),
        ]);
        const cuff = document.readings.flatMap(({ systolic, diastolic, mean, pulseRate, receivedAt }) =>
          Object.entries({ 150021: systolic, 150022: diastolic, 150023: mean, 149546: pulseRate }).flatMap(
            ([code, value]) =>
              value === null ? [] : [`${new Date(receivedAt.wall).toISOString()} ${code} ${value}`],
          ),
        );
        const numbers = numbersOf(bundleOf('document', document, OPTIONS));
        expect(numbers.filter((number) => !received.has(number) && !cuff.includes(number))).toEqual([]);
        expect(cuff.filter((number) => !numbers.includes(number))).toEqual([]);
      }),
    );
  });

  it('tells in each minute the last number that was received in it', () => {
    fc.assert(
      fc.property(documents, (document) => {
        const steps = new Map<string, { step: number; number: string }[]>();
        for (const { monitorId, at, observations: seen } of document.frames) {
          const step = Math.floor(at.wall / 60_000);
          for (const { metric, value } of seen) {
            const told = steps.get(`${monitorId} ${metric}`) ?? [];
            if (told.at(-1)?.step === step) told.pop();
            const number = `${new Date(at.wall).toISOString()} ${METRICS[metric].code} ${value}`;
            steps.set(`${monitorId} ${metric}`, [...told, { step, number }]);
          }
        }
        const expected = [...steps.values()]
          .flatMap((told) => told.map(({ number }) => number))
          .filter((number) => !number.endsWith(' null'));
        const numbers = numbersOf(bundleOf('document', { ...document, readings: [] }, OPTIONS));
        expect([...numbers].sort()).toEqual(expected.sort());
      }),
    );
  });
});
