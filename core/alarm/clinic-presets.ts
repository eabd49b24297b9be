/** Presets of a clinic's own: some thresholds of a preset that ships with the product, under a name of their own. */
import { allLimits, isBeyondBound, limitName, orderFault, withThresholds } from './change-limits.ts';
import { HARD_BOUNDS, NEVER_NULL } from './hard-bounds.ts';
import type { LimitSet } from './limits.ts';
import { PRESETS } from './presets.ts';

/** As it stands in the configuration. */
export interface ClinicPreset {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly basedOn: string;
  /** Only what differs; null: this limit is not judged. */
  readonly limits: Readonly<Record<string, number | null>>;
}

/** The whole set, or the field that is wrong and why (`path` within the preset). */
export const clinicPreset = (
  draft: ClinicPreset,
):
  | { readonly ok: true; readonly preset: LimitSet }
  | { readonly ok: false; readonly path: readonly string[]; readonly message: string } => {
  const fault = (path: readonly string[], message: string) => ({ ok: false, path, message }) as const;
  const base = PRESETS.find((preset) => preset.presetId === draft.basedOn);
  if (base === undefined) {
    const names = PRESETS.map((preset) => preset.presetId).join(', ');
    return fault(['basedOn'], `there is no preset "${draft.basedOn}"; there are ${names}`);
  }
  if (PRESETS.some((preset) => preset.presetId === draft.id)) {
    return fault(['id'], `"${draft.id}" is a preset of the product; choose another id`);
  }
  const rows = allLimits(base);
  for (const [id, threshold] of Object.entries(draft.limits)) {
    const limit = rows.find((row) => row.id === id);
    if (limit === undefined) return fault(['limits', id], `there is no limit "${id}"`);
    if (threshold === null && NEVER_NULL.includes(id)) {
      return fault(['limits', id], `${limitName(limit)} cannot be left out`);
    }
    if (threshold !== null && isBeyondBound(limit, threshold)) {
      return fault(['limits', id], `${limitName(limit)} may not go beyond ${HARD_BOUNDS[id]}`);
    }
  }
  const changes = Object.entries(draft.limits).map(([limitId, threshold]) => ({ limitId, threshold }));
  const preset: LimitSet = {
    ...withThresholds(base, changes),
    presetId: draft.id,
    presetName: draft.name,
    presetVersion: draft.version,
  };
  const order = orderFault(preset);
  return order === null ? { ok: true, preset } : fault(['limits'], order);
};
