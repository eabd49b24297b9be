/** The dose of a visit as the record tells it: the plan, who checked it, and everything that ran or was given. */
import type { EventId } from '../ids.ts';
import type { EpochMs } from '../time.ts';
import type { Authorisation } from '../visit/authorisation.ts';
import type { DoseSegment } from './delivery.ts';
import type { DosePlan, OrderedDose } from './plan.ts';
import type { MgPerMl, Milligrams, Millilitres, MlPerHour } from './units.ts';

/** Why the drug was stopped. After `emergency` the patient is still watched: the visit goes on in recovery. */
export const STOP_CAUSES = [
  'complete',
  'blood-pressure',
  'spo2',
  'side-effect',
  'patient-request',
  'iv-failure',
  'emergency',
  'other',
] as const;
export type StopCause = (typeof STOP_CAUSES)[number];

export const STOP_CAUSE_LABELS: Readonly<Record<StopCause, string>> = {
  complete: 'Complete',
  'blood-pressure': 'Blood pressure',
  spo2: 'SpO₂',
  'side-effect': 'Side effect',
  'patient-request': 'Patient asked',
  'iv-failure': 'IV failed',
  emergency: 'Emergency',
  other: 'Other',
};

/** One amount given at once: a bolus, or a nasal device. */
export interface Bolus {
  readonly id: EventId;
  readonly at: EpochMs;
  readonly by: string;
  readonly mg: Milligrams;
  readonly reason: string | null;
}

export interface RateChange {
  readonly id: EventId;
  readonly at: EpochMs;
  readonly by: string;
  readonly from: MlPerHour;
  readonly to: MlPerHour;
  readonly reason: string;
  readonly authorisations: readonly Authorisation[];
}

export interface DoseState {
  readonly plan: DosePlan;
  readonly ordered: OrderedDose | null;
  readonly plannedAt: EpochMs;
  readonly plannedBy: string;
  /** The second person who read the pump and found the same; null: not yet. A new plan wants a new check. */
  readonly verified: {
    readonly at: EpochMs;
    readonly by: string;
    readonly pumpRateMlPerH: MlPerHour;
    readonly pumpVolumeMl: Millilitres;
  } | null;
  /** The whole dose that is meant to be given now: the plan's, or what a change made of it. */
  readonly plannedMg: Milligrams;
  /** What runs, or will run when the infusion starts or goes on; 0 for a nasal dose. */
  readonly rateMlPerH: MlPerHour;
  /** Of the bag that hangs now; null for a nasal dose. */
  readonly concentrationMgPerMl: MgPerMl | null;
  readonly segments: readonly DoseSegment[];
  readonly boluses: readonly Bolus[];
  readonly changes: readonly RateChange[];
  readonly stopped: {
    readonly at: EpochMs;
    readonly cause: StopCause;
    readonly reason: string | null;
    /** What the pump itself says it gave; null: not read. */
    readonly pumpVolumeMl: Millilitres | null;
  } | null;
  /** Times for which the station was down, in which entered rates went on unwatched. */
  readonly unwatched: readonly { readonly startedAt: EpochMs; readonly endedAt: EpochMs }[];
  /** The drug ran before its plan was entered: what is computed is less than what was given. */
  readonly isPartial: boolean;
}
