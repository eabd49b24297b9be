/** The sets of limits a session can begin with or change to: those of the product, then the clinic's own. */
import { type ClinicPreset, clinicPreset } from '../core/alarm/clinic-presets.ts';
import type { LimitSet } from '../core/alarm/limits.ts';
import { DEFAULT_PRESET, PRESETS } from '../core/alarm/presets.ts';
import type { PresetView } from '../core/api/views.ts';

export interface Presets {
  /** Undefined: there is none of this id (any more). */
  find(presetId: string): LimitSet | undefined;
  /** Without approvals, which are the station's to know. */
  list(): readonly Omit<PresetView, 'approval'>[];
}

/** @throws Error when a clinic's preset is not valid; the configuration was to be checked before. */
export const createPresets = (own: readonly ClinicPreset[]): Presets => {
  const clinic = own.map((draft) => {
    const made = clinicPreset(draft);
    if (!made.ok) throw new Error(`preset ${draft.id}: ${made.message}`);
    return { preset: made.preset, origin: 'clinic', basedOn: draft.basedOn, isDefault: false } as const;
  });
  const shipped = PRESETS.map(
    (preset) => ({ preset, origin: 'product', basedOn: null, isDefault: preset === DEFAULT_PRESET }) as const,
  );
  const all = [...shipped, ...clinic];
  return {
    find: (presetId) => all.find((entry) => entry.preset.presetId === presetId)?.preset,
    list: () => all,
  };
};
