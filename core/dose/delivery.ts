/**
 * How much has been given, from what was entered: stretches at one rate and single amounts. A pure function of
 * these and an instant. It knows what the nurse entered, not what the pump did: a pump goes on while the station is
 * down, so stretches are measured on the wall clock like the phases of a session, and what ran unwatched is told.
 */
import type { EpochMs, Instant } from '../time.ts';
import type { DoseState } from './dose-state.ts';
import {
  doseIn,
  type MgPerKg,
  type MgPerMl,
  type Milligrams,
  type Millilitres,
  type MlPerHour,
  mgPerKg,
  milligrams,
  millilitres,
  timeFor,
  volumeAt,
  volumeOf,
} from './units.ts';

/** A stretch at one rate; `endedAt` null: it runs. */
export interface DoseSegment {
  readonly startedAt: EpochMs;
  readonly endedAt: EpochMs | null;
  readonly rateMlPerH: MlPerHour;
  readonly concentrationMgPerMl: MgPerMl;
}

/** What a stretch has given by `now`. */
export const segmentVolume = (segment: DoseSegment, now: EpochMs): Millilitres => {
  const end = segment.endedAt === null ? now : Math.min(segment.endedAt, now);
  return volumeAt(segment.rateMlPerH, Math.max(0, end - segment.startedAt));
};

/** Everything given by `now`: all stretches and every single amount until then. Never falls with time. */
export const deliveredMg = (dose: Pick<DoseState, 'segments' | 'boluses'>, now: EpochMs): Milligrams =>
  milligrams(
    dose.segments.reduce(
      (sum, segment) => sum + doseIn(segmentVolume(segment, now), segment.concentrationMgPerMl),
      0,
    ) + dose.boluses.reduce((sum, { mg, at }) => sum + (at <= now ? mg : 0), 0),
  );

/** How the dose stands at one instant. */
export interface DoseStatus {
  readonly deliveredMg: Milligrams;
  readonly deliveredMgPerKg: MgPerKg;
  /** From the pump's stretches alone, without single amounts. */
  readonly deliveredMl: Millilitres;
  readonly plannedMg: Milligrams;
  /** Delivered of planned, 0 and up; above 1: more than planned. */
  readonly share: number;
  readonly remainingMg: Milligrams;
  /** At the rate that runs; null: nothing runs, or all is given. */
  readonly remainingMs: number | null;
  readonly endsAt: EpochMs | null;
  readonly isRunning: boolean;
  /** More than planned by the entries: the pump has probably stopped by itself; look at it. 0 when not. */
  readonly beyondPlanMg: Milligrams;
  /** What the first plan, uninterrupted, would have given by now. */
  readonly plannedByNowMg: Milligrams;
  /** The part of what was delivered that ran while the station was down. */
  readonly unwatchedMg: Milligrams;
}

/** The dose at `now`. */
export const doseStatus = (dose: DoseState, now: Instant): DoseStatus => {
  const given = deliveredMg(dose, now.wall);
  const running = dose.segments.find((segment) => segment.endedAt === null) ?? null;
  const remaining = milligrams(Math.max(0, dose.plannedMg - given));
  const remainingMs =
    running === null || remaining <= 0
      ? null
      : timeFor(volumeOf(remaining, running.concentrationMgPerMl), running.rateMlPerH);
  return {
    deliveredMg: given,
    deliveredMgPerKg: mgPerKg(given / dose.plan.weightKg),
    deliveredMl: millilitres(
      dose.segments.reduce((sum, segment) => sum + segmentVolume(segment, now.wall), 0),
    ),
    plannedMg: dose.plannedMg,
    share: given / dose.plannedMg,
    remainingMg: remaining,
    remainingMs,
    endsAt: remainingMs === null ? null : ((now.wall + remainingMs) as EpochMs),
    isRunning: running !== null,
    beyondPlanMg: milligrams(Math.max(0, given - dose.plannedMg)),
    plannedByNowMg: plannedBy(dose, now.wall),
    unwatchedMg: unwatched(dose),
  };
};

/** The first plan's own course: its rate from the first start on, until it is all given. */
const plannedBy = ({ plan, segments }: DoseState, now: EpochMs): Milligrams => {
  const [first] = segments;
  if (first === undefined || plan.kind === 'nasal') return milligrams(0);
  const volume = volumeAt(plan.rateMlPerH, Math.max(0, now - first.startedAt));
  return milligrams(Math.min(plan.doseMg, doseIn(volume, plan.concentrationMgPerMl)));
};

const unwatched = ({ segments, unwatched: gaps }: DoseState): Milligrams =>
  milligrams(
    gaps.reduce(
      (sum, gap) =>
        sum +
        segments.reduce((inner, segment) => {
          const before = segmentVolume(segment, gap.startedAt);
          const after = segmentVolume(segment, gap.endedAt);
          return inner + doseIn(millilitres(after - before), segment.concentrationMgPerMl);
        }, 0),
      0,
    ),
  );

/** One step of the dose lane of a chart: the drug's rate from `at` on (mg/kg/h); 0 where nothing runs. */
export interface DoseStep {
  readonly at: EpochMs;
  readonly mgPerKgPerH: number;
}

/** The rate over time, for a chart; ends with 0 when nothing runs any more. */
export const doseSteps = ({ plan, segments }: DoseState): readonly DoseStep[] =>
  segments.flatMap((segment, index): readonly DoseStep[] => {
    const rate = (segment.rateMlPerH * segment.concentrationMgPerMl) / plan.weightKg;
    const next = segments[index + 1];
    const ends = segment.endedAt !== null && next?.startedAt !== segment.endedAt;
    return [
      { at: segment.startedAt, mgPerKgPerH: rate },
      ...(ends && segment.endedAt !== null ? [{ at: segment.endedAt, mgPerKgPerH: 0 }] : []),
    ];
  });
