/**
 * What is due next in a visit, for people: the cuff, questions of the timetable, the end of the drug, the end of
 * recovery. A prompt is not an alarm: it has no sound and no priority, comes once, and goes when it is answered or
 * passed over; only an overdue cuff becomes a technical alarm, in the alarm engine (BP-8).
 */
import { doseStatus } from '../dose/delivery.ts';
import { timeFor, volumeOf } from '../dose/units.ts';
import { SCALES, type ScaleId } from '../scales/scales.ts';
import { SIDE_EFFECTS } from '../scales/side-effects.ts';
import { infusionStartedAt, minimumRecoveryMs, type Session, timeInPhases } from '../session/session.ts';
import { type EpochMs, epochMs, type Instant } from '../time.ts';
import type { ObservationPlan } from './protocol.ts';
import { lastScore, runningEffects } from './visit-state.ts';

export interface NextItem {
  readonly kind:
    | 'cuff'
    | 'scale'
    | 'remeasure'
    | 'infusion-end'
    | 'recovery-minimum'
    | 'recovery-planned'
    | 'escalate';
  /** For `scale`; else null. */
  readonly scale: ScaleId | null;
  readonly label: string;
  readonly dueAt: EpochMs;
}

/** A scale is asked for this soon after a phase began, if it was not asked before (ms). */
const FIRST_ASK_MS = 60_000;

/**
 * Everything due in the next hours, soonest first.
 * @param cuffDueAt when the next reading is due; null: none planned.
 */
export const nextItems = (
  session: Session,
  now: Instant,
  cuffDueAt: Instant | null,
  remeasureAt: Instant | null,
): readonly NextItem[] =>
  [
    ...(cuffDueAt === null ? [] : [item('cuff', 'Cuff', cuffDueAt.wall)]),
    ...(remeasureAt === null ? [] : [item('remeasure', 'Measure again before the start', remeasureAt.wall)]),
    ...questions(session),
    ...drugEnd(session, now),
    ...recovery(session, now),
  ].sort((a, b) => a.dueAt - b.dueAt);

const item = (
  kind: NextItem['kind'],
  label: string,
  dueAt: number,
  scale: ScaleId | null = null,
): NextItem => ({
  kind,
  scale,
  label,
  dueAt: epochMs(dueAt),
});

const questions = (session: Session): readonly NextItem[] => {
  const due = new Map<ScaleId, NextItem>();
  for (const plan of session.visit.protocol?.observations ?? []) {
    const at = askedAt(session, plan);
    const known = due.get(plan.scale);
    if (at === null || (known !== undefined && known.dueAt <= at)) continue;
    due.set(plan.scale, item('scale', SCALES[plan.scale].label, at, plan.scale));
  }
  return [...due.values()];
};

const askedAt = (session: Session, { scale, everyMs, phases }: ObservationPlan): number | null => {
  const span = session.spans.findLast(({ endedAt }) => endedAt === null);
  if (span === undefined || !phases.some((phase) => phase === span.phase)) return null;
  const last = Math.max(
    lastScore(session.visit, scale)?.at ?? Number.NEGATIVE_INFINITY,
    session.visit.skipped[scale] ?? Number.NEGATIVE_INFINITY,
  );
  if (everyMs === null) return last >= span.startedAt ? null : span.startedAt + FIRST_ASK_MS;
  const since = firstOf(session, phases) ?? span.startedAt;
  return last >= since ? last + everyMs : since + everyMs;
};

/** When the first of these phases began: going from infusing to paused does not begin anew. */
const firstOf = (session: Session, phases: ObservationPlan['phases']): EpochMs | null =>
  session.spans.find((span) => phases.some((phase) => phase === span.phase))?.startedAt ?? null;

const drugEnd = (session: Session, now: Instant): readonly NextItem[] => {
  const { dose } = session.visit;
  if (session.phase !== 'infusing') return [];
  if (dose === null || dose.plan.kind === 'nasal') {
    const started = infusionStartedAt(session);
    return started === null
      ? []
      : [item('infusion-end', 'Planned end', started + plannedEnd(session, now, started))];
  }
  const { endsAt, beyondPlanMg } = doseStatus(dose, now);
  if (endsAt !== null) return [item('infusion-end', 'Drug given by the plan', toSecond(endsAt))];
  const running = dose.segments.at(-1);
  if (running === undefined || beyondPlanMg <= 0) return [];
  const overFor = timeFor(volumeOf(beyondPlanMg, running.concentrationMgPerMl), running.rateMlPerH);
  return [
    item('infusion-end', 'More than planned by the entries: look at the pump', toSecond(now.wall - overFor)),
  ];
};

/** Worked out anew each second: without its last digits it is the same instant each time. */
const toSecond = (ms: number): number => Math.round(ms / 1000) * 1000;

/** Time paused moves the planned end. */
const plannedEnd = (session: Session, now: Instant, started: EpochMs): number => {
  const paused = timeInPhases(session, ['paused'], now);
  return started > now.wall ? session.plannedInfusionMs : session.plannedInfusionMs + paused;
};

const recovery = (session: Session, now: Instant): readonly NextItem[] => {
  const began = session.spans.find((span) => span.phase === 'recovery')?.startedAt;
  if (session.phase !== 'recovery' || began === undefined) return [];
  const gone = session.visit.protocol?.effectsGoneAfterMs ?? null;
  const persists = lasting(session);
  const minimum = began + minimumRecoveryMs(session);
  return [
    ...(now.wall < minimum ? [item('recovery-minimum', 'Minimum of recovery', minimum)] : []),
    item('recovery-planned', 'Planned end of recovery', began + session.plannedRecoveryMs),
    ...(gone === null || persists.length === 0
      ? []
      : [
          item('escalate', `Inform the physician if it is still there: ${persists.join(', ')}`, began + gone),
        ]),
  ];
};

/** What should be gone an hour after the stop, in words. */
const lasting = (session: Session): readonly string[] => {
  const sedation = lastScore(session.visit, 'moaa-s');
  const dissociation = lastScore(session.visit, 'dissociation');
  return [
    ...runningEffects(session.visit).map(
      ({ kind, severity }) => `${SIDE_EFFECTS[kind].label.toLowerCase()}, ${severity}`,
    ),
    ...(sedation !== null && sedation.value < 5 ? [`MOAA/S ${sedation.value}`] : []),
    ...(dissociation !== null && dissociation.value > 1 ? [`dissociation ${dissociation.value}`] : []),
  ];
};
