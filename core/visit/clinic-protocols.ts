/**
 * Protocols of a clinic's own: one that ships with the product, changed where the clinic does it otherwise, under a name
 * and version of its own. What protects the patient cannot be left out: hard items, 15 min of recovery, a pressure
 * every half an hour.
 */
import type { ChecklistItem } from '../checklist/items.ts';
import { type Band, DOSE_QUANTITIES, type DoseLimits, type DoseQuantity } from '../dose/limits.ts';
import type { ScaleId } from '../scales/scales.ts';
import type { CuffPlan, VisitProtocol } from './protocol.ts';
import { MINUTE } from './protocol-parts.ts';
import { PROTOCOLS } from './protocols.ts';

/** Absent: as in the protocol it is based on. */
type BandChange = { readonly [side in keyof Band]?: Band[side] | undefined };

/** As it stands in the configuration; what is absent stays as in the protocol it is based on. */
export interface ClinicProtocol {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly basedOn: string;
  readonly indication?: string | undefined;
  readonly infusionMinutes?: number | undefined;
  readonly doseMgPerKg?: number | undefined;
  readonly concentrationMgPerMl?: number | undefined;
  /** Only what differs; null: not bounded on that side. */
  readonly bounds: Readonly<Partial<Record<DoseQuantity, BandChange>>>;
  readonly recoveryMinutes?: { readonly minimum: number; readonly planned: number } | undefined;
  /** One interval for the whole phase (min). */
  readonly cuffMinutes: { readonly infusing?: number | undefined; readonly recovery?: number | undefined };
  /** How often a scale is asked for that the protocol asks for again and again (min). */
  readonly askMinutes: Readonly<Partial<Record<ScaleId, number>>>;
  /** Soft items of the checklist that this clinic does not ask. */
  readonly leaveOut: readonly string[];
  /** Items of its own, to be confirmed before the start. */
  readonly confirm: readonly { readonly id: string; readonly label: string; readonly hard: boolean }[];
}

export type ClinicProtocolOutcome =
  | { readonly ok: true; readonly protocol: VisitProtocol }
  /** The field that is wrong (`path` within the draft) and why. */
  | { readonly ok: false; readonly path: readonly (string | number)[]; readonly message: string };

/** The shortest recovery and the longest time between cuff readings that a clinic can choose (min). */
export const CLINIC_BOUNDS = { recoveryMinutes: 15, cuffMinutes: 30 } as const;

/** The whole protocol, or what is wrong with the draft. */
export const clinicProtocol = (draft: ClinicProtocol): ClinicProtocolOutcome => {
  const fault = (path: readonly (string | number)[], message: string): ClinicProtocolOutcome => ({
    ok: false,
    path,
    message,
  });
  const base = PROTOCOLS.find(({ id }) => id === draft.basedOn);
  if (base === undefined) {
    const names = PROTOCOLS.map(({ id }) => id).join(', ');
    return fault(['basedOn'], `there is no protocol "${draft.basedOn}"; there are ${names}`);
  }
  if (PROTOCOLS.some(({ id }) => id === draft.id)) {
    return fault(['id'], `"${draft.id}" is a protocol of the product; choose another id`);
  }
  if (base.dosing.kind === 'nasal' && (draft.doseMgPerKg ?? draft.concentrationMgPerMl) !== undefined) {
    return fault(['doseMgPerKg'], `${base.name} is given in whole devices`);
  }
  const recovery = draft.recoveryMinutes;
  if (recovery !== undefined && recovery.planned < recovery.minimum) {
    return fault(['recoveryMinutes', 'planned'], 'must not be shorter than the minimum');
  }
  const doseLimits = boundsOf(base.doseLimits, draft.bounds);
  const crossed = DOSE_QUANTITIES.find((quantity) => !isInOrder(doseLimits.bands[quantity]));
  if (crossed !== undefined) {
    return fault(['bounds', crossed], 'must rise from hardLow over softLow and softHigh to hardHigh');
  }
  for (const [index, id] of draft.leaveOut.entries()) {
    const item = base.checklist.find((one) => one.id === id);
    if (item === undefined) return fault(['leaveOut', index], `there is no item "${id}"`);
    if (item.hard) return fault(['leaveOut', index], `"${item.label}" cannot be left out`);
  }
  const taken = new Set([...base.checklist, ...base.discharge].map(({ id }) => id));
  for (const [index, { id }] of draft.confirm.entries()) {
    if (taken.has(id)) return fault(['confirm', index, 'id'], `there is an item "${id}" already`);
    taken.add(id);
  }
  const asked = Object.keys(draft.askMinutes).find(
    (scale) => !base.observations.some((plan) => plan.scale === scale && plan.everyMs !== null),
  );
  if (asked !== undefined) {
    return fault(['askMinutes', asked], `${base.name} does not ask for it again and again`);
  }
  return { ok: true, protocol: changed(base, draft, doseLimits) };
};

