/** A file of alarm limits: a preset that ships with the product, and what differs from it. */
import { z } from 'zod';
import type { LimitSet } from '../core/alarm/limits.ts';
import { PRESETS, relativeLimitsOf } from '../core/alarm/presets.ts';

const overrideSchema = z
  .strictObject({
    id: z.string(),
    /** In the metric's unit, a rise in mmHg or a share; null: ALARM OFF. */
    threshold: z.number().nullable().optional(),
    delayMs: z.number().min(0).max(3_600_000).optional(),
  })
  .refine(
    (entry) => entry.threshold !== undefined || entry.delayMs !== undefined,
    'neither threshold nor delayMs is given',
  );

const limitsFileSchema = z.strictObject({
  $schema: z.string().optional(),
  preset: z.enum(PRESETS.map((preset) => preset.presetId)).default('adult-standard'),
  overrides: z.array(overrideSchema).max(200).default([]),
});

export type ParsedLimits =
  | { readonly ok: true; readonly limits: LimitSet }
  /** One line that names the field. */
  | { readonly ok: false; readonly problem: string };

/** Reads the text of a limits file (JSON). */
export const parseLimits = (text: string): ParsedLimits => {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return { ok: false, problem: `no JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
  const parsed = limitsFileSchema.safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const field = issue === undefined ? '' : z.core.toDotPath(issue.path);
    return { ok: false, problem: `${field === '' ? 'limits' : field}: ${issue?.message ?? 'invalid'}` };
  }
  const preset = PRESETS.find((entry) => entry.presetId === parsed.data.preset);
  if (preset === undefined) return { ok: false, problem: 'preset: not known' };
  return applyOverrides(preset, parsed.data.overrides);
};

type Override = z.output<typeof overrideSchema>;

const applyOverrides = (preset: LimitSet, overrides: readonly Override[]): ParsedLimits => {
  const relative = relativeLimitsOf(preset);
  const known = [...preset.limits, ...relative].map((limit) => limit.id);
  for (const [index, { id, delayMs }] of overrides.entries()) {
    if (!known.includes(id)) {
      return {
        ok: false,
        problem: `overrides[${index}].id: "${id}" is no limit; known: ${known.join(', ')}`,
      };
    }
    if (delayMs !== undefined && id.startsWith('nibp-')) {
      return {
        ok: false,
        problem: `overrides[${index}].delayMs: cuff readings have no delay, they are confirmed by a repeat`,
      };
    }
  }
  const changed = <
    Limit extends { readonly id: string; readonly threshold: number | null; readonly delayMs: number },
  >(
    limit: Limit,
  ): Limit => {
    const override = overrides.findLast((entry) => entry.id === limit.id);
    if (override === undefined) return limit;
    return {
      ...limit,
      threshold: override.threshold === undefined ? limit.threshold : override.threshold,
      delayMs: override.delayMs ?? limit.delayMs,
    };
  };
  const presetName = overrides.length === 0 ? preset.presetName : `${preset.presetName}, changed`;
  return {
    ok: true,
    limits: { ...preset, presetName, limits: preset.limits.map(changed), relative: relative.map(changed) },
  };
};
