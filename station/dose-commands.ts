/** What people do about the drug: plan, check, change, give at once, stop. Every figure is worked out here again. */
import type { Handlers } from '../core/api/commands.ts';
import { RefusedError } from '../core/api/serve.ts';
import { deliveredMg } from '../core/dose/delivery.ts';
import type { DoseState } from '../core/dose/dose-state.ts';
import {
  bolusFindings,
  type DoseFinding,
  planFindings,
  rateFindings,
  wantsPhysician,
} from '../core/dose/findings.ts';
import type { DoseLimits } from '../core/dose/limits.ts';
import { planOf } from '../core/dose/plan.ts';
import { perWeight } from '../core/dose/units.ts';
import { nameKey } from '../core/people/person.ts';
import type { SessionEventBody } from '../core/session/events.ts';
import { infusionStartedAt, type Session } from '../core/session/session.ts';
import type { Authorisation, AuthorisationClaim } from '../core/visit/authorisation.ts';
import { figure } from '../core/visit/drug-words.ts';
import { GENERIC_LIMITS } from '../core/visit/protocols.ts';
import { authorised } from './authoriser.ts';
import { openSession, refuseOtherPhase, refuseUnseen, type VisitDeps } from './visit-deps.ts';

type DoseCommand = Extract<
  keyof Handlers,
  'dose.plan' | 'dose.verify' | 'dose.rate' | 'dose.bolus' | 'infusion.stop' | 'drug.give'
>;

/** The pump may round what the plan says by this much (mL/h and mL). */
const PUMP_TOLERANCE = 0.11;

