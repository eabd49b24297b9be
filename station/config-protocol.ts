/** The part of the configuration that describes the clinic's own protocols (`core/visit/clinic-protocols.ts`). */
import { z } from 'zod';
import { DOSE_QUANTITIES } from '../core/dose/limits.ts';
import { SCALE_IDS } from '../core/scales/scales.ts';
import { CLINIC_BOUNDS } from '../core/visit/clinic-protocols.ts';

const slug = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'use lower-case letters, digits and hyphens, at most 40');
const bound = z.number().min(0).nullable().optional();
const cuffMinutes = z.number().min(1).max(CLINIC_BOUNDS.cuffMinutes).optional();

export const protocolConfig = z
  .strictObject({
    id: slug.describe('Stable name; approvals and records carry it together with the version.'),
    name: z.string().trim().min(1).max(60).describe('What people call it.'),
    version: z.int().min(1).max(9999).describe('Raise it with every change: each version is approved anew.'),
    basedOn: z.string().min(1).max(60).describe('The protocol of the product that it changes.'),
    indication: z.string().trim().min(1).max(80).optional().describe('What it is for.'),
    infusionMinutes: z.number().min(1).max(1440).optional().describe('Planned time of the infusion.'),
    doseMgPerKg: z.number().positive().max(100).optional().describe('The dose that is offered.'),
    concentrationMgPerMl: z
      .number()
      .positive()
      .max(1000)
      .optional()
      .describe('The solution that is offered.'),
    bounds: z
      .partialRecord(
        z.enum(DOSE_QUANTITIES),
        z.strictObject({ hardLow: bound, softLow: bound, softHigh: bound, hardHigh: bound }),
      )
      .default({})
      .describe('Only what differs; null: not bounded. Soft wants a reason, hard also a physician.'),
    recoveryMinutes: z
      .strictObject({
        minimum: z.number().min(CLINIC_BOUNDS.recoveryMinutes).max(360),
        planned: z.number().min(CLINIC_BOUNDS.recoveryMinutes).max(360),
      })
      .optional()
      .describe('The shortest recovery without a reason, and the planned one.'),
    cuffMinutes: z
      .strictObject({ infusing: cuffMinutes, recovery: cuffMinutes })
      .default({})
      .describe('One interval of the cuff for a whole phase.'),
    askMinutes: z
      .partialRecord(z.enum(SCALE_IDS), z.number().min(1).max(240))
      .default({})
      .describe('How often a scale is asked for.'),
    leaveOut: z
      .array(z.string().max(40))
      .max(40)
      .default([])
      .describe('Items of the checklist that are not asked here; hard ones cannot be left out.'),
    confirm: z
      .array(
        z.strictObject({
          id: slug,
          label: z.string().trim().min(1).max(120),
          hard: z.boolean().default(false),
        }),
      )
      .max(20)
      .default([])
      .describe("Items of the clinic's own, to be confirmed before the start."),
  })
  .describe("A protocol of the clinic's own.");

export type ProtocolConfig = z.output<typeof protocolConfig>;
