/** What people entered during a visit, as it stands in the JSON export (`core/visit/visit-state.ts`). */
import { z } from 'zod';
import { STOP_CAUSES } from '../../core/dose/dose-state.ts';
import { SCALE_IDS } from '../../core/scales/scales.ts';
import { SEVERITIES, SIDE_EFFECT_KINDS } from '../../core/scales/side-effects.ts';
import { AUTHORISING_ROLES } from '../../core/visit/authorisation.ts';
import { epoch, list, maybeNumber, maybeText, ms, text } from './parts.ts';

const entry = { id: text, at: epoch, by: text };
const severity = z.enum(SEVERITIES);
const authorisations = list(
  z.strictObject({ name: text, role: z.enum(AUTHORISING_ROLES), verified: z.boolean() }),
);
const planned = { drug: text, weightKg: z.number(), doseMg: z.number(), doseMgPerKg: z.number() };

const dose = z.strictObject({
  plan: z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('infusion'),
      ...planned,
      concentrationMgPerMl: z.number(),
      volumeMl: z.number(),
      rateMlPerH: z.number(),
      rateMgPerKgPerH: z.number(),
      durationMs: ms,
    }),
    z.strictObject({ kind: z.literal('nasal'), ...planned, deviceMg: z.number(), devices: z.number() }),
  ]),
  ordered: z.strictObject({ unit: z.enum(['mg/kg', 'mg']), value: z.number() }).nullable(),
  plannedAt: epoch,
  plannedBy: text,
  verified: z
    .strictObject({ at: epoch, by: text, pumpRateMlPerH: z.number(), pumpVolumeMl: z.number() })
    .nullable(),
  plannedMg: z.number(),
  rateMlPerH: z.number(),
  concentrationMgPerMl: maybeNumber,
  segments: list(
    z.strictObject({
      startedAt: epoch,
      endedAt: epoch.nullable(),
      rateMlPerH: z.number(),
      concentrationMgPerMl: z.number(),
    }),
  ),
  boluses: list(z.strictObject({ ...entry, mg: z.number(), reason: maybeText })),
  changes: list(z.strictObject({ ...entry, from: z.number(), to: z.number(), reason: text, authorisations })),
  stopped: z
    .strictObject({
      at: epoch,
      cause: z.enum(STOP_CAUSES),
      reason: maybeText,
      pumpVolumeMl: maybeNumber,
    })
    .nullable(),
  unwatched: list(z.strictObject({ startedAt: epoch, endedAt: epoch })),
  isPartial: z.boolean(),
});

/** Protocol, checklist and approval stand as the record has them; their shapes are those of its entries. */
const asRecorded = z.unknown();

export const visitSchema = z
  .strictObject({
    protocol: asRecorded,
    protocolApproval: asRecorded,
    checklist: asRecorded,
    dose: dose.nullable(),
    drugs: list(
      z.strictObject({
        ...entry,
        name: text,
        amount: z.number(),
        unit: text,
        route: text,
        reason: maybeText,
      }),
    ),
    scores: list(
      z.strictObject({
        ...entry,
        scale: z.enum(SCALE_IDS),
        value: z.number(),
        parts: z.record(z.string(), z.number()).readonly().nullable(),
      }),
    ),
    sideEffects: list(
      z.strictObject({
        ...entry,
        kind: z.enum(SIDE_EFFECT_KINDS),
        text: maybeText,
        onsetAt: epoch,
        endedAt: epoch.nullable(),
        severity,
        worst: severity,
        course: list(z.strictObject({ at: epoch, by: text, severity })),
      }),
    ),
    skipped: asRecorded,
    cuffIntervals: asRecorded,
    informed: list(z.strictObject({ ...entry, physician: text, about: text })),
    moves: list(z.strictObject({ ...entry, from: text, to: text, reason: text })),
    leftEarly: z.strictObject({ at: epoch, reason: text }).nullable(),
    drugSequence: z.number(),
    drugNews: text,
  })
  .meta({
    id: 'Visit',
    description: 'Amounts and rates of the drug are what people entered, not what the pump reports.',
  });
