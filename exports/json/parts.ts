/** Pieces that the schema of the JSON export is built from. */
import { z } from 'zod';
import { METRIC_IDS } from '../../core/nomenclature/metrics.ts';
import { PHASES } from '../../core/session/phase.ts';

/** A list that nobody changes. */
export const list = <T extends z.ZodType>(item: T) => z.array(item).readonly();

export const epoch = z
  .number()
  .meta({ id: 'EpochMs', description: 'Milliseconds since 1970-01-01T00:00:00Z.' });
export const iso = z.iso
  .datetime({ precision: 3 })
  .meta({ id: 'IsoTime', description: 'The same moment for people: ISO 8601, UTC.' });
export const ms = z.number().meta({ id: 'DurationMs', description: 'A duration in milliseconds.' });
export const instant = z
  .strictObject({
    wall: epoch,
    mono: z.number().meta({
      description:
        'The monotonic clock in ms, from an origin of its own for each run of the station. For durations.',
    }),
  })
  .meta({ id: 'Instant' });
export const metric = z
  .enum(METRIC_IDS)
  .meta({ id: 'Metric', description: 'Reference identifier of ISO/IEEE 11073-10101.' });
export const phase = z.enum(PHASES).meta({ id: 'Phase' });
export const priority = z.enum(['high', 'medium', 'low']).meta({ id: 'Priority' });
export const text = z.string();
export const maybeText = z.string().nullable();
export const maybeNumber = z.number().nullable();
export const baseline = z
  .strictObject({
    systolic: z.number(),
    diastolic: z.number(),
    mean: maybeNumber,
    heartRate: maybeNumber,
    readings: z.number().meta({ description: 'How many readings it rests on.' }),
  })
  .meta({ id: 'Baseline' });
