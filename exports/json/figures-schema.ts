/** The figures of a visit as they stand in the JSON export (`core/review/figures.ts`, docs/review.md). */
import { z } from 'zod';
import { baseline, epoch, list, maybeNumber, metric, ms, phase, priority, text } from './parts.ts';

const extreme = z
  .strictObject({
    value: z.number(),
    metric,
    at: epoch,
    sinceInfusionMs: maybeNumber,
    monitorId: text,
  })
  .meta({ id: 'Extreme', description: 'The highest or lowest value, and when it was measured.' });
const side = z.enum(['low', 'high']);
const gap = z.strictObject({ from: epoch, to: epoch }).meta({ id: 'Gap' });
const pressure = z.strictObject({ systolic: z.number(), diastolic: z.number(), at: epoch });
const ofPriority = <T extends z.ZodType>(item: T) => z.strictObject({ high: item, medium: item, low: item });

export const figuresSchema = z
  .strictObject({
    from: epoch,
    to: epoch,
    baseline: baseline.nullable(),
    peak: z.strictObject({
      systolic: extreme.nullable(),
      diastolic: extreme.nullable(),
      mean: extreme.nullable(),
      heartRate: extreme.nullable(),
    }),
    lowest: z.strictObject({
      systolic: extreme.nullable(),
      heartRate: extreme.nullable(),
      spo2: extreme.nullable(),
      respiration: extreme.nullable(),
    }),
    peakRise: z.strictObject({ mmHg: z.number(), percent: z.number() }).nullable(),
    beyond: list(
      z.strictObject({
        limitId: text,
        metric,
        side,
        priority,
        threshold: z.number(),
        phase,
        ms,
      }),
    ),
    marks: list(z.strictObject({ metric, side, threshold: z.number(), ms, coveredMs: ms })),
    means: list(z.strictObject({ metric, phase, mean: z.number(), coveredMs: ms })),
    returnToBaselineMs: ms.nullable(),
    interruptions: z.strictObject({ count: z.number(), ms }),
    drugs: list(
      z.strictObject({
        drug: text.meta({ description: 'The entry, by its id.' }),
        at: epoch,
        before: pressure.nullable(),
        after: pressure.nullable(),
      }),
    ),
    recovery: z.strictObject({ toDischargeMs: ms.nullable(), toReadyMs: ms.nullable() }),
    alarms: z.strictObject({
      hours: z.number(),
      byPriority: ofPriority(
        z.strictObject({
          raised: z.number(),
          perHour: z.number(),
          acknowledged: z.number(),
          percentWithin60s: maybeNumber,
        }),
      ),
      medianTimeToAcknowledgeMs: ms.nullable(),
      count: z.number(),
      percentConfirmed: maybeNumber,
      burdenMs: ofPriority(ms),
    }),
    completeness: list(
      z.strictObject({
        metric,
        expectedMs: ms,
        coveredMs: ms,
        percent: z.number(),
        gaps: z.number(),
        longestGap: gap.nullable(),
        longGaps: list(gap),
      }),
    ),
    doubtful: list(z.strictObject({ metric, values: z.number(), lowest: z.number(), highest: z.number() })),
    excluded: z.strictObject({ values: z.number(), readings: z.number() }),
  })
  .meta({
    id: 'Figures',
    description: 'How each is worked out: docs/review.md. Left-out values count in none.',
  });
