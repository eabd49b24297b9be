/** What one row of the catalogue of alarm conditions says, and how the tables are written. */
import type { Phase } from '../session/phase.ts';
import type { AlarmCategory, AlarmPriority } from './types.ts';

/** What happens if nobody responds. `irreversible`: death or irreversible injury. */
export type Harm = 'irreversible' | 'reversible' | 'minor';
/** How soon that harm begins: within seconds; within minutes; later. */
export type Onset = 'immediate' | 'prompt' | 'delayed';
/** A phase of the open session, or `none`: no session, or a closed one. */
export type PhaseKey = Phase | 'none';

export interface ConditionRow {
  readonly id: string;
  /** Rows of one key are degrees of the same thing: only the highest is shown (docs/alarms.md, "keys"). */
  readonly key: string;
  readonly category: AlarmCategory;
  readonly title: string;
  /** A limit alarm takes the priority of its limit row; this is the default one. */
  readonly priority: AlarmPriority;
  readonly harm: Harm;
  readonly onset: Onset;
  /** Stays, visible and audible, after the condition has gone, until somebody acknowledges it (C-4). */
  readonly latching: boolean;
  /** False: colour only. */
  readonly sound: boolean;
  /** `repeat`: a cuff reading that waits for a second one (BP-1 … BP-5). */
  readonly confirm: 'repeat' | 'none';
  /** Where the priority differs by phase; null: no alarm in that phase. */
  readonly byPhase: Readonly<Partial<Record<PhaseKey, AlarmPriority | null>>>;
  /** Above another row of the same key and priority: coming to it is an escalation (BP-3 over BP-2). */
  readonly degree: number;
  /** The rule, by its name in docs/alarms.md. */
  readonly rule: string;
}

export type RowOptions = Partial<Pick<ConditionRow, 'sound' | 'confirm' | 'byPhase' | 'degree'>>;

/** A row as the tables write it: id, title, priority, harm, onset, rule, what differs from the defaults. */
export type RowTuple = readonly [string, string, AlarmPriority, Harm, Onset, string, RowOptions?];

/** Builds a full row. Only high-priority physiological conditions latch. */
export const rowOf = (
  category: AlarmCategory,
  key: string,
  [id, title, priority, harm, onset, rule, options]: RowTuple,
): ConditionRow => ({
  id,
  key,
  category,
  title,
  priority,
  harm,
  onset,
  latching: category === 'physiological' && priority === 'high',
  sound: true,
  confirm: 'none',
  byPhase: {},
  degree: 0,
  ...options,
  rule,
});

/** Colour only: advisories never sound. */
export const ADVISORY: RowOptions = { sound: false };