export const doseCommands = (deps: VisitDeps): Pick<Handlers, DoseCommand> => {
  /** Findings want a reason; a hard one also a physician. Returns who agreed. */
  const answered = (
    findings: readonly DoseFinding[],
    reason: string | null,
    claims: readonly AuthorisationClaim[],
  ): readonly Authorisation[] => {
    const words = findings.map(({ text }) => `${text}.`).join(' ');
    if (findings.length > 0 && reason === null) {
      throw new RefusedError('not-allowed', `${words} Look again, or give a reason to go on.`);
    }
    return authorised(deps.authoriser, claims, wantsPhysician(findings) ? 'physician' : 'none', words);
  };

  return {
    'dose.plan': ({ sessionId, seenSequence, draft, previousWeightKg, reason, authorisations, by }) => {
      const chair = deps.chairOfSession(sessionId);
      const session = openSession(chair);
      refuseUnseen(session, seenSequence);
      refuseOtherKind(session, draft.kind);
      const { dose } = session.visit;
      if (dose !== null && (infusionStartedAt(session) !== null || dose.boluses.length > 0)) {
        throw new RefusedError(
          'not-allowed',
          'The drug has been started: change the rate or the whole dose instead.',
        );
      }
      const plan = planOf(draft);
      if (plan.kind === 'infusion' && plan.rateMlPerH <= 0) {
        throw new RefusedError(
          'invalid-params',
          'dose.plan: the rate would be below 0.1 mL/h, which no pump can do.',
        );
      }
      const ordered = draft.kind === 'infusion' ? draft.dose : null;
      const findings = planFindings(plan, limitsOf(session), { previousWeightKg, ordered });
      const agreed = answered(findings, reason, authorisations);
      return chair.enter(
        [{ type: 'dose-planned', plan, ordered, findings, reason, authorisations: agreed }],
        by,
      );
    },

    'dose.verify': ({ sessionId, seenSequence, pumpRateMlPerH, pumpVolumeMl, by }) => {
      const chair = deps.chairOfSession(sessionId);
      const session = openSession(chair);
      refuseUnseen(session, seenSequence);
      const dose = plannedDose(session);
      const { plan } = dose;
      if (plan.kind === 'nasal') throw new RefusedError('not-allowed', 'There is no pump to compare.');
      if (isSame(by, dose.plannedBy)) {
        throw new RefusedError(
          'not-allowed',
          `${dose.plannedBy} planned the dose: a second person reads the pump.`,
        );
      }
      const differs = (a: number, b: number): boolean =>
        Math.abs(a - b) > Math.max(PUMP_TOLERANCE, b * 0.005);
      if (differs(pumpRateMlPerH, dose.rateMlPerH) || differs(pumpVolumeMl, plan.volumeMl)) {
        throw new RefusedError(
          'not-allowed',
          `The pump says ${figure(pumpRateMlPerH, 4)} mL/h and ${figure(pumpVolumeMl, 4)} mL, the plan ${figure(dose.rateMlPerH, 4)} mL/h and ${figure(plan.volumeMl, 4)} mL: one of them is wrong.`,
        );
      }
      return chair.enter([{ type: 'dose-verified', pumpRateMlPerH, pumpVolumeMl }], by);
    },

    'dose.rate': (params) => {
      const { sessionId, seenSequence, rateMlPerH, reason, by } = params;
      const chair = deps.chairOfSession(sessionId);
      const session = openSession(chair);
      refuseUnseen(session, seenSequence);
      const dose = plannedDose(session);
      const { plan } = dose;
      if (plan.kind === 'nasal' || dose.concentrationMgPerMl === null) {
        throw new RefusedError('not-allowed', 'A nasal dose has no rate.');
      }
      if (session.phase !== 'infusing' && session.phase !== 'paused') {
        throw new RefusedError(
          'not-allowed',
          'The rate is changed while the drug runs or is paused; before that, plan the dose anew.',
        );
      }
      const concentrationMgPerMl = params.concentrationMgPerMl ?? dose.concentrationMgPerMl;
      const plannedMg = params.plannedMg ?? dose.plannedMg;
      const limits = limitsOf(session);
      const findings = [
        ...rateFindings(rateMlPerH, plan, concentrationMgPerMl, limits, dose.rateMlPerH),
        ...(plannedMg > dose.plannedMg ? wholeDoseFindings(dose, plannedMg, limits) : []),
      ];
      const authorisations = answered(findings, reason, params.authorisations);
      const body: SessionEventBody = {
        type: 'dose-rate-changed',
        from: dose.rateMlPerH,
        to: rateMlPerH,
        concentrationMgPerMl,
        plannedMg,
        findings,
        reason,
        authorisations,
      };
      return chair.enter([body], by);
    },

    'dose.bolus': ({ sessionId, seenSequence, mg, reason, authorisations, by }) => {
      const chair = deps.chairOfSession(sessionId);
      const session = openSession(chair);
      refuseUnseen(session, seenSequence);
      const dose = plannedDose(session);
      if (session.phase !== 'infusing' && session.phase !== 'paused') {
        throw new RefusedError(
          'not-allowed',
          'Start the infusion first: the patient is watched from then on.',
        );
      }
      const given = deliveredMg(dose, deps.now().wall);
      const findings = bolusFindings(mg, dose.plan, given, limitsOf(session));
      const agreed = answered(findings, reason, authorisations);
      return chair.enter([{ type: 'dose-bolus', mg, findings, reason, authorisations: agreed }], by);
    },

    'infusion.stop': ({ sessionId, from, cause, reason, pumpVolumeMl, by }) => {
      const chair = deps.chairOfSession(sessionId);
      const session = openSession(chair);
      refuseOtherPhase(session, from);
      if (from !== 'infusing' && from !== 'paused') {
        throw new RefusedError('not-allowed', 'No infusion is running.');
      }
      if (cause === 'other' && reason === null) {
        throw new RefusedError('invalid-params', 'infusion.stop: reason: say why');
      }
      return chair.enter(
        [
          { type: 'infusion-stopped', cause, reason, pumpVolumeMl },
          { type: 'phase-changed', from, to: 'recovery', reason },
        ],
        by,
      );
    },

    'drug.give': ({ sessionId, seenSequence, name, amount, unit, route, reason, by }) => {
      const chair = deps.chairOfSession(sessionId);
      refuseUnseen(openSession(chair), seenSequence);
      return chair.enter([{ type: 'drug-given', name, amount, unit, route, reason }], by);
    },
  };
};

const limitsOf = ({ visit }: Session): DoseLimits => visit.protocol?.doseLimits ?? GENERIC_LIMITS;

const plannedDose = ({ visit: { dose } }: Session): DoseState => {
  if (dose === null) throw new RefusedError('not-allowed', 'No dose is planned yet.');
  return dose;
};

const refuseOtherKind = ({ visit: { protocol } }: Session, kind: 'infusion' | 'nasal'): void => {
  if (protocol === null || protocol.dosing.kind === kind) return;
  throw new RefusedError(
    'not-allowed',
    `${protocol.name} is not given as ${kind === 'nasal' ? 'a nasal spray' : 'an infusion'}.`,
  );
};

const wholeDoseFindings = (
  { plan }: DoseState,
  plannedMg: DoseState['plannedMg'],
  limits: DoseLimits,
): readonly DoseFinding[] =>
  planFindings(
    { ...plan, doseMg: plannedMg, doseMgPerKg: perWeight(plannedMg, plan.weightKg) },
    limits,
  ).filter(({ code }) => code.startsWith('doseMg'));

/** One person under two spellings is still one person. */
const isSame = (a: string, b: string): boolean => nameKey(a) === nameKey(b);
