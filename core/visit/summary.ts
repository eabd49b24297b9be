/**
 * A visit in figures and lines, for the list of a course, the review and the next visit's planning. Only what was
 * entered: the dose is the one worked out from the entries, and says so where a part of it is not known.
 */
import { doseStatus } from '../dose/delivery.ts';
import { SCALE_IDS, type ScaleId } from '../scales/scales.ts';
import { SIDE_EFFECTS } from '../scales/side-effects.ts';
import { infusionStartedAt, type Session, timeInPhases } from '../session/session.ts';
import { type EpochMs, epochMs, instant } from '../time.ts';
import { entered, figure } from './drug-words.ts';
import { worstScore } from './visit-fold.ts';
import type { SideEffect } from './visit-state.ts';

export interface VisitSummary {
  readonly dose: {
    readonly drug: string;
    readonly weightKg: number;
    readonly plannedMg: number;
    /** By the entries. */
    readonly deliveredMg: number;
    readonly deliveredMgPerKg: number;
    /** The drug ran before its plan was entered: the true dose is more. */
    readonly isPartial: boolean;
    readonly rateChanges: number;
    readonly pauses: number;
  } | null;
  /** "Ketamine 31.5 of 36 mg (0.438 mg/kg)", with what must be said beside it; empty when no dose was planned. */
  readonly doseText: string;
  readonly infusedMs: number;
  readonly recoveryMs: number;
  readonly worst: Readonly<
    Partial<Record<ScaleId, { readonly value: number; readonly minute: number | null }>>
  >;
  /** "Nausea, moderate at worst, 20 min", oldest first. */
  readonly sideEffects: readonly string[];
  /** Those that outlasted an hour after the stop, or were there at the end of the visit. */
  readonly lasting: readonly string[];
  /** "Ondansetron 4 mg IV", oldest first. */
  readonly drugs: readonly string[];
}

/** After the stop an effect should be gone in this time (patient information; ms). */
const GONE_AFTER_MS = 3_600_000;

/** @param until the end of the visit, or now while it is open. */
export const visitSummary = (session: Session, until: EpochMs): VisitSummary => {
  const end = session.closedAt ?? until;
  // Only the wall clock counts here: the monotonic one of an old run means nothing.
  const at = instant(end, end);
  const started = infusionStartedAt(session);
  const stopped = session.spans.find(({ phase }) => phase === 'recovery')?.startedAt ?? null;
  const { visit } = session;
  return {
    ...doseOf(session, end),
    infusedMs: timeInPhases(session, ['infusing'], at),
    recoveryMs: timeInPhases(session, ['recovery'], at),
    worst: Object.fromEntries(
      SCALE_IDS.flatMap((scale) => {
        const worst = worstScore(visit, scale);
        if (worst === null) return [];
        const minute = started === null ? null : Math.round((worst.at - started) / 60_000);
        return [[scale, { value: worst.value, minute }]];
      }),
    ),
    sideEffects: visit.sideEffects.map((effect) => effectText(effect, end)),
    lasting: visit.sideEffects
      .filter((effect) => outlasts(effect, stopped))
      .map((effect) => effectText(effect, end)),
    drugs: visit.drugs.map(({ name, amount, unit, route }) => `${name} ${entered(amount)} ${unit} ${route}`),
  };
};

const doseOf = (session: Session, end: EpochMs): Pick<VisitSummary, 'dose' | 'doseText'> => {
  const { dose } = session.visit;
  if (dose === null) return { dose: null, doseText: '' };
  const { deliveredMg, deliveredMgPerKg, unwatchedMg } = doseStatus(dose, instant(end, end));
  const { drug, weightKg } = dose.plan;
  const beside = [
    ...(dose.isPartial ? ['more was given before the plan was entered'] : []),
    ...(unwatchedMg > 0 ? [`${figure(unwatchedMg)} mg of it while the station was down`] : []),
  ];
  const note = beside.length === 0 ? '' : `; ${beside.join('; ')}`;
  return {
    dose: {
      drug,
      weightKg,
      plannedMg: dose.plannedMg,
      deliveredMg,
      deliveredMgPerKg,
      isPartial: dose.isPartial,
      rateChanges: dose.changes.length,
      pauses: session.spans.filter(({ phase }) => phase === 'paused').length,
    },
    doseText: `${drug} ${figure(deliveredMg)} of ${figure(dose.plannedMg)} mg (${figure(deliveredMgPerKg)} mg/kg)${note}`,
  };
};

const effectText = (effect: SideEffect, end: EpochMs): string => {
  const label =
    effect.kind === 'other' && effect.text !== null ? effect.text : SIDE_EFFECTS[effect.kind].label;
  const minutes = Math.round((epochMs(effect.endedAt ?? end) - effect.onsetAt) / 60_000);
  return `${label}, ${effect.worst} at worst, ${minutes} min${effect.endedAt === null ? ', not ended' : ''}`;
};

const outlasts = ({ endedAt }: SideEffect, stopped: EpochMs | null): boolean =>
  endedAt === null || (stopped !== null && endedAt - stopped > GONE_AFTER_MS);
