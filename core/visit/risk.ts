/**
 * Who is likelier to have a pressure spike, for a banner that changes no limit. Severe events cluster in the first
 * three infusions, with age, known hypertension, dose and dissociation (published cohorts; a physician must approve
 * the list).
 */
import type { Session } from '../session/session.ts';
import { figure } from './drug-words.ts';
import { lastScore } from './visit-state.ts';

/** What the register and the course know; null: unknown. */
export interface RiskContext {
  readonly ageYears: number | null;
  readonly hasHypertension: boolean | null;
  /** Which visit of the course this is, from 1. */
  readonly visitNumber: number | null;
}

export const RISK_LIMITS = { ageYears: 50, firstVisits: 3, doseMgPerKg: 0.5, dissociation: 7 } as const;

/** Reasons in words, empty when there are none. Dissociation counts as long as it was the last score. */
export const riskReasons = (session: Session, context: RiskContext): readonly string[] => {
  const { ageYears, hasHypertension, visitNumber } = context;
  const dose = session.visit.dose?.plan;
  const dissociation = lastScore(session.visit, 'dissociation')?.value ?? 0;
  return [
    ...(ageYears !== null && ageYears >= RISK_LIMITS.ageYears ? [`${ageYears} years old`] : []),
    ...(hasHypertension === true ? ['known hypertension'] : []),
    ...(visitNumber !== null && visitNumber <= RISK_LIMITS.firstVisits
      ? [`infusion ${visitNumber} of the course`]
      : []),
    ...(dose?.kind === 'infusion' && dose.doseMgPerKg > RISK_LIMITS.doseMgPerKg
      ? [`${figure(dose.doseMgPerKg)} mg/kg`]
      : []),
    ...(dissociation >= RISK_LIMITS.dissociation ? [`dissociation ${dissociation}`] : []),
  ];
};
