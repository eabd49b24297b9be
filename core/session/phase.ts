/**
 * The phases of an infusion visit and the only ways from one to the next. Guards (minimum recovery,
 * checklist) are separate: the table says what is possible, a guard says what wants a reason.
 */

export const PHASES = [
  'intake',
  'baseline',
  'infusing',
  'paused',
  'recovery',
  'discharged',
  'cancelled',
  'aborted',
] as const;

export type Phase = (typeof PHASES)[number];

/**
 * Legal transitions. `cancelled`: ended before any drug was given. `aborted`: ended early, after the drug
 * had started. Closed phases have no way out; corrections are new entries in the record.
 */
export const TRANSITIONS: Readonly<Record<Phase, readonly Phase[]>> = {
  intake: ['baseline', 'cancelled'],
  baseline: ['infusing', 'cancelled'],
  infusing: ['paused', 'recovery', 'aborted'],
  paused: ['infusing', 'recovery', 'aborted'],
  recovery: ['discharged', 'aborted'],
  discharged: [],
  cancelled: [],
  aborted: [],
};

export const canMove = (from: Phase, to: Phase): boolean => TRANSITIONS[from].includes(to);

/** True when the visit is over and its record takes no more vitals. */
export const isClosed = (phase: Phase): boolean => TRANSITIONS[phase].length === 0;

/** True while drug is running or has been running and the patient must be watched. */
export const isUnderTreatment = (phase: Phase): boolean =>
  phase === 'infusing' || phase === 'paused' || phase === 'recovery';

/** The clinician's word for a phase. */
export const PHASE_LABELS: Readonly<Record<Phase, string>> = {
  intake: 'Intake',
  baseline: 'Baseline',
  infusing: 'Infusing',
  paused: 'Paused',
  recovery: 'Recovery',
  discharged: 'Discharged',
  cancelled: 'Cancelled',
  aborted: 'Aborted',
};
