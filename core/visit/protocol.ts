/**
 * A protocol is what the clinic means to do for one indication, as data: what is checked before the start, how much
 * may be given, how often the cuff and the eye look, and what must be true before the patient goes home. It is
 * written whole into the record of every visit, so that a later version changes no old visit.
 */
import type { ChecklistItem } from '../checklist/items.ts';
import type { DoseLimits } from '../dose/limits.ts';
import type { ScaleId } from '../scales/scales.ts';
import type { Phase } from '../session/phase.ts';

/** The phases in which a patient is looked at on a timetable. */
export type WatchedPhase = Extract<Phase, 'baseline' | 'infusing' | 'paused' | 'recovery'>;

/** The interval between cuff readings until `untilMs` of the phase; null: until its end. */
export interface CuffStep {
  readonly untilMs: number | null;
  readonly intervalMs: number;
}

export interface CuffPlan {
  /** Readings before the start, and the time between them. */
  readonly baseline: { readonly readings: number; readonly intervalMs: number };
  /** From the first start on; the time paused counts. */
  readonly infusing: readonly CuffStep[];
  /** After a change of rate or a bolus: at least this often, for this long. */
  readonly afterChange: { readonly forMs: number; readonly intervalMs: number };
  /** Minutes of the infusion that must have a reading of their own (ms after the start). */
  readonly guaranteedAtMs: readonly number[];
  readonly recovery: readonly CuffStep[];
  /** The last reading before discharge may be this old. */
  readonly lastBeforeDischargeMs: number;
}

/** A scale that is asked for on a timetable. */
export interface ObservationPlan {
  readonly scale: ScaleId;
  /** Null: once in the phase. */
  readonly everyMs: number | null;
  readonly phases: readonly WatchedPhase[];
}

export interface VisitProtocol {
  readonly id: string;
  readonly version: number;
  readonly name: string;
  readonly indication: string;
  readonly drug: string;
  readonly dosing:
    | {
        readonly kind: 'infusion';
        /** Offered when the plan is made; null: no usual dose. */
        readonly defaultMgPerKg: number | null;
        readonly defaultConcentrationMgPerMl: number | null;
      }
    | { readonly kind: 'nasal'; readonly deviceMg: number; readonly devices: readonly number[] };
  readonly plannedInfusionMs: number;
  readonly doseLimits: DoseLimits;
  readonly checklist: readonly ChecklistItem[];
  readonly cuff: CuffPlan;
  readonly observations: readonly ObservationPlan[];
  readonly recovery: { readonly minimumMs: number; readonly plannedMs: number };
  readonly discharge: readonly ChecklistItem[];
  /** Effects that are still there so long after the stop are a physician's business. */
  readonly effectsGoneAfterMs: number;
}
