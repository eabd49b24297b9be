/**
 * What the record of a visit holds besides phases, alarms and notes. Each is an entry of its own, never changed; a
 * mistake is struck by a later entry that names it and says why.
 */
import type { PresetApproval } from '../alarm/limits.ts';
import type { ChecklistAnswer } from '../checklist/items.ts';
import type { StopCause } from '../dose/dose-state.ts';
import type { DoseFinding } from '../dose/findings.ts';
import type { DosePlan, OrderedDose } from '../dose/plan.ts';
import type { MgPerMl, Milligrams, Millilitres, MlPerHour } from '../dose/units.ts';
import type { ChairId, EventId, MonitorId } from '../ids.ts';
import type { ScaleId } from '../scales/scales.ts';
import type { Severity, SideEffectKind } from '../scales/side-effects.ts';
import type { BloodPressureBaseline } from '../session/events.ts';
import type { Phase } from '../session/phase.ts';
import type { EpochMs } from '../time.ts';
import type { Authorisation } from './authorisation.ts';
import type { VisitProtocol, WatchedPhase } from './protocol.ts';

export type VisitEventBody =
  /** The protocol, whole, and whether a physician had approved it. */
  | { readonly type: 'visit-planned'; readonly protocol: VisitProtocol; readonly approval: PresetApproval }
  | { readonly type: 'checklist-answered'; readonly itemId: string; readonly answer: ChecklistAnswer }
  | {
      readonly type: 'checklist-excepted';
      readonly itemId: string;
      readonly reason: string;
      readonly authorisations: readonly Authorisation[];
    }
  | {
      readonly type: 'dose-planned';
      readonly plan: DosePlan;
      readonly ordered: OrderedDose | null;
      /** What spoke against it and was shown. */
      readonly findings: readonly DoseFinding[];
      readonly reason: string | null;
      readonly authorisations: readonly Authorisation[];
    }
  /** A second person read the pump, and it says what the plan says. */
  | {
      readonly type: 'dose-verified';
      readonly pumpRateMlPerH: MlPerHour;
      readonly pumpVolumeMl: Millilitres;
    }
  | {
      readonly type: 'dose-rate-changed';
      readonly from: MlPerHour;
      readonly to: MlPerHour;
      /** Of the bag from now on. */
      readonly concentrationMgPerMl: MgPerMl;
      /** The whole dose that is meant from now on. */
      readonly plannedMg: Milligrams;
      readonly findings: readonly DoseFinding[];
      readonly reason: string;
      readonly authorisations: readonly Authorisation[];
    }
  /** An amount at once: a bolus, or one nasal device. */
  | {
      readonly type: 'dose-bolus';
      readonly mg: Milligrams;
      readonly findings: readonly DoseFinding[];
      readonly reason: string | null;
      readonly authorisations: readonly Authorisation[];
    }
  | {
      readonly type: 'infusion-stopped';
      readonly cause: StopCause;
      readonly reason: string | null;
      readonly pumpVolumeMl: Millilitres | null;
    }
  | {
      readonly type: 'drug-given';
      readonly name: string;
      readonly amount: number;
      readonly unit: string;
      readonly route: string;
      readonly reason: string | null;
    }
  | {
      readonly type: 'score-recorded';
      readonly scale: ScaleId;
      readonly value: number;
      /** The points of a scale that has parts; null for one number. */
      readonly parts: Readonly<Record<string, number>> | null;
    }
  | {
      readonly type: 'side-effect-noted';
      readonly kind: SideEffectKind;
      readonly severity: Severity;
      readonly onsetAt: EpochMs;
      readonly text: string | null;
    }
  | { readonly type: 'side-effect-changed'; readonly effect: EventId; readonly severity: Severity }
  | { readonly type: 'side-effect-ended'; readonly effect: EventId }
  /** The nurse passed over a question of the timetable; it is asked again at its next time. */
  | { readonly type: 'prompt-skipped'; readonly scale: ScaleId; readonly reason: string | null }
  | { readonly type: 'entry-struck'; readonly entry: EventId; readonly reason: string }
  /** Null: by the protocol again. */
  | {
      readonly type: 'cuff-interval-edited';
      readonly phase: WatchedPhase;
      readonly intervalMs: number | null;
      readonly reason: string | null;
    }
  /** The station: the timetable has come to another interval. */
  | { readonly type: 'cuff-interval-in-force'; readonly intervalMs: number; readonly why: string }
  | {
      readonly type: 'baseline-renewed';
      readonly before: BloodPressureBaseline | null;
      readonly baseline: BloodPressureBaseline;
      readonly reason: string;
      readonly authorisations: readonly Authorisation[];
    }
  | {
      readonly type: 'chair-moved';
      readonly from: ChairId;
      readonly to: ChairId;
      /** The monitors of the old chair: from here on none of their numbers is this patient's. */
      readonly leftBehind: readonly MonitorId[];
      readonly reason: string;
    }
  /** The patient went before the criteria were met. */
  | { readonly type: 'left-early'; readonly reason: string; readonly unmet: readonly string[] }
  /** Written before the step it allows. */
  | {
      readonly type: 'move-authorised';
      readonly to: Phase;
      readonly objections: readonly string[];
      readonly authorisations: readonly Authorisation[];
    }
  | { readonly type: 'physician-informed'; readonly physician: string; readonly about: string };
