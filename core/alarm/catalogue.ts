/**
 * Every alarm condition Chairside knows, as data. The priority of a limit alarm stands in the preset's limit
 * row of the same id; the rows say what kind of alarm it is, why it has that priority (potential harm × how
 * soon it begins, after Table 1 of IEC 60601-1-8, from memory of the standard), whether it latches and
 * sounds, and which rule it follows. docs/alarms.md prints this table.
 */
import { EQUIPMENT_CONDITIONS } from './catalogue-equipment.ts';
import { PATIENT_CONDITIONS } from './catalogue-patient.ts';
import type { ConditionRow } from './condition-row.ts';
import type { AlarmPriority } from './types.ts';

export const CATALOGUE: readonly ConditionRow[] = [...PATIENT_CONDITIONS, ...EQUIPMENT_CONDITIONS];

const BY_ID: ReadonlyMap<string, ConditionRow> = new Map(CATALOGUE.map((entry) => [entry.id, entry]));
const RANK: ReadonlyMap<string, number> = new Map(CATALOGUE.map((entry, index) => [entry.id, index]));

/** The row of a condition; undefined for a limit a clinic added under its own id. */
export const conditionRow = (conditionId: string): ConditionRow | undefined => BY_ID.get(conditionId);

/** Lower is shown first among alarms of one key and priority; unknown ids come last. */
export const conditionRank = (conditionId: string): number => RANK.get(conditionId) ?? CATALOGUE.length;

export const PRIORITY_RANK: Readonly<Record<AlarmPriority, number>> = { low: 1, medium: 2, high: 3 };

/** True when `a` is more urgent than `b`. */
export const outranks = (a: AlarmPriority, b: AlarmPriority): boolean => PRIORITY_RANK[a] > PRIORITY_RANK[b];