const changed = (base: VisitProtocol, draft: ClinicProtocol, doseLimits: DoseLimits): VisitProtocol => ({
  ...base,
  id: draft.id,
  name: draft.name,
  version: draft.version,
  indication: draft.indication ?? base.indication,
  dosing:
    base.dosing.kind === 'nasal'
      ? base.dosing
      : {
          ...base.dosing,
          defaultMgPerKg: draft.doseMgPerKg ?? base.dosing.defaultMgPerKg,
          defaultConcentrationMgPerMl: draft.concentrationMgPerMl ?? base.dosing.defaultConcentrationMgPerMl,
        },
  plannedInfusionMs:
    draft.infusionMinutes === undefined ? base.plannedInfusionMs : draft.infusionMinutes * MINUTE,
  doseLimits,
  checklist: [
    ...base.checklist.filter(({ id }) => !draft.leaveOut.includes(id)),
    ...draft.confirm.map(
      ({ id, label, hard }): ChecklistItem => ({ id, label, hint: null, hard, kind: 'confirm' }),
    ),
  ],
  cuff: cuffOf(base.cuff, draft.cuffMinutes),
  observations: base.observations.map((plan) => {
    const minutes = draft.askMinutes[plan.scale];
    return minutes === undefined || plan.everyMs === null ? plan : { ...plan, everyMs: minutes * MINUTE };
  }),
  recovery:
    draft.recoveryMinutes === undefined
      ? base.recovery
      : {
          minimumMs: draft.recoveryMinutes.minimum * MINUTE,
          plannedMs: draft.recoveryMinutes.planned * MINUTE,
        },
});

const cuffOf = (base: CuffPlan, minutes: ClinicProtocol['cuffMinutes']): CuffPlan => {
  const always = (every: number) => [{ untilMs: null, intervalMs: every * MINUTE }];
  return {
    ...base,
    infusing: minutes.infusing === undefined ? base.infusing : always(minutes.infusing),
    recovery: minutes.recovery === undefined ? base.recovery : always(minutes.recovery),
  };
};

const boundsOf = (base: DoseLimits, bounds: ClinicProtocol['bounds']): DoseLimits => ({
  ...base,
  bands: { ...base.bands, ...mergedBands(base, bounds) },
});

const mergedBands = (
  base: DoseLimits,
  bounds: ClinicProtocol['bounds'],
): Partial<Record<DoseQuantity, Band>> =>
  Object.fromEntries(
    DOSE_QUANTITIES.flatMap((quantity) => {
      const change = bounds[quantity];
      return change === undefined ? [] : [[quantity, withChange(base.bands[quantity], change)]];
    }),
  );

const withChange = (band: Band, change: BandChange): Band => ({
  hardLow: change.hardLow === undefined ? band.hardLow : change.hardLow,
  softLow: change.softLow === undefined ? band.softLow : change.softLow,
  softHigh: change.softHigh === undefined ? band.softHigh : change.softHigh,
  hardHigh: change.hardHigh === undefined ? band.hardHigh : change.hardHigh,
});

const isInOrder = ({ hardLow, softLow, softHigh, hardHigh }: Band): boolean => {
  const row = [hardLow, softLow, softHigh, hardHigh].filter((bound) => bound !== null);
  return row.every((bound, index) => index === 0 || bound >= (row[index - 1] ?? bound));
};
